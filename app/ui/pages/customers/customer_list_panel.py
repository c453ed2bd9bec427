"""The list of customers: filters, the table, and what to do when it is empty."""

from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.ui.look.theme import current_theme
from app.ui.pages.customers.customer_filter_bar import CustomerFilterBar
from app.ui.pages.customers.customer_list_view_model import CustomerListViewModel
from app.ui.pages.customers.customers_table_model import COLUMNS, CustomersTableModel
from app.ui.pages.customers.proposal_board import ProposalBoard
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.table_view import TableView

_WIDTHS = {1: 8.5, 2: 6.2, 3: 7.0, 4: 8.4, 5: 8.4, 6: 9.2}
_CODE = 1
_ROOM_FOR_CODE = 72
"""Width (em) below which the codes give their room to the names."""
_NAME = 0


class CustomerListPanel(QWidget):
    """Shows the list; Enter or a double click opens a customer."""

    customer_chosen = Signal(object)
    """UUID"""
    import_requested = Signal()
    proposals_requested = Signal()
    map_requested = Signal()

    def __init__(
        self,
        model: CustomerListViewModel,
        playbook: Playbook,
        board: ProposalBoard | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._board = board
        self._current: str | None = None
        self._build(playbook)
        self._wire()
        self.retranslate()

    def _build(self, playbook: Playbook) -> None:
        theme = current_theme()
        self._filters = CustomerFilterBar(self._model, playbook)
        self._rows = CustomersTableModel(self._model)
        self._table = TableView()
        self._table.setObjectName("customerTable")
        self._table.set_two_lines(two_lines=True)
        self._table.setModel(self._rows)
        self._table.setTabKeyNavigation(False)
        header = self._table.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        # Measuring what stands in a thousand rows would cost more than showing them.
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self._table.setColumnWidth(column, theme.em(width))
        self._empty = EmptyState("customers")
        self._empty.setObjectName("noCustomers")
        self._stack = QStackedWidget()
        card = Card(flush=True)
        card.body.addWidget(self._table)
        self._stack.addWidget(card)
        self._stack.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size("gap"))
        self._proposals = Button("", "quiet", icon="export", small=True)
        self._proposals.setObjectName("showProposals")
        self._proposals.hide()
        self._map = Button("", "quiet", icon="map", small=True)
        self._map.setObjectName("showMap")
        self._map.hide()
        above = QHBoxLayout()
        above.addWidget(self._filters, 1)
        above.addWidget(self._proposals)
        above.addWidget(self._map)
        for button in (self._proposals, self._map):
            above.setAlignment(button, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(above)
        whole.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self._table.row_activated.connect(self._on_row_activated)
        self._table.horizontalHeader().sectionClicked.connect(self._on_section_clicked)
        self._table.selectionModel().currentChanged.connect(self._on_current_changed)
        self._filters.left_downwards.connect(self.focus_table)
        self._empty.action_requested.connect(self._on_empty_action)
        self._model.changed.connect(self._render)
        self._proposals.clicked.connect(self.proposals_requested)
        self._map.clicked.connect(self.map_requested)
        if self._board is not None:
            self._board.changed.connect(self._render_proposals)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._filters.retranslate()
        self._rows.retranslate()
        self._table.setAccessibleName(self.tr("Customers"))
        self._map.setText(self.tr("Map"))
        self._map.setToolTip(self.tr("All shops on the map of the territory (Ctrl+M)"))
        self._render()
        self._render_proposals()

    def offer_map(self) -> None:
        """Show the way to the map."""
        self._map.show()

    @Slot()
    def focus_table(self) -> None:
        """Give the keyboard to the list, at the customer it was at."""
        if not self._table.currentIndex().isValid() and self._rows.rowCount():
            self._table.setCurrentIndex(self._rows.index(0, 0))
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _render(self) -> None:
        shown = self._model.filter
        order = Qt.SortOrder.DescendingOrder if shown.descending else Qt.SortOrder.AscendingOrder
        self._table.horizontalHeader().setSortIndicator(COLUMNS.index(shown.sort), order)
        is_empty = self._model.is_loaded and not self._model.keys
        if is_empty and self._model.overview.total:
            self._empty.set_words(self.tr("No customer passes these filters."), self.tr("Clear filters"))
        elif is_empty:
            words = self.tr("There are no customers yet. Bring in the customer file of head office to begin.")
            self._empty.set_words(words, self.tr("Import customers…"))
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self._restore_current()

    @Slot()
    def _render_proposals(self) -> None:
        """Lead to the proposed changes where there are any, and say how many were decided since."""
        board = self._board
        if board is None:
            return
        self._proposals.setVisible(bool(board.lines))
        if board.fresh:
            text = self.tr("Proposed changes: %1 decided").replace("%1", str(len(board.fresh)))
        else:
            text = self.tr("Proposed changes %1").replace("%1", str(board.open_count))
        self._proposals.setText(text)

    def _restore_current(self) -> None:
        """Stay at the same customer when the list was sorted or filtered anew."""
        place = self._rows.place_of(self._current) if self._current is not None else None
        current = self._table.currentIndex()
        if place is not None and current.row() != place:
            index = self._rows.index(place, max(current.column(), 0))
            self._table.setCurrentIndex(index)
            self._table.scrollTo(index)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._current = self._rows.key_at(current.row())

    @Slot(object)
    def _on_row_activated(self, index: QModelIndex) -> None:
        row = self._rows.customer(index)
        if row is not None:
            self._choose(row.id)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._table.setColumnHidden(_CODE, self.width() < current_theme().em(_ROOM_FOR_CODE))

    def _choose(self, customer: UUID) -> None:
        self.customer_chosen.emit(customer)

    @Slot(int)
    def _on_section_clicked(self, section: int) -> None:
        self._model.sort(COLUMNS[section])

    @Slot()
    def _on_empty_action(self) -> None:
        if self._model.overview.total:
            self._model.clear_filter()
        else:
            self.import_requested.emit()
