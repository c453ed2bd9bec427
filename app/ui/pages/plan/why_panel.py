"""The panel that says why: of the visit looked at, or of a shop without a day; and on which other days it could be."""

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.planning.views import UnplacedView
from app.services.plan_values import DayChoice
from app.ui.look.theme import current_theme
from app.ui.pages.plan.effect_reader import Move
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.pages.plan.try_button import TryButton
from app.ui.pages.plan.visit_plan_words import PlanWords
from app.ui.pages.plan.why_reader import Answer, Subject
from app.ui.pages.plan.why_words import WhyWords
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.painting import begin, is_language_event
from app.ui.widgets.tones import Tone


class WhyPanel(QWidget):
    """Follows what is looked at; a day it offers is tried on the calendar before it is taken."""

    closed = Signal()
    customer_requested = Signal(object)
    """UUID"""

    def __init__(self, model: PlanViewModel, words: PlanWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words = WhyWords(words, self)
        self._unplaced: UnplacedView | None = None
        self._spot = model.spot
        self._shown: object = None
        self._build()
        self._close.clicked.connect(self.closed)
        self._customer.clicked.connect(self._on_customer)
        model.why.changed.connect(self.render_why)
        self._retranslate()

    def _build(self) -> None:
        self._card = Card("", scroll=True)
        self._card.setObjectName("planWhy")
        self._close = IconButton("close")
        self._close.setObjectName("planWhyClose")
        self._card.add_header_widget(self._close)
        self._name = TextLabel("", "strong", wrap=True)
        self._name.setObjectName("planWhyName")
        self._told = TextLabel("", "muted", wrap=True)
        self._told.setObjectName("planWhyTold")
        self._body = QWidget()
        self._body.setObjectName("planWhyBody")
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(current_theme().size("gap_tiny"))
        for widget in (self._name, self._told, self._body):
            self._card.body.addWidget(widget)
        self._card.body.addStretch(1)
        self._customer = Button(small=True, icon="customer")
        self._customer.setObjectName("planWhyCustomer")
        self._card.add_footer_widget(self._customer)
        self._card.add_footer_stretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._card)

    def ask_about(self, unplaced: UnplacedView | None) -> None:
        """Ask about a shop without a day, or (None) about the visit looked at."""
        self._unplaced, self._spot = unplaced, self._model.spot
        self.follow()

    def take_keyboard(self) -> None:
        """Put the keyboard here."""
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def follow(self) -> None:
        """Ask about what is looked at now."""
        model = self._model
        if model.spot != self._spot:
            self._unplaced, self._spot = None, model.spot
        if self._unplaced is not None:
            one = self._unplaced
            model.why.ask(Subject(one.customer_id, one.name, model.month, unplaced=one))
        elif model.stop is not None and model.is_editable:
            stop = model.stop
            model.why.ask(Subject(stop.customer_id, stop.name, model.month, stop, model.spot.day))
        else:
            model.why.ask(None)
        self.render_why()

    @Slot()
    def render_why(self) -> None:
        """Show the answer, or that it is being read."""
        if self.isHidden():
            return
        subject, answer = self._model.why.subject, self._model.why.answer
        self._name.setText("" if subject is None else subject.name)
        self._name.setVisible(subject is not None)
        self._told.setText(self._state())
        self._told.setVisible(bool(self._told.text()))
        self._customer.setEnabled(subject is not None)
        self._body.setVisible(answer is not None)
        if answer is not None and answer is not self._shown:
            self._shown = answer
            self._show(answer)

    def _state(self) -> str:
        why = self._model.why
        if why.subject is None and self._model.drafting.draft is not None:
            return self.tr("Keep the draft or throw it away: then every visit tells why it is on its day.")
        if why.subject is None:
            return self.tr("Choose a visit by mouse or arrow keys.")
        if why.has_failed:
            return self.tr("That could not be read. Choose the visit again.")
        return "" if why.answer is not None else self.tr("Looking why…")

    def _show(self, answer: Answer) -> None:
        clear_layout(self._lines)
        for part in self._words.parts(answer):
            self._lines.addWidget(TextLabel(part.title, "strong"))
            for text, tone in part.lines:
                self._lines.addWidget(_ToneLine(text, tone))
            self._lines.addSpacing(current_theme().size("gap_small"))
        if self._can_choose(answer):
            self._lines.addWidget(TextLabel(self._words.choices_title(answer.subject), "strong"))
            for choice in answer.choices:
                self._lines.addWidget(_ChoiceLine(choice, answer.subject, self._words, self))

    def _can_choose(self, answer: Answer) -> bool:
        stop = answer.subject.stop
        return bool(answer.choices) and (stop is None or self._model.can_move(stop))

    def try_day(self, subject: Subject, day: date | None) -> None:
        """Show on the calendar what a day would change; None shows nothing any more."""
        what = subject.customer_id if subject.stop is None else subject.stop.visit_id
        move = None if day is None else Move(what, day, is_shop=subject.stop is None)
        self._model.effects.try_move(move)

    def take_day(self, subject: Subject, day: date) -> None:
        """Put it on a day."""
        late = None if subject.unplaced is None else self._model.late_stop(subject.unplaced)
        if late is not None:
            self._model.put(late.visit_id, day)
            self.closed.emit()
        elif subject.stop is None:
            self._model.drop_in(subject.customer_id, day)
            self.closed.emit()
        else:
            self._model.put(subject.stop.visit_id, day)

    @Slot()
    def _on_customer(self) -> None:
        subject = self._model.why.subject
        if subject is not None:
            self.customer_requested.emit(subject.customer_id)

    def _retranslate(self) -> None:
        self._card.set_title(self.tr("Why"))
        self._close.set_name(self.tr("Back to the plan health (Esc)"))
        self._customer.setText(self.tr("Open the customer"))
        self._shown = None
        self.render_why()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_customer"):
            self._retranslate()


class _Dot(QWidget):
    """A small disc in a tone, at the height of the first line beside it."""

    def __init__(self, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.em(0.9), theme.em(1.4))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, radius = begin(self), float(current_theme().em(0.25))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tone.fill)
        painter.drawEllipse(QPointF(radius + 1, self.fontMetrics().height() / 2), radius, radius)


class _ToneLine(QWidget):
    """A disc and some words."""

    def __init__(self, text: str, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().size("gap_tiny"))
        row.addWidget(_Dot(tone, self))
        row.addWidget(TextLabel(text, wrap=True), 1)


class _ChoiceLine(QWidget):
    """A day, what it would change, and a button that takes it."""

    def __init__(self, choice: DayChoice, subject: Subject, words: WhyWords, panel: WhyPanel) -> None:
        super().__init__(panel)
        self._choice = choice
        self._subject = subject
        self._panel = panel
        theme = current_theme()
        day = words.choice_day(choice.day)
        said = words.choice_words(choice.effect)
        take = TryButton(self.tr("Put here") if subject.stop is None else self.tr("Move here"), "quiet", small=True)
        take.setObjectName("whyTake")
        take.setAccessibleName(f"{take.text()}: {day}, {said}")
        take.clicked.connect(self._on_taken)
        take.tried.connect(self._on_tried)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(TextLabel(day))
        texts.addWidget(TextLabel(said, "hint", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.size("gap_tiny"), 0, 0)
        row.setSpacing(theme.size("gap_tiny"))
        row.addWidget(_Dot(words.choice_tone(choice.effect), self))
        row.addLayout(texts, 1)
        row.addWidget(take)

    @Slot()
    def _on_taken(self) -> None:
        self._panel.take_day(self._subject, self._choice.day)

    @Slot(object)
    def _on_tried(self, is_tried: bool) -> None:
        self._panel.try_day(self._subject, self._choice.day if is_tried else None)
