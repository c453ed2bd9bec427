"""What part of a plane a map shows, and how large: kilometres to pixels and back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF

from app.domain.plane import Spot

CLOSEST = 1500.0
"""Pixels a kilometre at the most."""
_FARTHEST = 0.4
_NOTHING = 10.0
"""Pixels a kilometre where there is only one place to show."""


@dataclass(frozen=True, slots=True)
class MapCamera:
    """The spot in the middle (km), pixels a kilometre, and the size of the window in pixels; north is up."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    width: float = 1.0
    height: float = 1.0

    @classmethod
    def fitting(cls, spots: Sequence[Spot], width: float, height: float, edge: float) -> "MapCamera":
        """Return the one that shows every spot, with a free edge in pixels."""
        if not spots:
            return cls(0.0, 0.0, _NOTHING, width, height)
        xs, ys = [x for x, _ in spots], [y for _, y in spots]
        spans = (max(xs) - min(xs), max(1.0, width - 2 * edge)), (max(ys) - min(ys), max(1.0, height - 2 * edge))
        scale = min((room / span for span, room in spans if span > 0), default=_NOTHING)
        return cls((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, min(scale, CLOSEST), width, height)

    def pixel(self, x: float, y: float) -> QPointF:
        """Return where a spot is seen."""
        return QPointF(self.width / 2 + (x - self.x) * self.scale, self.height / 2 - (y - self.y) * self.scale)

    def spot(self, pixel: QPointF) -> Spot:
        """Return which spot is seen there."""
        east, north = pixel.x() - self.width / 2, self.height / 2 - pixel.y()
        return self.x + east / self.scale, self.y + north / self.scale

    def zoomed(self, factor: float, at: QPointF, whole: "MapCamera") -> "MapCamera":
        """Return a closer or wider look that keeps what is under a pixel; no wider than a part of the whole."""
        scale = max(min(self.scale * factor, CLOSEST), min(whole.scale * _FARTHEST, CLOSEST))
        x, y = self.spot(at)
        there = replace(self, scale=scale)
        seen = there.spot(at)
        return replace(there, x=self.x + x - seen[0], y=self.y + y - seen[1])

    def moved(self, by: QPointF) -> "MapCamera":
        """Return the view after the plane was pulled by some pixels."""
        return replace(self, x=self.x - by.x() / self.scale, y=self.y + by.y() / self.scale)

    def resized(self, width: float, height: float) -> "MapCamera":
        """Return the view in a window of another size, with the same middle."""
        return replace(self, width=width, height=height)

    def bounds(self, margin: float = 0.0) -> tuple[float, float, float, float]:
        """Return west, south, east and north of what is seen (km), with a margin in pixels."""
        west, north = self.spot(QPointF(-margin, -margin))
        east, south = self.spot(QPointF(self.width + margin, self.height + margin))
        return west, south, east, north
