"""What waits for head office, counted the same way wherever it is shown: records, and photos apart from them."""

from PySide6.QtCore import QObject

from app.services.sync_facts import SyncStanding
from app.ui.look.formats import format_count


class WaitingWords(QObject):
    """Puts the count into the language shown."""

    def of(self, standing: SyncStanding | None) -> str:
        """Name what waits; empty where nothing does."""
        return "" if standing is None else self.counted(standing.waiting, standing.photos_waiting)

    def counted(self, records: int, photos: int) -> str:
        """Name records and photos, each where there are any: 14 records · 4 photos."""
        parts: list[str] = []
        if records:
            words = self.tr("1 record") if records == 1 else self.tr("%1 records")
            parts.append(words.replace("%1", format_count(records)))
        if photos:
            words = self.tr("1 photo") if photos == 1 else self.tr("%1 photos")
            parts.append(words.replace("%1", format_count(photos)))
        return " · ".join(parts)
