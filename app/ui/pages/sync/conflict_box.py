"""One record that both sides changed: field by field what stood before, yours and head office's, and which stands."""

from collections.abc import Mapping
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.office_name import OFFICE_NAMES
from app.services.sync_facts import ConflictLine
from app.ui.look.formats import NO_VALUE
from app.ui.look.theme import current_theme
from app.ui.pages.sync.field_words import FieldWords, ValueWords
from app.ui.pages.sync.sync_words import SyncWords, moment_words
from app.ui.pages.sync.value_cell import ValueCell
from app.ui.widgets.buttons import Button
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.tones import Tone

_HEADS = 4


class ConflictBox(QWidget):
    """The fields of one record; `decided` tells theirs or yours for each, `taken_back` whose decisions go back."""

    decided = Signal(object)
    """dict[str, str]"""
    taken_back = Signal(object)
    """tuple[str, ...]"""

    def __init__(self, lines: tuple[ConflictLine, ...], value_words: ValueWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._words = SyncWords(self)
        self._fields = FieldWords(value_words, self)
        self._title = TextLabel("", "strong", wrap=True)
        self._title.setObjectName("conflictTitle")
        self._state = Chip("", Tone.GREY)
        self._state.setObjectName("conflictState")
        self._heads = [TextLabel("", "hint", wrap=True) for _ in range(_HEADS)]
        self._grid = QGridLayout()
        self._rows = [_Row(line, self) for line in lines]
        self._use = Button("", "primary", small=True)
        self._use.setObjectName("conflictUse")
        self._back = Button("", "quiet", small=True)
        self._back.setObjectName("conflictTakeBack")
        self._mine, self._theirs = Button("", "quiet", small=True), Button("", "quiet", small=True)
        self._mine.setObjectName("conflictMine")
        self._theirs.setObjectName("conflictAllTheirs")
        self._build()
        self._wire()
        self._retranslate()

    @property
    def choices(self) -> Mapping[str, str]:
        """Which value the person lets stand, field by field."""
        return {row.line.id: row.choice for row in self._rows if row.choice}

    @property
    def is_decided(self) -> bool:
        """Whether every field is decided, here or at head office."""
        return all(line.decided or line.state != "open" for line in self._lines)

    def choose_again(self, choices: Mapping[str, str]) -> None:
        """Choose as a person had chosen before the box was made anew."""
        for row in self._rows:
            if row.line.id in choices and not row.line.decided:
                row.choose(choices[row.line.id])

    def choose(self, choice: str) -> None:
        """Choose one side for all fields."""
        for row in self._rows:
            row.choose(choice)

    def _build(self) -> None:
        theme = current_theme()
        head = QWidget()
        line = FlowLayout(head)
        line.addWidget(self._title)
        line.addWidget(self._state)
        grid = self._grid
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.size("gap_small"))
        grid.setVerticalSpacing(theme.size("gap_tiny"))
        for column, stretch in enumerate((2, 2, 3, 3)):
            grid.setColumnStretch(column, stretch)
            grid.addWidget(self._heads[column], 0, column)
        for at, row in enumerate(self._rows, 1):
            for column, cell in enumerate(row.cells):
                grid.addWidget(cell, at, column)
        buttons = QWidget()
        deeds = QHBoxLayout(buttons)
        deeds.setContentsMargins(0, 0, 0, 0)
        deeds.setSpacing(theme.size("gap_small"))
        deeds.addStretch(1)
        for button in (self._mine, self._theirs, self._back, self._use):
            deeds.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap_small"))
        whole.addWidget(head)
        whole.addLayout(grid)
        whole.addWidget(buttons)
        whole.addWidget(make_divider())

    def _wire(self) -> None:
        self._mine.clicked.connect(self._on_mine)
        self._theirs.clicked.connect(self._on_theirs)
        self._use.clicked.connect(self._on_use)
        self._back.clicked.connect(self._on_back)
        for row in self._rows:
            row.chosen.connect(self._render)

    @Slot()
    def _render(self) -> None:
        """Offer what can be done now: a choice that changes nothing is none, and after 90 days there is none."""
        lines = self._lines
        can_choose = _is_open(lines)
        is_fresh = all(line.state == "open" and not line.decided for line in lines)
        changes = any(self.choices.get(line.id) not in {None, line.stands} for line in lines)
        is_decided = any(line.decided or line.state == "settled" for line in lines)
        self._use.setVisible(can_choose)
        self._use.setEnabled(is_fresh or changes)
        self._back.setVisible(can_choose and is_decided and all(line.stands in {"theirs", "yours"} for line in lines))
        for button in (self._mine, self._theirs):
            button.setVisible(can_choose and is_fresh and len(lines) > 1)
        for row in self._rows:
            row.set_enabled(can_choose=can_choose)

    def _retranslate(self) -> None:
        lines = self._lines
        first = lines[0]
        self._title.setText(" · ".join(part for part in (first.place.shop, self._words.table(first.table)) if part))
        text, tone = self._state_words()
        self._state.set_chip(text, tone)
        self._state.setVisible(bool(text))
        one_time = len({line.yours_at for line in lines}) == 1 and len({_theirs_who(line) for line in lines}) == 1
        yours, theirs = self._yours_who(first), _theirs_who(first)
        heads = (
            self.tr("Field"),
            self.tr("Before"),
            " ".join((self.tr("Yours"), yours if one_time else "")).strip(),
            " ".join((self.tr("Head office"), theirs if one_time else "")).strip(),
        )
        for label, words in zip(self._heads, heads, strict=True):
            label.setText(words)
        for row in self._rows:
            who = ("", "") if one_time else (self._yours_who(row.line), _theirs_who(row.line))
            row.set_words(self._fields, (self.tr("Yours"), self.tr("Head office")), who)
        self._mine.setText(self.tr("All: mine"))
        self._theirs.setText(self.tr("All: head office's"))
        self._use.setText(self.tr("Use what I chose"))
        self._back.setText(self.tr("Take the decision back"))
        self._render()

    def _yours_who(self, line: ConflictLine) -> str:
        return " · ".join(part for part in (moment_words(line.yours_at), line.yours_by) if part)

    def _state_words(self) -> tuple[str, Tone]:
        first = self._lines[0]
        if first.handed_on:
            return self.tr("handed on: head office or the customer's manager decides"), Tone.GREY
        if any(line.decided for line in self._lines):
            return self.tr("decided, goes up next"), Tone.AMBER
        if first.state == "settled":
            who = first.settled_by
            words = self.tr("decided by you %1") if not who else self.tr("decided by %2 %1")
            who = self.tr("head office") if who in OFFICE_NAMES else who
            return words.replace("%1", moment_words(first.settled_at)).replace("%2", who).strip(), Tone.GREY
        if first.state == "merged":
            return self.tr("merged by itself"), Tone.GREEN
        return "", Tone.GREY

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_theirs"):
            self._retranslate()

    @Slot()
    def _on_mine(self) -> None:
        self.choose("yours")

    @Slot()
    def _on_theirs(self) -> None:
        self.choose("theirs")

    @Slot()
    def _on_use(self) -> None:
        stands = {line.id: line.stands for line in self._lines if line.state != "open"}
        self.decided.emit({key: choice for key, choice in self.choices.items() if stands.get(key) != choice})

    @Slot()
    def _on_back(self) -> None:
        self.taken_back.emit(tuple(line.id for line in self._lines if line.decided or line.state == "settled"))


class _Row(QWidget):
    """One field: its name, what stood before, yours and head office's; its cells lie in the grid of the box."""

    chosen = Signal()

    def __init__(self, line: ConflictLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.line = line
        self._name = TextLabel("", wrap=True)
        self._before = TextLabel("", "muted", wrap=True)
        self._yours, self._theirs = ValueCell("conflictYours"), ValueCell("conflictTheirs")
        self._group = QButtonGroup(self)
        for cell in (self._yours, self._theirs):
            self._group.addButton(cell.radio)
            cell.chosen.connect(self.chosen)
        self.cells = (self._name, self._before, self._yours, self._theirs)
        # A list that holds both sides' lines has none to be marked, nor is it known here what others decide.
        if not line.handed_on and line.stands in {"yours", "theirs"}:
            self.choose(line.stands)

    @property
    def choice(self) -> str:
        """Which value the person lets stand; empty while both stand."""
        if self._yours.radio.isChecked():
            return "yours"
        return "theirs" if self._theirs.radio.isChecked() else ""

    def choose(self, choice: str) -> None:
        """Choose a value."""
        (self._yours if choice == "yours" else self._theirs).radio.setChecked(True)

    def set_enabled(self, *, can_choose: bool) -> None:
        """Let a value be chosen, or only be read."""
        for cell in (self._yours, self._theirs):
            cell.set_enabled(can_choose=can_choose)

    def set_words(self, fields: FieldWords, sides: tuple[str, str], who: tuple[str, str]) -> None:
        """Show name and values in the language shown."""
        line = self.line
        name = fields.name(line.table, line.field)
        self._name.setText(name)
        self._before.setText(self._before_words(fields))
        for cell, side, value, by in zip(
            (self._yours, self._theirs), sides, (line.yours, line.theirs), who, strict=True
        ):
            cell.set_words(fields.value(line.table, line.field, value), by, f"{name}, {side}")

    def _before_words(self, fields: FieldWords) -> str:
        line = self.line
        if not line.knows_before:
            return self.tr("not known")
        return NO_VALUE if line.before is None else fields.value(line.table, line.field, line.before)


def _is_open(lines: tuple[ConflictLine, ...]) -> bool:
    now = datetime.now(UTC)
    return any(not line.handed_on and (line.state == "open" or line.reversible_until > now) for line in lines)


def _theirs_who(line: ConflictLine) -> str:
    who = "" if line.theirs_by in OFFICE_NAMES else line.theirs_by
    return " · ".join(part for part in (moment_words(line.theirs_at), who) if part)
