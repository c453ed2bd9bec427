"""The words of the territory map: what each mark stands for, and what is said of a shop."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject

from app.domain.planning.views import MapShop, Overdue
from app.domain.playbook import Playbook
from app.ui.look.formats import format_date, weekday_name
from app.ui.look.translations import current_language
from app.ui.territory.territory_view_model import Coloring
from app.ui.widgets.map_marks import MarkStyle, Shape

_A_MONDAY = date(2024, 1, 1)
_WEEK = 7
_NONE = "none"
_UNKNOWN = MarkStyle(Shape.CIRCLE, "map_shop")
_CLASSES = (
    (Shape.DIAMOND, "primary"),
    (Shape.SQUARE, "blue"),
    (Shape.CIRCLE, "grey"),
    (Shape.TRIANGLE, "amber"),
    (Shape.PENTAGON, "map_violet"),
)
_DAYS = ("primary", "blue", "map_orange", "red", "map_violet", "map_yellow", "grey")
_OVERDUE = {
    Overdue.RED: MarkStyle(Shape.TRIANGLE, "red"),
    Overdue.ORANGE: MarkStyle(Shape.DIAMOND, "map_orange"),
    Overdue.YELLOW: MarkStyle(Shape.SQUARE, "map_yellow"),
    Overdue.BLUE: MarkStyle(Shape.CIRCLE, "blue"),
}
_RISK = {"yes": MarkStyle(Shape.TRIANGLE, "red"), "no": MarkStyle(Shape.CIRCLE, "green"), _NONE: _UNKNOWN}


@dataclass(frozen=True, slots=True)
class MapGroup:
    """Shops that are marked alike: their key as data, in words, and how they look."""

    key: str
    label: str
    style: MarkStyle


class TerritoryWords(QObject):
    """Says what the colours mean, in the language shown."""

    def __init__(self, playbook: Playbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playbook = playbook

    def colorings(self) -> dict[Coloring, str]:
        """Return what the colours can tell."""
        return {
            Coloring.OVERDUE: self.tr("Due"),
            Coloring.CADENCE: self.tr("Visit class"),
            Coloring.ORDER_DAY: self.tr("Order day"),
            Coloring.RISK: self.tr("Stock"),
        }

    def groups(self, coloring: Coloring) -> tuple[MapGroup, ...]:
        """Return the groups of a colouring, in their order."""
        if coloring is Coloring.CADENCE:
            return self._cadences()
        if coloring is Coloring.ORDER_DAY:
            return self._order_days()
        if coloring is Coloring.OVERDUE:
            return tuple(MapGroup(key, self.due(key), style) for key, style in _OVERDUE.items())
        words = self._risk()
        return tuple(MapGroup(key, words[key], style) for key, style in _RISK.items())

    def key_of(self, shop: MapShop, coloring: Coloring) -> str:
        """Return the key of the group that a shop is in."""
        if coloring is Coloring.CADENCE:
            return shop.cadence
        if coloring is Coloring.OVERDUE:
            return shop.overdue
        if coloring is Coloring.ORDER_DAY:
            return _NONE if shop.order_weekday is None else str(shop.order_weekday)
        return _NONE if shop.at_risk is None else "yes" if shop.at_risk else "no"

    def cadence(self, code: str) -> str:
        """Return a visit class in words: V1 每周期一访."""
        found = next((one for one in self._playbook.parameters.cadence.classes if one.code == code), None)
        return code if found is None else f"{code} {found.name.of(current_language())}"

    def due(self, overdue: Overdue) -> str:
        """Return how soon a shop is to be visited."""
        return self._due()[overdue]

    def order_day(self, weekday: int | None) -> str:
        """Return the order day in words."""
        if weekday is None:
            return self.tr("No order day")
        return self.tr("Orders on %1").replace("%1", _weekday(weekday))

    def last_visit(self, day: date | None) -> str:
        """Return when the shop was last visited."""
        if day is None:
            return self.tr("Not visited yet")
        return self.tr("Last visit %1").replace("%1", format_date(day, current_language()))

    def tip(self, shop: MapShop) -> str:
        """Return what hovering over a shop tells."""
        lines = [
            f"{shop.name}  {shop.code}",
            f"{self.cadence(shop.cadence)} · {self.due(shop.overdue)}",
            self.order_day(shop.order_weekday),
            self.last_visit(shop.last_visit),
        ]
        if shop.at_risk is not None:
            lines.append(self._risk()["yes" if shop.at_risk else "no"])
        if shop.presumed:
            lines.append(self.presumed)
        return "\n".join(lines)

    @property
    def presumed(self) -> str:
        """What a hollow mark says."""
        return self.tr("Place presumed from its surroundings")

    def _cadences(self) -> tuple[MapGroup, ...]:
        classes = self._playbook.parameters.cadence.classes
        return tuple(
            MapGroup(one.code, self.cadence(one.code), MarkStyle(*_CLASSES[place % len(_CLASSES)], one.code[-1:]))
            for place, one in enumerate(classes)
        )

    def _order_days(self) -> tuple[MapGroup, ...]:
        days = (
            MapGroup(str(day), _weekday(day), MarkStyle(Shape.CIRCLE, _DAYS[day - 1], _letter(day)))
            for day in range(1, _WEEK + 1)
        )
        return *days, MapGroup(_NONE, self.order_day(None), _UNKNOWN)

    def _due(self) -> dict[str, str]:
        return {
            Overdue.RED: self.tr("Red: due within a week"),
            Overdue.ORANGE: self.tr("Orange: due within two weeks"),
            Overdue.YELLOW: self.tr("Yellow: due within a month"),
            Overdue.BLUE: self.tr("Blue: visited this cycle"),
        }

    def _risk(self) -> dict[str, str]:
        return {
            "yes": self.tr("May run out before delivery"),
            "no": self.tr("Lasts until delivery"),
            _NONE: self.tr("Stock not computed"),
        }


def _weekday(number: int) -> str:
    return weekday_name(_A_MONDAY.replace(day=number), current_language())


def _letter(number: int) -> str:
    """Return what tells a weekday in a mark: 四, or Th."""
    name = _weekday(number)
    return name[-1] if name.startswith("周") else name[:2]
