"""The one door to the kept route solver: short rounds for one day, or many rounds with loads, through the same code.

The method of the solver is an iterated local search with late acceptance (Wouda, Lan and Kool, INFORMS Journal on
Computing 36(4), 2024). It takes integers alone: metres and whole minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import thread_time
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyvrp
    from pyvrp.stop import StoppingCriterion

    from app.domain.planning.travel import Minutes

Metres = NDArray[np.int64]

_OUT_OF_HOURS = 10_000_000
"""What a call outside its hours costs, in metres: more than any detour of a day."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long the solver tries: until so many steps in a row brought nothing.

    The same effort and seed give the same rounds on every machine. `seconds` of processor time set a clock instead, for
    measuring alone: what is found then depends on how fast the machine is.
    """

    steps_without_gain: int = 300
    seconds: float | None = None


QUICK = Effort(60)
"""For a route that is only compared with others, as in the planning of a month."""
THOROUGH = Effort(300)
"""For a route that somebody drives."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A place (row of the matrix) that has to be called at: its load, its minutes, when the call may begin.

    Windows are minutes, both ends count; without any the call may begin at any time.
    """

    place: int
    load: int = 0
    minutes: int = 0
    windows: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """What is to be solved: rounds from one place to another, together over all customers, of least cost.

    The cost is metres, plus `minute_price` metres for each minute from `begins` on where customers have windows.
    """

    metres: Metres
    customers: tuple[Customer, ...]
    origin: int = 0
    target: int = 0
    minutes: Minutes | None = None
    vehicles: int = 1
    capacity: int | None = None
    begins: int = 0
    minute_price: int = 0

    @property
    def has_windows(self) -> bool:
        """Whether some customer cannot be called at any time."""
        return any(customer.windows for customer in self.customers)


@dataclass(frozen=True, slots=True)
class Solved:
    """The rounds that were found: customers by index, in order; `cost` as in `Rounds`, and steps that it took.

    `is_feasible` is false where no rounds keep the loads: then the rounds break them.
    """

    rounds: tuple[tuple[int, ...], ...]
    cost: int
    steps: int
    is_feasible: bool = True


@dataclass(slots=True)
class _Model:
    """The problem in the solver's words; several of its clients may stand for one of our customers."""

    data: pyvrp.ProblemData
    meant: list[int] = field(default_factory=list[int])


def solve(task: Rounds, effort: Effort = THOROUGH, *, seed: int = 1, known: Sequence[int] = ()) -> Solved:
    """Find short rounds; `known` is one round over all customers to begin with, never left for a longer one.

    A customer's windows are kept wherever some order of calls keeps them; where none does, as few as possible are
    broken, and it is for the caller to time the round and to tell which.
    """
    from pyvrp import Solution, SolveParams  # noqa: PLC0415 - loads late
    from pyvrp import solve as search  # noqa: PLC0415

    if not task.customers:
        return Solved((), 0, 0)
    model = _model_of(task)
    begin_with = None
    if known and not task.has_windows:
        begin_with = Solution(model.data, [list(known)])
    found = search(
        model.data, _stop(effort), seed, collect_stats=False, params=SolveParams(), initial_solution=begin_with
    )
    rounds = tuple(
        tuple(model.meant[activity.idx] for activity in route if activity.is_client()) for route in found.best.routes()
    )
    cost = found.best.distance_cost() + found.best.duration_cost()
    return Solved(rounds, cost, found.num_iterations, found.best.is_feasible())


def _model_of(task: Rounds) -> _Model:
    import pyvrp  # noqa: PLC0415 - loads late

    clients: list[pyvrp.Client] = []
    groups: list[pyvrp.ClientGroup] = []
    meant: list[int] = []
    for index, customer in enumerate(task.customers):
        load = [] if task.capacity is None else [customer.load]
        if not customer.windows:
            clients.append(pyvrp.Client(customer.place, load, service_duration=customer.minutes))
            meant.append(index)
            continue
        choices = range(len(clients), len(clients) + len(customer.windows) + 1)
        for early, late in customer.windows:
            clients.append(
                pyvrp.Client(
                    customer.place, load, [], customer.minutes, early, late,
                    prize=_OUT_OF_HOURS, required=False, group=len(groups),
                )
            )  # fmt: skip
        clients.append(
            pyvrp.Client(customer.place, load, service_duration=customer.minutes, required=False, group=len(groups))
        )
        groups.append(pyvrp.ClientGroup(list(choices)))
        meant += [index] * len(choices)
    price = task.minute_price if task.has_windows else 0
    minutes = np.zeros_like(task.metres) if task.minutes is None else task.minutes
    vehicle = pyvrp.VehicleType(
        task.vehicles, [] if task.capacity is None else [task.capacity], 0, 1, tw_early=task.begins,
        start_late=task.begins, unit_duration_cost=price,
    )  # fmt: skip
    data = pyvrp.ProblemData(
        [pyvrp.Location(0, 0) for _ in range(len(task.metres))],
        clients,
        [pyvrp.Depot(task.origin), pyvrp.Depot(task.target)],
        [vehicle],
        cast("list[Any]", [task.metres]),
        cast("list[Any]", [minutes]),
        groups,
    )
    return _Model(data, meant)


def _stop(effort: Effort) -> StoppingCriterion:
    from pyvrp.stop import NoImprovement  # noqa: PLC0415 - loads late

    return NoImprovement(effort.steps_without_gain) if effort.seconds is None else _Until(effort.seconds)


class _Until:
    """Stops the search once this thread has worked for so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._ends = thread_time() + seconds

    def __call__(self, best_cost: int) -> bool:
        del best_cost
        return thread_time() >= self._ends
