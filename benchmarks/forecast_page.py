"""Scrolling through the forecast of a territory, by wheel and by page, and typing a figure into it."""

import time

from PySide6.QtCore import Qt

from app.bootstrap.application import close_application
from app.ui.pages.forecast.desk_table import DeskTable
from app.ui.pages.forecast.forecast_page import ForecastPage
from app.ui.pages.forecast.forecast_view_model import Stage
from benchmarks.measuring import Figure, ms, p95
from benchmarks.painting import PaintWatch, frames_until
from benchmarks.scroll import scrolled, scrolled_plain
from benchmarks.stores import open_stage, t1_to_write
from benchmarks.territory import open_t1

_GOAL = 0.032
_FIGURES = 20


def measure() -> list[Figure]:
    """Return the frames of scrolling the SKUs, and those after Enter on a typed figure."""
    application = open_t1()
    application.forecast_desk.prepare()  # is kept in the store, which is copied next
    close_application(application)
    stage = open_stage(t1_to_write())
    page = stage.go("forecast")
    assert isinstance(page, ForecastPage)
    stage.wait(lambda: page.model.stage is Stage.READY)
    stage.settle()
    table = stage.find("deskTable")
    assert isinstance(table, DeskTable)
    rows = page.desk.rows.rowCount()
    frames = scrolled(table, lambda: stage.desk.tasks.is_idle)
    typed = _typed(table)
    stage.settle()
    bare = scrolled_plain(table)  # last: a second window takes the keyboard away
    stage.close()
    return [
        Figure(f"scrolling the forecast of {rows:,} lines, longest of {len(frames)} frames", ms(max(frames)),
               f"{ms(max(bare))}, QTableView on a plain list", f"{max(frames) / max(bare):.2f}", "≤ 32 ms",
               max(frames) <= _GOAL),
        Figure("… 95th percentile", ms(p95(frames)), ms(p95(bare)), f"{p95(frames) / p95(bare):.2f}", "≤ 32 ms",
               p95(frames) <= _GOAL),
        Figure("… a figure typed, Enter to the next line drawn, 95th percentile", ms(p95(typed)), "—", "—", "≤ 100 ms",
               p95(typed) <= 0.1),
    ]  # fmt: skip


def _typed(table: DeskTable) -> list[float]:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    watch = PaintWatch(table.viewport())
    table.go_to(table.first_row())
    table.setFocus()
    found: list[float] = []
    for number in range(_FIGURES):
        QTest.keyClicks(table, str(number % 10))
        editor = QApplication.focusWidget()
        before, row, began = watch.count, table.currentIndex().row(), time.perf_counter()
        QTest.keyClick(editor, Qt.Key.Key_Return)
        frames_until(lambda row=row, before=before: table.currentIndex().row() != row and watch.count > before, watch)
        found.append(time.perf_counter() - began)
    return found
