"""The calendar card: month, way and span above, what there is to say below that, the board, and the route of a day."""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.planning.views import StopView
from app.ui.look.formats import format_day_title
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.plan.plan_bars import PlanBars
from app.ui.pages.plan.plan_board import PlanBoard
from app.ui.pages.plan.plan_shown import Span, Spot, week_of
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.pages.plan.visit_plan_words import PlanWords
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.route_sketch import RouteSketch, RouteStop
from app.ui.widgets.scroll_area import VerticalScrollArea
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

MAP = "map"
"""The view of the territory, beside those of the calendar."""


class CalendarCard(QWidget):
    """Shows the plan, and the ways through it."""

    health_requested = Signal()
    map_requested = Signal()
    papers_requested = Signal(object)
    """QPoint on the screen"""

    def __init__(
        self,
        model: PlanViewModel,
        words: PlanWords,
        *,
        has_exports: bool,
        has_map: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._words = words
        self._has_map = has_map
        self._drawn: object = None
        self._build(has_exports=has_exports)
        self._wire()

    def _build(self, *, has_exports: bool) -> None:
        self._card = Card(" ", flush=True)
        self._card.setObjectName("planCard")
        self._build_header(has_exports=has_exports)
        self.bars = PlanBars(self._model, self._words)
        self.board = PlanBoard(self._model, self._words)
        self._scroll = VerticalScrollArea(self.board)
        self._wait = TextLabel("", "muted")
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty = EmptyState("calendar")
        self._empty.setObjectName("planEmpty")
        halves = QHBoxLayout()
        halves.setSpacing(0)
        halves.addWidget(self._scroll, 55)
        halves.addWidget(self._built_way(), 45)
        body = self._card.body
        body.addWidget(self.bars)
        body.addWidget(self._wait, 1)
        body.addWidget(self._empty, 1)
        body.addLayout(halves, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._card)

    def _build_header(self, *, has_exports: bool) -> None:
        self._span = SegmentedChoice(self.spans())
        self._span.setObjectName("planSpan")
        self._before, self._after = IconButton("chevron.left"), IconButton("chevron.right")
        self._before.setObjectName("planBefore")
        self._after.setObjectName("planAfter")
        self._now = Button(small=True)
        self._now.setObjectName("planToday")
        self._papers, self._health = IconButton("export"), IconButton("analysis")
        self._papers.setObjectName("planPapers")
        self._health.setObjectName("planHealthButton")
        self._make = Button(kind="primary", small=True)
        self._make.setObjectName("planMake")
        for widget in (self._span, self._before, self._now, self._after, self._papers, self._health, self._make):
            self._card.add_header_widget(widget)
        self._papers.setVisible(has_exports)

    def _built_way(self) -> QWidget:
        """Return the sketch of a day's route, with what can be done about it."""
        theme = current_theme()
        self._sketch = RouteSketch()
        self._sketch.setObjectName("planSketch")
        self._late, self._shorten = Button(small=True, icon="clock"), Button(small=True, icon="route")
        self._late.setObjectName("planLateButton")
        self._shorten.setObjectName("planShorten")
        self._day_words = TextLabel("", "muted", wrap=True)
        self._day_words.setObjectName("planDayWords")
        self._way = QWidget()
        way, deeds = QVBoxLayout(self._way), QHBoxLayout()
        way.setContentsMargins(0, 0, 0, 0)
        way.setSpacing(0)
        deeds.setContentsMargins(theme.size("gap"), theme.size("gap_small"), theme.size("gap"), theme.size("gap_tiny"))
        deeds.setSpacing(theme.size("gap_small"))
        deeds.addWidget(self._late)
        deeds.addWidget(self._shorten)
        deeds.addStretch(1)
        words = QHBoxLayout()
        words.setContentsMargins(theme.size("gap"), theme.size("gap_tiny"), theme.size("gap"), theme.size("gap_tiny"))
        words.addWidget(self._day_words)
        way.addLayout(words)
        way.addWidget(self._sketch, 1)
        way.addLayout(deeds)
        return self._way

    def _wire(self) -> None:
        model = self._model
        model.effects.changed.connect(self.board.render_effect)
        self.board.seen_wished.connect(self._on_seen_wished)
        self._span.chosen.connect(self._on_span)
        self._before.clicked.connect(self._on_before)
        self._after.clicked.connect(self._on_after)
        self._now.clicked.connect(model.go_today)
        self._make.clicked.connect(self._on_make)
        self._late.clicked.connect(model.look_at_late)
        self._shorten.clicked.connect(model.shorten)
        self._health.clicked.connect(self.health_requested)
        self._papers.clicked.connect(self._on_papers)
        self._sketch.stop_chosen.connect(self._on_stop_chosen)
        self._empty.action_requested.connect(model.retry)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._span.set_choices(self.spans())
        self._span.set_name(self.tr("How much is shown"))
        self._now.setText(self.tr("Today"))
        self._papers.set_name(self.tr("Papers and files of the plan"))
        self._health.set_name(self.tr("Plan health (Ctrl+M)"))
        self._make.setText(self.tr("Plan this month"))
        self._wait.setText(self.tr("Reading the plan…"))
        self._late.setText(self.tr("Re-order from here"))
        self._late.setToolTip(self.tr("When each stop is reached from now on, and which ones do not fit any more"))
        self._shorten.setText(self.tr("Shortest order"))
        self.board.setAccessibleName(self.tr("Calendar of the visits"))
        self._sketch.setAccessibleName(self.tr("Sketch of the route, without streets"))
        self._drawn = None

    def show_health_button(self, *, is_shown: bool) -> None:
        """Show the way to the health of the plan where both have no room side by side."""
        self._health.setVisible(is_shown)

    @Slot()
    def render_plan(self) -> None:
        """Show the plan."""
        model = self._model
        self._card.set_title(self._title())
        self._span.set_value(model.span.value)
        self._render_names()
        self.bars.render_bars()
        has_failed = model.view is None and model.reader.has_failed
        if has_failed:
            self._empty.set_words(self.tr("The plan could not be read."), self.tr("Try again"))
        self._empty.setVisible(has_failed)
        self._wait.setVisible(model.view is None and not has_failed)
        self._scroll.setVisible(model.view is not None)
        self._way.setVisible(model.view is not None and model.span is Span.DAY)
        self._make.setEnabled(model.view is not None and not model.drafting.is_running and self._has_days_ahead())
        self.board.render_plan()
        if model.span is Span.DAY:
            self._render_way()

    def _has_days_ahead(self) -> bool:
        return any(day.day >= self._model.today for day in self._model.days)

    def _title(self) -> str:
        model, language = self._model, current_language()
        day = model.spot.day
        if model.span is Span.DAY:
            return format_day_title(day, language)
        if model.span is Span.WEEK:
            week = week_of(day)
            return f"{week[0]:%m-%d} – {week[-1]:%m-%d}"
        return self._words.month(day)

    def _render_names(self) -> None:
        names = {
            Span.MONTH: (self.tr("Month before (Page up)"), self.tr("Next month (Page down)")),
            Span.WEEK: (self.tr("Week before (Page up)"), self.tr("Next week (Page down)")),
            Span.DAY: (self.tr("Day before (Page up)"), self.tr("Next day (Page down)")),
        }
        before, after = names[self._model.span]
        self._before.set_name(before)
        self._after.set_name(after)

    def _render_way(self) -> None:
        model, day = self._model, self._model.day
        self._late.setVisible(model.spot.day == model.today and day is not None and bool(day.stops))
        is_told_above = model.late_day.late is not None  # the line that tells the late day has this deed too
        has_ahead = day is not None and any(not stop.status.ended for stop in day.stops)
        self._shorten.setVisible(model.can_take(model.spot.day) and has_ahead and not is_told_above)
        if day is not self._drawn:
            self._drawn = day
            self._sketch.set_route(() if day is None else _route(day.stops))
        self._sketch.set_current("" if model.spot.visit_id is None else str(model.spot.visit_id))
        if day is None or not day.stops:
            self._day_words.setText(self.tr("Nothing is planned on this day."))
        else:
            load = self.tr("%1 · %2").replace("%1", self._words.load(day))
            self._day_words.setText(load.replace("%2", self._words.minutes(day.minutes)))

    def spans(self) -> tuple[Choice, ...]:
        """Return the views of the plan in words; the map is the last, where there is one."""
        spans = (
            Choice(Span.MONTH.value, self.tr("Month"), Tone.PRIMARY),
            Choice(Span.WEEK.value, self.tr("Week"), Tone.PRIMARY),
            Choice(Span.DAY.value, self.tr("Day"), Tone.PRIMARY),
        )
        return (*spans, Choice(MAP, self.tr("Map"), Tone.PRIMARY)) if self._has_map else spans

    @Slot(object)
    def _on_span(self, value: str | None) -> None:
        if value is None or value == MAP:
            self._span.set_value(self._model.span.value)
            if value == MAP:
                self.map_requested.emit()
        else:
            self._model.set_span(Span(value))

    @Slot()
    def _on_before(self) -> None:
        self._model.step(-1)

    @Slot()
    def _on_after(self) -> None:
        self._model.step(1)

    @Slot()
    def _on_make(self) -> None:
        self._model.drafting.make(self._model.month)

    @Slot()
    def _on_papers(self) -> None:
        self.papers_requested.emit(self._papers.mapToGlobal(QPoint(0, self._papers.height())))

    @Slot(object)
    def _on_stop_chosen(self, key: str) -> None:
        day = self._model.day
        found = None if day is None else next((s for s in day.stops if str(s.visit_id) == key), None)
        if day is not None and found is not None:
            self._model.go_to(Spot(day.day, found.visit_id))

    @Slot(object)
    def _on_seen_wished(self, box: QRectF) -> None:
        middle = box.center().toPoint()
        self._scroll.ensureVisible(0, middle.y(), 0, round(box.height() / 2) + 2)


def _route(stops: tuple[StopView, ...]) -> tuple[RouteStop, ...]:
    return tuple(
        RouteStop(str(stop.visit_id), stop.number, stop.lat, stop.lon, stop.name, stop.status.ended)
        for stop in stops
        if stop.lat is not None and stop.lon is not None
    )
