"""The territory view: the map, its legend, and the shops that are selected on it."""

from collections import Counter
from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.planning.views import DayView
from app.domain.playbook import Playbook
from app.domain.visit import VisitStatus
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.territory.legend_card import LegendCard
from app.ui.territory.risk_bar import RiskBar
from app.ui.territory.selection_card import SelectionCard
from app.ui.territory.territory_view_model import Coloring, TerritoryViewModel
from app.ui.territory.territory_words import TerritoryWords
from app.ui.territory.way_bar import WayBar
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.map_scene import MapPoint
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.route_sketch import RouteStop
from app.ui.widgets.scroll_area import VerticalScrollArea
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.territory_map import TerritoryMap
from app.ui.widgets.tones import Tone

_SIDE = 24.5
"""Width of the column beside the map, in em."""
_LIST = 18
"""The least height of the list of selected shops, in em."""
_NOT_GONE_TO = frozenset({VisitStatus.MOVED, VisitStatus.CANCELLED})


class TerritoryView(QWidget):
    """Enter or a double click on a shop opens it."""

    open_customer_requested = Signal(object)
    """UUID"""
    open_page_requested = Signal(object)
    """str"""

    def __init__(self, model: TerritoryViewModel, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("territoryView")
        self._model = model
        model.setParent(self)
        self._words = TerritoryWords(playbook, self)
        self._messages = Messages(self)
        self._way_seen: date | None = None
        self._build()
        self._wire()
        self._retranslate()

    @property
    def map(self) -> TerritoryMap:
        """The map."""
        return self._map

    def begin(self) -> None:
        """Come into view: read what has changed, and give the keyboard to the map."""
        self._model.come_into_view()
        self._map.setFocus(Qt.FocusReason.OtherFocusReason)

    def lead_with(self, widget: QWidget) -> None:
        """Put a widget of the page that holds the map before its own tools, such as the way back."""
        self._card.header.insertWidget(0, widget)
        widget.show()

    def show_day(self, day: date | None) -> None:
        """Draw the way of a day over the shops; None takes it away."""
        self._model.show_day(day)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.rest()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "_columns"):
            return
        if is_language_event(event):
            self._retranslate()
        elif is_look_event(event):
            self._measure()

    def _build(self) -> None:
        self._map = TerritoryMap()
        self._map.setObjectName("territoryMap")
        self._coloring = SegmentedChoice(self._choices())
        self._coloring.setObjectName("mapColoring")
        self._way = WayBar(self._model)
        self._lasso, self._closer, self._farther, self._whole_button, self._areas = (
            IconButton(icon, framed=True) for icon in ("lasso", "zoom.in", "zoom.out", "whole", "areas")
        )
        self._areas.setObjectName("showAreas")
        self._areas.setCheckable(True)
        self._lasso.setObjectName("takeLasso")
        self._lasso.setCheckable(True)
        self._closer.setObjectName("zoomIn")
        self._farther.setObjectName("zoomOut")
        self._whole_button.setObjectName("showWhole")
        self._card = _MapCard(" ", flush=True)
        self._card.add_header_widget(self._way)
        self._card.body.addWidget(self._map, 1)
        self._tools = QVBoxLayout(self._map)
        for button in (self._lasso, self._closer, self._farther, self._whole_button, self._areas):
            self._tools.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        self._tools.addStretch(1)
        self._risk = RiskBar(self._model)
        self._legend = LegendCard(self._coloring, self._risk)
        self._selection = SelectionCard(self._words)
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._legend)
        column.addWidget(self._selection, 1)
        self._scroll = VerticalScrollArea(self._side)
        full = QWidget()
        self._columns = QHBoxLayout(full)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(self._card, 1)
        self._columns.addWidget(self._scroll)
        self._empty = EmptyState("map")
        self._empty.setObjectName("noShopsOnMap")
        self._stack = QStackedWidget()
        self._stack.addWidget(full)
        self._stack.addWidget(self._empty)
        self._message = MessageBar()
        self._message.setObjectName("mapMessage")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._message)
        whole.addWidget(self._stack, 1)
        self._measure()

    def _wire(self) -> None:
        self._coloring.chosen.connect(self._on_coloring_chosen)
        self._lasso.toggled.connect(self._on_lasso_toggled)
        self._closer.clicked.connect(self._on_closer)
        self._farther.clicked.connect(self._on_farther)
        self._whole_button.clicked.connect(self._map.show_all)
        self._map.lasso_changed.connect(self._on_lasso_changed)
        self._areas.toggled.connect(self._on_areas_toggled)
        self._map.outlines_changed.connect(self._on_outlines_changed)
        self._map.selection_changed.connect(self._on_map_selection)
        self._map.opened.connect(self._on_opened)
        self._legend.group_wished.connect(self._on_group_wished)
        self._selection.shop_chosen.connect(self.open_customer_requested)
        self._selection.shop_looked_at.connect(self._on_looked_at)
        self._selection.clear_wished.connect(self._on_clear)
        self._empty.action_requested.connect(self._on_import)
        self._message.dismissed.connect(self._message.clear)
        self._model.changed.connect(self._render)
        self._model.colored.connect(self._render)
        self._model.selected_changed.connect(self._render_selection)
        self._model.way_changed.connect(self._render_way)
        self._model.trouble_met.connect(self._on_trouble)

    def _retranslate(self) -> None:
        self._card.set_title(self.tr("Territory"))
        self._map.setAccessibleName(self.tr("Map of the territory, without streets"))
        self._coloring.set_choices(self._choices())
        self._coloring.set_name(self.tr("What the colours tell"))
        self._lasso.set_name(self.tr("Lasso: draw a line around shops (L)"))
        self._closer.set_name(self.tr("Closer (+)"))
        self._farther.set_name(self.tr("Farther (−)"))
        self._whole_button.set_name(self.tr("The whole territory (0)"))
        self._areas.set_name(self.tr("Outlines of villages, streets or counties (G), drawn around their shops"))
        self._empty.set_words(
            self.tr("No shop has a place yet. Places come with the customer file, or with a first visit."),
            self.tr("Import customers…"),
        )
        self._way.retranslate()
        self._selection.retranslate()
        self._risk.retranslate()
        self._render()

    def _choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(key.value, words, Tone.PRIMARY) for key, words in self._words.colorings().items())

    @Slot()
    def _render(self) -> None:
        model = self._model
        groups = self._words.groups(model.coloring)
        places = {group.key: place for place, group in enumerate(groups)}
        keys = [self._words.key_of(shop, model.coloring) for shop in model.shops]
        points = [
            MapPoint(str(s.customer_id), s.lat, s.lon, s.name, self._words.tip(s), s.presumed, s.area)
            for s in model.shops
        ]
        styles = [group.style for group in groups]
        self._map.set_shops(points, styles, [places.get(key, len(groups) - 1) for key in keys])
        self._areas.setVisible(self._map.can_outline)
        has_presumed = any(shop.presumed for shop in model.shops)
        note = self.tr("Hollow marks: the place is presumed from the surroundings") if has_presumed else ""
        self._coloring.set_value(model.coloring)
        self._legend.show_groups(self._words.colorings()[model.coloring], groups, Counter(keys), note)
        self._stack.setCurrentIndex(1 if model.is_loaded and not model.shops else 0)
        self._risk.render_progress()
        self._card.set_hint("" if model.is_loaded else self.tr("Reading…"))
        self._render_selection()
        self._render_way()

    @Slot()
    def _render_selection(self) -> None:
        chosen = self._model.selected_shops
        if frozenset(str(shop.customer_id) for shop in chosen) != self._map.selected:
            self._map.set_selected([str(shop.customer_id) for shop in chosen])
        self._selection.show_shops(chosen)
        self._legend.show_selected(Counter(self._words.key_of(shop, self._model.coloring) for shop in chosen))

    @Slot()
    def _render_way(self) -> None:
        self._way.render_day()
        day = self._model.way
        self._map.set_route(() if day is None else _stops(day))
        if day is not None and day.day != self._way_seen:
            self._map.show_route()
        self._way_seen = None if day is None else day.day

    @Slot(object)
    def _on_coloring_chosen(self, key: str | None) -> None:
        if key is None:  # there is always one
            self._coloring.set_value(self._model.coloring)
        else:
            self._model.color_by(Coloring(key))

    @Slot(bool)
    def _on_lasso_toggled(self, checked: bool) -> None:
        self._map.set_lasso(is_on=checked)
        self._map.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_lasso_changed(self) -> None:
        self._lasso.setChecked(self._map.is_lasso)

    @Slot(bool)
    def _on_areas_toggled(self, checked: bool) -> None:
        self._map.set_outlined(is_on=checked)

    @Slot()
    def _on_outlines_changed(self) -> None:
        self._areas.setChecked(self._map.is_outlined)

    @Slot()
    def _on_closer(self) -> None:
        self._map.zoom(1)

    @Slot()
    def _on_farther(self) -> None:
        self._map.zoom(-1)

    @Slot()
    def _on_map_selection(self) -> None:
        self._model.select(UUID(key) for key in self._map.selected)

    @Slot(object)
    def _on_opened(self, key: str) -> None:
        self.open_customer_requested.emit(UUID(key))

    @Slot(object, object)
    def _on_group_wished(self, key: str, is_adding: bool) -> None:
        model = self._model
        inside = {s.customer_id for s in model.shops if self._words.key_of(s, model.coloring) == key}
        model.select(inside | model.selected if is_adding else inside)

    @Slot(object)
    def _on_looked_at(self, shop: UUID) -> None:
        self._map.set_current(str(shop))

    @Slot()
    def _on_clear(self) -> None:
        self._model.select(())

    @Slot()
    def _on_import(self) -> None:
        self.open_page_requested.emit("data_in")

    @Slot(object)
    def _on_trouble(self, error: BaseException) -> None:
        self._message.show_message(self._messages.of_error(error).whole, Tone.RED)

    def _measure(self) -> None:
        theme = current_theme()
        self._columns.setSpacing(theme.size("gap"))
        column = self._side.layout()
        if column is not None:
            column.setSpacing(theme.size("gap"))
        self._scroll.setFixedWidth(theme.em(_SIDE))
        self._selection.setMinimumHeight(theme.em(_LIST))
        edge = theme.size("gap_small")
        self._tools.setContentsMargins(edge, edge, edge, edge)
        self._tools.setSpacing(theme.size("gap_tiny"))


class _MapCard(Card):
    """A card whose map touches its edges."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "body"):
            self.body.setContentsMargins(1, 0, 1, 1)


def _stops(day: DayView) -> tuple[RouteStop, ...]:
    """Return the stops of a day that have a place, in their order."""
    return tuple(
        RouteStop(str(stop.customer_id), stop.number, stop.lat, stop.lon, stop.name, stop.status.ended)
        for stop in day.stops
        if stop.status not in _NOT_GONE_TO and stop.lat is not None and stop.lon is not None
    )
