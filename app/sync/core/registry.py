"""Which tables sync, where their rows belong, who may write what, why they are kept and how long (spec, 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CATALOGUE = "ref:catalogue"
SCHEMA = 5
"""Version of the synced tables; head office accepts this one and the two before."""


class Kind(StrEnum):
    """Who writes the rows of a table."""

    ARCHIVE = "archive"
    """manager and head office, field by field"""
    AUTHORED = "authored"
    """one manager; head office reads"""
    ASSIGNED = "assigned"
    """head office gives, the manager reports"""
    DELIVERED = "delivered"
    """head office only"""


class Policy(StrEnum):
    """What happens to a field of the archive that both sides changed."""

    OFFICE = "office"
    """the laptop may not write it"""
    FIELD = "field"
    """what was seen in the field wins"""
    LATEST = "latest"
    UNION = "union"
    REVIEW = "review"
    """becomes a proposal; head office decides, whether or not anything clashes"""


class Home(StrEnum):
    """How the scope of a row is found."""

    TERRITORY = "territory"
    """the territory of its customer"""
    PERSON = "person"
    """the manager it is for, or who wrote it"""
    CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class Parent:
    """A row must belong to another one: `column` holds the key of a row of `table`."""

    column: str
    table: str


@dataclass(frozen=True, slots=True)
class TableRule:
    """The rules of one table."""

    name: str
    kind: Kind
    home: Home
    parents: tuple[Parent, ...] = ()
    policies: Mapping[str, Policy] = field(default_factory=dict[str, Policy])
    reported: frozenset[str] = frozenset()
    """Fields of an assigned table that the manager writes."""
    purpose: str = ""
    keep_months: int | None = None
    """How long a laptop keeps a row; None while its customer is in the territory."""

    def policy(self, column: str) -> Policy:
        """Return the policy of a field; one that nobody declared belongs to head office."""
        return self.policies.get(column, Policy.OFFICE)


_OWNERS = {"CM": Policy.FIELD, "CM*": Policy.REVIEW}
_VISIT, _CUSTOMER, _PRODUCT, _SUBMISSION = (
    Parent("visit_id", "visit"),
    Parent("customer_id", "customer"),
    Parent("product_id", "product"),
    Parent("submission_id", "forecast_submission"),
)


def build_registry(owners: Mapping[str, str], lists: frozenset[str] = frozenset()) -> dict[str, TableRule]:
    """Return the rules by table, parents before children.

    `owners` are the owners of the archive's fields as the playbook writes them (HO, CM, CM*, computed); `lists` the
    fields that hold lists, which are joined instead of replaced where the manager owns them.
    """
    policies = {
        name: Policy.UNION if name in lists and owner == "CM" else _OWNERS.get(owner, Policy.OFFICE)
        for name, owner in owners.items()
    }
    territory, person = Home.TERRITORY, Home.PERSON
    rules = (
        TableRule("product", Kind.DELIVERED, Home.CATALOGUE, purpose="catalogue"),
        TableRule("customer", Kind.ARCHIVE, territory, policies=policies, purpose="visits and service"),
        TableRule(
            "allocation", Kind.DELIVERED, territory, (_CUSTOMER, _PRODUCT), purpose="order guidance", keep_months=3
        ),
        TableRule("purchase_order", Kind.DELIVERED, territory, (_CUSTOMER,), purpose="order guidance", keep_months=36),
        TableRule("visit", Kind.AUTHORED, territory, (_CUSTOMER,), purpose="evidence of work", keep_months=25),
        TableRule("stock_count", Kind.AUTHORED, territory, (_VISIT, _PRODUCT), purpose="market data", keep_months=25),
        TableRule("shelf_check", Kind.AUTHORED, territory, (_VISIT,), purpose="market data", keep_months=25),
        TableRule("diagnosis_rating", Kind.AUTHORED, territory, (_VISIT,), purpose="diagnosis", keep_months=25),
        TableRule("advice_line", Kind.AUTHORED, territory, (_VISIT, _PRODUCT), purpose="guidance", keep_months=25),
        TableRule(
            "improvement_plan", Kind.AUTHORED, territory, (_CUSTOMER, _VISIT), purpose="improvement", keep_months=25
        ),
        TableRule("promise", Kind.AUTHORED, territory, (_CUSTOMER, _VISIT), purpose="what was agreed", keep_months=25),
        TableRule("photo", Kind.AUTHORED, territory, (_VISIT,), purpose="evidence of work", keep_months=25),
        TableRule(
            "task",
            Kind.ASSIGNED,
            person,
            reported=frozenset({"state", "report_note", "report_reason", "report_visit_id", "reported_at"}),
            purpose="tasks of head office",
            keep_months=13,
        ),
        TableRule("sync_conflict", Kind.DELIVERED, person, purpose="nothing is thrown away", keep_months=3),
        TableRule(
            "change_proposal", Kind.DELIVERED, person, purpose="changes that head office decides", keep_months=13
        ),
        TableRule("forecast_entry", Kind.AUTHORED, person, (_PRODUCT,), purpose="forecast", keep_months=25),
        TableRule("forecast_submission", Kind.AUTHORED, person, purpose="forecast", keep_months=25),
        TableRule("forecast_line", Kind.AUTHORED, person, (_SUBMISSION, _PRODUCT), purpose="forecast", keep_months=25),
        TableRule("forecast_cause", Kind.AUTHORED, person, (_PRODUCT,), purpose="forecast", keep_months=25),
        TableRule("forecast_kind", Kind.AUTHORED, person, (_PRODUCT,), purpose="forecast"),
        TableRule("kpi_target", Kind.AUTHORED, person, purpose="targets", keep_months=37),
        TableRule("office_target", Kind.DELIVERED, person, purpose="targets", keep_months=37),
        TableRule("cadence_choice", Kind.AUTHORED, territory, (_CUSTOMER,), purpose="visit plan"),
        TableRule("day_off", Kind.AUTHORED, person, purpose="visit plan", keep_months=25),
    )
    return {rule.name: rule for rule in rules}
