"""A quiet panel: what a shop could add, drop or take instead, one list at a time, each SKU with its reason."""

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.problems import Problem, RuleError
from app.ui.assortment.assortment_words import AssortmentWords, Entry
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.widgets.chip import Chip, FilterChip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.tones import Tone

if TYPE_CHECKING:
    from app.services.assortments import Assortments, ShopAssortment

_SHOWN = 10


class _List(StrEnum):
    ADD = "add"
    DROP = "drop"
    INSTEAD = "instead"


_TONES = {_List.ADD: Tone.BLUE, _List.DROP: Tone.AMBER, _List.INSTEAD: Tone.GREY}


class AssortmentPanel(QWidget):
    """Reads by itself when a shop is named; nothing in it is ordered or written.

    Folded it is one line of chips: a press shows a list, a press on the same chip puts it away.
    """

    def __init__(
        self, assortments: "Assortments", tasks: TaskRunner, *, is_folded: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._can_fold = is_folded
        self.setObjectName("assortmentPanel")
        self._assortments = assortments
        self._tasks = tasks
        self._messages = Messages(self)
        self._words = AssortmentWords(self)
        self._seen: ShopAssortment | None = None
        self._asked: tuple[UUID, UUID | None] | None = None
        self._problem = ""
        self._chosen: _List | None = None if is_folded else _List.ADD
        self._build()
        self._wire()
        self._render()

    @property
    def seen(self) -> "ShopAssortment | None":
        """What is shown; None until it was read."""
        return self._seen

    def show_shop(self, customer_id: UUID, visit_id: UUID | None = None) -> None:
        """Read a shop as of the day of its visit, or of today, and show it; the last one named is the one shown."""
        asked = (customer_id, visit_id)
        if self._asked != asked:
            self._seen = None
        self._asked, self._problem = asked, ""
        work = partial(_read, self._assortments, customer_id, visit_id)
        self._tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed, lane=Lane.FREE)
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_heading"):
            self._render()

    def _build(self) -> None:
        theme = current_theme()
        self._heading = TextLabel("", "strong")
        self._width = TextLabel("", "muted", wrap=True)
        self._width.setObjectName("assortmentWidth")
        self._chips = {each: FilterChip("", tone) for each, tone in _TONES.items()}
        line = QWidget()
        row = FlowLayout(line)
        for each, chip in self._chips.items():
            chip.setObjectName(f"assortment_{each}")
            row.addWidget(chip)
        self._state = TextLabel("", "muted", wrap=True)
        self._state.setObjectName("assortmentState")
        self._entries = QVBoxLayout()
        self._entries.setSpacing(theme.size("gap_small"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme.size("gap_small"))
        whole.setSpacing(theme.size("gap_small"))
        self._heading.setVisible(not self._can_fold)
        for widget in (self._heading, line, self._width, self._state):
            whole.addWidget(widget)
        whole.addLayout(self._entries)
        if self._can_fold:
            whole.addWidget(make_divider(self))

    def _wire(self) -> None:
        for chip in self._chips.values():
            chip.clicked.connect(self._on_chosen)

    def _on_read(self, seen: "ShopAssortment") -> None:
        if self._asked == (seen.customer_id, seen.visit_id):
            self._seen = seen
            self._render()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, RuleError) and all(one.problem is Problem.NOT_FOUND for one in error.refusals):
            return  # the shop or the visit has left this laptop, which the page itself tells
        self._problem = self._messages.of_error(error).whole
        self._render()

    @Slot()
    def _on_chosen(self) -> None:
        pressed = next((each for each, chip in self._chips.items() if chip is self.sender()), self._chosen)
        self._chosen = None if self._can_fold and pressed is self._chosen else pressed
        self._render()

    def _render(self) -> None:
        seen = self._seen
        self._heading.setText(self.tr("Assortment"))
        self._width.setText("" if seen is None else self._words.width(seen))
        self._width.setToolTip("" if seen is None else self._words.period(seen))
        self._width.setVisible(seen is not None and self._chosen in (_List.ADD, _List.DROP))
        entries = {each: self._entries_of(each) for each in _List}
        names = {
            _List.ADD: self.tr("To add %n", "", len(entries[_List.ADD])),
            _List.DROP: self.tr("To drop %n", "", len(entries[_List.DROP])),
            _List.INSTEAD: self.tr("Instead %n", "", len(entries[_List.INSTEAD])),
        }
        for each, chip in self._chips.items():
            chip.setText(names[each])
            chip.setChecked(each is self._chosen)
            chip.setVisible(seen is not None and not seen.stopped)
        shown = [] if self._chosen is None else entries[self._chosen]
        self._state.setText(self._state_words(shown))
        self._state.setVisible(bool(self._state.text()))
        clear_layout(self._entries)
        for entry in shown[:_SHOWN]:
            self._entries.addWidget(_make_entry(entry))
        if len(shown) > _SHOWN:
            more = self.tr("and %n more", "", len(shown) - _SHOWN)
            self._entries.addWidget(TextLabel(more, "muted"))

    def _entries_of(self, which: _List) -> list[Entry]:
        seen = self._seen
        if seen is None or seen.stopped:
            return []
        match which:
            case _List.ADD:
                return [self._words.addition(one, seen) for one in seen.additions]
            case _List.DROP:
                return [self._words.slow(one, seen) for one in seen.slow]
            case _List.INSTEAD:
                return [self._words.short(one, seen) for one in seen.short]

    def _state_words(self, shown: list[Entry]) -> str:
        if self._problem:
            return self._problem
        if self._seen is None:
            return self.tr("Comparing with the shops that buy alike\u2026") if self._asked else ""
        if self._seen.stopped:
            return self.tr("This shop is not supplied or does not trade at present: nothing is suggested.")
        if shown or self._chosen is None:
            return ""
        return {
            _List.ADD: self.tr("No SKU that enough like shops sell is missing here."),
            _List.DROP: self.tr("Nothing has lain still for three months."),
            _List.INSTEAD: self.tr("No allowed quantity is below what a week sells."),
        }[self._chosen]


def _read(assortments: "Assortments", customer_id: UUID, visit_id: UUID | None) -> "ShopAssortment":
    return assortments.read(customer_id, None, visit_id)


def _make_entry(entry: Entry) -> QWidget:
    theme = current_theme()
    box = QWidget()
    whole = QVBoxLayout(box)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(theme.size("gap_tiny"))
    head = QHBoxLayout()
    head.setSpacing(theme.size("gap_small"))
    name = TextLabel(entry.name, wrap=True)
    name.setObjectName("assortmentName")
    head.addWidget(name, 1)
    if entry.mark:
        head.addWidget(Chip(entry.mark, Tone.PRIMARY))
    whole.addLayout(head)
    for detail in entry.details:
        words = TextLabel(detail, "hint", wrap=True)
        words.setObjectName("assortmentWhy")
        whole.addWidget(words)
    return box
