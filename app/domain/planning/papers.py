"""What the papers of a plan say, as plain data in one language: the visit plan table, day sheets, forms for the shop.

What the program does not know is None or empty, and stays empty on paper for the pen.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from app.domain.planning.views import PlanHealth
from app.domain.playbook import VisitMaterial
from app.domain.reasons import VisitReason
from app.domain.text import Language, Text
from app.domain.visit import VisitStatus

_PURPOSES = {
    VisitReason.ORDER_DAY_TODAY: "order_guidance",
    VisitReason.ORDER_DAY_NEXT: "order_guidance",
    VisitReason.MISSED_ORDERS: "order_guidance",
    VisitReason.STOCK_OUT_SIGNS: "order_guidance",
    VisitReason.SHARP_FALL: "order_guidance",
    VisitReason.PLAN_DUE: "improvement",
    VisitReason.COMPLAINT: "complaint",
    VisitReason.LICENCE_ENDING: "data_check",
    VisitReason.LICENCE_EXPIRED: "data_check",
    "onboarding": "new_customer",
    "sample": "information",
    "task": "other",
}
CADENCE = "cadence"
"""The turn of the shop: a visit that nothing else asks for is for its next order."""
_PURPOSES_OF_ITEMS = {"D13": "price_tags"}


def purposes_of(
    reasons: tuple[str, ...], *, items: Collection[str] = (), on_order_day: bool = False
) -> tuple[str, ...]:
    """Return the codes of the list `visit_purpose` that follow from why a visit is planned; what is unknown adds none.

    `items`: diagnosis items planned for it; `on_order_day`: it falls on the order day or the one before.
    """
    found = [_PURPOSES[reason] for reason in reasons if reason in _PURPOSES]
    if on_order_day:
        found.append("order_guidance")
    if items:
        found.append("improvement")
    found += [_PURPOSES_OF_ITEMS[item] for item in items if item in _PURPOSES_OF_ITEMS]
    if not found and CADENCE in reasons:
        found.append("order_guidance")
    return tuple(dict.fromkeys(found))


def materials_of(
    known: Iterable[VisitMaterial], purposes: Collection[str], reasons: Collection[str], measures: Collection[str]
) -> tuple[Text, ...]:
    """Return what is taken along to a visit of these purposes and reasons, at a shop with these measures agreed."""
    return tuple(
        one.name
        for one in known
        if set(one.purposes) & set(purposes) or set(one.reasons) & set(reasons) or set(one.measures) & set(measures)
    )


@dataclass(frozen=True, slots=True)
class PlanTableRow:
    """One visit in 《客户经理拜访计划表》; texts are in the language of the table."""

    visit_id: UUID
    day: date
    number: int | None
    """Place in the day, from 1; None for a visit that was moved away or cancelled."""
    line: str
    code: str
    name: str
    tier: int | None
    class_code: str
    """Composite code, CZ1; empty while a part of it is not known."""
    order_weekday: int | None
    last_visit: date | None
    """Before the day of this visit."""
    visit_no: int | None
    """Which visit of the month at this shop it is, from 1; None where nobody goes."""
    purposes: tuple[str, ...]
    problem: str
    """Why a person has to come, in words."""
    items: tuple[str, ...]
    """Names of diagnosis items with an open plan, or planned for this visit."""
    tasks: tuple[str, ...]
    """Open tasks of head office at this shop."""
    to_bring: tuple[str, ...]
    """What the manager has promised the shop and not yet settled, then what the purposes of the visit need."""
    planned_at: time | None
    minutes: int
    km: float | None
    """By road from the stop before; None where the place is not known."""
    on_order_day: bool
    cadence: str
    due_by: date | None
    status: VisitStatus
    status_words: str
    reason: str
    """Why it was moved, cancelled, refused or the shop closed; empty otherwise."""
    moved_to: date | None
    result: str
    changed_at: datetime
    """When the visit was last changed, for calendars that already hold it."""


@dataclass(frozen=True, slots=True)
class PlanTableDay:
    """A day of the table in order; kilometres and minutes include the way home and leave lunch out."""

    day: date
    km: float
    minutes: int
    rows: tuple[PlanTableRow, ...]

    @property
    def stops(self) -> int:
        """How many shops are gone to."""
        return sum(row.number is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The visits of some days of a month, with the figures of the whole month."""

    language: Language
    month: date
    manager: str
    """Empty where the store does not know it, as in a practice store."""
    days: tuple[PlanTableDay, ...]
    health: PlanHealth

    @property
    def rows(self) -> tuple[PlanTableRow, ...]:
        """All visits in order."""
        return tuple(row for day in self.days for row in day.rows)

    @property
    def stops(self) -> int:
        """How many visits are gone to."""
        return sum(day.stops for day in self.days)

    @property
    def km(self) -> float:
        """Kilometres of these days."""
        return sum(day.km for day in self.days)

    @property
    def hours(self) -> float:
        """Hours of these days, on the road and in shops."""
        return sum(day.minutes for day in self.days) / 60

    @property
    def order_day_match(self) -> float | None:
        """The share of these visits that fall on the order day or the working day before, of shops that have one."""
        able = [row for row in self.rows if row.number is not None and row.order_weekday is not None]
        return sum(row.on_order_day for row in able) / len(able) if able else None


@dataclass(frozen=True, slots=True)
class FormSku:
    """A main SKU of a shop, with what was seen of it last; prices are minor units per pack."""

    name: str
    guide_price: int | None
    last_on_hand: int | None
    last_counted: date | None


@dataclass(frozen=True, slots=True)
class VisitForm:
    """One page to fill in by hand at a shop, in the order of the guided visit."""

    row: PlanTableRow
    met: tuple[str, ...]
    """Names of who may be met."""
    unit: str
    currency: str
    skus: tuple[FormSku, ...]
    items: tuple[tuple[str, str], ...]
    """Code and name of the fourteen items; an internal item has no name here: the shopkeeper can read along."""
    promises: tuple[str, ...]
    """What is agreed with the shop and open."""
