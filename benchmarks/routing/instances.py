"""Public routing problems with loads, solved through the code that plans days, beside their best-known solutions."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from app.domain.planning.solver import Customer, Effort, Rounds, Solved, solve

SEED = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an instance cost, beside the best that is known."""

    name: str
    cost: int
    best: int

    @property
    def gap(self) -> float:
        """Per cent above the best-known cost."""
        return (self.cost / self.best - 1) * 100

    @property
    def row(self) -> str:
        """The line that is printed."""
        return f"{self.name} {self.cost} {self.best} {self.gap:.2f}%"


def named(folder: Path) -> list[Path]:
    """Return the problems of a folder that have a solution beside them, by name."""
    return sorted(file for file in folder.glob("*.vrp") if file.with_suffix(".sol").exists())


def outcomes(problems: list[Path], seconds: float) -> Iterator[Outcome]:
    """Solve every problem for so many seconds. Raises ValueError where what comes out is no solution."""
    import vrplib

    for file in problems:
        task = read(file)
        found = solve(task, Effort(seconds=seconds), seed=SEED)
        best = round(vrplib.read_solution(str(file.with_suffix(".sol")))["cost"])
        yield Outcome(file.stem, checked_cost(task, found), best)


def read(file: Path) -> Rounds:
    """Read a problem in VRPLIB format: one depot, loads, distances rounded to whole numbers."""
    import pyvrp

    data = pyvrp.read(file, "round")
    kind = data.vehicle_type(0)
    if data.has_time_windows() or data.num_depots > 1 or data.num_vehicle_types > 1:
        raise ValueError(f"{file.name}: only one depot, one kind of vehicle and loads are read")
    customers = tuple(Customer(client.location, load=client.delivery[0]) for client in data.clients())
    return Rounds(data.distance_matrix(0), customers, vehicles=kind.num_available, capacity=kind.capacity[0])


def checked_cost(task: Rounds, found: Solved) -> int:
    """Return the length of the rounds, added up anew. Raises ValueError where they leave out or overload."""
    called = sorted(customer for way in found.rounds for customer in way)
    loads = [sum(task.customers[index].load for index in way) for way in found.rounds]
    if called != list(range(len(task.customers))) or max(loads) > (task.capacity or 0):
        raise ValueError("not a solution: a customer is left out or a vehicle is overloaded")
    ways = [[task.origin, *(task.customers[index].place for index in way), task.target] for way in found.rounds]
    return sum(int(task.metres[a, b]) for way in ways for a, b in pairwise(way))
