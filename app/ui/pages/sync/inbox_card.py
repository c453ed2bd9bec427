"""What needs a person: values that clash, then records that head office did not take."""

from itertools import groupby

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.services.sync_facts import ConflictLine, Place
from app.ui.look.formats import format_count
from app.ui.look.theme import current_theme
from app.ui.pages.sync.conflict_box import ConflictBox, ValueWords
from app.ui.pages.sync.refused_box import RefusedBox
from app.ui.pages.sync.sync_inbox_view_model import SyncInboxViewModel
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import TextLabel
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
        self._empty = EmptyState("done")
        self._list = QWidget()
        self._list.setObjectName("syncInboxList")
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_theme().size("gap_small"))
        self.body.addWidget(self._empty)
        self.body.addWidget(self._list)
        self._log_button = Button("", "quiet", small=True)
        self._log_button.setObjectName("mergedShow")
        self._log_words = TextLabel("", "hint", wrap=True)
        self._log = QWidget()
        self._log.setObjectName("mergedList")
        self._log_column = QVBoxLayout(self._log)
        self._log_column.setContentsMargins(0, 0, 0, 0)
        self._is_log_open = False
        self.body.addWidget(self._log_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._log_words)
        self.body.addWidget(self._log)
        self._log_button.clicked.connect(self._on_log)
        self.body.addStretch(1)
        inbox.changed.connect(self._render)
        self._retranslate()

    @Slot()
    def _render(self) -> None:
        refused, conflicts = self._inbox.refused, self._inbox.conflicts
        count = len(refused) + len(conflicts)
        title = self.tr("Needs you · %1").replace("%1", format_count(count)) if count else self.tr("Needs you")
        self.set_title(title)
        self.set_hint(self.tr("Both values are kept") if conflicts else "")
        self._empty.setVisible(count == 0)
        self._list.setVisible(count > 0)
        if (refused, conflicts) != self._shown:
            self._shown = refused, conflicts
            self._fill()
        self._render_log()

    def _render_log(self) -> None:
        merged = self._inbox.merged
        self._log_button.setVisible(bool(merged))
        shut = self.tr("Merged by itself · %1").replace("%1", format_count(len(merged)))
        self._log_button.setText(self.tr("Hide what was merged by itself") if self._is_log_open else shut)
        for widget in (self._log_words, self._log):
            widget.setVisible(self._is_log_open and bool(merged))
        wanted = merged if self._is_log_open else ()
        if wanted != self._logged:
            self._logged = wanted
            clear_layout(self._log_column)
            self._add_boxes(wanted, self._log_column)

    def _add_boxes(self, lines: tuple[ConflictLine, ...], column: QVBoxLayout) -> None:
        for _, of_record in groupby(lines, key=_record_of):
            box = ConflictBox(tuple(of_record), self._value_words)
            box.decided.connect(self._on_decided)
            column.addWidget(box)

    def _fill(self) -> None:
        clear_layout(self._column)
        self._add_boxes(self._inbox.conflicts, self._column)
        for record in self._inbox.refused:
            row = RefusedBox(record)
            row.open_requested.connect(self.open_requested)
            row.aside_requested.connect(self._on_aside)
            self._column.addWidget(row)

    def _retranslate(self) -> None:
        self._log_words.setText(
            self.tr("What stands was chosen by the rule; you can still choose the other value for 90 days.")
        )
        self._empty.set_words(self.tr("Nothing needs you: head office took everything that was sent."))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_column"):
            self._shown, self._logged = None, ()  # values are worded anew too
            clear_layout(self._log_column)
            self._retranslate()

    @Slot()
    def _on_log(self) -> None:
        self._is_log_open = not self._is_log_open
        self._render_log()

    @Slot(object)
    def _on_decided(self, choices: dict[str, str]) -> None:
        self._inbox.decide(choices)

    @Slot(object)
    def _on_aside(self, key: str) -> None:
        self._inbox.set_aside(key)


def _record_of(line: ConflictLine) -> tuple[str, Place]:
    return line.table, line.place
