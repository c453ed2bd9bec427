"""The card of the round: today's numbers, the three lanes, start, pause and stop."""

from PySide6.QtCore import QEvent, QPoint, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.sync_pause import PauseFor
from app.services.sync_facts import Ended, Lane, Membership, SyncStanding
from app.ui.look.formats import format_count, format_size
from app.ui.look.theme import current_theme
from app.ui.pages.sync.ahead_box import AheadBox
from app.ui.pages.sync.pause_menu import PauseMenu
from app.ui.pages.sync.round_words import RoundWords
from app.ui.pages.sync.sync_inbox_view_model import SyncInboxViewModel
from app.ui.shell.sync_controller import SyncController
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.key_figure import KeyFigure
from app.ui.widgets.labels import ElidedLabel, TextLabel
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.progress_line import ProgressLine
from app.ui.widgets.tones import Tone


class LanesCard(Card):
    """Shows how far the round is; work goes on meanwhile."""

    def __init__(self, sync: SyncController, inbox: SyncInboxViewModel, parent: QWidget | None = None) -> None:
        super().__init__(scroll=True, parent=parent)
        self._sync = sync
        self._inbox = inbox
        self._words = RoundWords(sync, self)
        self._menu = PauseMenu(self)
        self._build()
        sync.changed.connect(self._render)
        sync.progressed.connect(self._render)
        inbox.changed.connect(self._render)
        self._start.clicked.connect(sync.start)
        self._look.clicked.connect(self._on_look)
        self._ahead.closed.connect(sync.looking.forget)
        self._pause.clicked.connect(self._on_pause)
        self._menu.chosen.connect(self._on_pause_chosen)
        self._go_on.clicked.connect(sync.go_on)
        self._stop.clicked.connect(sync.stop)
        self._retranslate()

    def _build(self) -> None:
        self._safe = Chip("", Tone.GREEN)
        self.add_header_widget(self._safe)
        figures = QWidget()
        flow = FlowLayout(figures)
        flow.setSpacing(current_theme().size("gap"))
        self._visits, self._diagnoses, self._advice, self._photos = (KeyFigure() for _ in range(4))
        for figure in (self._visits, self._diagnoses, self._advice, self._photos):
            flow.addWidget(figure)
        self._up, self._down, self._pictures = (ProgressLine() for _ in range(3))
        for line, name in ((self._up, "laneUp"), (self._down, "laneDown"), (self._pictures, "lanePhotos")):
            line.setObjectName(name)
        self._said = TextLabel("", "hint", wrap=True)
        self._said.setObjectName("syncSaid")
        self._ahead = AheadBox()
        for widget in (figures, self._up, self._down, self._pictures, self._said, self._ahead):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._last = ElidedLabel("", "hint")
        self._last.setObjectName("syncLast")
        self._start = Button("", "primary", icon="sync")
        self._start.setObjectName("syncStart")
        self._look = Button()
        self._look.setObjectName("syncLook")
        self._pause = Button()
        self._pause.setObjectName("syncPause")
        self._go_on = Button()
        self._go_on.setObjectName("syncGoOn")
        self._stop = Button()
        self._stop.setObjectName("syncStop")
        self.add_footer_widget(self._last, 1)
        for button in (self._look, self._pause, self._go_on, self._start, self._stop):
            self.add_footer_widget(button)

    @Slot()
    def _render(self) -> None:
        self._render_day()
        self._render_lanes()
        self._render_deeds()
        self._ahead.show_ahead(self._sync.looking.ahead)
        self._said.setText(self._words.whole())
        self._said.setVisible(bool(self._said.text()))

    def _render_day(self) -> None:
        day = self._inbox.day
        if day is None:
            return
        under_way = self.tr("%1 in progress").replace("%1", format_count(day.under_way)) if day.under_way else ""
        self._visits.set_figure(format_count(day.visits), delta=under_way)
        for figure, count in ((self._diagnoses, day.diagnoses), (self._advice, day.advice)):
            figure.set_figure(format_count(count))
        self._photos.set_figure(format_count(day.photos), format_size(day.photo_bytes) if day.photos else "")

    def _render_lanes(self) -> None:
        sync, standing = self._sync, self._sync.standing
        step, runs = sync.step, sync.is_running
        waiting = standing or SyncStanding(Membership.NOT_ENROLLED)
        if runs:
            self._show(self._up, step.up, waiting.waiting)
            self._show(self._down, step.down, 0)
            self._show(self._pictures, step.photos, waiting.photos_waiting)
            return
        self._show_rest(self._up, step.up, waiting.waiting, waiting.waiting_bytes)
        self._show_received(step.down)
        self._show_rest(self._pictures, step.photos, waiting.photos_waiting, waiting.photo_bytes)

    def _show(self, line: ProgressLine, lane: Lane, expected: int) -> None:
        """Show a lane of the round under way; one that is behind it and had nothing to do is full."""
        total = lane.total or expected
        if not total:
            is_behind = self._is_behind(line)
            nothing = self.tr("no updates") if line is self._down else self.tr("nothing waits")
            line.set_progress(float(is_behind), nothing if is_behind else self.tr("in a moment"))
            return
        line.set_progress(lane.share, self._counted(lane, total))

    def _is_behind(self, line: ProgressLine) -> bool:
        step = self._sync.step
        order = ((self._up, step.up), (self._down, step.down), (self._pictures, step.photos))
        places = [place for place, (_, lane) in enumerate(order) if lane.is_under_way]
        return bool(places) and next(n for n, (one, _) in enumerate(order) if one is line) < places[0]

    def _counted(self, lane: Lane, total: int) -> str:
        words = f"{format_count(lane.done)} / {format_count(total)}"
        return " · ".join([words, self.tr("goes on where it was cut")]) if lane.is_resumed else words

    def _show_rest(self, line: ProgressLine, reached: Lane, count: int, size: int) -> None:
        """Show what waits; the bar is full after a whole round, after one that was cut or stopped it stays."""
        if count == 0:
            words = self.tr("nothing waits") if not reached.total else self._counted(reached, reached.total)
            line.set_progress(1.0 if self._is_done else reached.share, words)
            return
        words = self._words.waiting(0, count) if line is self._pictures else self._words.waiting(count, 0)
        words = f"{words} · {format_size(size)}" if size else words
        line.set_progress(0.0 if self._is_done else reached.share, words)

    def _show_received(self, reached: Lane) -> None:
        last = self._sync.last
        words = "" if last is None else self.tr("%1 received").replace("%1", format_count(last.received))
        self._down.set_progress(1.0 if self._is_done else reached.share, words)

    @property
    def _is_done(self) -> bool:
        last = self._sync.last
        return last is not None and last.ended is Ended.DONE

    def _render_deeds(self) -> None:
        sync = self._sync
        self._start.setVisible(not sync.is_running)
        self._start.setEnabled(sync.is_member)
        self._look.setVisible(not sync.is_running)
        self._look.setEnabled(sync.is_member)
        self._look.setText(self.tr("Looking… stop") if sync.looking.is_under_way else self.tr("Look first"))
        self._pause.setVisible(sync.is_running or (sync.is_member and not sync.is_paused))
        self._pause.setText(self.tr("Pause") if sync.is_running else self.tr("Pause…"))
        self._go_on.setVisible(sync.is_paused and not sync.is_running)
        self._stop.setVisible(sync.is_running)
        for button in (self._pause, self._stop):
            button.setEnabled(not sync.is_stopping)
        self._stop.setText(self.tr("Stopping…") if sync.is_stopping else self.tr("Stop"))
        last = None if sync.standing is None else sync.standing.last_round
        never = self.tr("Not synced yet")
        done = self.tr("Last finished: %1")
        self._last.setText(never if last is None else done.replace("%1", f"{last.astimezone():%Y-%m-%d %H:%M}"))

    @Slot()
    def _on_look(self) -> None:
        if self._sync.looking.is_under_way:
            self._sync.looking.stop()
        else:
            self._sync.look_first()

    @Slot()
    def _on_pause(self) -> None:
        """End the round under way at once; where none is, ask for how long."""
        if self._sync.is_running:
            self._sync.pause()
        else:
            above = QPoint(0, -self._menu.sizeHint().height())
            self._menu.popup(self._pause.mapToGlobal(above))

    @Slot(object)
    def _on_pause_chosen(self, kind: PauseFor) -> None:
        self._sync.pause(kind)

    def _retranslate(self) -> None:
        self.set_title(self.tr("Today's records"))
        self._safe.setText(self.tr("all safely on disk"))
        self._visits.set_label(self.tr("Visits"))
        self._diagnoses.set_label(self.tr("Diagnoses"))
        self._advice.set_label(self.tr("Order guidance"))
        self._photos.set_label(self.tr("Photos"))
        self._up.set_label(self.tr("Records up"))
        self._down.set_label(self.tr("Updates down"))
        self._pictures.set_label(self.tr("Photos up"))
        self._start.setToolTip("F5")
        self._look.setToolTip(self.tr("Says what would go and come, and how long it takes; sends nothing"))
        self._start.setText(self.tr("Sync now"))
        self._pause.setToolTip(self.tr("Nothing is sent by itself meanwhile; Sync now still works"))
        self._go_on.setText(self.tr("Go on"))
        self._go_on.setToolTip(self.tr("Ends the pause and syncs"))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_stop"):
            self._retranslate()
