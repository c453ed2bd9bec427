"""The card in the middle: the way of the day, and what re-sorting would save."""

from uuid import UUID

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.visit import VisitStatus
from app.services.days import DaySheet, DayShop, DayStop
from app.ui.look.formats import format_number
from app.ui.pages.today.route_spread import spread
from app.ui.pages.today.today_view_model import TodayViewModel
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_look_event
from app.ui.widgets.route_sketch import RouteSketch, RouteStop

_NOT_ON_THE_WAY = frozenset({VisitStatus.MOVED, VisitStatus.CANCELLED})
_MARGIN = 0.6
"""How far around the route shops are shown, as a part of its size."""


class RouteCard(QWidget):
    """Shows the stops in their order and the shops around; a click looks at a stop."""

    stop_chosen = Signal(object)
    """UUID of a customer"""
    brief_requested = Signal()

    def __init__(self, model: TodayViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._drawn: tuple[object, object] = (None, None)
        self._card = _MapCard("", flush=True)
        self._card.setObjectName("routeCard")
        self.sketch = RouteSketch()
        self.sketch.setObjectName("routeSketch")
        self._hint = TextLabel("", "muted", wrap=True)
        self._hint.setObjectName("routeHint")
        self._shorten = Button("", icon="route")
        self._shorten.setObjectName("shorten")
        self.brief_button = IconButton("note")
        self.brief_button.setObjectName("showBrief")
        self._card.add_header_widget(self.brief_button)
        self._card.body.setContentsMargins(1, 0, 1, 0)
        self._card.body.addWidget(self.sketch, 1)
        self._card.add_footer_widget(self._hint, 1)
        self._card.add_footer_widget(self._shorten)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._card)
        self.sketch.stop_chosen.connect(self._on_stop_chosen)
        self._shorten.clicked.connect(model.shorten)
        self.brief_button.clicked.connect(self.brief_requested)

    def retranslate(self) -> None:
        """Word what does not depend on the day."""
        self._card.set_title(self.tr("Route"))
        self.sketch.setAccessibleName(self.tr("Sketch of the route, without streets"))
        self.brief_button.set_name(self.tr("Show the brief (Ctrl+M)"))
        self._shorten.setText(self.tr("Re-sort"))
        self._shorten.setToolTip(self.tr("Put the stops ahead into a short order (Ctrl+R)"))

    def render_day(self) -> None:
        """Show the day."""
        sheet, around = self._model.sheet, self._model.around
        if sheet is None:
            return
        if self._drawn[0] is not sheet or self._drawn[1] is not around:
            self._drawn = (sheet, around)
            self.sketch.set_route(_route(sheet), _others(sheet, around))
        self.sketch.set_current("" if self._model.selected is None else str(self._model.selected))
        unplaced = sum(stop.lat is None or stop.lon is None for stop in sheet.stops)
        without = self.tr("%n stop(s) without a place", "", unplaced)
        self._card.set_hint(without if unplaced else self.tr("Sketch without streets"))
        self._shorten.setVisible(bool(sheet.stops) and not sheet.is_over)
        self._shorten.setEnabled(self._model.saving is not None)
        self._hint.setText(self._hint_words(sheet))

    def _hint_words(self, sheet: DaySheet) -> str:
        if self._model.saving is not None:
            return self.tr("%1 km less than now").replace("%1", format_number(self._model.saving))
        if sheet.is_over:
            return self.tr("The way of today is done.")
        if not sheet.stops:
            return ""
        return self.tr("Drag a stop in the list to change the order")

    @Slot(object)
    def _on_stop_chosen(self, key: str) -> None:
        self.stop_chosen.emit(UUID(key))


class _MapCard(Card):
    """A card whose picture touches the footer too."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "body"):
            self.body.setContentsMargins(1, 0, 1, 0)


def _is_on_the_way(stop: DayStop) -> bool:
    return stop.status not in _NOT_ON_THE_WAY and stop.lat is not None and stop.lon is not None


def _route(sheet: DaySheet) -> tuple[RouteStop, ...]:
    placed = [(s, s.lat, s.lon) for s in sheet.stops if _is_on_the_way(s) and s.lat is not None and s.lon is not None]
    shown = spread([(lat, lon) for _, lat, lon in placed])
    return tuple(
        RouteStop(str(stop.customer_id), stop.number, lat, lon, stop.name, stop.status.ended)
        for (stop, _, _), (lat, lon) in zip(placed, shown, strict=True)
    )


def _others(sheet: DaySheet, around: tuple[DayShop, ...]) -> tuple[tuple[float, float], ...]:
    """Return the shops without a stop that lie near the route; all of them while there is none."""
    placed = [(s.lat, s.lon) for s in sheet.stops if _is_on_the_way(s) and s.lat is not None and s.lon is not None]
    on_way = {stop.customer_id for stop in sheet.stops if _is_on_the_way(stop)}
    rest = [shop for shop in around if shop.customer_id not in on_way]
    if not placed:
        return tuple((shop.lat, shop.lon) for shop in rest)
    low, high = min(lat for lat, _ in placed), max(lat for lat, _ in placed)
    west, east = min(lon for _, lon in placed), max(lon for _, lon in placed)
    edge = max(high - low, east - west) * _MARGIN
    return tuple(
        (shop.lat, shop.lon)
        for shop in rest
        if low - edge <= shop.lat <= high + edge and west - edge <= shop.lon <= east + edge
    )
