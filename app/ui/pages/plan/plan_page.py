"""The visit plan: the calendar with its visits at the left, at the right how healthy the month is."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.ui.look.theme import current_theme
from app.ui.pages.plan.calendar_card import MAP, CalendarCard
from app.ui.pages.plan.plan_dialogs import PlanDialogs
from app.ui.pages.plan.plan_menus import KINDS, About, Command, PlanMenu
from app.ui.pages.plan.plan_shown import Span
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.pages.plan.sheet_exports import SheetExports, Written
from app.ui.pages.plan.side_column import SideColumn
from app.ui.pages.plan.visit_plan_words import PlanWords
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.segmented_choice import SegmentedChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.territory.territory_view import TerritoryView

_LEAST_EM = 58
_NARROW_EM = 84
"""Below this width the calendar and the health of the plan take turns."""


class PlanPage(QWidget):
    """Plan the month, look at a week or a day, move visits by mouse or keys."""

    title_changed = Signal(object)
    """PageTitle"""
    open_customer_requested = Signal(object)
    """UUID of the customer"""
    open_stop_requested = Signal(object)
    """UUID of the customer whose brief is to be read on Today"""
    open_visit_requested = Signal(object)
    """UUID of the visit"""
    open_page_requested = Signal(object)
    """str"""
    trouble_met = Signal(object)
    """TroubleError"""

    def __init__(
        self,
        model: PlanViewModel,
        playbook: Playbook,
        exports: SheetExports | None = None,
        make_map: "Callable[[], TerritoryView] | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._words = PlanWords(playbook, self)
        self._dialogs = PlanDialogs(model, self._words, self)
        self._exports = exports
        self._make_map = make_map
        self._map: TerritoryView | None = None
        if exports is not None:
            exports.setParent(self)
            exports.written.connect(self._on_saved)
            exports.failed.connect(model.fail)
        self._side_wished = False
        self._is_map = False
        self._build()
        self._wire()
        self._retranslate()

    @property
    def model(self) -> PlanViewModel:
        """What the page shows."""
        return self._model

    def shown(self) -> None:
        """Come into view."""
        self._model.come_into_view()
        self._tell_title()
        if self._is_map and self._map is not None:
            self._map.begin()
        else:
            self._take_board()

    def show_span(self, span: Span) -> None:
        """Show the month, the week or the day."""
        self._is_map = False
        self._place_cards()
        self._model.set_span(span)
        self._take_board()

    @Slot()
    def show_map(self) -> None:
        """Show the territory, with the way of the day at which the plan is."""
        if self._map is None and self._make_map is not None:
            self._map = self._make_map()
            self._map_span = SegmentedChoice(self._calendar.spans())
            self._map_span.setObjectName("mapSpan")
            self._map_span.chosen.connect(self._on_map_span)
            self._map.lead_with(self._map_span)
            self._map.open_customer_requested.connect(self.open_customer_requested)
            self._map.open_page_requested.connect(self.open_page_requested)
            self._cards.addWidget(self._map, 132)
        if self._map is not None:
            self._map_span.set_value(MAP)
            self._is_map = True
            self._place_cards()
            self._map.show_day(self._model.spot.day)
            self._map.begin()

    @Slot(object)
    def _on_map_span(self, value: str | None) -> None:
        """Go back to the calendar."""
        if value is None or value == MAP:
            self._map_span.set_value(MAP)
        else:
            self.show_span(Span(value))

    def _build(self) -> None:
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._calendar = CalendarCard(
            self._model, self._words, has_exports=self._exports is not None, has_map=self._make_map is not None
        )
        self._side = SideColumn(self._model, self._words)
        self._cards = QHBoxLayout(self)
        self._cards.addWidget(self._calendar, 100)
        self._cards.addWidget(self._side, 32)
        self._measure()

    def _wire(self) -> None:
        model, board = self._model, self._calendar.board
        model.changed.connect(self._render)
        model.trouble_met.connect(self.trouble_met)
        board.open_requested.connect(self._on_open)
        board.customer_requested.connect(self._on_customer)
        board.day_requested.connect(self._on_day)
        board.menu_requested.connect(self._show_menu)
        self._calendar.map_requested.connect(self.show_map)
        self._calendar.health_requested.connect(self._on_health)
        self._calendar.papers_requested.connect(self._on_papers)
        self._wire_side()
        for keys, slot in (
            ("Ctrl+Z", model.undo),
            ("Ctrl+Y", model.redo),
            ("Ctrl+Shift+Z", model.redo),
            ("Ctrl+X", model.cut),
            ("Ctrl+V", model.paste),
            ("Ctrl+B", model.toggle_lock),
            ("Ctrl+D", model.tomorrow),
            ("Ctrl+E", model.begin_swap),
            ("Ctrl+R", model.shorten),
            ("Ctrl+N", self._dialogs.nearby),
            ("Ctrl+M", self._on_health),
            ("Ctrl+Return", self._on_customer),
            ("Shift+F10", self._on_menu_key),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _wire_side(self) -> None:
        side, health = self._side, self._side.health
        self._dialogs.customer_requested.connect(self.open_customer_requested)
        side.asked.connect(self._on_asked)
        side.answered.connect(self._on_answered)
        side.why.customer_requested.connect(self.open_customer_requested)
        self._calendar.board.why_requested.connect(side.toggle)
        health.back_requested.connect(self._on_health)
        health.placed.connect(self._take_board)
        health.customer_requested.connect(self.open_customer_requested)
        health.statistics_requested.connect(self._dialogs.statistics)
        health.setup_requested.connect(self._dialogs.setup)

    @Slot()
    def _render(self) -> None:
        self._calendar.render_plan()
        self._side.render_column()

    def _retranslate(self) -> None:
        self._calendar.retranslate()
        if self._map is not None:
            self._map_span.set_choices(self._calendar.spans())
        self._render()
        self._tell_title()

    def _tell_title(self) -> None:
        subtitle = self.tr("By class, order day, load and distance")
        self.title_changed.emit(PageTitle(self.tr("Visit plan"), subtitle))

    # ---- what is chosen -----------------------------------------------------------------------------------------
    @Slot()
    def _on_open(self) -> None:
        """Read the brief of a stop of today; of another day the customer."""
        stop = self._model.stop
        if stop is not None and self._model.spot.day == self._model.today and not stop.status.ended:
            self.open_stop_requested.emit(stop.customer_id)
        else:
            self._on_customer()

    @Slot()
    def _on_customer(self) -> None:
        stop = self._model.stop
        if stop is not None:
            self.open_customer_requested.emit(stop.customer_id)

    @Slot()
    def _on_visit(self) -> None:
        """Open the visit itself: one of a day behind is entered there from paper."""
        stop = self._model.stop
        if stop is not None:
            self.open_visit_requested.emit(stop.visit_id)

    @Slot()
    def _on_day(self) -> None:
        self._model.set_span(Span.DAY)

    @Slot()
    def _on_health(self) -> None:
        self._show_side(is_wished=not self._side_wished)

    def _show_side(self, *, is_wished: bool) -> None:
        """Give the keyboard to the column beside the calendar, and the room where it is narrow; or give it back."""
        self._side_wished = is_wished
        self._place_cards()
        if is_wished:
            self._side.take_keyboard()
        else:
            self._take_board()

    @Slot()
    def _take_board(self) -> None:
        self._calendar.board.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_asked(self) -> None:
        """Where the column has room beside the calendar the keyboard stays there, to go on to other visits."""
        if self._is_narrow:
            self._show_side(is_wished=True)

    @Slot()
    def _on_answered(self) -> None:
        self._show_side(is_wished=False)

    @Slot()
    def _on_menu_key(self) -> None:
        self._show_menu(self._calendar.board.menu_spot())

    @Slot(object)
    def _show_menu(self, spot: QPoint) -> None:
        model, day = self._model, self._model.day
        if day is None:
            return
        holds = model.held is not None
        about = About(day, model.stop, model.today, model.is_editable, model.can_take(day.day), holds)
        menu = PlanMenu(about, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.chosen.connect(self._on_chosen)
        menu.popup(spot)

    @Slot(object)
    def _on_chosen(self, command: Command) -> None:
        model = self._model
        if command in KINDS:
            model.set_day(KINDS[command])
            return
        {
            Command.WHY: self._side.toggle,
            Command.BRIEF: self._on_open,
            Command.VISIT: self._on_visit,
            Command.CUSTOMER: self._on_customer,
            Command.LOCK: model.toggle_lock,
            Command.CUT: model.cut,
            Command.PASTE: model.paste,
            Command.SWAP: model.begin_swap,
            Command.TOMORROW: model.tomorrow,
            Command.TAKE_OUT: model.take_out,
            Command.NEARBY: self._dialogs.nearby,
            Command.CADENCE: self._dialogs.cadence,
            Command.OPEN_DAY: self._on_day,
            Command.SHORTEN: model.shorten,
            Command.LOCK_DAY: partial(model.lock_day, locked=True),
            Command.UNLOCK_DAY: partial(model.lock_day, locked=False),
        }[command]()

    # ---- papers -------------------------------------------------------------------------------------------------
    @Slot(object)
    def _on_papers(self, spot: QPoint) -> None:
        if self._exports is not None:
            self._exports.show_menu(spot, self._model.spot.day, self)

    @Slot(object)
    def _on_saved(self, written: Written) -> None:
        self._calendar.bars.say_saved(written.path)

    # ---- size ---------------------------------------------------------------------------------------------------
    def _place_cards(self) -> None:
        is_narrow = self._is_narrow
        self._calendar.show_health_button(is_shown=is_narrow)
        self._calendar.setVisible(not self._is_map and not (is_narrow and self._side_wished))
        self._side.setVisible(not self._is_map and (not is_narrow or self._side_wished))
        if self._map is not None:
            self._map.setVisible(self._is_map)
        self._side.health.show_back(is_shown=is_narrow)

    @property
    def _is_narrow(self) -> bool:
        return self.width() < current_theme().em(_NARROW_EM)

    def _measure(self) -> None:
        theme = current_theme()
        side = theme.size("pad")
        self._cards.setContentsMargins(side, side, side, side)
        self._cards.setSpacing(theme.size("gap"))
        self._place_cards()

    @override
    def minimumSizeHint(self) -> QSize:
        # In a narrow window one of the two cards goes and gives its room; both side by side must not keep it from that.
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), current_theme().em(_LEAST_EM)), hint.height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._side.is_asking:
            self._side.stop_asking()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.go_out_of_view()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._model.view is not None:
            self._model.come_into_view()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()
        elif is_look_event(event) and hasattr(self, "_cards"):
            self._measure()
