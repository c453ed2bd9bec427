"""What a careful reader checks on any page: cut words, words of the other language, names, the way of the Tab key."""

import re
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QTableView,
    QWidget,
)

from app.ui.widgets import painting
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.list_rows import ROW_ROLE, ListRow
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.step_rail import StepRail
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from tests.real_program import seen

_SLACK = 2
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'\u2019]+")
_BREAKS = re.compile(r"[\s/\\\-\u4e00-\u9fff，。；：、]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


# ---- cut words -------------------------------------------------------------------------------------------------------
def cut_words(root: QWidget) -> list[str]:
    """Return every label, button and header whose words have no room, and every widget that sticks out."""
    found = [f"{_name(w)}: {why}" for w in visible(root) for why in _cuts(w)]
    return [*found, *(f"{_name(w)}: {why}" for w in visible(root) if (why := _sticks_out(w, root)))]


def _cuts(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _label_cuts(widget)
    elif isinstance(widget, QAbstractButton):
        yield from _button_cuts(widget)
    elif isinstance(widget, QComboBox):
        if _width(widget.currentText(), widget.font()) > widget.width():
            yield f"“{widget.currentText()}” in {widget.width()} px"
    elif isinstance(widget, SearchField):
        pass  # it shortens its hint itself, and says all of it in its tip
    elif isinstance(widget, QLineEdit):
        words = widget.placeholderText()
        if not widget.text() and _width(words, widget.font()) > widget.width():
            yield f"placeholder “{words}” in {widget.width()} px"
    elif isinstance(widget, QTableView):
        yield from _header_cuts(widget)
    elif not isinstance(widget, QAbstractScrollArea | QScrollBar | QHeaderView):
        yield from _flattened(widget)


def _label_cuts(label: QLabel) -> Iterator[str]:
    if not label.text().strip():
        return
    if isinstance(label, ElidedLabel):
        needed = min(2 * QFontMetricsF(label.font()).height(), _width(label.text(), label.font()))
        if label.width() < needed:
            yield f"no room for “{label.text()}”"
        return
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + _SLACK:
            yield f"“{label.text()}” needs {needed} px of height, has {label.height()}"
        longest = max((_width(word, label.font()) for word in _BREAKS.split(label.text())), default=0)
        if longest > label.width() + _SLACK:
            yield f"a word of “{label.text()}” is wider than {label.width()} px"
    else:
        hint = label.sizeHint()
        if hint.width() > label.width() + _SLACK or label.fontMetrics().height() > label.height() + _SLACK:
            yield f"“{label.text()}” needs {hint.width()}×{hint.height()}, has {label.width()}×{label.height()}"


def _button_cuts(button: QAbstractButton) -> Iterator[str]:
    if button.hasHeightForWidth():
        if button.heightForWidth(button.width()) > button.height() + _SLACK:
            yield f"“{button.text()}” is {button.height()} px high"
        return
    if not button.text() or (button.text() in button.toolTip() and button.width() < 3 * button.height()):
        return  # a bare icon; its words are its name and its tip
    if isinstance(button.parentWidget(), StepRail) and button.width() < 2 * button.height():
        return  # the rail shows numbers only where there is little room
    needed = button.sizeHint().width()
    if isinstance(button, QPushButton) and button.width() == button.maximumWidth():
        needed = round(_width(button.text(), button.font()))
    if needed > button.width() + _SLACK:
        yield f"“{button.text()}” needs {needed} px, has {button.width()}"
    if button.fontMetrics().height() > button.height() + _SLACK:
        yield f"“{button.text()}” is {button.height()} px high"


def _header_cuts(table: QTableView) -> Iterator[str]:
    header, model = table.horizontalHeader(), table.model()
    if header.isHidden() or not model:
        return
    for column in range(model.columnCount()):
        words = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        if not header.isSectionHidden(column) and _width(words, header.font()) > header.sectionSize(column):
            yield f"header “{words}” in {header.sectionSize(column)} px"


def _flattened(widget: QWidget) -> Iterator[str]:
    """Look at a widget that paints itself; what holds others is looked at through them."""
    least = widget.minimumSizeHint()
    is_leaf = not any(child.isVisible() for child in widget.children() if isinstance(child, QWidget))
    if is_leaf and least.isValid() and least.height() > widget.height() + _SLACK:
        yield f"needs {least.height()} px of height, has {widget.height()}"


def _sticks_out(widget: QWidget, root: QWidget) -> str:
    """Say how far a widget leaves what it lies in; up and down a scroll area may hold more than it shows."""
    box, up = QRect(QPoint(0, 0), widget.size()), widget
    can_scroll = False
    while up is not root and (parent := up.parentWidget()) is not None:
        box.translate(up.pos())
        area = parent.parentWidget()
        can_scroll = can_scroll or (isinstance(area, QAbstractScrollArea) and parent is area.viewport())
        inside = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
        if box.left() < inside.left() or box.right() > inside.right():
            return f"leaves {_name(parent)} at the side: {box.left()}..{box.right()} of {parent.width()}"
        if not can_scroll and (box.top() < inside.top() or box.bottom() > inside.bottom()):
            return f"leaves {_name(parent)} above or below: {box.top()}..{box.bottom()} of {parent.height()}"
        if can_scroll and isinstance(area, QAbstractScrollArea):
            return ""
        up = parent
    return ""


def sideways(root: QWidget) -> list[str]:
    """Return everything that has to be scrolled to the right to be read."""
    return [
        f"{_name(area)}: {area.horizontalScrollBar().maximum()} px"
        for area in visible(root)
        if isinstance(area, QAbstractScrollArea) and area.horizontalScrollBar().maximum() > 0
    ]


@contextmanager
def shortened_words() -> Generator[dict[str, set[str]]]:
    """Collect, by the class that draws it, each text that is painted with an ellipsis."""
    found: dict[str, set[str]] = {}
    original = painting.draw_text

    def draw(painter: Any, rect: QRectF, text: str, font: QFont, *more: Any, **options: Any) -> float:
        if _width(text, font) > rect.width() + 1 > 1:
            drawer = sys._getframe(1).f_locals.get("self")
            found.setdefault(type(drawer).__name__, set()).add(f"{text} [{rect.width():.0f}]")
        return original(painter, rect, text, font, *more, **options)

    users = [m for m in list(sys.modules.values()) if getattr(m, "draw_text", None) is original]
    for module in users:
        module.draw_text = draw  # type: ignore[attr-defined]
    try:
        yield found
    finally:
        for module in users:
            module.draw_text = original  # type: ignore[attr-defined]


# ---- words -----------------------------------------------------------------------------------------------------------
def foreign_words(root: QWidget, is_allowed: Callable[[str], bool]) -> list[str]:
    """Return texts with Latin words that nothing allows."""
    return sorted(
        {f"{where}: {text}" for where, text in texts(root) if any(not is_allowed(w) for w in _WORD.findall(text))}
    )


def chinese_words(root: QWidget, known: str) -> list[str]:
    """Return texts with Chinese words that are not from the data."""
    return sorted(
        {f"{where}: {text}" for where, text in texts(root) if any(w not in known for w in _CHINESE.findall(text))}
    )


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Return each text that can be seen, hovered over or read aloud, and where."""
    for widget in visible(root):
        for text in _texts_of(widget):
            if text:
                yield _name(widget), text


def _texts_of(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model():
        yield from _texts_of_model(widget.model())


def _texts_of_model(model: QAbstractItemModel) -> Iterator[str]:
    is_table = isinstance(model, QAbstractTableModel)
    columns = range(model.columnCount() if is_table else 1)
    for column in columns if is_table else ():
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(model.rowCount(), 60)):
        for column in columns:
            index = model.index(row, column, QModelIndex())
            yield str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
            line, cell = index.data(ROW_ROLE), index.data(CELL_ROLE)
            if isinstance(line, ListRow):
                yield from (line.title, line.subtitle, line.trailing, *(text for text, _ in line.chips))
            if isinstance(cell, Cell):
                yield from (cell.text, cell.second, cell.aside, *(text for text, _ in cell.chips))


# ---- keyboard and screen reader --------------------------------------------------------------------------------------
def nameless(root: QWidget) -> list[str]:
    """Return what the keyboard reaches but a screen reader has no name for."""
    return [_name(widget) for widget in focusable(root) if not _spoken_name(widget)]


def unreached(root: QWidget, press_tab: Callable[[], None], focused: Callable[[], QWidget | None]) -> list[str]:
    """Press Tab round the window and return what should have had the keyboard and never had it."""
    wanted = focusable(root)
    seen: set[QWidget] = set()
    if not wanted:
        return []
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(4 * len(wanted) + 200):
        now = focused()
        if now is None or (now in seen and not isinstance(now, QAbstractItemView)):
            break
        seen.add(now)
        if isinstance(now, QAbstractItemView):
            _leave_view(now)  # inside a table Tab goes from field to field
            continue
        press_tab()
    still = [widget for widget in wanted if widget not in seen and widget.isVisible()]
    return [_name(widget) for widget in still if not _shares_a_stop(widget, seen)]


def _leave_view(view: QAbstractItemView) -> None:
    following = view.nextInFocusChain()
    while following is not None and following is not view:
        if _takes_tab(following) and not view.isAncestorOf(following):
            following.setFocus(Qt.FocusReason.TabFocusReason)
            return
        following = following.nextInFocusChain()


def _shares_a_stop(widget: QWidget, seen: set[QWidget]) -> bool:
    """Whether one Tab stop serves the group the widget is in, as with radio buttons."""
    parent = widget.parentWidget()
    return (
        isinstance(widget, QAbstractButton) and widget.autoExclusive() and any(s.parentWidget() is parent for s in seen)
    )


def focusable(root: QWidget) -> list[QWidget]:
    """Return what Tab can reach."""
    return [widget for widget in visible(root) if _takes_tab(widget)]


def _takes_tab(widget: QWidget) -> bool:
    has_policy = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return has_policy and widget.focusProxy() is None and widget.isVisible() and widget.isEnabled()


def _spoken_name(widget: QWidget) -> str:
    if widget.accessibleName():
        return widget.accessibleName()
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


# ---- helpers ---------------------------------------------------------------------------------------------------------
def visible(root: QWidget) -> list[QWidget]:
    """Return the widgets that can be seen, the root too."""
    return list(seen(root))


def _width(text: str, font: QFont) -> float:
    return max((QFontMetricsF(font).horizontalAdvance(line) for line in text.splitlines()), default=0.0)


def _name(widget: QWidget) -> str:
    name, up = type(widget).__name__, widget
    while not up.objectName() or up.objectName().startswith("qt_"):
        if (parent := up.parentWidget()) is None:
            return name
        up = parent
    return f"{name} {up.objectName()}" if up is widget else f"{name} in {up.objectName()}"
