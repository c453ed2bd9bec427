"""One item of the diagnosis as the screen sees it: what was judged, what is known, what is suggested, what is open."""

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.diagnosis import Criterion, Item, State, may_stand, refusals_to_judge
from app.domain.diagnosis_facts import ComputedFact
from app.domain.problems import Refusal
from app.services.diagnoses import DiagnosisSheet, LastRating
from app.services.shelf_facts import Seen
from app.services.visit_rows import Values


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion: how it is rated, by whom, and what the data and the shelf step say about it."""

    criterion: Criterion
    rating: State | None
    is_given: bool
    """A person gave the rating; otherwise it is what is known."""
    fact: ComputedFact | None
    seen: Seen | None

    @property
    def known(self) -> State | None:
        """The state that follows from the data, or from an answer of the shelf step."""
        computed = self.fact.state if self.fact is not None else None
        return computed or (self.seen.state if self.seen is not None else None)

    @property
    def fails_by_data(self) -> bool:
        """Whether the data say that it fails hard, and nobody says otherwise."""
        by_data = (self.fact is not None and self.fact.hard_fail) or (self.seen is not None and self.seen.hard_fail)
        return by_data and self.rating is State.C


@dataclass(frozen=True, slots=True)
class ItemView:
    """One row of the diagnosis; with `law`, only that criterion is asked, because the law asks for it every time."""

    item: Item
    law: Criterion | None
    state: State | None
    criteria: tuple[CriterionView, ...]
    marked: bool
    """a hard fail was ticked by hand"""
    hard_fails: frozenset[str]
    suggested: State | None
    last: LastRating | None
    taken_over: bool
    reason: str
    missing: tuple[Refusal, ...]
    """what still needs a reason"""
    overrides: bool
    """the judgement leaves what is suggested or computed, whether a reason stands or not"""
    note: str

    @property
    def value(self) -> State | None:
        """What the row's choice shows: the state, or the rating of the one criterion that the law asks for."""
        return self.state if self.law is None else self.criterion(self.law.key).rating

    @property
    def is_barred(self) -> bool:
        """Whether a state stands that a hard fail does not allow: then the item is C, whatever the reason."""
        return self.law is None and not may_stand(self.state, self.hard_fails)

    @property
    def is_answered(self) -> bool:
        """Whether nothing is open in this row."""
        if self.is_barred:
            return False
        if self.law is not None:
            return self.criterion(self.law.key).is_given and not self.missing
        return self.state is not None and not self.missing

    @property
    def last_value(self) -> State | None:
        """What stood here last time."""
        if self.last is None or self.law is None:
            return None if self.last is None else self.last.state
        return self.last.criteria[int(column_of(self.law)[1:]) - 1]

    def criterion(self, key: str) -> CriterionView:
        """Return one of the three criteria."""
        return next(view for view in self.criteria if view.criterion.key == key)

    @property
    def hand_mark(self) -> Criterion | None:
        """The criterion whose hard fail a person ticks; None where a plain C already is one."""
        return next((c for c in self.item.criteria if c.hard_fail is not None and not c.hard_fail.grade_c), None)


def column_of(criterion: Criterion) -> str:
    """Return the field of the row that holds the rating: k1, k2 or k3."""
    return criterion.key.rpartition(".")[2]


def state_of(value: object) -> State | None:
    """Return a stored letter as a state."""
    return State(value) if isinstance(value, str) and value in set(State) else None


def view_item(
    item: Item, row: Values, sheet: DiagnosisSheet | None, *, c_from: int, law: Criterion | None = None
) -> ItemView:
    """Put together what was judged and what is known."""
    criteria = tuple(_view_criterion(criterion, row, sheet) for criterion in item.criteria)
    marked = bool(row.get("hard_fail"))
    marks = hard_marks(item, criteria, marked=marked)
    ratings = {view.criterion.key: view.rating for view in criteria}
    suggested = item.suggested_state(ratings, marks, c_from=c_from)
    hard_fails = item.hard_fails(ratings, marks)
    state = state_of(row.get("state"))
    reason = str(row.get("override_reason") or "")
    asked = criteria if law is None else tuple(view for view in criteria if view.criterion is law)
    return ItemView(
        item=item,
        law=law,
        state=state,
        criteria=criteria,
        marked=marked,
        hard_fails=hard_fails,
        suggested=suggested,
        last=sheet.last.get(item.code) if sheet is not None else None,
        taken_over=bool(row.get("taken_over")),
        reason=reason,
        missing=_missing(item, asked, suggested, state, reason, is_law=law is not None, hard_fails=hard_fails),
        overrides=bool(_missing(item, asked, suggested, state, "", is_law=law is not None, hard_fails=hard_fails)),
        note=str(row.get("note") or ""),
    )


def hard_marks(item: Item, criteria: Collection[CriterionView], *, marked: bool) -> frozenset[str]:
    """Return the criteria that fail hard by hand or by the data."""
    by_hand = {c.key for c in item.criteria if marked and c.hard_fail is not None and not c.hard_fail.grade_c}
    return frozenset(by_hand | {view.criterion.key for view in criteria if view.fails_by_data})


def _view_criterion(criterion: Criterion, row: Values, sheet: DiagnosisSheet | None) -> CriterionView:
    given = state_of(row.get(column_of(criterion)))
    fact = sheet.facts.get(criterion.key) if sheet is not None else None
    seen = sheet.seen.get(criterion.key) if sheet is not None else None
    view = CriterionView(criterion, given, given is not None, fact, seen)
    return view if given is not None else CriterionView(criterion, view.known, is_given=False, fact=fact, seen=seen)


def _missing(
    item: Item,
    criteria: Collection[CriterionView],
    suggested: State | None,
    state: State | None,
    reason: str,
    *,
    is_law: bool,
    hard_fails: frozenset[str],
) -> tuple[Refusal, ...]:
    """Return the reasons that are asked for: leaving the suggested state, or what was computed, takes one."""
    found: list[Refusal] = []
    if state is not None and not is_law and not hard_fails:
        found += refusals_to_judge(suggested, state, reason, item.code)
    for view in criteria:
        if view.is_given and view.rating is not None and view.fact is not None:
            found += refusals_to_judge(view.fact.state, view.rating, reason, view.criterion.key)
    return tuple(found)
