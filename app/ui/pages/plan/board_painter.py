"""Paints the plan: the cells of a month, the columns of a week, the lines of a day, and what a move would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from app.domain.planning.views import DayKind, StopView
from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.pages.plan.board_lay import Cell, Lay, Row
from app.ui.pages.plan.plan_shown import Span, Spot
from app.ui.pages.plan.visit_plan_words import Line, PlanWords
from app.ui.widgets.painting import chip_size, draw_box, draw_chip, draw_focus, draw_text, text_width
from app.ui.widgets.tones import Tone

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked on the board: where the person is, what is held, where something would be dropped."""

    today: date
    spot: Spot
    has_keyboard: bool
    held: UUID | None = None
    target: date | None = None
    place: int | None = None
    """Before the visit that now has this place; None shows no line."""
    late: frozenset[UUID] = frozenset()
    """Visits that do not fit into the day any more."""
    times: tuple[tuple[UUID, str], ...] = ()
    """Times that count instead of the planned ones."""


class BoardPainter:
    """Draws one lay with one painter."""

    def __init__(self, painter: QPainter, words: PlanWords, lay: Lay, marks: Marks) -> None:
        self._painter = painter
        self._words = words
        self._lay = lay
        self._marks = marks
        self._theme = current_theme()
        self._times = dict(marks.times)

    def paint(self, visible: QRectF) -> None:
        """Draw what lies in a rectangle."""
        for number, box in self._lay.titles:
            inner = box.adjusted(self._pad, 0, -self._pad, 0)
            font, ink = self._theme.font("small", bold=True), self._theme.color("muted")
            draw_text(self._painter, inner, self._words.weekday(number), font, ink)
        for cell in self._lay.cells:
            if cell.box.intersects(visible):
                self._paint_cell(cell)

    @property
    def _pad(self) -> float:
        return self._theme.em(0.75)

    def _paint_cell(self, cell: Cell) -> None:
        self._paint_ground(cell)
        if self._lay.span is Span.MONTH:
            self._paint_month_head(cell)
        elif self._lay.span is Span.WEEK:
            self._paint_week_head(cell)
        paint_row = {Span.MONTH: self._paint_line, Span.WEEK: self._paint_entry, Span.DAY: self._paint_stop}
        for row in cell.rows:
            self._paint_row_ground(row)
            paint_row[self._lay.span](row)
        if cell.hidden:
            words = self._words.more(cell.hidden)
            inner = cell.rest.adjusted(self._pad, 0, -self._pad, 0)
            draw_text(self._painter, inner, words, self._theme.font("small"), self._theme.color("muted"))
        self._paint_drop_line(cell)

    def _paint_ground(self, cell: Cell) -> None:
        theme, painter, day = self._theme, self._painter, cell.day
        if self._lay.span is not Span.DAY:
            if day.day == self._marks.today:
                painter.fillRect(cell.box, theme.color("primary_soft"))
            elif day.kind is DayKind.OFF:
                painter.fillRect(cell.box, theme.color("surface_alt"))
            painter.setPen(QPen(theme.color("line_soft"), theme.size("hairline")))
            painter.drawLine(cell.box.topRight(), cell.box.bottomRight())
            painter.drawLine(cell.box.topLeft(), cell.box.topRight())
        if day.day == self._marks.target:
            draw_box(painter, cell.box.adjusted(2, 2, -2, -2), None, theme.color("primary"))
        elif self._lay.span is not Span.DAY and day.day == self._marks.spot.day and self._marks.has_keyboard:
            draw_focus(painter, cell.box.adjusted(1, 1, -1, -1))

    # ---- month --------------------------------------------------------------------------------------------------
    def _paint_month_head(self, cell: Cell) -> None:
        theme, day = self._theme, cell.day
        inner = cell.head.adjusted(self._pad, 0, -theme.em(0.5), 0)
        is_off = day.kind is DayKind.OFF
        number = str(day.day.day)
        is_today = day.day == self._marks.today
        ink = theme.color("primary_text" if is_today else "muted" if is_off else "text")
        used = draw_text(self._painter, inner, number, theme.font("heading", bold=True), ink)
        room = inner.adjusted(used + theme.em(0.4), 0, 0, 0)
        if day.stops:
            room.setRight(self._paint_pill(cell, room) - theme.em(0.3))
        label = self._words.label(day) if is_off or day.label or day.kind is DayKind.HALF else ""
        if label and not self._is_plain_weekend(cell):
            self._elided(room, label, theme.font("small"), "muted", _RIGHT if not day.stops else None)

    def _is_plain_weekend(self, cell: Cell) -> bool:
        return cell.day.label == "weekend"

    def _paint_pill(self, cell: Cell, room: QRectF) -> float:
        day, theme = cell.day, self._theme
        tone = self._words.load_tone(day)
        words = self._words.load(day)
        size = chip_size(words, theme.font("small"))
        if size.x() > room.width():
            words = self._words.shops(len(day.stops))
            size = chip_size(words, theme.font("small"))
        left = room.right() - size.x()
        ground = theme.color("surface") if day.day == self._marks.today and tone is Tone.PRIMARY else tone.ground
        draw_chip(self._painter, left, room.center().y(), words, ground, tone.ink)
        return left

    def _paint_line(self, row: Row) -> None:
        theme, stop = self._theme, row.stop
        inner = row.box.adjusted(self._pad, 0, -theme.em(0.4), 0)
        self._paint_mark(stop, QPointF(inner.left() + theme.em(0.35), inner.center().y()))
        inner.setLeft(inner.left() + theme.em(1.1))
        self._paint_lock(stop, inner)
        ink = "muted" if stop.status.ended else "text"
        self._elided(inner, stop.name, theme.font("small"), ink)

    def _paint_mark(self, stop: StopView, middle: QPointF) -> None:
        """Draw a tick on what is done, else a dot: full where the visit falls on the order day."""
        theme, painter = self._theme, self._painter
        if stop.status.ended:
            side = theme.em(0.9)
            box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            icon = "check" if stop.status.counts_as_visit else "close"
            paint_icon(painter, icon, box, theme.color("green" if stop.status.counts_as_visit else "grey"))
            return
        color = theme.color("red" if stop.visit_id in self._marks.late else "primary")
        radius = theme.em(0.2)
        painter.setPen(QPen(color, theme.size("hairline")))
        painter.setBrush(color if stop.on_order_day else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius, radius)

    def _paint_lock(self, stop: StopView, inner: QRectF) -> None:
        """Draw the lock of a fixed visit at the right, and leave it its room."""
        if stop.locked:
            side = self._theme.em(0.95)
            box = QRectF(inner.right() - side, inner.center().y() - side / 2, side, side)
            paint_icon(self._painter, "lock", box, self._theme.color("muted"))
            inner.setRight(box.left() - self._theme.em(0.2))

    # ---- week ---------------------------------------------------------------------------------------------------
    def _paint_week_head(self, cell: Cell) -> None:
        theme, day = self._theme, cell.day
        inner = cell.head.adjusted(self._pad, theme.em(0.35), -theme.em(0.5), -theme.em(0.25))
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        is_today = day.day == self._marks.today
        ink = theme.color("primary_text" if is_today else "muted" if day.kind is DayKind.OFF else "text")
        bold = theme.font("heading", bold=True)
        title = f"{self._words.weekday(day.day.isoweekday())} {day.day.day}"
        used = draw_text(self._painter, upper, title, bold, ink)
        label = self._words.label(day)
        if label and not self._is_plain_weekend(cell):
            self._elided(upper.adjusted(used + theme.em(0.4), 0, 0, 0), label, theme.font("small"), "muted", _RIGHT)
        lower = QRectF(inner.left(), inner.center().y(), inner.width(), inner.height() / 2)
        if day.stops:
            tone = self._words.load_tone(day)
            ground = theme.color("surface") if day.day == self._marks.today and tone is Tone.PRIMARY else tone.ground
            draw_chip(self._painter, lower.left(), lower.center().y(), self._words.load(day), ground, tone.ink)
        self._painter.setPen(QPen(theme.color("line"), theme.size("hairline")))
        self._painter.drawLine(cell.head.bottomLeft(), cell.head.bottomRight())

    def _paint_entry(self, row: Row) -> None:
        theme, stop = self._theme, row.stop
        inner = row.box.adjusted(theme.em(0.5), 0, -theme.em(0.4), 0)
        small = theme.font("small")
        time = self._time(stop)
        if stop.status.ended:
            self._paint_mark(stop, QPointF(inner.left() + theme.em(0.8), inner.center().y()))
        else:
            ink = theme.color("red_text" if stop.visit_id in self._marks.late else "muted")
            draw_text(self._painter, inner, time, small, ink)
        inner.setLeft(inner.left() + text_width("00:00", small) + theme.em(0.4))
        self._paint_lock(stop, inner)
        ink_name = "muted" if stop.status.ended else "text"
        self._elided(inner, stop.name, theme.font("body"), ink_name)
        if not stop.on_order_day and not stop.status.ended and stop.order_weekday is not None:
            self._painter.setPen(QPen(theme.color("amber"), theme.em(0.15)))
            middle = row.box.center().y()
            high = row.box.height() * 0.28
            x = row.box.left() + 2
            self._painter.drawLine(QPointF(x, middle - high), QPointF(x, middle + high))

    # ---- day ----------------------------------------------------------------------------------------------------
    def _paint_stop(self, row: Row) -> None:
        theme, stop, painter = self._theme, row.stop, self._painter
        painter.fillRect(QRectF(row.box.left(), row.box.bottom() - 1, row.box.width(), 1), theme.color("line_soft"))
        inner = row.box.adjusted(theme.size("pad"), 0, -theme.size("pad"), 0)
        self._paint_disc(stop, inner)
        inner.setLeft(inner.left() + theme.em(2.7))
        upper = QRectF(inner.left(), inner.top() + theme.em(0.4), inner.width(), theme.em(1.5))
        lower = QRectF(inner.left(), inner.top() + theme.em(1.95), inner.width(), theme.em(1.6))
        is_late = stop.visit_id in self._marks.late
        time = self._time(stop)
        time_ink = theme.color("red_text" if is_late else "muted")
        draw_text(painter, upper, time, theme.font("body"), time_ink, _RIGHT)
        name_room = upper.adjusted(0, 0, -text_width("00:00", theme.font()) - theme.em(0.6), 0)
        self._paint_lock(stop, name_room)
        self._elided(name_room, stop.name, theme.font("heading", bold=True), "muted" if stop.status.ended else "text")
        km = self._words.km(stop.km)
        draw_text(painter, lower, km, theme.font("small"), theme.color("muted"), _RIGHT)
        right = lower.right() - text_width(km, theme.font("small")) - theme.em(0.6)
        self._paint_chips(stop, lower, right, is_late=is_late)

    def _paint_chips(self, stop: StopView, lower: QRectF, right: float, *, is_late: bool) -> None:
        """Draw the reasons as far as there is room; the tip has all of them."""
        theme = self._theme
        tags: list[Line] = [(self._words.not_fitting, Tone.RED)] if is_late else []
        tags += [(stop.cadence, Tone.GREY), *self._words.reasons(stop)]
        left = lower.left()
        for text, tone in tags:
            if left + chip_size(text, theme.font("small")).x() > right:
                break
            left += draw_chip(self._painter, left, lower.center().y(), text, tone.ground, tone.ink) + theme.em(0.3)

    def _paint_disc(self, stop: StopView, inner: QRectF) -> None:
        theme, painter = self._theme, self._painter
        side = float(theme.em(1.95))
        disc = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        is_done = stop.status.counts_as_visit
        color = theme.color("green" if is_done else "grey" if stop.status.ended else "primary")
        painter.setPen(QPen(color, theme.em(0.1)))
        painter.setBrush(color if is_done else theme.color("surface"))
        painter.drawEllipse(disc)
        if is_done:
            inset = side * 0.22
            paint_icon(painter, "check", disc.adjusted(inset, inset, -inset, -inset), theme.color("on_primary"))
        else:
            ink = theme.color("muted" if stop.status.ended else "primary_text")
            draw_text(painter, disc, str(stop.number), theme.font("small", bold=True), ink, _CENTER)

    # ---- marks --------------------------------------------------------------------------------------------------
    def _paint_row_ground(self, row: Row) -> None:
        theme, marks = self._theme, self._marks
        box = row.box.adjusted(2, 0, -2, 0)
        if row.stop.visit_id == marks.held:
            draw_box(self._painter, box, theme.color("amber_soft"), theme.color("amber"), "radius_chip")
        elif row.stop.visit_id == marks.spot.visit_id:
            ground = "primary_soft" if self._lay.span is Span.DAY or marks.today != marks.spot.day else "surface"
            draw_box(self._painter, box, theme.color(ground), theme.color("primary"), "radius_chip")
            if marks.has_keyboard and self._lay.span is Span.DAY:
                draw_focus(self._painter, box)

    def _paint_drop_line(self, cell: Cell) -> None:
        place = self._marks.place
        if cell.day.day != self._marks.target or place is None or self._lay.span is Span.MONTH:
            return
        others = [row for row in cell.rows if row.stop.visit_id != self._marks.held]
        if place - 1 < len(others):
            y = others[place - 1].box.top()
        else:
            y = others[-1].box.bottom() if others else cell.head.bottom() + 2
        self._painter.setPen(QPen(self._theme.color("primary"), self._theme.em(0.2)))
        self._painter.drawLine(QPointF(cell.box.left() + 4, y), QPointF(cell.box.right() - 4, y))

    def _time(self, stop: StopView) -> str:
        return self._times.get(stop.visit_id) or self._words.time(stop.planned_at)

    def _elided(self, room: QRectF, text: str, font: QFont, ink: str, flags: Qt.AlignmentFlag | None = None) -> None:
        """Draw a name of the data, shortened where the column is narrow; its tip has all of it."""
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        self._painter.setFont(font)
        self._painter.setPen(self._theme.color(ink))
        place = flags or (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._painter.drawText(room, place | Qt.TextFlag.TextSingleLine, shown)


def paint_bubble(painter: QPainter, room: QRectF, beside: QRectF, lines: Sequence[Line]) -> None:
    """Draw what a move would change in a box beside a rectangle, inside the room."""
    theme = current_theme()
    font = theme.font("small", bold=True)
    line, pad = QFontMetricsF(font).height() + theme.em(0.2), theme.em(0.6)
    wide = max((text_width(text, font) for text, _ in lines), default=0.0) + 2 * pad + theme.em(0.9)
    high = line * len(lines) + 2 * pad
    left = beside.right() + theme.em(0.4)
    if left + wide > room.right():
        left = beside.left() - wide - theme.em(0.4)
    left = min(max(room.left() + 2, left), room.right() - wide - 2)
    top = min(max(room.top() + 2, beside.top()), room.bottom() - high - 2)
    box = QRectF(left, top, wide, high)
    draw_box(painter, box, theme.color("surface"), theme.color("line_strong"))
    for number, (text, tone) in enumerate(lines):
        spot = QRectF(left + pad, top + pad + line * number, wide - 2 * pad, line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone.fill)
        painter.drawEllipse(QPointF(spot.left() + theme.em(0.25), spot.center().y()), theme.em(0.25), theme.em(0.25))
        draw_text(painter, spot.adjusted(theme.em(0.9), 0, 0, 0), text, font, tone.ink)
