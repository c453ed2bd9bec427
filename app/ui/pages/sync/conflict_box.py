"""One record that both sides changed: field by field both values, of which the person lets one stand."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.sync_facts import ConflictLine
from app.ui.look.theme import current_theme
from app.ui.pages.sync.sync_words import SyncWords, moment_words
from app.ui.widgets.buttons import Button
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.tones import Tone

_OFFICE = "office"
"""Whoever wrote without a name at head office: the label says so already."""
ValueWords = Callable[[str, str, object], str]
"""(table, field, value) -> the value in words; an empty field asks for the name of the field in `value`."""


class ConflictBox(QWidget):
    """The fields of one record; `decided` tells theirs or yours for each."""

    decided = Signal(object)
    """dict[str, str]"""

    def __init__(self, lines: tuple[ConflictLine, ...], value_words: ValueWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._value_words = value_words
        self._words = SyncWords(self)
        self._title = TextLabel("", "strong", wrap=True)
        self._rows = [_Row(line, value_words, self) for line in lines]
        self._use = Button("", "primary", small=True)
        self._use.setObjectName("conflictUse")
        self._mine, self._theirs = Button("", "quiet", small=True), Button("", "quiet", small=True)
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        for button in (self._mine, self._theirs, self._use):
            line.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().size("gap_small"))
        for widget in (self._title, *self._rows, buttons, make_divider()):
            whole.addWidget(widget)
        self._mine.clicked.connect(self._on_mine)
        self._theirs.clicked.connect(self._on_theirs)
        self._use.clicked.connect(self._on_use)
        for button in (self._mine, self._theirs):
            button.setVisible(len(lines) > 1)
        self._retranslate()

    def _retranslate(self) -> None:
        first = self._lines[0]
        self._title.setText(" · ".join(part for part in (first.place.shop, self._words.table(first.table)) if part))
        self._mine.setText(self.tr("All: mine"))
        self._theirs.setText(self.tr("All: head office's"))
        self._use.setText(self.tr("Use what I chose"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_use"):
            self._retranslate()

    @Slot()
    def _on_mine(self) -> None:
        for row in self._rows:
            row.choose("yours")

    @Slot()
    def _on_theirs(self) -> None:
        for row in self._rows:
            row.choose("theirs")

    @Slot()
    def _on_use(self) -> None:
        self.decided.emit({row.line.id: row.choice for row in self._rows})


class _Row(QWidget):
    """One field: what stood before, yours and head office's."""

    def __init__(self, line: ConflictLine, value_words: ValueWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = line
        self._value_words = value_words
        self._name = TextLabel("", "strong", wrap=True)
        self._before = TextLabel("", "hint", wrap=True)
        self._state = Chip("", Tone.AMBER)
        self._yours, self._theirs = QRadioButton(), QRadioButton()
        self._yours.setObjectName("conflictYours")
        self._theirs.setObjectName("conflictTheirs")
        self._group = QButtonGroup(self)
        self._values = (TextLabel("", wrap=True), TextLabel("", wrap=True))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._before, 0, 1)
        grid.addWidget(self._state, 0, 2)
        for place, (button, value) in enumerate(zip((self._yours, self._theirs), self._values, strict=True), 1):
            self._group.addButton(button)
            grid.addWidget(button, place, 0)
            grid.addWidget(value, place, 1, 1, 2)
        self.choose(line.decided or ("yours" if line.kept == "yours" else "theirs"))
        self._retranslate()

    @property
    def choice(self) -> str:
        """Which value the person lets stand."""
        return "yours" if self._yours.isChecked() else "theirs"

    def choose(self, choice: str) -> None:
        """Choose a value."""
        (self._yours if choice == "yours" else self._theirs).setChecked(True)

    def _retranslate(self) -> None:
        line = self.line
        name = self._value_words(line.table, "", line.field)
        self._name.setText(name)
        before = "" if line.before is None else self._value_words(line.table, line.field, line.before)
        self._before.setText(self.tr("before: %1").replace("%1", before) if before else "")
        self._state.setText(self.tr("decided, goes up next") if line.decided else "")
        self._state.setVisible(bool(line.decided))
        self._yours.setText(self.tr("Yours"))
        self._theirs.setText(self.tr("Head office's"))
        yours, theirs = (self._value_words(line.table, line.field, value) for value in (line.yours, line.theirs))
        who = "" if line.theirs_by == _OFFICE else line.theirs_by
        at = " · ".join(part for part in (moment_words(line.theirs_at), who) if part)
        self._values[0].setText(f"{yours} ({moment_words(line.yours_at)})")
        self._values[1].setText(f"{theirs} ({at})" if at else theirs)
        for button, value in ((self._yours, yours), (self._theirs, theirs)):
            button.setAccessibleName(f"{name}, {button.text()}: {value}")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_group"):
            self._retranslate()
