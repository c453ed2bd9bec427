"""One figure in full: how it is computed, thirteen months, and the shops behind it."""

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QWidget

from app.domain.kpi.effect import KpiLine
from app.services.kpis import KpiMonth
from app.ui.look.formats import format_month
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.effects.effect_words import EffectWords
from app.ui.pages.effects.effects_view_model import EffectsViewModel
from app.ui.pages.effects.shops_table_model import Column, ShopsTableModel
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.line_chart import LineChart, LinePoint
from app.ui.widgets.table_view import TableView

_YEAR = 12
_WIDTHS = {Column.UPPER: 8.8, Column.LOWER: 7.8, Column.VALUE: 7.2}
_ROW = 2.6


class DetailPanel(Card):
    """Follows the figure that is open; Enter or a double click on a shop opens it."""

    shop_chosen = Signal(object)
    """UUID"""
    export_requested = Signal()

    def __init__(self, model: EffectsViewModel, words: EffectWords, parent: QWidget | None = None) -> None:
        super().__init__(" ", flush=True, parent=parent)
        self._model = model
        self._words = words
        self._is_low = False
        self._build()
        self._wire()
        self.retranslate()

    def _build(self) -> None:
        theme = current_theme()
        self._save = IconButton("export")
        self._save.setObjectName("exportShops")
        self.add_header_widget(self._save)
        self._definition = TextLabel("", "muted", wrap=True)
        self._definition.setObjectName("kpiDefinition")
        self._definition.setContentsMargins(theme.size("pad"), theme.size("gap_small"), theme.size("pad"), 0)
        self._target = TextLabel("", "hint", wrap=True)
        self._target.setObjectName("kpiTargetSaid")
        self._target.setContentsMargins(theme.size("pad"), theme.size("gap_tiny"), theme.size("pad"), 0)
        self._chart = LineChart()
        self._chart.setObjectName("kpiChart")
        self._chart.setMinimumHeight(1)  # a low window takes its room before it is hidden
        self.shops = ShopsTableModel(self._words, self)
        self.table = TableView()
        self.table.setObjectName("kpiShops")
        self.table.setModel(self.shops)
        self.table.setTabKeyNavigation(False)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(int(Column.UPPER), Qt.SortOrder.DescendingOrder)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(int(Column.SHOP), QHeaderView.ResizeMode.Stretch)
        self.measure()
        self._none = TextLabel("", "muted", wrap=True)
        self._none.setObjectName("kpiNoShops")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pad = theme.size("pad")
        self._none.setContentsMargins(pad, pad, pad, pad)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        self.body.addWidget(self._definition)
        self.body.addWidget(self._target)
        self.body.addWidget(self._chart)
        self.body.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self.table.row_activated.connect(self._on_row_activated)
        self._save.clicked.connect(self.export_requested)
        self._model.changed.connect(self._render)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._save.set_name(self.tr("Save these shops as CSV…"))
        self.table.setAccessibleName(self.tr("Shops behind the figure"))
        self._render()

    def measure(self) -> None:
        """Give rows, columns and chart their sizes in the text size now shown."""
        theme = current_theme()
        self._chart.setMaximumHeight(theme.em(9.5))
        self.table.verticalHeader().setDefaultSectionSize(theme.em(_ROW))
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(int(column), theme.em(width))

    def set_low(self, *, is_low: bool) -> None:
        """Give the room of the chart to the shops where the window is low."""
        self._is_low = is_low
        self._render()

    def header_words(self) -> list[str]:
        """Return the headings of the shops for a file."""
        return [self.tr("Code"), *(self.shops.title(column) for column in Column)]

    def focus_shops(self) -> None:
        """Give the keyboard to the shops, at the first of them."""
        if self.shops.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.shops.index(0, 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _render(self) -> None:
        line, view = self._model.line, self._model.view
        if line is None or view is None:
            self.set_title(" ")
            return
        self.set_title(self._words.name(line, view))
        self.set_hint(f"{line.kpi} · {self._words.value(line.actual, line, view)}")
        self._definition.setText(self._words.formula(line))
        self._definition.setToolTip(self._words.tip(line, view))
        self._target.setText(self._words.target(line, view))
        self._target.setVisible(bool(self._target.text()))
        self._render_chart(line, view)
        shops = self._model.shops
        self.shops.show_shops(line, view, shops)
        has_parts = self.shops.has_parts
        self.table.setColumnHidden(int(Column.LOWER), not has_parts)
        self.table.setColumnHidden(int(Column.VALUE), not has_parts)
        self._save.setEnabled(bool(shops))
        self._stack.setCurrentIndex(0 if shops else 1)
        why = self._words.why_empty(line) if line.actual is None else ""
        self._none.setText(why or self.tr("This figure is known for the territory as a whole only."))

    def _render_chart(self, line: KpiLine, view: KpiMonth) -> None:
        points = view.series.get(line.key, ())
        known = sum(value is not None for _, value in points)
        self._chart.setVisible(known > 1 and not self._is_low)
        language = current_language()
        self._chart.set_points(
            [
                LinePoint(
                    format_month(date(month // 100, month % 100, 1), language),
                    self._scaled(value, line),
                    None,
                    f"{month // 100}-{month % 100:02}: {self._words.value(value, line, view)}",
                    is_open=month == view.month.year * 100 + view.month.month and not view.is_over,
                )
                for month, value in points
            ],
            self.tr("The last thirteen months"),
        )

    @staticmethod
    def _scaled(value: float | None, line: KpiLine) -> float | None:
        if value is None:
            return None
        return value * 100 if line.measure.value == "share" else value / 100 if line.measure.value == "money" else value

    @Slot(QModelIndex)
    def _on_row_activated(self, index: QModelIndex) -> None:
        shop = self.shops.shop_at(index.row())
        if shop is not None:
            self.shop_chosen.emit(shop.customer_id)
