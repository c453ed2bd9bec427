"""How far the forecast is, and what one look at the desk brings; read on a lane beside the window."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from app.services.forecast_desk import ForecastDesk
from app.services.forecast_views import DeskView, Point, Record, ShopsView
from app.services.maintenance import Maintenance, StoreInfo
from app.ui.pages.forecast.desk_lines import Key


class Stage(Enum):
    """How far the forecast is."""

    LOOKING = "looking"
    COMPUTING = "computing"
    STOPPED = "stopped"
    TOO_FEW = "too_few"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DeskRead:
    """What one look at the desk brought."""

    month: date
    product: UUID | None
    view: DeskView
    shops: ShopsView | None
    ahead: tuple[DeskView, ...]
    info: StoreInfo
    waits: bool


@dataclass(frozen=True, slots=True)
class Story:
    """The months of a line, for the chart."""

    key: Key
    points: tuple[Point, ...]
    record: Record


def numbered(number: int, work: Callable[[], DeskRead]) -> tuple[int, DeskRead]:
    """Return what some work brings with its number, so that an older answer is known."""
    return number, work()


def look(
    desk: ForecastDesk, maintenance: Maintenance, month: date | None, product: UUID | None, *, six: bool
) -> DeskRead:
    """Read a month of the desk; `six` reads every month to come."""
    view = desk.overview(month)
    shops = None if product is None else desk.shops(product, view.month)
    ahead = tuple(view if one == view.month else desk.overview(one) for one in view.months) if six else ()
    waits = bool(maintenance.waiting().by_table.get("forecast_submission"))
    return DeskRead(view.month, product, view, shops, ahead, maintenance.info(), waits)


def story_of(desk: ForecastDesk, key: Key) -> Story:
    """Read the months of a line."""
    return Story(key, desk.history(*key), desk.record(*key))
