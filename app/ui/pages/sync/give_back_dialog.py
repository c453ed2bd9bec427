"""Giving this laptop back: what will happen, a typed word, how far it is, and what keeps it from being erased."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.sync_facts import Ended, Lane, RoundEnd, SyncStanding
from app.ui.look.formats import format_count, format_size
from app.ui.look.sentences import joined
from app.ui.look.theme import current_theme
from app.ui.pages.sync.sync_words import SyncWords
from app.ui.shell.sync_controller import SyncController
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.progress_line import ProgressLine
from app.ui.widgets.tones import Tone


class GiveBackDialog(QDialog):
    """Covers the window, so that nothing is entered between the last record that goes up and the erasing."""

    def __init__(self, sync: SyncController, flush: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("giveBackDialog")
        self.setModal(True)
        self._sync = sync
        self._flush = flush
        self._words = SyncWords(self)
        self._was_tried = False
        self._build()
        sync.changed.connect(self._render)
        sync.progressed.connect(self._render)
        sync.ended.connect(self._on_ended)
        self._field.textChanged.connect(self._render)
        self._field.returnPressed.connect(self._on_begin)
        self._begin.clicked.connect(self._on_begin)
        self._cancel.clicked.connect(self.reject)
        self._retranslate()

    def _build(self) -> None:
        theme = current_theme()
        self._title, self._what = TextLabel("", "title", wrap=True), TextLabel("", "", wrap=True)
        self._waits = TextLabel("", "strong", wrap=True)
        self._waits.setObjectName("giveBackWaits")
        self._bar = MessageBar()
        self._bar.setObjectName("giveBackSaid")
        self._records, self._photos = ProgressLine(), ProgressLine()
        self._ask = TextLabel("", "strong", wrap=True)
        self._field = QLineEdit()
        self._field.setObjectName("giveBackWord")
        self._ask.setBuddy(self._field)
        self._begin, self._cancel = Button("", "danger"), Button()
        self._begin.setObjectName("giveBackNow")
        self._cancel.setObjectName("giveBackCancel")
        whole, foot = QVBoxLayout(self), QHBoxLayout()
        side = theme.size("pad")
        whole.setContentsMargins(side, side, side, side)
        whole.setSpacing(theme.size("gap"))
        for widget in (self._title, self._what, self._waits, self._bar, self._records, self._photos, self._ask):
            whole.addWidget(widget)
        whole.addWidget(self._field)
        whole.addStretch(1)
        foot.setSpacing(theme.size("gap_small"))
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._begin)
        whole.addLayout(foot)
        self.setFixedWidth(theme.em(44))

    @property
    def _word(self) -> str:
        return self.tr("give back")

    @Slot()
    def _render(self) -> None:
        sync = self._sync
        runs = sync.is_giving_back
        is_typed = self._field.text().strip().casefold() == self._word.casefold()
        for widget in (self._ask, self._field):
            widget.setVisible(not runs)
        for line, lane in ((self._records, sync.step.up), (self._photos, sync.step.photos)):
            line.setVisible(runs)
            line.set_progress(lane.done / lane.total if lane.total else 0, _count(lane))
        self._begin.setVisible(not runs)
        self._begin.setEnabled(is_typed and sync.is_member and not sync.is_running)
        self._cancel.setEnabled(not sync.is_stopping)
        stop = self.tr("Stopping…") if sync.is_stopping else self.tr("Stop")
        self._cancel.setText(stop if runs else self.tr("Cancel"))
        self._waits.setText("" if sync.standing is None else self._standing(sync.standing))
        if sync.is_running and not runs:
            self._bar.show_message(self.tr("A sync is under way; this can begin once it is over."), Tone.BLUE)
        elif self._was_tried and not runs and sync.last is not None:
            self._bar.show_message(self._why_not(sync.last), Tone.AMBER)
        else:
            self._bar.clear()

    def _standing(self, standing: SyncStanding) -> str:
        said = [self.tr("Everything that was sent is at head office.")]
        if standing.waiting or standing.photos_waiting:
            words = self.tr("Still to go: %1 records and %2 photo(s), %3. Over a phone hotspot too.")
            size = format_size(standing.waiting_bytes + standing.photo_bytes)
            words = words.replace("%1", format_count(standing.waiting)).replace("%3", size)
            said = [words.replace("%2", format_count(standing.photos_waiting))]
        if standing.refused:
            words = self.tr("Head office did not take %1 records. It keeps what was sent of them.")
            said.append(words.replace("%1", format_count(standing.refused)))
        return joined(said)

    def _why_not(self, end: RoundEnd) -> str:
        said = [self.tr("Nothing was erased.")]
        if end.ended is not Ended.DONE:
            said.append(self._words.ended(end.ended))
        if end.records_left or end.pictures_left:
            words = self.tr("Not at head office yet: %1 records and %2 photo(s).")
            words = words.replace("%1", format_count(end.records_left))
            said.append(words.replace("%2", format_count(end.pictures_left)))
        return joined(said)

    def _retranslate(self) -> None:
        title = self.tr("Give this laptop back")
        self.setWindowTitle(title)
        self._title.setText(title)
        self._what.setText(
            self.tr(
                "1. Everything that waits goes to head office, photos too. You can stop at any time.\n"
                "2. Only when head office has confirmed all of it are the keys, the data, the photos and the backups "
                "on this laptop erased. They cannot be brought back here.\n"
                "3. The program then starts as on its first day."
            )
        )
        self._records.set_label(self.tr("Records up"))
        self._photos.set_label(self.tr("Photos up"))
        self._ask.setText(self.tr("To confirm, type: %1").replace("%1", self._word))
        self._field.setAccessibleName(self._ask.text())
        self._begin.setText(self.tr("Send everything, then erase"))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_cancel"):
            self._retranslate()

    @override
    def reject(self) -> None:
        """Stop what goes on, and stay to say that nothing was erased; close where nothing does."""
        if self._sync.is_giving_back:
            self._sync.stop()
        else:
            super().reject()

    @Slot()
    def _on_begin(self) -> None:
        if not self._begin.isEnabled():
            return
        self._was_tried = True
        self._field.clear()
        self._flush()
        self._sync.give_back()

    @Slot()
    def _on_ended(self) -> None:
        self._render()


def _count(lane: Lane) -> str:
    return f"{format_count(lane.done)} / {format_count(lane.total)}" if lane.total else ""
