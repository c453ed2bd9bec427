"""What the customer's PDF says, as plain data: filled by a service, printed by `app.reports.customer_pdf`.

There is deliberately no field for grades, attitude, channel, other shops or pictures: this sheet is the shopkeeper's.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.text import Language


class ContactRole(StrEnum):
    """The four people whom a shop can turn to (四员), in the order in which they are printed."""

    MANAGER = "manager"
    INSPECTOR = "inspector"
    DELIVERER = "deliverer"
    ORDER_DESK = "order_desk"


@dataclass(frozen=True, slots=True)
class Unit:
    """What quantities are counted in: 条 and 条, or "bottle" and "bottles"."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The four figures at the top; money in minor units, None where nothing is known."""

    quantity: int | None = None
    """Bought in the last four weeks."""
    quantity_last_year: int | None = None
    """Bought in the same four weeks a year before."""
    value_per_unit: int | None = None
    value_change: int | None = None
    """Value per unit now less that of a year before."""
    margin: int | None = None
    margin_rate: float | None = None
    """Share of the retail amount, 0.101 for 10.1 %."""
    margin_basis: str = ""
    """Which retail price was taken, in words; printed in brackets."""
    orders_on_time: int | None = None
    orders_due: int | None = None


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of purchases beside the same month of last year."""

    label: str
    quantity: int | None
    last_year: int | None = None
    until: int | None = None
    """The day up to which a month under way counts, in both years; None once it is over."""


@dataclass(frozen=True, slots=True)
class ClassLine:
    """Purchases of one class in the last three months; the share is 0.25 for 25 %, the amount in minor units."""

    name: str
    quantity: int | None
    share: float | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class TopSku:
    """One of the best-selling SKUs of the last three months and its change against the three months before."""

    name: str
    class_name: str
    quantity: int | None
    change: int | None = None


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """What could be ordered next of one SKU."""

    name: str
    class_name: str
    on_hand: int | None
    weekly_expected: float | None
    suggested: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class SkuRemark:
    """A SKU that moves slowly or is out of stock, with what is known about it in a few words."""

    name: str
    class_name: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class AgreedStep:
    """Something that shop and manager agreed on; `who` and `state` are words in the language of the sheet."""

    what: str
    who: str
    due: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How one of the four roles is reached."""

    role: ContactRole
    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class CustomerSummary:
    """Everything on one customer's sheet; texts are in `language`, and None is printed as a dash, never as 0."""

    language: Language
    shop_name: str
    code: str
    visit_date: date
    unit: Unit
    currency: str
    """The sign of the money: ¥ or $."""
    previous_visit: date | None = None
    order_rhythm: str = ""
    """Order day and cycle in words."""
    next_order: str = ""
    """Until when the next order can be placed, in words."""
    licence_expiry: date | None = None
    next_visit: date | None = None
    """The day agreed for the next visit."""
    figures: KeyFigures = field(default_factory=KeyFigures)
    months: tuple[MonthLine, ...] = ()
    explanation: str = ""
    """One sentence that says why the purchases rose or fell."""
    classes: tuple[ClassLine, ...] = ()
    top_skus: tuple[TopSku, ...] = ()
    suggestions: tuple[SuggestionLine, ...] = ()
    slow: tuple[SkuRemark, ...] = ()
    out_of_stock: tuple[SkuRemark, ...] = ()
    steps: tuple[AgreedStep, ...] = ()
    contacts: tuple[Contact, ...] = ()
    reminders: tuple[str, ...] = ()
    """Reminders for this shop; those that the law asks for stand in the footer of every page anyway."""
