"""The rules and shapes of the synced tables as head office uses them: who may write, which columns travel to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import JSON, Table

from app.headoffice.fields import Reader, Teller, Together, normal_of, reader_of, teller_of, together_of
from app.headoffice.models import TABLES
from app.headoffice.problems import UpgradeRequired
from app.playbooks.loader import load_playbook
from app.sync.core.registry import SCHEMA, TableRule, build_registry

OLDEST_SCHEMA = max(1, SCHEMA - 2)
"""Rows come down to laptops of this schema at least."""
PUSHED_LONGER = 2
"""For so many versions more a laptop may still send what it has: work is never locked in by an upgrade that is late."""
STAYS_HERE = frozenset({"id", "revision", "changed_at", "deleted_at", "no", "qty", "amount", "line_count"})
ORDER = "purchase_order"
ORDER_COLUMNS = ("customer_id", "order_date", "lines")
SINCE: Mapping[str, int] = {
    "task": 2,
    "sync_conflict": 2,
    "change_proposal": 2,
    "forecast_entry": 3,
    "forecast_submission": 3,
    "forecast_line": 3,
    "forecast_cause": 3,
    "forecast_kind": 3,
    "kpi_target": 3,
    "office_target": 3,
    "cadence_choice": 4,
    "day_off": 4,
    "visit.locked": 4,
    "visit.due_by": 4,
    "visit.need_key": 4,
    "visit.planned_on": 4,
    "visit.paper_entered_at": 4,
    "visit.onboarding_done": 4,
    "forecast_kind.reason": 5,
    "forecast_kind.note": 5,
}
"""Tables, and columns as `table.column`, that came with a later schema than the first."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What travels of one table, and how each value is read and told."""

    name: str
    table: Table
    columns: tuple[str, ...]
    readers: Mapping[str, Reader]
    tellers: Mapping[str, Teller | None]
    normals: Mapping[str, Reader]
    together: Mapping[str, Together]
    required: frozenset[str]
    parents: frozenset[str] = field(default_factory=frozenset[str])
    """Columns that say what a row belongs to; they never change."""

    def columns_for(self, schema: int) -> tuple[str, ...]:
        """Return the columns that a laptop of this schema knows; none of a table it does not know."""
        if SINCE.get(self.name, 1) > schema:
            return ()
        return tuple(name for name in self.columns if SINCE.get(f"{self.name}.{name}", 1) <= schema)


@cache
def rules() -> Mapping[str, TableRule]:
    """Return the rules by table, parents before children; the archive's owners are the playbook's."""
    lists = frozenset(column.name for column in TABLES["customer"].columns if isinstance(column.type, JSON))
    return build_registry({one.key: one.owner.value for one in load_playbook().archive.fields}, lists)


@cache
def shapes() -> Mapping[str, Shape]:
    """Return the shapes by table, parents before children."""
    return {rule.name: _shape(rule) for rule in rules().values()}


def check_schema(schema: int, *, sends: bool = False) -> None:
    """Refuse a laptop whose schema is too old, later if it only `sends`. Raises UpgradeRequired."""
    if schema < (OLDEST_SCHEMA - PUSHED_LONGER if sends else OLDEST_SCHEMA):
        raise UpgradeRequired(OLDEST_SCHEMA)


def _shape(rule: TableRule) -> Shape:
    table = TABLES[rule.name]
    columns = [column for column in table.columns if column.name not in _staying(rule.name)]
    names = tuple(column.name for column in columns)
    return Shape(
        name=rule.name,
        table=table,
        columns=ORDER_COLUMNS if rule.name == ORDER else names,
        readers={column.name: reader_of(column) for column in columns},
        tellers={column.name: teller_of(column) for column in columns},
        normals={column.name: normal_of(column) for column in columns},
        together={column.name: together_of(column) for column in columns},
        required=frozenset(
            column.name for column in columns if not column.nullable and column.default is None
        ),
        parents=frozenset(parent.column for parent in rule.parents),
    )  # fmt: skip


def _staying(table: str) -> frozenset[str]:
    return STAYS_HERE | {"order_no"} if table == ORDER else STAYS_HERE - {"qty", "amount", "line_count"}
