"""Targets of the figures: read for a month and its year, and set by the manager."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from app.domain.kpi.effect import Giver, Target
from app.domain.kpi.tallies import Period, Subject
from app.models.target import KpiTarget
from app.services.recording import record

_OWN = "SELECT period, kpi, scope, value FROM kpi_target WHERE deleted_at IS NULL AND {} ORDER BY changed_at"
_GIVEN = "SELECT period, kpi, scope, value FROM office_target WHERE deleted_at IS NULL AND {} ORDER BY changed_at"
_WHEN = "(period = 'month' AND month = ? OR period = 'year' AND month = ?)"


class TargetKey(NamedTuple):
    """Which figure a target is of."""

    period: str
    kpi: str
    scope: str


def target_key(kpi: str, subject: Subject, period: Period, scope: str) -> TargetKey:
    """Return the key of a figure's target."""
    return TargetKey(period.value, f"{kpi}.{subject.value}" if subject else kpi, scope)


def begin_of(period: str, month: date) -> date:
    """Return the first day of the month, or of its year."""
    return month if period == Period.MONTH else date(month.year, 1, 1)


def read_targets(cursor: Any, month: date) -> Mapping[TargetKey, Target]:
    """Return the targets of a month and of its year; head office's stand, the manager's own are kept beside them."""
    days = (month.isoformat(), date(month.year, 1, 1).isoformat())
    own = {TargetKey(*row[:3]): float(row[3]) for row in cursor.execute(_OWN.format(_WHEN), days).fetchall()}
    given = {TargetKey(*row[:3]): float(row[3]) for row in cursor.execute(_GIVEN.format(_WHEN), days).fetchall()}
    mine = {key: Target(value, Giver.MANAGER) for key, value in own.items()}
    return mine | {key: Target(value, Giver.OFFICE, own.get(key)) for key, value in given.items()}


def write_target(cursor: Any, actor: str, month: date, key: TargetKey, value: float | None) -> None:
    """Set the manager's own target, or take it away; queued for head office in the same transaction."""
    named = {"month": begin_of(key.period, month), **key._asdict()}
    if value is None:
        record(cursor, actor, KpiTarget, named, {"deleted": True})
    else:
        exact = Decimal(str(value)).quantize(Decimal("0.0001"))
        record(cursor, actor, KpiTarget, named, {"value": exact, "deleted": False})
