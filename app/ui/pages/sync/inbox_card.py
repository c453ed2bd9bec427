"""What needs a person: values that clash, then records that head office did not take; and what was settled."""

from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.services.sync_facts import ConflictLine
from app.ui.look.formats import format_count
from app.ui.look.theme import current_theme
from app.ui.pages.sync.conflict_box import ConflictBox
from app.ui.pages.sync.field_words import ValueWords
from app.ui.pages.sync.happenings_box import HappeningsLog, NoticeBox
from app.ui.pages.sync.refused_box import RefusedBox
from app.ui.pages.sync.stuck_photo_box import StuckPhotoBox
from app.ui.pages.sync.sync_inbox_view_model import SyncInboxViewModel
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.painting import is_language_event


class InboxCard(Card):
    """An honest sentence where there is nothing to do."""

    open_requested = Signal(object)
    """Place"""

    def __init__(self, inbox: SyncInboxViewModel, value_words: ValueWords, parent: QWidget | None = None) -> None:
        super().__init__(scroll=True, parent=parent)
        self._inbox = inbox
        self._value_words = value_words
        self._shown: object = None
        self._logged: tuple[ConflictLine, ...] = ()
        self._is_log_open = False
        self._boxes: list[ConflictBox] = []
        self._build()
        self._log_button.clicked.connect(self._on_log)
        self._all.mine.clicked.connect(self._on_all_mine)
        self._all.theirs.clicked.connect(self._on_all_theirs)
        self._all.use.clicked.connect(self._on_all_use)
        self._notice.read.connect(inbox.note_read)
        inbox.changed.connect(self._render)
        self._retranslate()

    def _build(self) -> None:
        self._notice, self._happened = NoticeBox(), HappeningsLog()
        self._empty = EmptyState("done")
        self._all = _AllBar()
        self._list = QWidget()
        self._list.setObjectName("syncInboxList")
        self._column = QVBoxLayout(self._list)
        self._log_button = Button("", "quiet", small=True)
        self._log_button.setObjectName("mergedShow")
        self._log_words = TextLabel("", "hint", wrap=True)
        self._log = QWidget()
        self._log.setObjectName("mergedList")
        self._log_column = QVBoxLayout(self._log)
        for column in (self._column, self._log_column):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(current_theme().size("gap_small"))
        for widget in (self._notice, self._empty, self._all, self._list):
            self.body.addWidget(widget)
        self.body.addWidget(self._log_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._log_words)
        self.body.addWidget(self._log)
        self.body.addWidget(self._happened)
        self.body.addStretch(1)

    @Slot()
    def _render(self) -> None:
        refused, conflicts, stuck = self._inbox.refused, self._inbox.conflicts, self._inbox.stuck
        count = len(refused) + self._inbox.undecided + len(stuck)
        title = self.tr("Needs you · %1").replace("%1", format_count(count)) if count else self.tr("Needs you")
        self.set_title(title)
        self.set_hint(self.tr("Both values are kept") if conflicts else "")
        self._notice.show_news(self._inbox.happenings)
        self._happened.show_lines(self._inbox.happenings)
        self._empty.setVisible(not (refused or conflicts or stuck))
        self._list.setVisible(bool(refused or conflicts or stuck))
        if (refused, conflicts, stuck) != self._shown:
            self._shown = refused, conflicts, stuck
            self._fill()
        open_boxes = [box for box in self._boxes if not box.is_decided]
        self._all.setVisible(len(open_boxes) > 1)
        self._all.set_count(len(open_boxes))
        self._render_log()

    def _render_log(self) -> None:
        merged = self._inbox.merged
        self._log_button.setVisible(bool(merged))
        shut = self.tr("Merged and decided · %1").replace("%1", format_count(len(merged)))
        self._log_button.setText(self.tr("Hide what was merged and decided") if self._is_log_open else shut)
        for widget in (self._log_words, self._log):
            widget.setVisible(self._is_log_open and bool(merged))
        wanted = merged if self._is_log_open else ()
        if wanted != self._logged:
            self._logged = wanted
            clear_layout(self._log_column)
            self._add_boxes(wanted, self._log_column)

    def _add_boxes(self, lines: tuple[ConflictLine, ...], column: QVBoxLayout) -> list[ConflictBox]:
        boxes = [ConflictBox(tuple(of_record), self._value_words) for _, of_record in groupby(lines, key=_record_of)]
        for box in boxes:
            box.decided.connect(self._on_decided)
            box.taken_back.connect(self._on_taken_back)
            column.addWidget(box)
        return boxes

    def _fill(self) -> None:
        # What a person has chosen and not sent outlives a round that brings more.
        chosen = {key: choice for box in self._boxes for key, choice in box.choices.items()}
        clear_layout(self._column)
        self._boxes = self._add_boxes(self._inbox.conflicts, self._column)
        for box in self._boxes:
            box.choose_again(chosen)
        for record in self._inbox.refused:
            row = RefusedBox(record, self._value_words)
            row.open_requested.connect(self.open_requested)
            row.aside_requested.connect(self._on_aside)
            self._column.addWidget(row)
        for photo in self._inbox.stuck:
            box = StuckPhotoBox(photo)
            box.open_requested.connect(self.open_requested)
            box.let_go_requested.connect(self._on_let_go)
            self._column.addWidget(box)

    def _retranslate(self) -> None:
        self._log_words.setText(
            self.tr("What stands was chosen by the rule or by you. For 90 days the other value can be chosen instead.")
        )
        self._empty.set_words(self.tr("Nothing needs you: head office took everything that was sent."))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_log_column"):
            self._retranslate()

    @Slot()
    def _on_log(self) -> None:
        self._is_log_open = not self._is_log_open
        self._render_log()

    @Slot()
    def _on_all_mine(self) -> None:
        self._choose_all("yours")

    @Slot()
    def _on_all_theirs(self) -> None:
        self._choose_all("theirs")

    def _choose_all(self, choice: str) -> None:
        for box in self._boxes:
            if not box.is_decided:
                box.choose(choice)

    @Slot()
    def _on_all_use(self) -> None:
        open_boxes = [box for box in self._boxes if not box.is_decided]
        self._inbox.decide({key: choice for box in open_boxes for key, choice in box.choices.items()})

    @Slot(object)
    def _on_decided(self, choices: dict[str, str]) -> None:
        self._inbox.decide(choices)

    @Slot(object)
    def _on_taken_back(self, keys: tuple[str, ...]) -> None:
        self._inbox.take_back(keys)

    @Slot(object)
    def _on_let_go(self, wish: tuple[str, str]) -> None:
        sha256, target = wish
        self._inbox.let_go(sha256, Path(target))

    @Slot(object)
    def _on_aside(self, key: str) -> None:
        self._inbox.set_aside(key)


class _AllBar(QWidget):
    """One choice for all records at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._words = TextLabel("", "muted")
        self.use = Button("", small=True)
        self.use.setObjectName("allUse")
        self.mine, self.theirs = Button("", "quiet", small=True), Button("", "quiet", small=True)
        self.mine.setObjectName("allMine")
        self.theirs.setObjectName("allTheirs")
        line = QWidget()
        flow = FlowLayout(line)
        for widget in (self._words, self.mine, self.theirs, self.use):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(line)
        column.addWidget(make_divider())
        self._retranslate()

    def set_count(self, count: int) -> None:
        """Say for how many records."""
        self._count = count
        self._retranslate()

    def _retranslate(self) -> None:
        self._words.setText(self.tr("All %1 records:").replace("%1", format_count(self._count)))
        self._words.setMinimumHeight(self.mine.sizeHint().height())
        self.mine.setText(self.tr("All: mine"))
        self.theirs.setText(self.tr("All: head office's"))
        self.use.setText(self.tr("Use what I chose in all"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "theirs"):
            self._retranslate()


def _record_of(line: ConflictLine) -> tuple[str, str, str]:
    return line.table, line.row, line.state
