"""Today: the shops of the day at the left, the way between them in the middle, the brief of the shop at the right."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.ui.look.formats import format_day_title
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.today.day_list_card import DayListCard
from app.ui.pages.today.route_card import RouteCard
from app.ui.pages.today.stop_menu import Chosen, Command, StopMenu
from app.ui.pages.today.today_view_model import TodayViewModel
from app.ui.pages.today.today_words import TodayWords
from app.ui.tasks.task_board import TaskBoard
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event, is_look_event

if TYPE_CHECKING:
    from app.ui.pages.today.brief_card import BriefCard
    from app.ui.pages.today.day_summary import DaySummary

_NARROW_EM = 76
"""Below this width the route and the brief take turns at the right."""
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class TodayPage(QWidget):
    """The first page of the morning: choose a shop, read its brief, press Enter."""

    title_changed = Signal(object)
    """PageTitle"""
    open_customer_requested = Signal(object)
    """UUID of the customer"""
    open_visit_requested = Signal(object)
    """UUID of the visit"""
    open_page_requested = Signal(object)
    """str: the key of a page"""
    trouble_met = Signal(object)
    """TroubleError"""

    def __init__(
        self,
        model: TodayViewModel,
        playbook: Playbook,
        board: TaskBoard | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._board = board
        if board is not None:
            board.setParent(self)
        self._words = TodayWords(playbook, self)
        self._route_wished = False
        self._wants_keyboard = False
        self._build(playbook)
        self._wire()
        self._retranslate()

    @property
    def model(self) -> TodayViewModel:
        """What the page shows."""
        return self._model

    def shown(self) -> None:
        """Come into view."""
        self._model.come_into_view()
        self._tell_title()
        self._wants_keyboard = True
        self._take_keyboard()

    def open_stop(self, customer_id: UUID) -> None:
        """Look at a shop of the day, once the day is read."""
        self._model.look_for(customer_id)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.go_out_of_view()
        if self._board is not None:
            self._board.go_out_of_view()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Also after the lock or a minimized window, when nobody calls `shown`.
        if self._model.day is not None:
            self._model.come_into_view()
            self._read_tasks()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self._route.sketch.hasFocus():
            self._model.start()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()
        elif is_look_event(event) and hasattr(self, "_whole"):
            self._measure()

    def _build(self, playbook: Playbook) -> None:
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._day = DayListCard(self._model, self._words, self._board)
        self._route = RouteCard(self._model)
        self._playbook = playbook
        self._brief: BriefCard | None = None
        self._brief_room = QWidget()
        room = QVBoxLayout(self._brief_room)
        room.setContentsMargins(0, 0, 0, 0)
        self._summary: DaySummary | None = None
        self._cards = QHBoxLayout()
        self._cards.addWidget(self._day, 37)
        self._cards.addWidget(self._route, 45)
        self._cards.addWidget(self._brief_room, 40)
        self._wait = TextLabel("", "muted")
        self._wait.setObjectName("dayWait")
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty = EmptyState("import")
        self._empty.setObjectName("todayEmpty")
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(self._cards, 1)
        self._whole.addWidget(self._wait, 1)
        self._whole.addWidget(self._empty, 1)
        self._measure()

    def _wire(self) -> None:
        self._model.changed.connect(self._render)
        self._model.signs_changed.connect(self._on_signs)
        self._model.visit_ready.connect(self.open_visit_requested)
        self._model.trouble_met.connect(self.trouble_met)
        if self._board is not None:
            self._board.changed.connect(self._on_tasks)
        self._day.shop_requested.connect(self.open_customer_requested)
        self._route.stop_chosen.connect(self._model.select)
        self._day.start_requested.connect(self._model.start)
        self._day.menu_requested.connect(self._show_menu)
        self._route.brief_requested.connect(self._on_route_requested)
        self._empty.action_requested.connect(self._on_empty_action)
        self._empty.other_requested.connect(self._on_import)
        self._shortcut("Ctrl+Z", self._model.undo)
        self._shortcut("Ctrl+R", self._model.shorten)
        self._shortcut("Ctrl+N", self._day.open_panel)
        self._shortcut("Ctrl+M", self._on_route_requested)
        self._shortcut("Ctrl+T", self._day.open_tasks)
        self._shortcut("Ctrl+Return", self._on_customer)
        self._shortcut("Shift+F10", self._on_menu_key)

    def _shortcut(self, keys: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _retranslate(self) -> None:
        self._wait.setText(self.tr("Reading the day\u2026"))
        for card in (self._day, self._route, self._brief):
            if card is not None:
                card.retranslate()
        self._render()
        self._tell_title()

    def _tell_title(self) -> None:
        day = self._model.day
        subtitle = "" if day is None else format_day_title(day, current_language())
        self.title_changed.emit(PageTitle(self.tr("Today"), subtitle))

    @Slot()
    def _render(self) -> None:
        sheet = self._model.sheet
        if sheet is None and self._model.load_failed:
            self._empty.set_words(self.tr("The day could not be read."), self.tr("Try again"))
        elif sheet is not None and not sheet.shops:
            text = self.tr("There are no customers yet. They come from head office by sync, or from files you import.")
            self._empty.set_words(text, self.tr("Enrol with head office, or sync"), self.tr("Import data"))
        is_empty = self._model.load_failed if sheet is None else not sheet.shops
        self._empty.setVisible(is_empty)
        self._wait.setVisible(sheet is None and not is_empty)
        self._place_cards()
        if sheet is not None and sheet.shops:
            self._day.render_day()
            self._route.render_day()
            if not self._model.is_painting:
                self._made_brief().render_stop()
                self._read_tasks()
            if sheet.is_over:
                self._made_summary().render_day(sheet)
            self._take_keyboard()

    def _take_keyboard(self) -> None:
        """Put the keyboard on the stops once they are there, but not while a person types elsewhere."""
        if self._wants_keyboard and self._day.isVisible():
            self._wants_keyboard = False
            if not isinstance(QApplication.focusWidget(), QLineEdit):
                self._day.focus_list()

    def _read_tasks(self) -> None:
        """Read the tasks once the list of the day has been painted."""
        if self._board is not None and self.isVisible() and not self._model.is_painting:
            self._board.come_into_view()

    def _made_brief(self) -> "BriefCard":
        """Return the card of the shop looked at, made once the list of the day has been painted."""
        if self._brief is None:
            from app.ui.pages.today.brief_card import BriefCard  # noqa: PLC0415

            self._brief = BriefCard(self._model, self._words, self._playbook, self._board)
            self._brief.start_requested.connect(self._model.start)
            self._brief.menu_requested.connect(self._on_more)
            self._brief.route_requested.connect(self._on_route_requested)
            self._brief.retranslate()
            room = self._brief_room.layout()
            if room is not None:
                room.addWidget(self._brief)
            self._place_cards()
        return self._brief

    def _made_summary(self) -> "DaySummary":
        """Return what sums the day up, made when the first day is over."""
        if self._summary is None:
            from app.ui.pages.today.day_summary import DaySummary  # noqa: PLC0415 - most days are not over

            self._summary = DaySummary(self._words)
            self._cards.addWidget(self._summary, 40)
        return self._summary

    def _place_cards(self) -> None:
        """Show what there is room and reason for."""
        sheet = self._model.sheet
        has_day = sheet is not None and bool(sheet.shops)
        is_narrow = self.width() < current_theme().em(_NARROW_EM)
        has_stop = self._model.stop is not None
        is_over = sheet is not None and sheet.is_over
        has_right = has_stop or is_over
        route = has_day and (not is_narrow or self._route_wished or not has_right)
        right = has_day and (not is_narrow or not route)
        self._cards.setStretch(1, 40 if is_narrow else 45)
        self._day.setVisible(has_day)
        self._route.brief_button.setVisible(is_narrow and has_right)
        if self._brief is not None:
            self._brief.route_button.setVisible(is_narrow)
        self._route.setVisible(route)
        self._brief_room.setVisible(right and has_stop)
        if right and is_over and not has_stop:
            self._made_summary().show()
        elif self._summary is not None:
            self._summary.hide()

    def _measure(self) -> None:
        theme = current_theme()
        pad = theme.size("pad")
        self._whole.setContentsMargins(pad, pad, pad, pad)
        self._cards.setSpacing(theme.size("gap"))

    @Slot(object)
    def _on_signs(self, customer_id: object) -> None:
        self._day.render_rows()
        if customer_id == self._model.selected:
            self._made_brief().render_stop()

    @Slot()
    def _on_tasks(self) -> None:
        if self._brief is not None and self._model.stop is not None:
            self._brief.render_stop()

    @Slot()
    def _on_route_requested(self) -> None:
        self._route_wished = not self._route_wished
        self._place_cards()

    @Slot()
    def _on_customer(self) -> None:
        if self._model.selected is not None:
            self.open_customer_requested.emit(self._model.selected)

    @Slot()
    def _on_menu_key(self) -> None:
        self._show_menu(self._day.menu_spot())

    @Slot()
    def _on_more(self) -> None:
        button = self._made_brief().more_button
        self._show_menu(button.mapToGlobal(QPoint(0, 0)))

    @Slot(object)
    def _show_menu(self, spot: QPoint) -> None:
        stop, sheet = self._model.stop, self._model.sheet
        if stop is None or sheet is None:
            return
        menu = StopMenu(stop, sheet.day, len(sheet.stops), self._words, self._made_brief().start_words, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.chosen.connect(self._on_chosen)
        menu.popup(spot)

    @Slot(object)
    def _on_chosen(self, chosen: Chosen) -> None:
        model = self._model
        if chosen.command is Command.END and chosen.outcome is not None:
            model.end(chosen.outcome, chosen.reason, chosen.moved_to)
            return
        plain = {
            Command.START: model.start,
            Command.CUSTOMER: self._on_customer,
            Command.FROM_PAPER: partial(model.start, on_paper=True),
            Command.REOPEN: model.reopen,
            Command.TAKE_OUT: model.take_out,
        }
        if chosen.command in plain:
            plain[chosen.command]()
        else:
            model.move_by(-1 if chosen.command is Command.EARLIER else 1)

    @Slot()
    def _on_empty_action(self) -> None:
        if self._model.load_failed:
            self._model.retry()
        else:
            self.open_page_requested.emit("sync")

    @Slot()
    def _on_import(self) -> None:
        self.open_page_requested.emit("data_in")
