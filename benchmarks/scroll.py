"""Scrolling through 5,000 customers in the real list, by wheel and by page: how long each frame keeps the window busy."""

import time
from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from app.ui.widgets.table_view import TableView
from benchmarks.measuring import Figure, ms, p95
from benchmarks.painting import PaintWatch, frames_until
from benchmarks.stores import WINDOW, invented, open_stage

_CUSTOMERS = 5_000
_WHEEL = 400
_PAGES = 120
_GOAL = 0.032


def measure() -> list[Figure]:
    """Return the longest frame and the 95th percentile."""
    stage = open_stage(invented(_CUSTOMERS))
    stage.go("customers")
    table = stage.find("customerTable")
    assert isinstance(table, TableView)
    if table.model().rowCount() != _CUSTOMERS:
        raise RuntimeError("the list does not hold every customer")
    ours = scrolled(table, lambda: stage.desk.tasks.is_idle)
    bare = scrolled_plain(table)
    stage.close()
    return [
        Figure(f"scrolling {_CUSTOMERS:,} customers, longest of {len(ours)} frames", ms(max(ours)),
               f"{ms(max(bare))}, QTableView on a plain list", f"{max(ours) / max(bare):.2f}", "≤ 32 ms",
               max(ours) <= _GOAL),
        Figure("… 95th percentile", ms(p95(ours)), ms(p95(bare)), f"{p95(ours) / p95(bare):.2f}", "≤ 32 ms",
               p95(ours) <= _GOAL),
    ]  # fmt: skip


def scrolled_plain(table: QTableView) -> list[float]:
    """Scroll the same words in a table of Qt's own that draws nothing but them."""
    plain = QTableView()
    plain.setModel(_PlainModel(_texts(table)))
    plain.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    plain.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
    plain.resize(*WINDOW)
    plain.show()
    bare = scrolled(plain, lambda: True)
    plain.close()
    return bare


def scrolled(table: QTableView, is_idle: Callable[[], bool]) -> list[float]:
    """Scroll from the top by wheel, then by page to the end; rows that come later are frames too."""
    watch = PaintWatch(table.viewport())
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    frames_until(is_idle, watch)
    deeds: list[Callable[[], object]] = [lambda: _turn_wheel(table)] * _WHEEL
    deeds += [lambda: QTest.keyClick(table, Qt.Key.Key_PageDown)] * _PAGES
    frames: list[float] = []
    for deed in deeds:
        before, began = watch.count, time.perf_counter()
        deed()
        busy = time.perf_counter() - began
        first, *later = frames_until(lambda seen=before: watch.count > seen and is_idle(), watch) or [0.0]
        frames += [busy + first, *later]
    return frames


def _turn_wheel(table: QTableView) -> None:
    viewport = table.viewport()
    middle = QPointF(viewport.rect().center())
    event = QWheelEvent(
        middle, viewport.mapToGlobal(middle), QPoint(), QPoint(0, -360), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def _texts(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [[str(model.index(row, column).data() or "…") for column in range(model.columnCount())]
            for row in range(model.rowCount())]  # fmt: skip


class _PlainModel(QAbstractTableModel):
    """Rows of strings in a list: as little as a table can be."""

    def __init__(self, rows: list[list[str]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return len(self._rows)

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return len(self._rows[0])

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return the text of a cell."""
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None
