"""Draws the lines of the archive and opens the right editor in its place: a text, one choice, several choices."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.domain.archive import FieldType
from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.pages.customers.archive_editors import TagsEditor
from app.ui.pages.customers.archive_lines import ArchiveLine
from app.ui.pages.customers.archive_model import LINE_ROLE, REFUSED_ROLE
from app.ui.widgets.painting import chip_size, draw_chip, draw_focus, draw_text, text_width

_Index = QModelIndex | QPersistentModelIndex
_NUMBERS = frozenset({FieldType.INT, FieldType.DECIMAL, FieldType.MONEY})
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ArchiveDelegate(QStyledItemDelegate):
    """A line is its name at the left, its value at the right, and the mark of who keeps it."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.show_word = ""
        self.hide_word = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        theme = current_theme()
        line = index.data(LINE_ROLE)
        if not isinstance(line, ArchiveLine):
            return super().sizeHint(option, index)
        if line.field is None:
            return QSize(theme.em(10), theme.em(2.7))
        rows = 2 if self._is_long(line) else 1
        height = theme.em(2.45) if rows == 1 else theme.em(2.3) + self._value_height(line)
        return QSize(theme.em(10), int(height + self._mark_height(line)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, ArchiveLine):
            super().paint(painter, option, index)
            return
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if line.field is None:
            heading = rect.adjusted(theme.size("pad"), theme.em(0.7), -theme.size("pad"), 0)
            draw_text(painter, heading, line.label, theme.font("small", bold=True), theme.color("primary_text"))
        else:
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, theme.color("primary_soft"))
            elif state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(rect, theme.color("surface_hover"))
            self._paint_field(painter, self._without_mark(rect, line), line)
            self._paint_proposal(painter, rect, line)
            if state & QStyle.StateFlag.State_HasFocus:
                draw_focus(painter, rect.adjusted(1, 1, -1, -1), "gap_tiny")
        bottom = QRectF(rect.left() + theme.size("pad"), rect.bottom() - 1, rect.width() - 2 * theme.size("pad"), 1)
        painter.fillRect(bottom, theme.color("line_soft" if line.field is not None else "line"))
        painter.restore()

    def is_reveal_at(self, index: QModelIndex, place: QPoint) -> bool:
        """Tell whether a click at that place is on the word that shows or hides a private value."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, ArchiveLine) or not line.is_private:
            return False
        rect = self._without_mark(QRectF(self._view.visualRect(index)), line)
        return self._reveal_rect(rect, line).contains(place)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget | None:  # pyright: ignore[reportIncompatibleMethodOverride]  Qt takes None
        line = index.data(LINE_ROLE)
        if not isinstance(line, ArchiveLine) or line.field is None:
            return None
        editor: QWidget
        if line.field.type is FieldType.MULTI_ENUM:
            editor = TagsEditor(line.choices, parent)
        elif line.choices:
            editor = QComboBox(parent)
            editor.addItem("—", "")
            for code, words in line.choices:
                editor.addItem(words, code)
        else:
            editor = QLineEdit(parent)
            if line.field.type in _NUMBERS:
                editor.setAlignment(_RIGHT)
        editor.setObjectName("archiveEditor")
        editor.setAccessibleName(line.label)
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, ArchiveLine):
            return
        if isinstance(editor, TagsEditor):
            editor.set_codes(line.codes)
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(line.codes[0] if line.codes else "")))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            refused = index.data(REFUSED_ROLE)
            editor.setText(refused if isinstance(refused, str) else line.edited)

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, ArchiveLine):
            return
        if isinstance(editor, TagsEditor):
            if set(editor.codes) != set(line.codes):
                model.setData(index, editor.codes)
        elif isinstance(editor, QComboBox):
            if editor.currentData() != (line.codes[0] if line.codes else ""):
                model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit) and editor.isModified() and editor.text() != line.edited:
            model.setData(index, editor.text())

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        line = index.data(LINE_ROLE)
        if isinstance(line, ArchiveLine):
            rect = self._without_mark(QRectF(rect), line).toRect()
        is_long = isinstance(line, ArchiveLine) and self._is_long(line)
        left = rect.left() + (theme.size("pad") if is_long else rect.width() * 2 // 5)
        room = QRect(left, rect.top(), rect.right() - theme.em(0.4) - left, rect.height())
        if isinstance(editor, TagsEditor):
            height = editor.sizeHint().height()
            top = min(rect.top(), max(0, self._view.viewport().height() - height))
            room = QRect(room.left(), top, room.width(), height)
        elif is_long:
            room.setTop(room.bottom() - theme.size("control_small") - 1)
        editor.setGeometry(room)

    def _paint_field(self, painter: QPainter, rect: QRectF, line: ArchiveLine) -> None:
        theme = current_theme()
        inner = rect.adjusted(theme.size("pad"), 0, -theme.size("pad"), 0)
        mark = self._paint_mark(painter, inner, line)
        first = inner
        if self._is_long(line):
            first = QRectF(inner.left(), inner.top() + theme.em(0.35), inner.width(), theme.em(1.6))
        draw_text(painter, first, line.label, theme.font("small"), theme.color("muted"))
        ink = theme.color("faint" if line.is_empty else "text")
        if self._is_long(line):
            below = QRectF(inner.left(), first.bottom(), inner.width(), self._value_height(line))
            painter.setFont(theme.font())
            painter.setPen(ink)
            painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextWrapAnywhere, line.value)
        else:
            room = QRectF(inner.left(), inner.top(), mark - inner.left(), inner.height())
            if line.is_private:
                chip = self._reveal_rect(rect, line)
                word = self.show_word if line.is_hidden else self.hide_word
                draw_chip(
                    painter, chip.left(), chip.center().y(), word, theme.color("grey_soft"), theme.color("grey_text")
                )
                room.setRight(chip.left() - theme.em(0.4))
            draw_text(painter, room, line.value, theme.font(), ink, _RIGHT)

    def _paint_mark(self, painter: QPainter, inner: QRectF, line: ArchiveLine) -> float:
        """Draw who keeps the field; return where the mark begins."""
        theme = current_theme()
        side = theme.em(0.95)
        top = inner.top() + (theme.em(0.6) if self._is_long(line) else (inner.height() - side) / 2)
        box = QRectF(inner.right() - side, top, side, side)
        if line.is_proposal:
            paint_icon(painter, "export", box, theme.color("amber_text"))
        elif line.is_editable:
            paint_icon(painter, "edit", box, theme.color("primary_text"))
        else:
            paint_icon(painter, "lock", box, theme.color("faint"))
        return box.left() - theme.em(0.45)

    def _paint_proposal(self, painter: QPainter, rect: QRectF, line: ArchiveLine) -> None:
        """Draw below the field how far its proposed change is, and what is said about it."""
        if not line.mark:
            return
        theme = current_theme()
        top = rect.bottom() - self._mark_height(line)
        font = theme.font("small")
        size = chip_size(line.mark, font)
        tone = line.mark_tone
        left = rect.left() + theme.size("pad")
        draw_chip(painter, left, top + size.y() / 2, line.mark, tone.ground, tone.ink)
        room = self._mark_room(line, rect.width())
        room.moveTopLeft(QPointF(left + size.x() + theme.em(0.5), top + theme.em(0.1)))
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere), line.mark_text)

    def _mark_room(self, line: ArchiveLine, width: float) -> QRectF:
        """Return the box, at no place yet, in which the words beside the chip break into lines."""
        theme = current_theme()
        font = theme.font("small")
        wide = width - 2 * theme.size("pad") - chip_size(line.mark, font).x() - theme.em(0.5)
        box = QRectF(0, 0, max(wide, theme.em(4)), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
        bounds = QFontMetricsF(font).boundingRect(box, flags, line.mark_text)
        return QRectF(0, 0, box.width(), bounds.height() + 1)

    def _mark_height(self, line: ArchiveLine) -> float:
        if not line.mark:
            return 0
        theme = current_theme()
        words = self._mark_room(line, self._view.viewport().width()).height()
        return max(chip_size(line.mark, theme.font("small")).y(), words + theme.em(0.1)) + theme.em(0.45)

    def _without_mark(self, rect: QRectF, line: ArchiveLine) -> QRectF:
        """Return the part of a line in which its name and value stand."""
        return rect.adjusted(0, 0, 0, -self._mark_height(line))

    def _reveal_rect(self, rect: QRectF, line: ArchiveLine) -> QRectF:
        theme = current_theme()
        size = chip_size(self.show_word if line.is_hidden else self.hide_word, theme.font("small"))
        right = rect.right() - theme.size("pad") - theme.em(0.95) - theme.em(0.45)
        return QRectF(right - size.x(), rect.center().y() - size.y() / 2, size.x(), size.y())

    def _is_long(self, line: ArchiveLine) -> bool:
        theme = current_theme()
        used = text_width(line.label, theme.font("small")) + text_width(line.value, theme.font()) + theme.em(2.4)
        if line.is_private:
            return False
        return used > self._room()

    def _room(self) -> float:
        return self._view.viewport().width() - 2 * current_theme().size("pad")

    def _value_height(self, line: ArchiveLine) -> float:
        metrics = QFontMetricsF(current_theme().font())
        box = QRectF(0, 0, max(self._room(), 1), 10_000)
        return metrics.boundingRect(box, int(Qt.TextFlag.TextWrapAnywhere), line.value).height()
