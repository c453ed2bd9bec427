"""The 14-item diagnosis: states A, B, C, the criteria behind them, and the rule that suggests a state."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from app.domain.problems import Problem, Refusal
from app.domain.text import Text


class State(StrEnum):
    """How a shop stands in one item or criterion. Sorts best first, as the letters do."""

    A = "A"
    B = "B"
    C = "C"

    @property
    def rank(self) -> int:
        """Return 3 for the best state, 1 for the worst, for charts and sums."""
        return {State.A: 3, State.B: 2, State.C: 1}[self]

    def better_than(self, other: "State") -> bool:
        """Tell whether this state is better than the other."""
        return self.rank > other.rank


class Evidence(StrEnum):
    """Where the judgement of a criterion comes from."""

    OBSERVE = "observe"
    PHOTO = "photo"
    COUNT = "count"
    ASK = "ask"
    QUIZ = "quiz"
    SYSTEM = "system"
    LOG = "log"
    HEAD_OFFICE = "HO"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The values that mean A and those that mean at least B, bounds included; None is no bound; all else is C."""

    a_min: Decimal | None = None
    a_max: Decimal | None = None
    b_min: Decimal | None = None
    b_max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """The figure that answers a criterion: how it is computed and where A and B end."""

    key: str
    formula: str
    thresholds: Thresholds
    at_least: int = 0
    """The smallest denominator that is enough evidence for a state."""


@dataclass(frozen=True, slots=True)
class HardFail:
    """What makes the whole item C at once; `grade_c` says that a plain C of this criterion already is it."""

    text: Text
    grade_c: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the three observable signs of an item, each judged A, B or C."""

    key: str
    name: Text
    a: Text
    b: Text
    c: Text
    evidence: tuple[Evidence, ...]
    hard_fail: HardFail | None = None
    always: bool = False
    """Law, not taste: stays visible even when the item is not planned."""
    metric: Metric | None = None

    def standard(self, state: State) -> Text:
        """Return what has to be seen for that state."""
        return {State.A: self.a, State.B: self.b, State.C: self.c}[state]


@dataclass(frozen=True, slots=True)
class Questions:
    """Four questions that lead a shopkeeper from the facts to his own wish for a change."""

    situation: Text
    problem: Text
    implication: Text
    need_payoff: Text


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the 42 ways to raise an item."""

    code: str
    name: Text
    how: Text
    support_request: bool = False
    """Has to be asked of head office or another department."""
    may_need_support: bool = False
    """The manager decides whether head office has to help."""
    compliance: bool = False
    """Only after the compliance approval."""
    internal: bool = False
    """Never on a paper for the customer."""
    plain: Text | None = None
    """What it is called to the shopkeeper, where the name is a word of the trade's own."""

    @property
    def for_shop(self) -> Text:
        """The name on a paper for the customer."""
        return self.plain or self.name


@dataclass(frozen=True, slots=True)
class Item:
    """One of the 14 items of the diagnosis."""

    code: str
    name: Text
    criteria: tuple[Criterion, ...]
    questions: Questions
    measures: tuple[Measure, ...]
    internal: bool = False
    """Name and state never on a paper for the customer."""

    def measure(self, code: str) -> Measure | None:
        """Return the measure of this item with that code."""
        return next((m for m in self.measures if m.code == code), None)

    def hard_fails(self, ratings: Mapping[str, State | None], marked: AbstractSet[str] = frozenset()) -> frozenset[str]:
        """Return the criteria of this item that fail hard: marked so by hand, or by a C that is one by itself."""
        return frozenset(
            c.key
            for c in self.criteria
            if c.hard_fail and (c.key in marked or (c.hard_fail.grade_c and ratings.get(c.key) is State.C))
        )

    def suggested_state(
        self, ratings: Mapping[str, State | None], marked: AbstractSet[str] = frozenset(), *, c_from: int = 2
    ) -> State | None:
        """Suggest the state of this item from the ratings of its criteria and the hard fails marked by hand."""
        own = {c.key: ratings.get(c.key) for c in self.criteria}
        return suggest_state(own, self.hard_fails(own, marked), criteria=len(self.criteria), c_from=c_from)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The whole checklist, with the version that a visit keeps."""

    id: str
    version: int
    name: Text
    items: tuple[Item, ...]
    _items: Mapping[str, Item] = field(init=False, repr=False, compare=False)
    _criteria: Mapping[str, Criterion] = field(init=False, repr=False, compare=False)
    _measures: Mapping[str, Measure] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_items", {i.code: i for i in self.items})
        object.__setattr__(self, "_criteria", {c.key: c for i in self.items for c in i.criteria})
        object.__setattr__(self, "_measures", {m.code: m for i in self.items for m in i.measures})

    def item(self, code: str) -> Item | None:
        """Return the item with that code (D01…D14)."""
        return self._items.get(code)

    def criterion(self, key: str) -> Criterion | None:
        """Return the criterion with that key (D01.k1…)."""
        return self._criteria.get(key)

    def measure(self, code: str) -> Measure | None:
        """Return the measure with that code (D01-1…)."""
        return self._measures.get(code)

    @property
    def always_visible(self) -> tuple[Criterion, ...]:
        """Return the criteria that the law asks for at every visit."""
        return tuple(c for i in self.items for c in i.criteria if c.always)


def suggest_state(
    ratings: Mapping[str, State | None],
    hard_fails: AbstractSet[str] = frozenset(),
    *,
    criteria: int = 3,
    c_from: int = 2,
) -> State | None:
    """Suggest the state of one item: A if all are A, C if `c_from` are C or one fails hard, else B.

    None while a criterion is not judged yet, unless one failed hard.
    """
    if hard_fails:
        return State.C
    judged = [state for state in ratings.values() if state is not None]
    if len(judged) < criteria or len(judged) < len(ratings):
        return None
    if all(state is State.A for state in judged):
        return State.A
    return State.C if judged.count(State.C) >= c_from else State.B


def state_from_metric(value: Decimal | int | None, thresholds: Thresholds) -> State | None:
    """Judge a figure; no value gives no state."""
    if value is None:
        return None
    if _within(value, thresholds.a_min, thresholds.a_max):
        return State.A
    return State.B if _within(value, thresholds.b_min, thresholds.b_max) else State.C


def may_stand(state: State | None, hard_fails: AbstractSet[str]) -> bool:
    """Tell whether an item may be judged so: with a hard fail it is C, and no reason changes that."""
    return state in (None, State.C) or not hard_fails


def refusals_to_judge(suggested: State | None, chosen: State, reason: str, subject: str) -> tuple[Refusal, ...]:
    """Return what is missing to set that state: leaving the suggestion takes a reason."""
    if suggested is None or suggested is chosen or reason.strip():
        return ()
    return (Refusal(Problem.REASON_MISSING, subject),)


def _within(value: Decimal | int, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)
