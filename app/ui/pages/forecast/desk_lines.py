"""The lines of the forecast table: SKUs or shops, filtered, sorted, with sums of their classes that add up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from app.domain.forecast_process import Kinded, Steadiness
from app.services.forecast_views import UNSAID, Correction, DeskRow, ShopRow, Unexplained

Key = tuple[UUID | None, UUID | None]
"""SKU and shop; without a shop the SKU in all, without a SKU a sum."""


class SortBy(StrEnum):
    """What the lines of a class are sorted by."""

    FINAL = "final"
    NAME = "name"
    LAST = "last"
    YEAR = "year"
    MODEL = "model"
    ERROR = "error"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Line:
    """One line; quantities in the unit of the store, None where nothing is known."""

    key: Key
    name: str
    code: str = ""
    group: str = ""
    kind: Kinded | None = None
    last_month: int | None = None
    last_year: int | None = None
    model_value: int = 0
    low: float | None = None
    high: float | None = None
    accuracy: float | None = None
    """aᵢ of F03 in the last tracked month"""
    error: float | None = None
    """WAPE of the past year"""
    plain_error: float | None = None
    """that of the plain method (M5)"""
    correction: Correction | None = None
    corrected: int = 0
    """for a SKU how many shops were set by hand, for a sum how many lines"""
    final: int = 0
    changed: int | None = None
    allowed: int | None = None
    plan: float | None = None
    """the target of the month"""
    model: str = ""
    count: int = 0
    """how many lines a sum adds up; 0 for a line"""
    can_correct: bool = True

    @property
    def is_sum(self) -> bool:
        """Whether this is a sum of lines."""
        return self.count > 0

    @property
    def lacks_reason(self) -> bool:
        """Whether it was corrected without saying why."""
        return self.correction is not None and not self.correction.says_why


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown; empty fields let everything pass."""

    text: str = ""
    kind: Steadiness | None = None
    group: str | None = None
    only_changed: bool = False
    only_missed: bool = False
    only_corrected: bool = False
    sort: SortBy = SortBy.FINAL
    descending: bool = True

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves anything out."""
        plain = Filter(sort=self.sort, descending=self.descending)
        return self != plain


def line_of_sku(row: DeskRow) -> Line:
    """Return the line of a SKU."""
    return Line(
        (row.product_id, None), row.name, row.code, row.group, row.kind, row.last_month, row.same_month_last_year,
        row.model_value, row.low, row.high, row.last_accuracy, row.past_error, row.plain_error, row.correction,
        row.shops_corrected, row.final_value, row.changed_since, row.allowed, row.plan,
    )  # fmt: skip


def line_of_shop(row: ShopRow, product_id: UUID, name: str) -> Line:
    """Return the line of a shop; what belongs to no shop yet has the name given and cannot be corrected."""
    return Line(
        (product_id, row.customer_id), row.name or name, row.code, "", row.kind, row.last_month,
        row.same_month_last_year, row.model_value, row.low, row.high, None, row.past_error, row.plain_error,
        row.correction, 0, row.final_value, row.final_value - row.model_value, model=row.model,
        can_correct=row.customer_id is not None,
    )  # fmt: skip


def line_of_unexplained(one: Unexplained) -> Line:
    """Return the line of a correction that does not say why, named by SKU and shop."""
    name = f"{one.product} · {one.customer}" if one.customer else one.product
    return Line((one.product_id, one.customer_id), name, correction=one.correction, final=one.correction.value)


def with_typed(line: Line, value: int | None) -> Line:
    """Return a line as it will stand once what was typed is kept; None takes the correction back."""
    if value is None:
        return replace(line, correction=None, final=line.model_value)
    known = line.correction or Correction(value, line.model_value, UNSAID)
    return replace(line, correction=replace(known, value=value), final=value)


def passing(lines: Iterable[Line], wanted: Filter, target: float) -> list[Line]:
    """Return the lines that pass; `target` is the accuracy below which a SKU was missed (F04)."""
    words = wanted.text.casefold().split()
    return [
        line
        for line in lines
        if all(word in f"{line.name} {line.code}".casefold() for word in words)
        and (wanted.kind is None or (line.kind is not None and line.kind.kind is wanted.kind))
        and (wanted.group is None or line.group == wanted.group)
        and (not wanted.only_changed or bool(line.changed))
        and (not wanted.only_missed or is_missed(line, target))
        and (not wanted.only_corrected or line.correction is not None or line.corrected > 0)
    ]


def is_missed(line: Line, target: float) -> bool:
    """Tell whether a line's last accuracy, or that of its past year where there is none, is short of the target."""
    if line.accuracy is not None:
        return line.accuracy < target
    return line.error is not None and 1 - line.error < target


def in_order(lines: Iterable[Line], wanted: Filter) -> list[Line]:
    """Sort lines; those without a value come last whichever way."""
    known: list[Line] = []
    unknown: list[Line] = []
    for line in lines:
        (unknown if _value(line, wanted.sort) is None else known).append(line)
    known.sort(key=lambda line: (_value(line, wanted.sort), line.code), reverse=wanted.descending)
    return [*known, *unknown]


def by_class(lines: Sequence[Line], order: Sequence[str]) -> list[Line]:
    """Put the sum of each class before its lines; classes in the order given, then the others by name."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    place = {group: at for at, group in enumerate(order)}
    found: list[Line] = []
    for group in sorted(groups, key=lambda one: (place.get(one, len(place)), one)):
        found += [sum_of(groups[group], group=group), *groups[group]]
    return found


def sum_of(lines: Sequence[Line], name: str = "", group: str = "") -> Line:
    """Add lines up; an unknown part is left out, and a sum of nothing known is unknown."""
    return Line(
        key=(None, None),
        name=name,
        group=group,
        last_month=_sum(line.last_month for line in lines),
        last_year=_sum(line.last_year for line in lines),
        model_value=sum(line.model_value for line in lines),
        corrected=sum(line.correction is not None for line in lines),
        final=sum(line.final for line in lines),
        changed=_sum(line.changed for line in lines),
        allowed=_sum(line.allowed for line in lines),
        count=max(1, len(lines)),
        can_correct=False,
    )


def in_place(lines: Iterable[Line], order: Sequence[Key]) -> list[Line]:
    """Return lines in an order they had before, so that none moves while it is typed into; new ones come last."""
    by_key = {line.key: line for line in lines}
    return [*(by_key.pop(key) for key in order if key in by_key), *by_key.values()]


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _value(line: Line, by: SortBy) -> float | str | None:
    values = {
        SortBy.FINAL: line.final,
        SortBy.NAME: line.name,
        SortBy.LAST: line.last_month,
        SortBy.YEAR: line.last_year,
        SortBy.MODEL: line.model_value,
        SortBy.ERROR: line.accuracy if line.accuracy is not None else None if line.error is None else 1 - line.error,
        SortBy.CHANGE: None if line.changed is None else abs(line.changed),
    }
    return values[by]
