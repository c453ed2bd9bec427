"""The panel beside the calendar: how healthy the month is, what a draft moved, what found no day."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.planning.views import MonthView, PlanHealth, UnplacedView
from app.ui.look.formats import format_count, format_number, format_percent, format_short_date
from app.ui.look.theme import current_theme
from app.ui.pages.plan.dragging import Grip, drag
from app.ui.pages.plan.effect_reader import Move
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.pages.plan.unplaced_line import UnplacedLine
from app.ui.pages.plan.visit_plan_words import PlanWords
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.key_figure import KeyFigure
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.layouts import clear_layout
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.target_bar import TargetBar
from app.ui.widgets.tones import Tone

_MOST_LINES = 60
"""The panel scrolls; more than this nobody reads."""
_GOOD_MATCH = 0.9


class HealthPanel(QWidget):
    """Figures of the month looked at, or of the draft while there is one."""

    back_requested = Signal()
    statistics_requested = Signal()
    setup_requested = Signal()
    customer_requested = Signal(object)
    """UUID"""
    why_requested = Signal(object)
    """UnplacedView"""
    placed = Signal()
    """A shop without a day was put on the day looked at."""

    def __init__(self, model: PlanViewModel, words: PlanWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words = words
        self._dragged: Grip | None = None
        self._unplaced: list[UnplacedLine] = []
        self._shown: tuple[object, object] = (None, None)
        self._build()
        self._back.clicked.connect(self.back_requested)
        self._statistics.clicked.connect(self.statistics_requested)
        self._setup.clicked.connect(self.setup_requested)
        self._retranslate()

    def _build(self) -> None:
        self._card = Card("", scroll=True)
        self._card.setObjectName("planHealth")
        self._back = IconButton("calendar")
        self._back.setObjectName("planHealthBack")
        self._card.add_header_widget(self._back)
        self._due = KeyFigure()
        self._bar = TargetBar()
        self._moved_title, self._moved = TextLabel("", "strong"), TextLabel("", "", wrap=True)
        self._moved.setObjectName("planMoved")
        self._cadence_title, self._cadence = TextLabel("", "strong"), FactList()
        self._match_title, self._match = TextLabel("", "strong"), Chip()
        self._match.setObjectName("planMatch")
        self._match_hint = TextLabel("", "hint", wrap=True)
        self._way = FactList()
        self._open_title = TextLabel("", "strong")
        self._open = QWidget()
        self._open.setObjectName("planUnplaced")
        lines = QVBoxLayout(self._open)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(current_theme().size("gap_small"))
        self._open_lines = lines
        match = QHBoxLayout()
        match.addWidget(self._match_title)
        match.addWidget(self._match)
        match.addStretch(1)
        body = self._card.body
        body.addWidget(self._due)
        body.addWidget(self._bar)
        body.addLayout(self._built_counts())
        for widget in (self._moved_title, self._moved, self._cadence_title):
            body.addWidget(widget)
        body.addWidget(self._cadence)
        body.addLayout(match)
        for widget in (self._match_hint, self._way, self._open_title, self._open):
            body.addWidget(widget)
        body.addStretch(1)
        self._statistics, self._setup = Button(small=True), Button(small=True, icon="settings")
        self._statistics.setObjectName("planStatistics")
        self._setup.setObjectName("planSetup")
        self._card.add_footer_widget(self._statistics)
        self._card.add_footer_stretch()
        self._card.add_footer_widget(self._setup)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._card)

    def _built_counts(self) -> QHBoxLayout:
        """Return what is visited, planned, and without a day, in one line."""
        self._counts, self._without_day = TextLabel("", "", wrap=True), TextLabel("", "error")
        self._counts.setObjectName("planCounts")
        self._without_day.setObjectName("planWithoutDay")
        counts = QHBoxLayout()
        counts.setSpacing(current_theme().size("gap_tiny"))
        counts.addWidget(self._counts, 1)
        counts.addWidget(self._without_day)
        return counts

    def show_back(self, *, is_shown: bool) -> None:
        """Show the way back to the calendar where both have no room side by side."""
        self._back.setVisible(is_shown)

    def take_keyboard(self) -> None:
        """Put the keyboard here, after the calendar has given its room: where it is narrow on the way back.

        Beside the calendar it goes to the first visit without a day, which is what there is to do here.
        """
        if not self._back.isHidden():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._unplaced:
            self._unplaced[0].take_keyboard()
        else:
            self._statistics.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def render_health(self) -> None:
        """Show the figures."""
        self._render_figures()
        day = self._model.spot.day
        for line in self._unplaced:
            line.show_day(day, can_take=self._model.can_take(day))

    def _render_figures(self) -> None:
        view = self._model.health_view
        if view is None or (view, self._model.drafting.draft) == self._shown:
            return
        self._shown = (view, self._model.drafting.draft)
        self._render_counts(view.health)
        self._render_moved()
        self._cadence.set_facts(self._words.cadence_facts(view.health.cadence))
        match = view.health.order_day_match
        tone = Tone.GREY if match is None else Tone.PRIMARY if match >= _GOOD_MATCH else Tone.AMBER
        self._match.set_chip(format_percent(match), tone)
        self._render_way(view.health)
        self._render_open(view)

    def _render_counts(self, health: PlanHealth) -> None:
        unit = self.tr("visits / %1 shops").replace("%1", format_count(health.shops))
        self._due.set_figure(format_count(health.due), unit)
        met = health.done / health.due if health.due else None
        self._bar.set_shares(met, (health.done + health.planned) / health.due if health.due else None)
        text = self.tr("Visited %1 · planned %2").replace("%1", format_count(health.done))
        missed = self.tr(" · missed %1").replace("%1", format_count(health.missed)) if health.missed else ""
        self._counts.setText(text.replace("%2", format_count(health.planned)) + missed)
        self._without_day.setText(self.tr("no day %1").replace("%1", format_count(health.unplaced)))
        self._without_day.set_role("error" if health.unplaced else "muted")

    def _render_moved(self) -> None:
        draft = self._model.drafting.draft
        moved = () if draft is None else draft.moved
        for widget in (self._moved_title, self._moved):
            widget.setVisible(draft is not None)
        out = self.tr("taken out")
        lines = [
            f"{name}  {format_short_date(old)} → {out if new is None else format_short_date(new)}"
            for name, old, new in moved
        ]
        more = [self._words.more(len(lines) - _MOST_LINES)] if len(lines) > _MOST_LINES else []
        nothing = self.tr("Nothing that was planned before moves.")
        self._moved.setText("\n".join([*lines[:_MOST_LINES], *more]) or nothing)

    def _render_way(self, health: PlanHealth) -> None:
        spread = f"{format_count(health.fewest_stops)} – {format_count(health.most_stops)}"
        hours = self.tr("%1 h").replace("%1", format_number(health.hours, 0))
        self._way.set_facts(
            (
                Fact(self.tr("Way"), self.tr("%1 km").replace("%1", format_number(health.km, 0))),
                Fact(self.tr("Time"), hours),
                Fact(self.tr("Shops a day"), spread),
            )
        )

    def _render_open(self, view: MonthView) -> None:
        clear_layout(self._open_lines)
        self._unplaced.clear()
        for one in view.unplaced[:_MOST_LINES]:
            line = UnplacedLine(one, self._words, self)
            line.put_requested.connect(self._on_put)
            line.tried.connect(self._on_tried)
            line.why_requested.connect(self.why_requested)
            line.open_requested.connect(self._on_open)
            line.drag_requested.connect(self._on_drag)
            self._open_lines.addWidget(line)
            self._unplaced.append(line)
        if len(view.unplaced) > _MOST_LINES:
            more = self._words.more(len(view.unplaced) - _MOST_LINES)
            self._open_lines.addWidget(TextLabel(more, "hint"))
        if not view.unplaced:
            none = self.tr("Every visit that is due has a day.") if view.is_planned else self.tr("Not planned yet.")
            self._open_lines.addWidget(TextLabel(none, "muted", wrap=True))

    @Slot(object)
    def _on_put(self, one: UnplacedView) -> None:
        late = self._model.late_stop(one)
        if late is None:
            self._model.drop_in(one.customer_id)
        else:
            self._model.put(late.visit_id, self._model.spot.day)
        self.placed.emit()

    @Slot(object)
    def _on_tried(self, one: UnplacedView | None) -> None:
        """Show on the calendar what putting it there would change, or show it no more."""
        day = self._model.spot.day
        move = None
        if one is not None and self._model.can_take(day):
            grip = self._grip(one)
            move = Move(grip.what, day, is_shop=grip.is_shop)
        self._model.effects.try_move(move)

    @Slot(object)
    def _on_open(self, one: UnplacedView) -> None:
        self.customer_requested.emit(one.customer_id)

    @Slot(object)
    def _on_drag(self, one: UnplacedView) -> None:
        if self._model.is_editable:
            self._dragged = self._grip(one)
            # The line may be gone when the mouse is let go; only after it has done with this event may that happen.
            QTimer.singleShot(0, self, self._drag)

    def _grip(self, one: UnplacedView) -> Grip:
        """Return what is moved to give it a day: the visit that comes too late, else the shop itself."""
        late = self._model.late_stop(one)
        return Grip(one.customer_id, is_shop=True) if late is None else Grip(late.visit_id)

    @Slot()
    def _drag(self) -> None:
        if self._dragged is not None:
            grip, self._dragged = self._dragged, None
            drag(grip, self)
            self._model.effects.try_move(None)

    def _retranslate(self) -> None:
        self._card.set_title(self.tr("Plan health"))
        self._back.set_name(self.tr("Back to the calendar (Ctrl+M)"))
        self._due.set_label(self.tr("Due this month"))
        self._bar.setAccessibleName(self.tr("Visited, and planned, of what is due"))
        self._moved_title.setText(self.tr("What the draft moves"))
        self._cadence_title.setText(self.tr("Shops visited as often as due"))
        self._match_title.setText(self.tr("Order day"))
        share = self.tr("Share of visits on the order day or the working day before")
        marks = self.tr("In the calendar: ● on it, ○ away from it; in the week an orange bar: away from it")
        self._match_hint.setText(f"{share}\n{marks}")
        self._open_title.setText(self.tr("Without a day"))
        self._statistics.setText(self.tr("Statistics"))
        self._setup.setText(self.tr("Set up"))
        self._shown = (None, None)
        self.render_health()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_setup"):
            self._retranslate()
