"""What sync did by itself, in one sentence each."""

from PySide6.QtCore import QObject

from app.services.sync_happenings import Happening
from app.ui.look.formats import format_count
from app.ui.look.sentences import joined


class HappeningWords(QObject):
    """Says what happened, and that nothing is lost by it."""

    def of(self, one: Happening) -> str:
        """Return the sentences of one line."""
        said = {
            "customers_left": self._left,
            "late_verdicts": self._late,
            "replay": self._replay,
        }.get(one.kind)
        return said(one) if said is not None else self._plain(one.kind)

    def _left(self, one: Happening) -> str:
        counts = one.counts
        parts: list[str] = []
        if counts["moved"]:
            parts.append(self._moved(one.shops, counts["moved"]))
        if counts["closed"]:
            parts.append(self.tr("Shops that head office closed: %1.").replace("%1", _count(counts, "closed")))
        if counts["tasks"]:
            tasks = self.tr("Open tasks that went to another manager: %1.")
            parts.append(tasks.replace("%1", _count(counts, "tasks")))
        parts.append(
            self.tr(
                "What you had not sent went up first; what was held of them here is gone. A name stays only where a"
                " record here still speaks of the shop."
            )
        )
        return joined(parts)

    def _moved(self, shops: tuple[str, ...], count: int) -> str:
        """Name the shops as long as their names are known, else count them."""
        if not shops:
            return self.tr("Shops that went to another territory: %1.").replace("%1", format_count(count))
        if count <= len(shops):
            said = self.tr("Went to another territory: %1.")
        else:
            more = self.tr("Went to another territory: %1 and %2 more.")
            said = more.replace("%2", format_count(count - len(shops)))
        return said.replace("%1", self.tr(", ").join(shops))

    def _late(self, one: Happening) -> str:
        counts = one.counts
        parts: list[str] = []
        if counts["taken"]:
            taken = self.tr("Parked records that head office has taken in now: %1.")
            parts.append(taken.replace("%1", _count(counts, "taken")))
        if counts["refused"]:
            refused = self.tr("Parked records that head office did not take: %1. They are under “Needs you”.")
            parts.append(refused.replace("%1", _count(counts, "refused")))
        return joined(parts)

    def _replay(self, one: Happening) -> str:
        said = self.tr("Head office was restored from a backup. Records that this laptop offered it again: %1.")
        return said.replace("%1", _count(one.counts, "offered"))

    def _plain(self, kind: str) -> str:
        return {
            "renewed": self.tr("This laptop's data had been copied or restored. It got a new number; nothing is lost."),
            "photo_let_go": self.tr("A photo that head office refused was saved to a file; it is sent no more."),
            "digest_differs": self.tr("What was stored differed from head office, so it was loaded again."),
            "values_differ": self.tr("What was stored differed from head office, so it was loaded again."),
        }.get(kind, "")


def _count(counts: dict[str, int], name: str) -> str:
    return format_count(counts[name])
