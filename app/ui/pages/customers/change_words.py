"""The words of one change of the archive: the field, old and new, who made it and where it came from."""

from PySide6.QtCore import QObject

from app.domain.archive import ArchiveField
from app.domain.masking import is_private, mask_field
from app.domain.playbook import Playbook
from app.services.archive_values import stored_value
from app.services.customer_profile import ArchiveValue
from app.services.customer_timeline import TimelineEvent
from app.services.customers import TAKEN_BACK
from app.ui.look.translations import current_language
from app.ui.pages.customers.archive_lines import value_words


class ChangeWords(QObject):
    """Puts changes into the language shown; private values stay hidden until asked for."""

    def __init__(self, playbook: Playbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playbook = playbook

    def field(self, event: TimelineEvent) -> str:
        """Return the name of the field."""
        field = self._playbook.archive.field(event.field)
        return field.label.of(current_language()) if field is not None else event.field

    def values(self, event: TimelineEvent, revealed: frozenset[str]) -> str:
        """Return old and new: 食杂店 → 便利店."""
        field = self._playbook.archive.field(event.field)
        if field is None:
            return f"{event.old or '—'} → {event.new or '—'}"
        old, new = (self._value(field, text, revealed) for text in (event.old, event.new))
        return f"{old} → {new}"

    def origin(self, event: TimelineEvent) -> str:
        """Return who made the change and where it came from."""
        who = {"manager": self.tr("you"), "head office": self.tr("head office")}.get(event.by, event.by)
        return f"{who} · {self._source(event.source)}"

    def _source(self, source: str) -> str:
        if source.startswith("import"):
            return self.tr("from a file")
        known = {
            "visit": self.tr("on a visit"),
            "archive": self.tr("in the archive"),
            "sample territory": self.tr("practice data"),
            TAKEN_BACK: self.tr("taken back"),
        }
        return known.get(source, source)

    def _value(self, field: ArchiveField, text: str | None, revealed: frozenset[str]) -> str:
        try:
            value = stored_value(field, text)
        except (ValueError, SyntaxError, ArithmeticError):  # written down by an older version of the field
            return text or "—"
        words = value_words(ArchiveValue(field, value), self._playbook.enumerations, current_language())
        hidden = value is not None and is_private(field) and field.key not in revealed
        return mask_field(field, words) if hidden else words
