"""The improvement plans of a customer: item, target, measures, due day, self-assessment."""

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QStyle, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.runtime.clock import Clock
from app.services.diagnosis_reading import PlanView
from app.ui.look.formats import NO_VALUE, format_iso, format_short_date
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.customers.profile_view_model import ProfileViewModel
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.painting import draw_text, is_language_event, text_width
from app.ui.widgets.table_cells import CELL_ROLE, Cell, CellDelegate
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tones import Tone

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_TEXTS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


class PlansCard(Card):
    """A table of plans, the open ones first."""

    def __init__(self, model: ProfileViewModel, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(" ", flush=True, parent=parent)
        self._model = model
        self._plans = _PlansModel(clock, self)
        self._build()
        model.changed.connect(self._render)
        # Its width is known only when the table has been laid out.
        self._table.horizontalHeader().sectionResized.connect(self._fit_rows)
        self.retranslate()

    def _build(self) -> None:
        self._table = TableView()
        self._table.setObjectName("plansTable")
        self._table.setModel(self._plans)
        self._table.setItemDelegateForColumn(0, _MeasuresDelegate(self._table))
        self._table.setTabKeyNavigation(False)
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._empty = EmptyState("agreement")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self.set_title(self.tr("Improvement plans"))
        self._table.setAccessibleName(self.tr("Improvement plans"))
        self._fit_columns()
        self._empty.set_words(self.tr("No plan yet. Plans are made in a visit, from the diagnosis."))
        self._render()

    @Slot()
    def _render(self) -> None:
        profile = self._model.profile
        plans = profile.plans if profile is not None else ()
        self._plans.set_plans(plans)
        self._fit_rows()
        self._stack.setCurrentIndex(1 if profile is not None and not plans else 0)

    def _fit_columns(self) -> None:
        """Make the narrow columns as wide as what may stand in them, titles included."""
        theme = current_theme()
        for column, widest in self._plans.widest().items():
            fonts = (theme.font(), theme.font("small", bold=True))
            width = max(text_width(word, font) for word in widest for font in fonts)
            self._table.setColumnWidth(column, int(width) + theme.em(2.2))

    @Slot()
    def _fit_rows(self) -> None:
        """Make each row as high as its measures, which break into lines."""
        header, width = self._table.verticalHeader(), self._table.columnWidth(0)
        for row in range(self._plans.rowCount()):
            cell = self._plans.index(row, 0).data(CELL_ROLE)
            header.resizeSection(row, measures_height(cell, width))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_stack"):
            self.retranslate()


def measures_height(cell: Cell, width: int) -> int:
    """Return how high a row is whose measures break into lines at that width."""
    theme = current_theme()
    room = QRectF(0, 0, max(width - 2 * theme.em(0.7), theme.em(4)), 10_000)
    metrics = QFontMetricsF(theme.font("small"))
    return int(theme.em(2.6) + metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), cell.second).height())


class _MeasuresDelegate(CellDelegate):
    """Draws the item with its measures below it, as many lines as they need."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell = index.data(CELL_ROLE)
        theme = current_theme()
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("primary_soft"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line_soft"))
        inner = rect.adjusted(theme.em(0.7), theme.em(0.5), -theme.em(0.7), 0)
        title = QRectF(inner.left(), inner.top(), inner.width(), theme.em(1.5))
        used = draw_text(painter, title, cell.text, theme.font(bold=True), theme.color("text"))
        title.setLeft(title.left() + used + theme.em(0.6))
        draw_text(painter, title, cell.aside, theme.font(), theme.color("text"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        below = QRectF(inner.left(), title.bottom(), inner.width(), inner.bottom() - title.bottom())
        painter.drawText(below, Qt.TextFlag.TextWordWrap, cell.second)
        painter.restore()


class _PlansModel(QAbstractTableModel):
    """The plans as cells."""

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._clock = clock
        self._plans: tuple[PlanView, ...] = ()

    def set_plans(self, plans: tuple[PlanView, ...]) -> None:
        """Show these plans."""
        self.beginResetModel()
        self._plans = plans
        self.endResetModel()

    def widest(self) -> dict[int, tuple[str, ...]]:
        """Return the widest texts of the narrow columns."""
        own = (self.tr("Y reached"), self.tr("N not yet"), self.tr("Self"))
        return {1: ("12-28", self.tr("Due")), 2: own}

    @override
    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._plans)

    @override
    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 3

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Plan"), self.tr("Due"), self.tr("Self"))[section]

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        plan = self._plans[index.row()]
        if role != CELL_ROLE and role not in _TEXTS:
            return None
        cell = self._cell(plan, index.column())
        if role == CELL_ROLE:
            return cell
        return " ".join(
            part for part in (cell.text, cell.aside, *(word for word, _ in cell.chips), cell.second) if part
        )

    def _cell(self, plan: PlanView, column: int) -> Cell:
        language = current_language()
        match column:
            case 0:
                measures = "\n".join(one.of(language) for one in plan.measures)
                return Cell(plan.name.of(language), second=measures, aside=f"{plan.current} → {plan.target}")
            case 1:
                today = self._clock.today()
                is_late = plan.reached is None and plan.due is not None and plan.due < today
                is_near = plan.due is not None and plan.due.year == today.year
                words = format_short_date(plan.due) if is_near else format_iso(plan.due)
                return Cell(words, tone=Tone.RED if is_late else None)
            case _:
                if plan.reached is None:
                    return Cell(NO_VALUE, is_muted=True)
                words, tone = (self.tr("Y reached"), Tone.GREEN) if plan.reached else (self.tr("N not yet"), Tone.RED)
                return Cell(chips=((words, tone),))
