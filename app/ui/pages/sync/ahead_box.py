"""What a round would do, as the person sees it who looks first: what goes, what comes, how much and how long."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.quantities import minutes_left
from app.services.sync_facts import Ended
from app.ui.look.formats import format_count, format_size
from app.ui.look.sentences import joined
from app.ui.look.theme import current_theme
from app.ui.pages.sync.sync_words import SyncWords
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.painting import is_language_event

if TYPE_CHECKING:
    from app.sync.look_ahead import Coming, Going, LookAhead


class AheadBox(QWidget):
    """Hidden until somebody looks first."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aheadBox")
        self._words = SyncWords(self)
        self._shown: LookAhead | Ended | None = None
        self._title = TextLabel("", "strong", wrap=True)
        self._close = IconButton("close")
        self._close.setObjectName("aheadClose")
        self._facts = FactList()
        self._facts.setObjectName("aheadFacts")
        self._said = TextLabel("", "hint", wrap=True)
        self._said.setObjectName("aheadSaid")
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._title, 1)
        line.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().size("gap_tiny"))
        for widget in (make_divider(), head, self._facts, self._said):
            column.addWidget(widget)
        self._close.clicked.connect(self.closed)
        self._retranslate()

    def show_ahead(self, ahead: "LookAhead | Ended | None") -> None:
        """Show what a round would do, why that cannot be told, or nothing."""
        if ahead != self._shown:
            self._shown = ahead
            self._fill()
        self.setVisible(ahead is not None)

    def _fill(self) -> None:
        ahead = self._shown
        if ahead is None or isinstance(ahead, Ended):
            self._facts.set_facts(())
            self._said.setText("" if ahead is None else self._words.ended(ahead))
            return
        facts = [*self._whole(ahead), *self._going(ahead.going), *self._coming(ahead.coming)]
        self._facts.set_facts(tuple(facts))
        self._said.setText(self._sentence(ahead))

    def _whole(self, ahead: "LookAhead") -> list[Fact]:
        if ahead.seconds is None or ahead.coming is None:
            return []
        size = format_size(ahead.going.bytes + ahead.coming.packed)
        minutes = minutes_left(ahead.seconds)
        words = self.tr("%1, about %2 min") if minutes else self.tr("%1, less than a minute")
        whole = words.replace("%1", size).replace("%2", format_count(minutes))
        return [Fact(self.tr("In all"), whole, strong=True)]

    def _going(self, going: "Going") -> list[Fact]:
        lines: list[str] = []
        if going.operations:
            lines += [self._counted(going.operations, going.packed), self._kinds(going.by_table)]
        if going.photos:
            words = self.tr("%1 photo(s) · %2").replace("%1", format_count(going.photos))
            lines.append(words.replace("%2", format_size(going.photo_bytes)))
        return [Fact(self.tr("Goes up"), "\n".join(lines) or self.tr("nothing"))]

    def _coming(self, coming: "Coming | None") -> list[Fact]:
        name = self.tr("Comes down")
        if coming is None:
            return [Fact(name, self.tr("not known: head office cannot be reached now"))]
        lines: list[str] = []
        if coming.rows:
            counted = self.tr("about %1 records · about %2 packed").replace("%1", format_count(coming.rows))
            lines += [counted.replace("%2", format_size(coming.packed)), self._kinds(coming.by_table)]
        facts = [Fact(name, "\n".join(lines) or self.tr("nothing"))]
        if coming.leaving:
            facts.append(Fact(self.tr("Leaves this laptop"), format_count(coming.leaving)))
        return facts

    def _counted(self, count: int, size: int) -> str:
        words = self.tr("%1 records · about %2 packed").replace("%1", format_count(count))
        return words.replace("%2", format_size(size))

    def _kinds(self, by_table: dict[str, int]) -> str:
        ordered = sorted(by_table.items(), key=_most_first)
        # What is counted here are records: a visit that was mended twice is two of them, a planned stop is no visit.
        names = {"visit": self.tr("Visit records"), "planned_stop": self.tr("Planned stops")}
        return "  ".join(f"{names.get(one) or self._words.table(one)} {format_count(count)}" for one, count in ordered)

    def _sentence(self, ahead: "LookAhead") -> str:
        parts = [self.tr("Only looked: nothing was sent.")]
        speed = ahead.speed
        if speed is not None and speed.up and speed.down and speed.is_telling:
            words = self.tr("At the speed last measured: up %1/s, down %2/s.")
            parts.append(
                words.replace("%1", format_size(round(speed.up))).replace("%2", format_size(round(speed.down)))
            )
        return joined(parts)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("What the next sync would do"))
        self._close.set_name(self.tr("Dismiss"))
        self._fill()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_facts"):
            self._retranslate()


def _most_first(entry: tuple[str, int]) -> tuple[int, str]:
    return (-entry[1], entry[0])
