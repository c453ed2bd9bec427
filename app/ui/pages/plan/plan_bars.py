"""The lines over the board: planning under way, a draft to keep or not, a late day, what is held, what was done."""

from pathlib import Path

from PySide6.QtCore import QEvent, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.look.formats import format_number
from app.ui.look.messages import Messages
from app.ui.look.sentences import joined
from app.ui.look.theme import current_theme
from app.ui.pages.plan import plan_shown as shown
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.pages.plan.visit_plan_words import PlanWords
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.progress_line import ProgressLine
from app.ui.widgets.tones import Tone

_HALF_AN_HOUR = 30


class PlanBars(QWidget):
    """Shows only the lines that say something now."""

    def __init__(self, model: PlanViewModel, words: PlanWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words = words
        self._messages = Messages(self)
        self._saved: Path | None = None
        self._build()
        self._wire()
        self._retranslate()

    def _build(self) -> None:
        theme = current_theme()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._progress, self._cancel = ProgressLine(), Button(small=True)
        self._progress.setObjectName("planProgress")
        self._cancel.setObjectName("planCancel")
        self._draft_words = TextLabel("", "strong", wrap=True)
        self._draft_words.setObjectName("planDraft")
        self._keep, self._discard = Button(kind="primary", small=True), Button(small=True)
        self._keep.setObjectName("planKeep")
        self._discard.setObjectName("planDiscard")
        self._late_words = TextLabel("", "strong", wrap=True)
        self._late_words.setObjectName("planLate")
        self._late_order, self._late_out = Button(small=True, icon="route"), Button(small=True)
        self._late_out.setObjectName("lateMoveOut")
        self._late_order.setObjectName("lateShorten")
        self._late_close = Button(kind="quiet", small=True)
        self._earlier, self._later = IconButton("minus"), IconButton("plus")
        self._earlier.setObjectName("lateEarlier")
        self._later.setObjectName("lateLater")
        self._held_words = TextLabel("", "strong", wrap=True)
        self._held_words.setObjectName("planHeld")
        self._let_go = Button(kind="quiet", small=True)
        self._let_go.setObjectName("planLetGo")
        self._lines = [
            self._line(self._progress, self._cancel),
            self._line(self._draft_words, self._keep, self._discard),
            self._line(
                self._late_words, self._earlier, self._later, self._late_order, self._late_out, self._late_close
            ),
            self._line(self._held_words, self._let_go),
        ]
        self._said = MessageBar()
        self._said.setObjectName("planSaid")
        frame = QVBoxLayout()
        frame.setContentsMargins(theme.size("gap"), theme.size("gap_tiny"), theme.size("gap"), theme.size("gap_tiny"))
        frame.addWidget(self._said)
        self._said_box = QWidget()
        self._said_box.setLayout(frame)
        for line in self._lines:
            whole.addWidget(line)
        whole.addWidget(self._said_box)

    def _line(self, first: QWidget, *buttons: QWidget) -> QWidget:
        theme = current_theme()
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(theme.size("pad"), theme.size("gap_tiny"), theme.size("gap"), theme.size("gap_tiny"))
        row.setSpacing(theme.size("gap_small"))
        row.addWidget(first, 1)
        for button in buttons:
            row.addWidget(button)
        return line

    def _wire(self) -> None:
        model = self._model
        self._cancel.clicked.connect(model.drafting.cancel)
        self._keep.clicked.connect(model.keep)
        self._discard.clicked.connect(model.drafting.discard)
        self._late_order.clicked.connect(model.shorten)
        self._late_out.clicked.connect(model.late_day.drop)
        self._late_close.clicked.connect(model.late_day.leave)
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        self._let_go.clicked.connect(model.let_go)
        self._said.action_requested.connect(self._on_action)
        self._said.dismissed.connect(self._on_dismissed)

    @Slot()
    def render_bars(self) -> None:
        """Show what there is to say."""
        model = self._model
        drafting, late = model.drafting, model.late_day.late
        wanted = (
            drafting.is_running,
            drafting.draft is not None,
            late is not None,
            model.held is not None or model.swapping is not None,
        )
        for line, is_wanted in zip(self._lines, wanted, strict=True):
            line.setVisible(is_wanted)
        if drafting.is_running:
            self._progress.set_label(self.tr("Stopping…") if drafting.is_stopping else self.tr("Planning the month"))
            self._progress.set_progress(drafting.share, f"{round(100 * drafting.share)}%")
            self._cancel.setEnabled(not drafting.is_stopping)
        self._render_draft()
        self._render_late()
        self._render_held()
        self._render_said()

    def say_saved(self, path: Path) -> None:
        """Say that a paper is on disk, until something else is done; it can be opened."""
        self._model.dismiss()
        self._saved = path
        self._render_said()

    def _render_draft(self) -> None:
        draft = self._model.drafting.draft
        if draft is None:
            return
        visits = sum(len(day.stops) for day in draft.view.days)
        days = sum(bool(day.stops) for day in draft.view.days)
        text = self.tr("Draft: %1 visits on %2 days, %3 km. %4 moved, %5 without a day. Made in %6 s.")
        text = text.replace("%1", str(visits)).replace("%2", str(days))
        text = text.replace("%3", format_number(sum(day.km for day in draft.view.days), 0))
        text = text.replace("%4", str(len(draft.moved))).replace("%5", str(len(draft.view.unplaced)))
        self._draft_words.setText(text.replace("%6", format_number(draft.seconds)))

    def _render_late(self) -> None:
        late = self._model.late_day.late
        if late is None:
            return
        said = [self.tr("From %1 on:").replace("%1", f"{late.now:%H:%M}")]
        if late.ends is not None:
            said.append(self.tr("the last stop that fits ends at %1.").replace("%1", f"{late.ends:%H:%M}"))
        out = late.falls_out
        if out:
            names = self._words.listed([stop.name for stop in out])
            said.append(self.tr("%1 do not fit: %2.").replace("%1", str(len(out))).replace("%2", names))
        else:
            said.append(self.tr("Everything fits."))
        self._late_words.setText(joined(said))
        self._late_out.setVisible(bool(out))

    def _render_held(self) -> None:
        model = self._model
        found = shown.stop_of(model.days, model.held or model.swapping)
        if found is None:
            return
        if model.held is not None:
            text = self.tr("%1 is cut: go to a day and press Ctrl+V.")
        else:
            text = self.tr("Choose the visit that changes places with %1.")
        self._held_words.setText(text.replace("%1", found[1].name))

    def _render_said(self) -> None:
        model = self._model
        if model.notice is not None or model.problem is not None:
            self._saved = None
        if model.problem is not None:
            self._said.show_message(self._messages.of_error(model.problem).whole, Tone.RED)
        elif model.drafting.draft is None and model.notice is not None and (text := self._words.deed(model.notice)):
            again = model.notice.is_undo and model.deeds.can_redo
            can_undo = not model.notice.is_undo and model.deeds.can_undo
            action = self.tr("Do again") if again else self.tr("Undo") if can_undo else ""
            breaks = model.notice.deed is not None and bool(model.notice.deed.breaks)
            self._said.show_message(text, Tone.AMBER if breaks else Tone.GREEN, action)
        elif self._saved is not None:
            said = self.tr("The paper is saved: %1").replace("%1", self._saved.name)
            self._said.show_message(said, Tone.GREEN, self.tr("Open"))
        elif model.drafting.was_stopped:
            self._said.show_message(self.tr("Planning was stopped; the plan is as it was."), Tone.BLUE)
        else:
            self._said.clear()
        self._said_box.setVisible(not self._said.isHidden())

    @Slot()
    def _on_earlier(self) -> None:
        self._model.late_day.shift(-_HALF_AN_HOUR)

    @Slot()
    def _on_later(self) -> None:
        self._model.late_day.shift(_HALF_AN_HOUR)

    @Slot()
    def _on_dismissed(self) -> None:
        self._saved = None
        self._model.dismiss()

    @Slot()
    def _on_action(self) -> None:
        model = self._model
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))
        elif model.notice is not None and model.notice.is_undo:
            model.redo()
        else:
            model.undo()

    def _retranslate(self) -> None:
        self._cancel.setText(self.tr("Stop"))
        self._keep.setText(self.tr("Keep"))
        self._discard.setText(self.tr("Discard"))
        self._late_order.setText(self.tr("Shortest order"))
        self._late_out.setText(self.tr("Move what does not fit"))
        self._late_close.setText(self.tr("Close"))
        self._earlier.set_name(self.tr("As if half an hour earlier, but not before now"))
        self._later.set_name(self.tr("As if half an hour later: which stops fall out then"))
        self._let_go.setText(self.tr("Never mind"))
        self.render_bars()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_said"):
            self._retranslate()
