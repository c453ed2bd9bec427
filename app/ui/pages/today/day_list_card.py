"""The card at the left: the shops of the day in order; choose, drag, and all that is done to a stop by keys."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.tasks import Due
from app.domain.visit import VisitStatus
from app.services.days import DayStop
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.today.risk_order import risk_first, risk_of
from app.ui.pages.today.stop_list_model import Dropped, StopDelegate, StopListModel
from app.ui.pages.today.today_view_model import TodayViewModel
from app.ui.pages.today.today_words import Tag, TodayWords
from app.ui.tasks.task_board import TaskBoard
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.list_rows import KEY_ROLE, ListRow, make_list_view
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.tones import Tone

if TYPE_CHECKING:
    from app.ui.pages.today.add_panel import AddPanel
    from app.ui.pages.today.task_panel import TaskPanel

_LEAST_WIDTH = 15
_TAGS_BESIDE_TASKS = 2
_ENDING_ICONS = {
    VisitStatus.MOVED: "calendar",
    VisitStatus.CLOSED: "lock",
    VisitStatus.REFUSED: "close",
    VisitStatus.CANCELLED: "minus",
}


class DayListCard(QWidget):
    """Shows the stops, what was just done to them with the way back, and the panel that adds a shop."""

    start_requested = Signal()
    menu_requested = Signal(object)
    """QPoint on the screen"""
    shop_requested = Signal(object)
    """UUID of the customer of a task"""

    def __init__(
        self, model: TodayViewModel, words: TodayWords, board: TaskBoard | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._board = board
        self._is_on_tasks = False
        self._is_by_risk = False
        self._words = words
        self._messages = Messages(self)
        self._build()
        self._wire()

    @override
    def minimumSizeHint(self) -> QSize:
        # In a narrow window the route goes and gives its room; how wide the tasks stand must not keep it from that.
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), current_theme().em(_LEAST_WIDTH)), hint.height())

    def retranslate(self) -> None:
        """Word what does not depend on the day."""
        self._list.setAccessibleName(self.tr("Shops of the day"))
        self._add.set_name(self.tr("Add a shop that is near or that you look for (Ctrl+N)"))
        for panel in (self._panel, self._tasks):
            if panel is not None:
                panel.retranslate()
        self.render_tasks()

    def render_day(self) -> None:
        """Show the day."""
        sheet, model = self._model.sheet, self._model
        if sheet is None:
            return
        self._card.set_title(self._words.stands(sheet))
        self.render_rows()
        is_empty = not sheet.stops
        if is_empty:
            self._none.set_words(self._words.why_empty(sheet), self.tr("Add a shop"))
        shown = self._panel if model.adding.is_open else self._none if is_empty else self._list
        if self._is_on_tasks and not model.adding.is_open:
            shown = self._tasks
        self._stack.setCurrentWidget(shown or self._list)
        self._add.setVisible(not model.adding.is_open and not is_empty)
        self.render_tasks()
        self._render_bar()

    @Slot()
    def render_tasks(self) -> None:
        """Say how many tasks are open; no word where head office never gave one."""
        board, sheet = self._board, self._model.sheet
        has_button = board is not None and bool(board.lines) and not self._is_on_tasks
        if sheet is not None:
            is_full = has_button and not self._risk_button.isHidden()
            self._card.set_hint("" if is_full else self._words.way(sheet, is_short=has_button))
        if board is None:
            return
        count = len(board.open_lines)
        self._tasks_button.setVisible(has_button)
        self._tasks_button.setText(self.tr("Tasks %1").replace("%1", str(count)))
        words = self.tr("%n task(s) from head office are open (Ctrl+T)", "", count)
        self._tasks_button.setToolTip(words)
        self._tasks_button.setAccessibleName(words)

    @Slot()
    def render_rows(self) -> None:
        """Show the stops; the brief of one may just have been read."""
        sheet = self._model.sheet
        if sheet is None:
            return
        at_risk = sum(1 for stop in sheet.stops if not stop.status.ended and self._risk(stop))
        self._risk_button.setVisible(bool(at_risk) and not self._is_on_tasks and not self._model.adding.is_open)
        words = self.tr("%n shop(s) may run out of a main SKU: show them first (Ctrl+U)", "", at_risk)
        if self._is_by_risk:
            words = self.tr("Show the shops in the order of the way again (Ctrl+U)")
        self._risk_button.set_name(words)
        shown = risk_first(sheet.stops, self._risk) if self._is_by_risk else sheet.stops
        # Sorted by risk the places say nothing about the way: there is nothing to drag.
        open_stops = [stop for stop in sheet.stops if not stop.status.ended and not self._is_by_risk]
        self._rows.set_stops(
            [self._row(stop) for stop in shown], frozenset(str(stop.customer_id) for stop in open_stops)
        )
        self._show_current()
        self.render_tasks()

    def _risk(self, stop: DayStop) -> int:
        return risk_of(self._model.reasons(stop))

    @Slot()
    def toggle_risk(self) -> None:
        """Show the shops that may run out first, or the order of the way again."""
        self._is_by_risk = not self._is_by_risk
        self._risk_button.setChecked(self._is_by_risk)
        self.render_rows()

    def focus_list(self) -> None:
        """Put the keyboard on the stops."""
        self._list.setFocus()

    @Slot()
    def open_panel(self) -> None:
        """Let a shop be looked for that is to be added."""
        if self._model.day is not None and self._model.sheet is not None:
            panel = self._panel or self._make_panel()
            self._is_on_tasks = False
            self._model.adding.open(self._model.day, self._model.selected)
            self.render_day()
            panel.begin()

    @Slot()
    def open_tasks(self) -> None:
        """Show the tasks of head office in the place of the shops, or the shops again."""
        if self._board is None or self._model.sheet is None:
            return
        if self._is_on_tasks:
            self._on_tasks_closed()
            return
        self._is_on_tasks = True
        self._model.adding.close()
        panel = self._tasks or self._make_tasks(self._board)
        self.render_day()
        panel.begin()

    def menu_spot(self) -> QPoint:
        """Return where the menu of the current row belongs, on the screen."""
        box = self._list.visualRect(self._list.currentIndex())
        return self._list.viewport().mapToGlobal(box.center())

    def _build(self) -> None:
        self._card = Card("", flush=True)
        self._card.setObjectName("dayCard")
        self._add = IconButton("plus")
        self._add.setObjectName("addShop")
        self._risk_button = IconButton("warning")
        self._risk_button.setObjectName("riskFirst")
        self._risk_button.setCheckable(True)
        self._risk_button.hide()
        self._tasks_button = Button("", "quiet", small=True)
        self._tasks_button.setObjectName("openTasks")
        self._tasks_button.hide()
        self._card.add_header_widget(self._risk_button)
        self._card.add_header_widget(self._tasks_button)
        self._card.add_header_widget(self._add)
        self._rows = StopListModel(self)
        self._list = make_list_view()
        self._list.setObjectName("dayList")
        self._list.setItemDelegate(StopDelegate(self._list))
        self._list.setModel(self._rows)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.setDragEnabled(True)
        self._list.setAcceptDrops(True)
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self._list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self._list.setDropIndicatorShown(True)
        self._panel: AddPanel | None = None
        self._tasks: TaskPanel | None = None
        self._none = EmptyState("today")
        self._none.setObjectName("noStop")
        self._stack = QStackedWidget()
        for widget in (self._list, self._none):
            self._stack.addWidget(widget)
        self._bar = MessageBar()
        self._bar.setObjectName("dayMessage")
        self._card.body.addWidget(self._stack, 1)
        edge = current_theme().size("gap_small")
        around = QVBoxLayout()
        around.setContentsMargins(edge, edge, edge, edge)
        around.addWidget(self._bar)
        self._around_bar = QWidget()
        self._around_bar.setLayout(around)
        self._card.body.addWidget(self._around_bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._card)

    def _make_panel(self) -> "AddPanel":
        """Make the panel when it is first wanted; most mornings add no shop."""
        from app.ui.pages.today.add_panel import AddPanel  # noqa: PLC0415

        panel = self._panel = AddPanel(self._model, self._words)
        panel.setObjectName("addPanel")
        panel.closed.connect(self._on_panel_closed)
        panel.retranslate()
        self._stack.addWidget(panel)
        return panel

    def _make_tasks(self, board: TaskBoard) -> "TaskPanel":
        """Make the list of tasks when it is first wanted."""
        from app.ui.pages.today.task_panel import TaskPanel  # noqa: PLC0415

        panel = self._tasks = TaskPanel(self._model, board)
        panel.setObjectName("taskPanel")
        panel.closed.connect(self._on_tasks_closed)
        panel.shop_requested.connect(self._on_task_shop)
        panel.retranslate()
        self._stack.addWidget(panel)
        return panel

    def _wire(self) -> None:
        if self._board is not None:
            self._board.changed.connect(self._on_tasks_changed)
        self._tasks_button.clicked.connect(self.open_tasks)
        self._risk_button.clicked.connect(self.toggle_risk)
        self._list.selectionModel().selectionChanged.connect(self._on_chosen)
        self._list.activated.connect(self._on_activated)
        self._list.customContextMenuRequested.connect(self._on_menu_wished)
        self._rows.stop_dropped.connect(self._on_dropped, Qt.ConnectionType.QueuedConnection)
        self._none.action_requested.connect(self.open_panel)
        self._add.clicked.connect(self.open_panel)
        self._bar.action_requested.connect(self._model.undo)
        self._bar.dismissed.connect(self._model.dismiss)
        self._shortcut("Ctrl+Up", self._on_earlier)
        self._shortcut("Ctrl+Down", self._on_later)
        self._shortcut("Del", self._model.take_out)
        self._shortcut("Ctrl+U", self.toggle_risk)

    def _shortcut(self, keys: str, slot: object) -> None:
        """Answer keys while the list has the keyboard; no text is typed there."""
        shortcut = QShortcut(QKeySequence(keys), self._list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(slot)

    def _row(self, stop: DayStop) -> ListRow:
        sheet = self._model.sheet
        reasons = self._model.reasons(stop)
        return ListRow(
            key=str(stop.customer_id),
            title=stop.name,
            subtitle=self._words.second_line(stop),
            trailing=f"{stop.planned_at:%H:%M}",
            chips=() if sheet is None else self._with_tasks(stop, self._words.tags(stop, reasons, sheet.day)),
            badge=str(stop.number),
            icon=_ENDING_ICONS.get(stop.status, ""),
            is_done=stop.status is VisitStatus.DONE,
        )

    def _with_tasks(self, stop: DayStop, tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
        """Put the open tasks of a shop among its tags; they take the place of the least of three."""
        tasks = () if self._board is None else self._board.of(stop.customer_id)
        opened = [task for task in tasks if task.state.is_open]
        if not opened or stop.status.ended:
            return tags
        is_late = any(task.due is Due.OVERDUE for task in opened)
        words = self.tr("Tasks %1").replace("%1", str(len(opened)))
        return (*tags[:_TAGS_BESIDE_TASKS], (words, Tone.RED if is_late else Tone.BLUE))

    def _show_current(self) -> None:
        selected = self._model.selected
        row = -1 if selected is None else self._rows.row_of(str(selected))
        index = self._rows.index(row) if row >= 0 else QModelIndex()
        if index != self._list.currentIndex() or not self._list.selectionModel().isSelected(index):
            self._list.setCurrentIndex(index)
        if row < 0:
            self._list.clearSelection()

    def _render_bar(self) -> None:
        problem, notice = self._model.problem, self._model.notice
        if problem is not None:
            self._bar.show_message(self._messages.of_error(problem).whole, Tone.RED)
        elif notice is not None:
            undo = self.tr("Undo") if notice.undo is not None and self._model.can_undo else ""
            self._bar.show_message(self._words.deed(notice), Tone.GREY, undo)
        else:
            self._bar.clear()
        self._around_bar.setVisible(bool(self._bar.text))

    @Slot()
    def _on_chosen(self) -> None:
        # Not the current row: a press of the mouse makes it current before it is chosen, and coming to the list by
        # keyboard makes the first row current without choosing it.
        for index in self._list.selectedIndexes():
            self._model.select(UUID(str(index.data(KEY_ROLE))))

    @Slot(QModelIndex)
    def _on_activated(self, _index: QModelIndex) -> None:
        self.start_requested.emit()

    @Slot(QPoint)
    def _on_menu_wished(self, spot: QPoint) -> None:
        if self._list.indexAt(spot).isValid():
            self.menu_requested.emit(self._list.viewport().mapToGlobal(spot))

    @Slot(object)
    def _on_dropped(self, dropped: Dropped) -> None:
        self._model.move_to(UUID(dropped.key), dropped.row)

    @Slot()
    def _on_earlier(self) -> None:
        if not self._is_by_risk:
            self._model.move_by(-1)

    @Slot()
    def _on_later(self) -> None:
        if not self._is_by_risk:
            self._model.move_by(1)

    @Slot()
    def _on_panel_closed(self) -> None:
        self._model.adding.close()
        self.render_day()
        self._list.setFocus()

    @Slot()
    def _on_tasks_changed(self) -> None:
        self.render_rows()
        self.render_tasks()

    @Slot()
    def _on_tasks_closed(self) -> None:
        self._is_on_tasks = False
        self.render_day()
        self._list.setFocus()

    @Slot(object)
    def _on_task_shop(self, customer_id: UUID) -> None:
        """Look at the shop of a task: on the day if it is there, else in its profile."""
        if self._model.stop_of(customer_id) is None:
            self.shop_requested.emit(customer_id)
        else:
            self._model.select(customer_id)
            self._on_tasks_closed()
