"""The trade as data: the playbook with its parts, the formulas behind figures, and the numbers a company may set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from app.domain.archive import Archive
from app.domain.diagnosis import Diagnosis
from app.domain.enumerations import Enumerations
from app.domain.forecast_process import ForecastRules
from app.domain.text import Text


class Source(StrEnum):
    """Where a definition comes from, so that a default of ours is never taken for a standard."""

    SEED = "seed"
    PUBLIC = "public"
    DERIVED = "derived"
    RECALLED = "recalled"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Formula:
    """The definition behind a figure on a screen or a paper."""

    id: str
    name: Text
    text: Text
    unit: Text
    source: tuple[Source, ...]
    no_value: Text
    """What stands there when the denominator is zero or an input is missing."""
    called: Text | None = None
    """A trade name that other formulas go by too; where there is one, the number tells them apart."""


@dataclass(frozen=True, slots=True)
class Formulas:
    """All formulas of a playbook."""

    id: str
    version: int
    all: tuple[Formula, ...]
    _by_id: Mapping[str, Formula] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {f.id: f for f in self.all})

    def __getitem__(self, formula: str) -> Formula:
        return self._by_id[formula]

    def __contains__(self, formula: object) -> bool:
        return formula in self._by_id

    def namesakes(self, formula: str) -> tuple[str, ...]:
        """Return the other formulas that the trade calls by the same name."""
        name = self._by_id[formula].called
        return tuple(f.id for f in self.all if name is not None and f.called == name and f.id != formula)


@dataclass(frozen=True, slots=True)
class OrderingRules:
    """What the order suggestion goes by."""

    safety_factor: Decimal
    service_pct: int
    """chance in per cent not to run out until the delivery after next"""
    service_pct_by_class: tuple[tuple[str, int], ...]
    """price classes with a chance of their own"""
    lead_days: int
    """days from the order until the goods come"""
    forecast_weights: tuple[Decimal, ...]
    cutoff_days_before: int
    cutoff_time: time
    slow_months: int
    cover_low: Decimal
    cover_high: Decimal
    main_share_pct: int
    main_max: int
    width_target_percentile: int


@dataclass(frozen=True, slots=True)
class ChannelRules:
    """Purchases against buyers (F34)."""

    packs_per_buyer: Decimal
    days_per_month: int
    hint_low: Decimal
    hint_high: Decimal


@dataclass(frozen=True, slots=True)
class DiagnosisRules:
    """The rule of states and the plan that follows from it."""

    c_from: int
    max_measures: int
    due_days: int
    full_every_months: int


@dataclass(frozen=True, slots=True)
class Windows:
    """How far the computed criteria look back."""

    order_cycles: int
    settlement_cycles: int
    advice_visits: int
    new_sku_cycles: int
    complaint_months: int
    penalty_months: int


@dataclass(frozen=True, slots=True)
class CadenceClass:
    """How often the shops of a class are visited."""

    code: str
    name: Text
    every_days: int
    tier_from: int | None = None
    terminal_levels: tuple[str, ...] = ()
    sample: bool = False
    new_customer: bool = False
    active_plan: bool = False
    launch: bool = False


@dataclass(frozen=True, slots=True)
class OnboardingStep:
    """One step with a new customer, and at which of its first visits it comes at the latest."""

    code: str
    name: Text
    at_visit: int


@dataclass(frozen=True, slots=True)
class CadenceRules:
    """Classes of shops and what brings a visit forward. The last class is for all others."""

    classes: tuple[CadenceClass, ...]
    highest_tier: int
    tier_high_is_best: bool
    new_customer_months: int
    complaint_working_days: int
    alert_days: int
    missed_orders: int
    sharp_fall_pct: int
    licence_alert_days: int
    licence_reminder_days: tuple[int, ...]
    launch_days: int
    """so long after its listing a SKU to be cultivated is being launched"""
    sample_from_day: int
    """from this day of the month on what is seen at sample shops is collected"""
    onboarding: tuple[OnboardingStep, ...]


@dataclass(frozen=True, slots=True)
class VisitMaterial:
    """Something to take along to a visit of one of these purposes or reasons, or where a measure of these is agreed."""

    name: Text
    purposes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitRules:
    """What a day of visits can hold, and what is taken along."""

    minutes_town: int
    minutes_country: int
    stops_town: int
    stops_country: int
    hours_per_day: int
    materials: tuple[VisitMaterial, ...] = ()


@dataclass(frozen=True, slots=True)
class HintRules:
    """When a figure is unusual enough for a neutral hint."""

    class_growth_ratio: Decimal
    large_customer_qty: int
    large_customer_multiple: Decimal
    order_jump_pct: int
    order_jump_exempt_qty: int
    month_jump_pct: int
    mean_price_jump_pct: int
    new_sku_days: int
    festival_days: int
    swing_pct: int
    price_cap_minor: int


@dataclass(frozen=True, slots=True)
class SizeRules:
    """Size classes while head office has sent none."""

    months: int
    quantity_weight: Decimal
    large_top_pct: int
    small_bottom_pct: int
    min_cell: int


@dataclass(frozen=True, slots=True)
class AssortmentRules:
    """What may be suggested to add or to take instead, and when an order followed the advice."""

    additions: int
    substitute_price_pct: int
    adopted_within_pct: int
    """a line of an order this near to the advice followed it; one 条 off always does"""
    repeat_days: int
    """bought again within so many days: the SKU was taken up"""
    not_supplied: tuple[str, ...]
    """what the supply field or the status of a SKU says that is not to be had"""


@dataclass(frozen=True, slots=True)
class Parameters:
    """All numbers that a company may set."""

    id: str
    version: int
    ordering: OrderingRules
    channel: ChannelRules
    diagnosis: DiagnosisRules
    windows: Windows
    cadence: CadenceRules
    visits: VisitRules
    hints: HintRules
    sizes: SizeRules
    forecast: ForecastRules
    assortment: AssortmentRules


class Playbook(Protocol):
    """Everything a company may change without a programmer; a part is read when it is first asked for."""

    @property
    def enumerations(self) -> Enumerations:
        """Return the code lists."""
        ...

    @property
    def archive(self) -> Archive:
        """Return the data dictionary of the customer archive."""
        ...

    @property
    def formulas(self) -> Formulas:
        """Return the definitions of the figures."""
        ...

    @property
    def parameters(self) -> Parameters:
        """Return the numbers a company may set."""
        ...

    @property
    def diagnosis(self) -> Diagnosis:
        """Return the 14-item checklist."""
        ...
