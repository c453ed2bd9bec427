"""What the forecast page and its files show: plain data that `forecast_desk` fills."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.domain.changes import Changes
from app.domain.forecast_process import Kinded, Steadiness
from app.domain.forecast_tracking import Scores


class Source(StrEnum):
    """Where the forecast comes from that a month is held against."""

    SUBMITTED = "submitted"
    """as it was frozen when the month was submitted"""
    KEPT = "kept"
    """as the system first told it before the month; nothing was submitted"""
    REPLAYED = "replayed"
    """nothing was kept: made now from the orders before that month, which nobody saw then"""


UNSAID, VAGUE = "", "other"
"""Reasons of a correction that do not say why: none yet, and one that wants a note."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The manager's own figure and why; `model_value` is what the system said when it was made."""

    value: int
    model_value: float
    reason: str
    """a code of the list `forecast_reason`; empty while it has not been said"""
    note: str = ""
    opportunity: str = ""
    """the market opportunity it goes back to, in the manager's words"""

    @property
    def says_why(self) -> bool:
        """Whether it tells why it was made; "other" alone does not."""
        return bool(self.reason) and (self.reason != VAGUE or bool(self.note.strip()))


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One SKU of the territory in one month; quantities in the unit of the store, None where nothing is known."""

    product_id: UUID
    code: str
    name: str
    group: str
    """price class, or category where there is none"""
    kind: Kinded
    last_month: int | None
    """demand of the last whole month (`DeskView.last_month`)"""
    same_month_last_year: int | None
    model_value: int
    low: float | None
    high: float | None
    past_error: float | None
    """WAPE of the system's one-month forecasts over the last twelve months, 0.2 is 20 %"""
    plain_error: float | None
    """the same of the plain method (M5, α 0.2)"""
    last_accuracy: float | None
    """aᵢ of F03 in the last tracked month (`DeskView.tracked_month`), against what was submitted"""
    correction: Correction | None
    """the manager's own figure for the SKU as a whole"""
    shops_corrected: int
    final_value: int
    """what counts: the shops add up to it"""
    before: int | None
    """what was submitted for this month last, or kept by the system before; None the first time"""
    allowed: int | None
    """Σ 可订量 of the periods that begin in this month; None where head office gave none"""
    plan: float | None = None
    """the target of the SKU for this month (F09), head office's before the manager's own"""

    @property
    def manager_value(self) -> int | None:
        """The manager's own figure."""
        return None if self.correction is None else self.correction.value

    @property
    def changed_since(self) -> int | None:
        """How much it moved against the last forecast of this month."""
        return None if self.before is None else self.final_value - self.before


@dataclass(frozen=True, slots=True)
class Submission:
    """One frozen version of a month."""

    version: int
    submitted_at: datetime
    model_total: int
    final_total: int
    corrected: int
    """SKUs whose figure is not the system's"""
    returned_reason: str = ""
    """why head office gave it back; empty while it has not"""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of a month as files have it: of a SKU, or of a SKU at a shop; what belongs to no shop has no code."""

    month: date
    version: int | None
    """of the submission; None for what stands on the desk"""
    customer: str
    product: str
    group: str
    system: int
    final: int
    low: float | None
    high: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Total:
    """The territory in one month; the range is that of the total, narrower than the ranges of its SKUs together."""

    last_month: int | None
    same_month_last_year: int | None
    model_value: int
    low: float | None
    high: float | None
    final_value: int
    past_error: float | None
    """WAPE over the last twelve months"""
    plain_error: float | None
    """that of the plain method (M5, α 0.2)"""
    last_accuracy: float | None
    """F01 of the last tracked month"""
    allowed: int | None
    plan: float | None = None
    """the volume target of the territory for this month (F05)"""


@dataclass(frozen=True, slots=True)
class DeskView:
    """A month of the territory: one row a SKU, the largest first."""

    month: date
    months: tuple[date, ...]
    """the months that can be opened, first days"""
    months_ahead: int
    """1 is the month after the last whole one"""
    last_month: date
    """first day of the last whole month: orders up to its end went into the forecast"""
    tracked_month: date | None
    """the month that `last_accuracy` tells of"""
    computed_at: datetime
    submission: Submission | None
    """the newest one"""
    changed_rows: int
    """SKUs that differ from the newest submission; 0 where there is none"""
    total: Total
    rows: tuple[DeskRow, ...]
    unexplained: tuple["Unexplained", ...] = ()
    """corrections that do not say why: nothing is submitted before they do"""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A correction without a reason; `customer_id` None: of the SKU as a whole."""

    product_id: UUID
    customer_id: UUID | None
    product: str
    customer: str
    correction: Correction


@dataclass(frozen=True, slots=True)
class ShopRow:
    """One shop's part of a SKU in one month; `customer_id` None is what shops will buy that do not buy it yet."""

    customer_id: UUID | None
    code: str
    name: str
    kind: Kinded | None
    last_month: int | None
    same_month_last_year: int | None
    model_value: int
    low: float | None
    high: float | None
    past_error: float | None
    plain_error: float | None
    correction: Correction | None
    final_value: int
    model: str
    """pooled, with-smoothing, with-season, smoothing, or sum"""


@dataclass(frozen=True, slots=True)
class ShopsView:
    """The shops of a SKU in one month, those with most first; they add up to `row.final_value` exactly."""

    month: date
    row: DeskRow
    shops: tuple[ShopRow, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One month of a chart."""

    month: date
    actual: int | None = None
    forecast: float | None = None
    """before today what was forecast one month ahead (replayed), from today on the system's forecast"""
    low: float | None = None
    high: float | None = None
    final: int | None = None
    """what counts in a month that can still be corrected"""


@dataclass(frozen=True, slots=True)
class Record:
    """How the system's one-month forecasts of a series did over the last twelve months; WAPE, None where unknown."""

    error: float | None = None
    plain_error: float | None = None
    """of the plain method (M5, α 0.2) over the same months"""
    is_plain: bool = False
    """the forecast is the plain method itself"""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a deed on the desk did: pages read again, and `undo` takes it back."""

    changes: Changes
    before: tuple["Entry", ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A correction as it stood before a deed; `correction` None: there was none."""

    month: date
    product_id: UUID
    customer_id: UUID | None
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class SaidKind:
    """The kind that the manager gave a brand or a shop, and why."""

    kind: Steadiness
    reason: str = ""
    """a code of the list `forecast_reason`"""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KindRow:
    """A brand or a shop with its kind; `product_id` or `customer_id` is set."""

    product_id: UUID | None
    customer_id: UUID | None
    code: str
    name: str
    group: str
    """of a brand: price class, or category where there is none"""
    kinded: Kinded
    ruled: Steadiness
    """what the rules alone say"""
    monthly: float
    """mean demand of the last twelve whole months, in the unit of the store"""
    said: SaidKind | None


@dataclass(frozen=True, slots=True)
class KindsView:
    """The two kinds of brand and the two kinds of shop; the largest first."""

    brands: tuple[KindRow, ...]
    shops: tuple[KindRow, ...]


@dataclass(frozen=True, slots=True)
class KnownOpportunity:
    """A market opportunity to choose from: somebody's words, or a festival with its day."""

    text: str = ""
    festival: str = ""
    """the key of the calendar"""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a forecast missed, as the manager sees it."""

    code: str
    """a code of the second level of the list `forecast_cause`"""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrackRow:
    """Forecast against actual of one SKU or one shop in one month; `product_id` or `customer_id` is set."""

    product_id: UUID | None
    customer_id: UUID | None
    code: str
    name: str
    group: str
    forecast: int
    model_value: int
    actual: int
    cause: Cause | None
    stands_out: bool
    """it misses the accuracy standard of F04 by enough pieces to matter: a cause is asked for"""

    @property
    def difference(self) -> int:
        """Forecast less actual: above 0 is too much."""
        return self.forecast - self.actual

    @property
    def accuracy(self) -> float | None:
        """aᵢ of F03: 1 − |F − D| ÷ D; None without demand."""
        return 1 - abs(self.forecast - self.actual) / self.actual if self.actual else None


@dataclass(frozen=True, slots=True)
class TrackView:
    """《预测追踪》: one whole month, forecast against actual."""

    month: date
    months: tuple[date, ...]
    """the months that can be opened, newest first"""
    source: Source
    shop_source: Source
    """shops may have to be replayed where the SKUs were submitted"""
    forecast_at: datetime | None
    """when the forecast was frozen or kept"""
    scores: Scores
    system_scores: Scores
    """the same of the system's own figures: what the corrections were worth"""
    by_class: tuple[tuple[str, float | None], ...]
    """F02 of each class"""
    skus: tuple[TrackRow, ...]
    """the largest misses first"""
    shops: tuple[TrackRow, ...]
