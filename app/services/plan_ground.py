"""What a plan lies on, beside its visits: the shops with their cadence and place, the calendar, where a day begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from app.domain.geo import GeoPoint, TravelRules
from app.domain.planning.problem import PlanShop, WorkDay
from app.domain.planning.running import Call, DayRun, run_day
from app.domain.planning.views import DayKind
from app.services.plan_rows import PlanRow


@dataclass(frozen=True, slots=True)
class DayFace:
    """What a day is for the manager; `work` is None on days off."""

    day: date
    kind: DayKind
    label: str
    provisional: bool
    work: WorkDay | None


@dataclass(frozen=True, slots=True)
class PlanGround:
    """The shops, the days from the first to the last that matter, and how one travels."""

    shops: Mapping[UUID, PlanShop]
    faces: Mapping[date, DayFace]
    start: GeoPoint | None = None
    end: GeoPoint | None = None
    travel: TravelRules = field(default_factory=TravelRules)
    gone: Mapping[UUID, tuple[str, str]] = field(default_factory=dict[UUID, tuple[str, str]])
    """Code and name of shops that have left the network: their visits stay in the months behind."""

    @property
    def ends(self) -> tuple[GeoPoint | None, GeoPoint | None]:
        """Where days begin and end."""
        return self.start, self.end

    def work_day(self, day: date) -> WorkDay:
        """Return what fits into a day: nothing on a day off."""
        face = self.faces.get(day)
        if face is not None and face.work is not None:
            return face.work
        pattern = next((one.work for one in self.faces.values() if one.work is not None), None)
        if pattern is None:
            return WorkDay(day, 0, 0)
        return WorkDay(day, 0, 0, pattern.start, pattern.lunch)

    def is_working(self, day: date) -> bool:
        """Whether shops are visited on that day; a day outside of the calendar that was read is no working day."""
        face = self.faces.get(day)
        return face is not None and face.work is not None

    def working_days(self, after: date) -> list[date]:
        """Return the working days after a day, as far as the calendar was read."""
        return [day for day in sorted(self.faces) if day > after and self.is_working(day)]

    def call(self, customer_id: UUID) -> Call:
        """Return what a day needs to know of a shop; of one that has left nothing but that it is there."""
        shop = self.shops.get(customer_id)
        if shop is None:
            return Call(customer_id, None, 0)
        return Call(customer_id, shop.point, shop.minutes, shop.open_spans)

    def named(self, customer_id: UUID) -> tuple[str, str]:
        """Return code and name of a shop, of one that has left too."""
        shop = self.shops.get(customer_id)
        return self.gone.get(customer_id, ("", "")) if shop is None else (shop.code, shop.name)

    def run(self, day: date, rows: Sequence[PlanRow], start: GeoPoint | None = None) -> DayRun:
        """Return how a day runs in the order of these visits, from another start than its own if one is given."""
        calls = [self.call(row.customer_id) for row in rows]
        return run_day(calls, self.work_day(day), start=start or self.start, end=self.end, travel=self.travel)

    def points(self, rows: Sequence[PlanRow]) -> list[GeoPoint | None]:
        """Return where these visits take place."""
        return [self.call(row.customer_id).point for row in rows]

    def on_order_day(self, customer_id: UUID, day: date) -> bool | None:
        """Tell whether a day is the shop's order day or the working day before; None where it has no order day."""
        shop = self.shops.get(customer_id)
        if shop is None or shop.orders is None:
            return None
        ahead = (shop.orders.weekday - day.isoweekday()) % 7
        return shop.orders.serves(day) and not any(
            self.is_working(day + timedelta(days=more)) for more in range(1, ahead)
        )
