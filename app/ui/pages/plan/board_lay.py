"""Where the days and their visits lie on the board: as a month, as a week, or as one day in full."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSizeF

from app.domain.planning.views import DayView, StopView
from app.ui.look.theme import current_theme
from app.ui.pages.plan.plan_shown import Days, Span, Spot, columns, day_of, first_of, week_of

_HEAD_EM = 2.3
_MONTH_HEAD_EM = 2.1
_MONTH_LINE_EM = 1.36
_MONTH_LEAST_EM = 5.0
_WEEK_HEAD_EM = 4.1
_WEEK_ROW_EM = 2.15
_DAY_ROW_EM = 3.9


@dataclass(frozen=True, slots=True)
class Row:
    """A visit and where it lies."""

    stop: StopView
    box: QRectF


@dataclass(frozen=True, slots=True)
class Cell:
    """A day and where it lies: its head with date and load, the visits that have room, how many have none."""

    day: DayView
    box: QRectF
    head: QRectF
    rows: tuple[Row, ...]
    rest: QRectF
    """Where the visits without room are counted; empty where all have room."""
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Lay:
    """All of the board; `titles` are the weekdays above the columns."""

    span: Span
    cells: tuple[Cell, ...]
    titles: tuple[tuple[int, QRectF], ...] = ()
    height: float = 0.0

    def cell_at(self, spot: QPointF) -> Cell | None:
        """Return the day at a place."""
        return next((cell for cell in self.cells if cell.box.contains(spot)), None)

    def row_at(self, spot: QPointF) -> Row | None:
        """Return the visit at a place."""
        return next((row for cell in self.cells for row in cell.rows if row.box.contains(spot)), None)

    def cell_of(self, day: date) -> Cell | None:
        """Return the cell of a day."""
        return next((cell for cell in self.cells if cell.day.day == day), None)

    def place_at(self, cell: Cell, spot: QPointF, moving: UUID) -> int | None:
        """Return the place (from 1) that a visit would get there; None where the board shows no order."""
        if self.span is Span.MONTH:
            return None
        others = [row for row in cell.rows if row.stop.visit_id != moving]
        return 1 + sum(row.box.center().y() < spot.y() for row in others)


Arrange: TypeAlias = Callable[[Days, Spot, QSizeF], Lay]


def arrange(span: Span, days: Days, spot: Spot, size: QSizeF) -> Lay:
    """Lay out a span of days in a room of that size; the height that is needed may be more."""
    by_span: dict[Span, Arrange] = {Span.MONTH: _month, Span.WEEK: _week, Span.DAY: _day}
    return by_span[span](days, spot, size)


def _month(days: Days, spot: Spot, size: QSizeF) -> Lay:
    theme = current_theme()
    month = first_of(spot.day)
    shown = tuple(day for day in days if first_of(day.day) == month)
    weekdays = columns(shown, spot.day)
    weeks = sorted({week_of(day.day)[0] for day in shown if day.day.isoweekday() in weekdays})
    if not weeks:
        return Lay(Span.MONTH, ())
    top, wide = float(theme.em(_HEAD_EM)), size.width() / len(weekdays)
    high = max(float(theme.em(_MONTH_LEAST_EM)), (size.height() - top) / len(weeks))
    cells = tuple(
        _month_cell(
            day,
            spot,
            QRectF(
                wide * weekdays.index(day.day.isoweekday()), top + high * weeks.index(week_of(day.day)[0]), wide, high
            ),
        )
        for day in shown
        if day.day.isoweekday() in weekdays
    )
    titles = tuple((number, QRectF(wide * at, 0, wide, top)) for at, number in enumerate(weekdays))
    return Lay(Span.MONTH, cells, titles, top + high * len(weeks))


def _month_cell(day: DayView, spot: Spot, box: QRectF) -> Cell:
    theme = current_theme()
    head, line, pad = theme.em(_MONTH_HEAD_EM), theme.em(_MONTH_LINE_EM), theme.em(0.3)
    room = max(1, int((box.height() - head - pad) // line))
    count = len(day.stops)
    fit = count if count <= room else max(0, room - 1)
    first = _first_shown(day, spot, fit)
    rows = tuple(
        Row(stop, QRectF(box.left(), box.top() + head + line * at, box.width(), line))
        for at, stop in enumerate(day.stops[first : first + fit])
    )
    rest = QRectF(box.left(), box.top() + head + line * fit, box.width(), line) if fit < count else QRectF()
    return Cell(day, box, QRectF(box.left(), box.top(), box.width(), head), rows, rest, count - fit)


def _first_shown(day: DayView, spot: Spot, fit: int) -> int:
    """Return where the visits shown begin, so that the one looked at is among them."""
    if day.day != spot.day or spot.visit_id is None or not fit:
        return 0
    at = next((n for n, stop in enumerate(day.stops) if stop.visit_id == spot.visit_id), 0)
    return max(0, min(at - fit + 1, len(day.stops) - fit))


def _week(days: Days, spot: Spot, size: QSizeF) -> Lay:
    theme = current_theme()
    shown = [found for day in week_of(spot.day) if (found := day_of(days, day)) is not None]
    weekdays = columns(tuple(shown), spot.day)
    kept = [day for day in shown if day.day.isoweekday() in weekdays]
    wide = size.width() / max(1, len(weekdays))
    head, row = float(theme.em(_WEEK_HEAD_EM)), float(theme.em(_WEEK_ROW_EM))
    high = max(size.height(), head + row * (1 + max((len(day.stops) for day in kept), default=0)))
    cells: list[Cell] = []
    for day in kept:
        left = wide * weekdays.index(day.day.isoweekday())
        rows = tuple(Row(stop, QRectF(left, head + row * at, wide, row)) for at, stop in enumerate(day.stops))
        cells.append(Cell(day, QRectF(left, 0, wide, high), QRectF(left, 0, wide, head), rows, QRectF()))
    return Lay(Span.WEEK, tuple(cells), (), high)


def _day(days: Days, spot: Spot, size: QSizeF) -> Lay:
    day = day_of(days, spot.day)
    if day is None:
        return Lay(Span.DAY, ())
    row = float(current_theme().em(_DAY_ROW_EM))
    rows = tuple(Row(stop, QRectF(0, row * at, size.width(), row)) for at, stop in enumerate(day.stops))
    high = max(size.height(), row * (len(rows) + 0.5))
    return Lay(Span.DAY, (Cell(day, QRectF(0, 0, size.width(), high), QRectF(), rows, QRectF()),), (), high)
