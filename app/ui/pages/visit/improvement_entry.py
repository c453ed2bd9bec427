"""One line of the improvement plan as the screen sees it: a plan of an earlier visit, or an item that could get one."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain import improvement
from app.domain.diagnosis import Item, Measure, State
from app.domain.improvement import Cause, CauseKind, Verdict
from app.domain.problems import Refusal
from app.services.improvements import EarlierPlan, PlanHint
from app.services.visit_rows import RowKey, Values
from app.ui.pages.visit.diagnosis_item import state_of


class EntryKind(StrEnum):
    """Why a line stands in the list, in the order in which they stand there."""

    EARLIER = "earlier"
    """A plan of an earlier visit, to be assessed."""
    TODAY = "today"
    """Judged B or C today."""
    BEFORE = "before"
    """Not judged today, B or C before."""


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan, or an item without one (`key` is None)."""

    kind: EntryKind
    id: str
    """the item's code, or the id of the earlier plan"""
    key: RowKey | None
    item: Item
    current: State
    today: State | None
    target: State | None = None
    measures: tuple[str, ...] = ()
    support_requested: bool = False
    due: date | None = None
    actions: str = ""
    reached: bool | None = None
    cause_kind: CauseKind | None = None
    cause_note: str = ""
    made_on: date | None = None
    last_day: date | None = None
    hint: PlanHint | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def is_planned(self) -> bool:
        """Whether there is a plan to fill in or to assess."""
        return self.key is not None and self.target is not None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing in the plan or its assessment."""
        return not self.refusals and (self.kind is not EntryKind.EARLIER or self.reached is not None)

    @property
    def targets(self) -> tuple[State, ...]:
        """The states that a plan may aim at."""
        return improvement.targets(self.current)

    @property
    def asks_help(self) -> bool:
        """Whether help is asked for a measure with which the manager decides it."""
        return self.support_requested and any(m.may_need_support for m in self.chosen)

    @property
    def chosen(self) -> tuple[Measure, ...]:
        """The measures chosen."""
        return improvement.chosen(self.item, self.measures)

    def is_overdue(self, day: date) -> bool:
        """Tell whether the day of an earlier plan has passed without an assessment."""
        return self.reached is None and self.due is not None and self.due < day

    def noted(self, hint: PlanHint | None, last_day: date | None) -> "PlanEntry":
        """Return the line with why it is worth a plan, and the day of the last diagnosis."""
        return replace(self, hint=hint, last_day=last_day)

    def has_met_target(self) -> bool | None:
        """Tell whether the state judged today reaches the target; None where it was not judged."""
        if self.today is None or self.target is None:
            return None
        return not self.target.better_than(self.today)


def earlier_entry(key: RowKey, row: Values, item: Item, today: State | None, plan: EarlierPlan | None) -> PlanEntry:
    """Return the line of a plan that an earlier visit made."""
    made_on = plan.made_on if plan is not None else None
    entry = _entry(EntryKind.EARLIER, str(key.part), item, key, row)
    entry = replace(entry, today=today, made_on=made_on)
    if entry.reached is not False:
        return entry
    cause = Cause(entry.cause_kind, entry.cause_note) if entry.cause_kind is not None else None
    return replace(entry, refusals=improvement.refusals_to_assess(Verdict.NO, cause, item.code))


def own_entry(
    item: Item, current: State, today: State | None, key: RowKey | None, row: Values, max_measures: int
) -> PlanEntry:
    """Return the line of an item judged today or before, with the plan of this visit if there is one."""
    kind = EntryKind.BEFORE if today is None else EntryKind.TODAY
    entry = replace(_entry(kind, item.code, item, key, row), current=current, today=today)
    if entry.key is None or entry.target is None:
        return entry
    refusals = improvement.refusals_to_plan(item, current, entry.target, entry.measures, max_measures=max_measures)
    return replace(entry, refusals=refusals)


def _entry(kind: EntryKind, entry_id: str, item: Item, key: RowKey | None, row: Values) -> PlanEntry:
    due, reached, measures, cause = (row.get(n) for n in ("due_on", "self_reached", "measures", "cause_kind"))
    return PlanEntry(
        kind=kind,
        id=entry_id,
        key=key,
        item=item,
        current=state_of(row.get("current_state")) or State.C,
        today=None,
        target=state_of(row.get("target_state")),
        measures=measures if isinstance(measures, tuple) else (),
        support_requested=bool(row.get("support_requested")),
        due=due if isinstance(due, date) else None,
        actions=str(row.get("actions_done") or ""),
        reached=reached if isinstance(reached, bool) else None,
        cause_kind=CauseKind(cause) if isinstance(cause, str) and cause in set(CauseKind) else None,
        cause_note=str(row.get("cause_note") or ""),
    )
