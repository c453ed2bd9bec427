"""The list of results below the search box: a child of the window and no popup, so that typing goes on undisturbed."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.search_marks import Marked
from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.shell.search_lines import LINE_ROLE, LineKind, SearchLine, SearchLinesModel
from app.ui.widgets.painting import begin, draw_box, draw_chip, draw_text, text_width

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ICONS = {LineKind.CUSTOMER: "customer", LineKind.PRODUCT: "brands", LineKind.RECENT: "clock"}
_MOST_HIGH = 36.0


class SearchResultsList(QFrame):
    """Floats over the page; the keyboard stays in the search box, which moves the current line."""

    chosen = Signal(object)
    """SearchLine"""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("searchResults")
        # It paints all of itself: what lies below need not be painted anew at every key.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._rows = SearchLinesModel(self)
        self._view = QListView(self)
        self._view.setObjectName("searchResultsView")
        self._view.setModel(self._rows)
        self._view.setItemDelegate(_LineDelegate(self._view))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setMouseTracking(True)
        self._view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        edge = current_theme().size("gap_tiny")
        layout.setContentsMargins(1, edge, 1, edge)
        layout.addWidget(self._view)
        self._view.clicked.connect(self._on_clicked)
        self.hide()

    @property
    def lines(self) -> tuple[SearchLine, ...]:
        """The lines shown."""
        return self._rows.lines

    @property
    def current(self) -> SearchLine | None:
        """The line that Enter would choose."""
        line = self._view.currentIndex().data(LINE_ROLE)
        return line if isinstance(line, SearchLine) else None

    def set_name(self, name: str) -> None:
        """Name the list for screen readers."""
        self._view.setAccessibleName(name)

    def set_lines(self, lines: tuple[SearchLine, ...], *, select_first: bool) -> None:
        """Show lines; the first one that can be chosen is current when asked for."""
        self._rows.set_lines(lines)
        first = self._rows.next_choice(-1, 1) if select_first else None
        self._view.setCurrentIndex(QModelIndex() if first is None else self._rows.index(first))
        self._view.scrollToTop()

    def step(self, by: int) -> None:
        """Go to another line that can be chosen."""
        row = self._rows.next_choice(self._view.currentIndex().row(), by)
        if row is not None:
            index = self._rows.index(row)
            self._view.setCurrentIndex(index)
            self._view.scrollTo(self._rows.index(0) if row == 1 else index)

    def choose_current(self) -> None:
        """Choose the current line, if there is one."""
        if self.current is not None:
            self.chosen.emit(self.current)

    def height_for_lines(self, room: int) -> int:
        """Return how high the list wants to be, at most as high as the room."""
        delegate, option = self._view.itemDelegate(), QStyleOptionViewItem()
        lines = sum(delegate.sizeHint(option, self._rows.index(row)).height() for row in range(self._rows.rowCount()))
        wanted = lines + 2 * current_theme().size("gap_tiny") + 2
        return min(wanted, current_theme().em(_MOST_HIGH), room)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = begin(self)
        painter.fillRect(self.rect(), theme.color("background"))
        draw_box(painter, QRectF(self.rect()), theme.color("surface"), theme.color("line_strong"), "radius_control")

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        line = index.data(LINE_ROLE)
        if isinstance(line, SearchLine) and line.can_be_chosen:
            self.chosen.emit(line)


class _LineDelegate(QStyledItemDelegate):
    """Draws a line: name and code with their marks, and below where the hit was."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        theme = current_theme()
        line = index.data(LINE_ROLE)
        kind = line.kind if isinstance(line, SearchLine) else LineKind.NOTE
        height = {LineKind.HEADING: 2.1, LineKind.CUSTOMER: 3.6, LineKind.PRODUCT: 3.6}.get(kind, 2.5)
        return QSize(theme.em(10), theme.em(height))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, SearchLine):
            return
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("primary_soft"))
            painter.fillRect(QRectF(rect.left(), rect.top(), theme.em(0.24), rect.height()), theme.color("primary"))
        elif line.can_be_chosen and state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("surface_hover"))
        inner = rect.adjusted(theme.size("gap"), 0, -theme.size("gap"), 0)
        if line.kind is LineKind.HEADING:
            _paint_heading(painter, inner, line)
        elif line.kind is LineKind.NOTE:
            draw_text(painter, inner, line.title.text, theme.font("small"), theme.color("muted"))
        else:
            _paint_hit(painter, inner, line)
        painter.restore()


def _paint_heading(painter: QPainter, rect: QRectF, line: SearchLine) -> None:
    theme = current_theme()
    font = theme.font("caption", bold=True)
    used = draw_text(painter, rect, line.title.text, font, theme.color("muted"))
    count = rect.adjusted(used + theme.em(0.5), 0, 0, 0)
    draw_text(painter, count, line.code.text, theme.font("caption"), theme.color("muted"))


def _paint_hit(painter: QPainter, rect: QRectF, line: SearchLine) -> None:
    theme = current_theme()
    side = theme.size("icon")
    icon = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
    paint_icon(painter, _ICONS[line.kind], icon, theme.color("muted"))
    room = rect.adjusted(side + theme.size("gap_small"), 0, 0, 0)
    if line.kind is LineKind.RECENT:
        draw_text(painter, room, line.title.text, theme.font(), theme.color("text"))
        return
    first = QRectF(room.left(), rect.top() + theme.em(0.35), room.width(), theme.em(1.5))
    small, muted = theme.font("small"), theme.color("muted")
    right = first.right()
    if line.tag:
        width = text_width(line.tag, small) + 2 * theme.em(0.54)
        right -= width
        draw_chip(painter, right, first.center().y(), line.tag, theme.color("grey_soft"), theme.color("grey_text"))
        right -= theme.em(0.5)
    code = min(text_width(line.code.text, small), first.width() / 3)
    _draw_marked(painter, QRectF(right - code, first.top(), code + 1, first.height()), line.code, small, "muted")
    free = QRectF(first.left(), first.top(), right - code - theme.em(0.7) - first.left(), first.height())
    _draw_marked(painter, free, line.title, theme.font(bold=True), "text")
    below = QRectF(room.left(), first.bottom(), room.width(), theme.em(1.4))
    if line.detail_name:
        used = draw_text(painter, below, line.detail_name, small, muted)
        below.setLeft(below.left() + used + theme.em(0.5))
    _draw_marked(painter, below, line.detail, small, "muted")


def _draw_marked(painter: QPainter, rect: QRectF, marked: Marked, font: QFont, color: str) -> None:
    theme = current_theme()
    metrics = QFontMetricsF(font)
    for start, length in marked.ranges:
        before = metrics.horizontalAdvance(marked.text[:start])
        width = min(metrics.horizontalAdvance(marked.text[start : start + length]), rect.width() - before)
        if width > 0:
            box = QRectF(rect.left() + before, rect.center().y() - metrics.height() / 2, width, metrics.height())
            painter.fillRect(box, theme.color("amber_soft"))
    draw_text(painter, rect, marked.text, font, theme.color(color))
    for start, length in marked.ranges:
        before = metrics.horizontalAdvance(marked.text[:start])
        if before < rect.width():
            hit = rect.adjusted(before, 0, 0, 0)
            shown = metrics.elidedText(marked.text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
            draw_text(painter, hit, shown[start : start + length], font, theme.color("amber_text"))
