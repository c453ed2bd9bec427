"""Cells of a table: two lines, a sparkline, chips, a box with a number to type, a tick."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.widgets.painting import draw_box, draw_chip, draw_text, text_width
from app.ui.widgets.sparkline import draw_sparkline
from app.ui.widgets.tones import Tone

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 3
"""The role under which a model gives its `Cell`."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows."""

    text: str = ""
    second: str = ""
    """a smaller line below"""
    aside: str = ""
    """a smaller word behind the text"""
    is_number: bool = False
    is_strong: bool = False
    is_muted: bool = False
    tone: Tone | None = None
    chips: tuple[tuple[str, Tone], ...] = ()
    sparkline: tuple[float | None, ...] | None = None
    is_boxed: bool = False
    """a field to type into"""
    placeholder: str = ""
    """the value of last time, grey in an empty field"""
    is_checked: bool | None = None
    """a tick; None for no tick box"""


class CellDelegate(QStyledItemDelegate):
    """Draws `Cell`s and edits those with a box; the model parses what was typed."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = current_theme()
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            return super().sizeHint(option, index)
        font = theme.font("body", bold=cell.is_strong)
        width = max(text_width(cell.text, font), text_width(cell.second, theme.font("small")))
        width += sum(text_width(text, theme.font("small")) + theme.em(1.4) for text, _ in cell.chips)
        width += text_width(cell.aside, theme.font("small")) + theme.em(0.4) if cell.aside else 0
        if cell.sparkline is not None:
            width = theme.em(7)
        if cell.is_boxed:
            width = max(width, theme.em(4.6))
        return QSize(
            int(width) + 2 * theme.size("cell_pad") + theme.em(0.2),
            theme.size("row_two_lines" if cell.second else "row"),
        )

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            super().paint(painter, option, index)
            return
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("primary_soft"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line_soft"))
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        pad = theme.size("cell_pad")
        inner = rect.adjusted(pad, 0, -pad, 0)
        if cell.sparkline is not None:
            draw_sparkline(painter, _middle(inner, theme.em(1.9)), cell.sparkline, theme.color("primary"))
        elif cell.is_checked is not None:
            _draw_tick(painter, inner, is_checked=cell.is_checked, has_focus=has_focus)
        elif cell.is_boxed:
            _draw_field(painter, rect, cell, has_focus=has_focus)
        else:
            _draw_words(painter, inner, cell)
        painter.restore()

    def draw_cell(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        """Draw the words of a cell outside a table, such as in a row of sums below it."""
        pad = current_theme().size("cell_pad")
        _draw_words(painter, QRectF(rect).adjusted(pad, 0, -pad, 0), cell)

    @override
    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("cellEditor")
        cell = index.data(CELL_ROLE)
        if isinstance(cell, Cell):
            editor.setPlaceholderText(cell.placeholder)
            if cell.is_number:
                editor.setAlignment(_RIGHT)
                editor.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        header = index.model().headerData(index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        editor.setAccessibleName(str(header or ""))
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText("" if value is None else str(value))

    @override
    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        editor.setGeometry(_field_rect(QRectF(option.rect)).toRect())  # pyright: ignore[reportAttributeAccessIssue]


def _middle(rect: QRectF, height: float) -> QRectF:
    return QRectF(rect.left(), rect.center().y() - height / 2, rect.width(), height)


def _field_rect(rect: QRectF) -> QRectF:
    theme = current_theme()
    return _middle(rect.adjusted(theme.em(0.3), 0, -theme.em(0.3), 0), min(rect.height() - 4, theme.em(2.4)))


def _draw_words(painter: QPainter, rect: QRectF, cell: Cell) -> None:
    theme = current_theme()
    small = theme.font("small")
    ink = theme.color("muted" if cell.is_muted else "text") if cell.tone is None else cell.tone.ink
    font = theme.font("body", bold=cell.is_strong)
    align = _RIGHT if cell.is_number else _LEFT
    line = rect
    if cell.second:
        line = QRectF(rect.left(), rect.center().y() - theme.em(1.45), rect.width(), theme.em(1.5))
        below = QRectF(rect.left(), line.bottom() - theme.em(0.05), rect.width(), theme.em(1.4))
        draw_text(painter, below, cell.second, small, theme.color("muted"), align)
    used = draw_text(painter, line, cell.text, font, ink, align) if cell.text else 0.0
    left = rect.left() + (used + theme.em(0.4) if used else 0.0)
    if cell.aside:
        room = QRectF(left, line.top(), rect.right() - left, line.height())
        left += draw_text(painter, room, cell.aside, small, theme.color("muted")) + theme.em(0.4)
    for text, tone in cell.chips:
        left += draw_chip(painter, left, line.center().y(), text, tone.ground, tone.ink) + theme.em(0.35)


def _draw_field(painter: QPainter, rect: QRectF, cell: Cell, *, has_focus: bool) -> None:
    theme = current_theme()
    box = _field_rect(rect)
    draw_box(painter, box, theme.color("surface"), theme.color("line_strong"))
    if has_focus:
        painter.setPen(QPen(theme.color("focus"), theme.size("focus_line")))
        corner = theme.size("radius_control")
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), corner, corner)
    room = box.adjusted(theme.em(0.5), 0, -theme.em(0.6), 0)
    align = _RIGHT if cell.is_number else _LEFT
    if cell.text:
        ink = theme.color("text") if cell.tone is None else cell.tone.ink
        draw_text(painter, room, cell.text, theme.font("body", bold=True), ink, align)
    else:
        draw_text(painter, room, cell.placeholder, theme.font(), theme.color("faint"), align)


def _draw_tick(painter: QPainter, rect: QRectF, *, is_checked: bool, has_focus: bool) -> None:
    theme = current_theme()
    side = theme.size("indicator")
    box = QRectF(0, 0, side, side)
    box.moveCenter(rect.center())
    if is_checked:
        draw_box(painter, box, theme.color("primary"), radius="gap_tiny")
        paint_icon(painter, "check", box.adjusted(2, 2, -2, -2), theme.color("on_primary"))
    else:
        draw_box(painter, box, theme.color("surface"), theme.color("grey"), "gap_tiny")
    if has_focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("focus"), theme.size("focus_line")))
        painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), theme.size("gap_tiny"), theme.size("gap_tiny"))
