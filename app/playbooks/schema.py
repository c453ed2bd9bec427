"""The form of the playbook files (pydantic). Imported only when a file has to be validated."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.domain.archive import FieldType, Owner, PersonalData, Section
from app.domain.diagnosis import Evidence, State
from app.domain.playbook import Source


class Strict(BaseModel):
    """A part of a file: exact types, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


Written = Annotated[str, Field(pattern=r"\S")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_+*.-]+$")]
Number = Annotated[Decimal, BeforeValidator(lambda v: Decimal(v) if type(v) is int else v)]
Natural = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(gt=0)]
DayOfMonth = Annotated[int, Field(ge=1, le=28)]
Percent = Annotated[int, Field(ge=0, le=100)]
Word = Field(strict=False)  # a word of a fixed list: YAML has words, not enum members


class TextForm(Strict):
    """A text in both languages."""

    zh: Written
    en: Written


class PartForm(Strict):
    """What each file begins with."""

    id: Code
    version: Positive


class ChoiceForm(Strict):
    """One value of a code list."""

    code: Code
    name: TextForm
    note: TextForm | None = None
    aliases: list[Written] = []
    low: int | None = None
    high: int | None = None
    grade: Annotated[State | None, Word] = None
    details: list["ChoiceForm"] = []


class EnumerationForm(Strict):
    """A code list."""

    id: Code
    name: TextForm
    choices: Annotated[list[ChoiceForm], Field(min_length=1)]


class EnumerationsForm(PartForm):
    """enumerations.yaml."""

    lists: list[EnumerationForm]


class FieldForm(Strict):
    """A field of the archive."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    section: Annotated[Section, Word]
    label: TextForm
    type: Annotated[FieldType, Word]
    owner: Annotated[Owner, Word]
    pii: Annotated[PersonalData, Word] = PersonalData.NONE
    enum: Code | None = None
    unit: TextForm | None = None
    expect: Written | None = None
    hint: TextForm | None = None
    decimals: Natural | None = None
    low: int | None = None
    high: int | None = None
    consent: bool = False
    off: bool = False


class SectionForm(Strict):
    """A part of the archive."""

    key: Annotated[Section, Word]
    name: TextForm


class ArchiveForm(PartForm):
    """archive.yaml."""

    sections: list[SectionForm]
    fields: list[FieldForm]


class MetricForm(Strict):
    """The figure that answers a criterion."""

    key: Code
    formula: Code
    a_min: Number | None = None
    a_max: Number | None = None
    b_min: Number | None = None
    b_max: Number | None = None
    at_least: Natural = 0


class HardFailForm(Strict):
    """What makes the item C at once."""

    text: TextForm
    grade_c: bool = False


class CriterionForm(Strict):
    """One of the three signs of an item."""

    key: Annotated[str, Field(pattern=r"^D\d\d\.k[1-3]$")]
    name: TextForm
    a: TextForm
    b: TextForm
    c: TextForm
    evidence: Annotated[list[Annotated[Evidence, Word]], Field(min_length=1)]
    hard_fail: HardFailForm | None = None
    always: bool = False
    metric: MetricForm | None = None


class QuestionsForm(Strict):
    """The four questions."""

    situation: TextForm
    problem: TextForm
    implication: TextForm
    need_payoff: TextForm


class MeasureForm(Strict):
    """One of the 42 measures."""

    code: Annotated[str, Field(pattern=r"^D\d\d-[1-3]$")]
    name: TextForm
    how: TextForm
    support_request: bool = False
    may_need_support: bool = False
    compliance: bool = False
    internal: bool = False
    plain: TextForm | None = None


class ItemForm(Strict):
    """One of the 14 items."""

    code: Annotated[str, Field(pattern=r"^D\d\d$")]
    name: TextForm
    internal: bool = False
    criteria: Annotated[list[CriterionForm], Field(min_length=3, max_length=3)]
    questions: QuestionsForm
    measures: Annotated[list[MeasureForm], Field(min_length=3, max_length=3)]


class DiagnosisForm(PartForm):
    """diagnosis.yaml."""

    name: TextForm
    items: Annotated[list[ItemForm], Field(min_length=14, max_length=14)]


class FormulaForm(Strict):
    """The definition of a figure."""

    id: Code
    name: TextForm
    text: TextForm
    unit: TextForm
    source: Annotated[list[Annotated[Source, Word]], Field(min_length=1)]
    no_value: TextForm
    called: TextForm | None = None


class FormulasForm(PartForm):
    """formulas.yaml."""

    formulas: list[FormulaForm]


class OrderingForm(Strict):
    """What the order suggestion goes by."""

    safety_factor: Number
    service_pct: Annotated[int, Field(ge=50, le=99)]
    service_pct_by_class: dict[str, Annotated[int, Field(ge=50, le=99)]]
    lead_days: Natural
    forecast_weights: Annotated[list[Number], Field(min_length=1)]
    cutoff_days_before: Natural
    cutoff_time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    slow_months: Positive
    cover_low: Number
    cover_high: Number
    main_share_pct: Percent
    main_max: Positive
    width_target_percentile: Percent


class ChannelForm(Strict):
    """Purchases against buyers."""

    packs_per_buyer: Number
    days_per_month: Positive
    hint_low: Number
    hint_high: Number


class DiagnosisRulesForm(Strict):
    """The rule of states and the plan."""

    c_from: Annotated[int, Field(ge=1, le=3)]
    max_measures: Annotated[int, Field(ge=1, le=3)]
    due_days: Positive
    full_every_months: Positive


class WindowsForm(Strict):
    """How far the computed criteria look back."""

    order_cycles: Positive
    settlement_cycles: Positive
    advice_visits: Positive
    new_sku_cycles: Positive
    complaint_months: Positive
    penalty_months: Positive


class CadenceClassForm(Strict):
    """How often the shops of a class are visited."""

    code: Code
    name: TextForm
    every_days: Positive
    tier_from: Positive | None = None
    terminal_levels: list[Code] = []
    sample: bool = False
    new_customer: bool = False
    active_plan: bool = False
    launch: bool = False


class OnboardingStepForm(Strict):
    """One step with a new customer."""

    code: Code
    name: TextForm
    at_visit: Positive


class CadenceForm(Strict):
    """Classes of shops and what brings a visit forward."""

    classes: Annotated[list[CadenceClassForm], Field(min_length=1)]
    highest_tier: Positive
    tier_high_is_best: bool
    new_customer_months: Positive
    complaint_working_days: Positive
    alert_days: Positive
    missed_orders: Positive
    sharp_fall_pct: Percent
    licence_alert_days: Positive
    licence_reminder_days: Annotated[list[Positive], Field(min_length=1)]
    launch_days: Positive
    sample_from_day: DayOfMonth
    onboarding: list[OnboardingStepForm]


class VisitMaterialForm(Strict):
    """Something to take along, and to which visits."""

    name: TextForm
    purposes: list[Code] = []
    reasons: list[Code] = []
    measures: list[Annotated[str, Field(pattern=r"^D\d\d-[1-3]$")]] = []


class VisitsForm(Strict):
    """What a day of visits can hold, and what is taken along."""

    minutes_town: Positive
    minutes_country: Positive
    stops_town: Positive
    stops_country: Positive
    hours_per_day: Positive
    materials: list[VisitMaterialForm] = []


class HintsForm(Strict):
    """When a figure is unusual enough for a hint."""

    class_growth_ratio: Number
    large_customer_qty: Positive
    large_customer_multiple: Number
    order_jump_pct: Positive
    order_jump_exempt_qty: Natural
    month_jump_pct: Positive
    mean_price_jump_pct: Positive
    new_sku_days: Natural
    festival_days: Natural
    swing_pct: Positive
    price_cap_minor: Positive


class SizesForm(Strict):
    """Size classes while head office has sent none."""

    months: Positive
    quantity_weight: Number
    large_top_pct: Percent
    small_bottom_pct: Percent
    min_cell: Natural


class ForecastForm(Strict):
    """Kinds of brand and shop, and the follow-up of forecasts."""

    months: Positive
    brand_variation: Number
    brand_error: Number
    brand_idle_months: Positive
    new_months: Natural
    substitutes: Natural
    shop_variation: Number
    shop_error: Number
    shop_idle_months: Positive
    shop_new_months: Natural
    target_accuracy_pct: Percent
    cause_from: Positive


class AssortmentForm(Strict):
    """SKUs to add and to take instead, and when advice counts as followed."""

    additions: Positive
    substitute_price_pct: Percent
    adopted_within_pct: Percent
    repeat_days: Positive
    not_supplied: list[str]


class ParametersForm(PartForm):
    """params.yaml."""

    ordering: OrderingForm
    channel: ChannelForm
    diagnosis: DiagnosisRulesForm
    windows: WindowsForm
    cadence: CadenceForm
    visits: VisitsForm
    hints: HintsForm
    sizes: SizesForm
    forecast: ForecastForm
    assortment: AssortmentForm
