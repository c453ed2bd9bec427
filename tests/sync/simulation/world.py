"""One head office, managers with their laptops, a bad network, and whatever may happen in a month: all by one seed."""

from collections.abc import Callable
from random import Random
from typing import Any

from tests.sync.simulation.faults import NONE, Mutant
from tests.sync.simulation.invariants import check_quiet
from tests.sync.simulation.laptop import Laptop
from tests.sync.simulation.messages import TERRITORIES, Crash, NoConnection, RowKey, Witness
from tests.sync.simulation.network import Network
from tests.sync.simulation.office import Office, OfficeRow
from tests.sync.simulation.office_push import retry_parked

GRANTED = {"mgr:wu": ("terr:a", "terr:b"), "mgr:li": ("terr:b", "terr:c")}
OWNERS = ("mgr:wu", "mgr:wu", "mgr:li")
STEPS = 90


class World:
    """Everything of one history."""

    def __init__(self, seed: int, mutants: frozenset[Mutant] = NONE) -> None:
        self.random = Random(seed)  # noqa: S311 - a history, not a secret
        self.witness = Witness()
        self.office = Office(self.witness, mutants)
        self.network = Network(self.office, self.random)
        self.epochs = 0
        self.office_copy: bytes | None = None
        self.laptop_copies: dict[int, bytes] = {}
        for manager, scopes in GRANTED.items():
            for scope in (manager, *scopes):
                self.office.grant(manager, scope)
        for scope in TERRITORIES:
            self.new_customer(scope)
        self.laptops = [Laptop(self.witness, manager, self.office.enrol(manager), mutants) for manager in OWNERS]
        self._steps = tuple(zip(*LIFE, strict=True))

    def run(self, steps: int = STEPS) -> list[str]:
        """Live through a history and return what went wrong; it ends with the first thing that does."""
        names, weights = self._steps
        for step in self.random.choices(names, weights, k=steps):
            step(self)
            if self.witness.violations:
                return self.witness.violations
        self.come_to_rest()
        return self.witness.violations

    def come_to_rest(self) -> None:
        """Let the network be fair and everybody sync until nothing is left to say; then check."""
        self.network.fair = True
        while self.network.late:
            self.network.deliver_late()
        retry_parked(self.office)
        for _ in range(3):
            for laptop in self.laptops:
                self.sync(laptop, limit=self.random.randint(1, 5))
        if not self.witness.violations:
            check_quiet(self.office, self.laptops, self.witness)

    def sync(self, laptop: Laptop, limit: int) -> None:
        """Let a laptop do a whole round on a fair network."""
        if laptop.wiped:
            return
        try:
            laptop.round(self.network.push, self.network.pull, self.office.enrol, 7, limit)
        except NoConnection:
            self.witness.blame("I12", f"{laptop.replica} does not come to an end")

    # ---- what people write -------------------------------------------------------------------------------------------
    def text(self) -> str:
        """Return a text that nobody has written before."""
        return f"t{self.witness.number()}"

    def new_customer(self, scope: str) -> RowKey:
        """Let head office open a shop."""
        key = ("customer", f"c{self.witness.number()}")
        self.office.write(key, {"name": self.text(), "note": self.text(), "tags": [self.text()]}, scope=scope)
        return key

    def customer_change(self, tags: list[str] | None) -> dict[str, Any]:
        """Return a change of one or two fields of a shop."""
        change: dict[str, Any] = {}
        for name in self.random.sample(("note", "phone", "tags", "licence", "note", "name"), 2):
            if name == "tags":
                kept = [one for one in tags or [] if self.random.random() < 0.8]
                change[name] = [*kept, self.text()]
            else:
                change[name] = self.text()
        return change

    def pick_laptop(self) -> Laptop | None:
        """Return a laptop that is still in use."""
        active = [laptop for laptop in self.laptops if not laptop.wiped]
        return self.random.choice(active) if active else None

    def pick_row(self, table: str, *, deleted: bool = False) -> tuple[RowKey, OfficeRow] | None:
        """Return a row of head office."""
        rows = [(key, row) for key, row in self.office.rows.items() if key[0] == table and row.deleted is deleted]
        return self.random.choice(rows) if rows else None


# ---- steps: the laptops ----------------------------------------------------------------------------------------------
def _shown(laptop: Laptop, table: str) -> list[RowKey]:
    waiting = {(op.table, op.key) for op in laptop.outbox if op.kind == "insert"}
    return sorted(key for key in {*laptop.base, *waiting} if key[0] == table)


def someone_visits(world: World) -> None:
    """A visit is recorded."""
    laptop = world.pick_laptop()
    shops = _shown(laptop, "customer") if laptop else []
    if laptop and shops:
        customer = world.random.choice(shops)[1]
        key = ("visit", f"v{world.witness.number()}")
        laptop.save(key, "insert", {"customer_id": customer, "text": world.text(), "next": world.text()})


def someone_edits_a_customer(world: World) -> None:
    """A field or two of the archive are changed at the counter."""
    laptop = world.pick_laptop()
    shops = _shown(laptop, "customer") if laptop else []
    if laptop and shops:
        key = world.random.choice(shops)
        change = world.customer_change(laptop.screen(key).get("tags"))
        laptop.save(key, "patch", change, world.random.randint(-30, 30))


def someone_mends_a_visit(world: World) -> None:
    """A visit is corrected, struck out, or taken back in."""
    laptop = world.pick_laptop()
    visits = _shown(laptop, "visit") if laptop else []
    if laptop and visits:
        kind = world.random.choice(("patch", "patch", "patch", "delete", "undelete"))
        change = {} if kind == "delete" else {world.random.choice(("text", "next")): world.text()}
        laptop.save(world.random.choice(visits), kind, change)


def someone_reports_a_task(world: World) -> None:
    """A task is accepted, done or refused."""
    laptop = world.pick_laptop()
    tasks = _shown(laptop, "task") if laptop else []
    if laptop and tasks:
        state = world.random.choice(("accepted", "done", "cannot"))
        laptop.save(world.random.choice(tasks), "patch", {"state": state, "report_note": world.text()})


def a_laptop_syncs(world: World) -> None:
    """A round begins, and goes as far as the day lets it."""
    laptop = world.pick_laptop()
    if laptop is None:
        return
    network, enrol, random = world.network, world.office.enrol, world.random
    try:
        for _ in range(random.choice((0, 1, 1, 2))):
            if laptop.outbox and not laptop.wiped:
                laptop.push(network.push, enrol, random.randint(1, 6))
        for _ in range(random.choice((0, 1, 2, 4, 30))):
            if laptop.wiped or laptop.pull(network.pull, enrol, random.choice((1, 2, 3, 8))):
                break
    except NoConnection:
        pass
    except Crash:
        laptop.crash()


def a_laptop_is_copied(world: World) -> None:
    """A backup of a laptop's disk is made."""
    laptop = world.pick_laptop()
    if laptop:
        world.laptop_copies[world.laptops.index(laptop)] = laptop.backup()


def a_laptop_goes_back(world: World) -> None:
    """A laptop is restored from its backup."""
    index = world.random.randrange(len(world.laptops))
    if index in world.laptop_copies and not world.laptops[index].wiped:
        world.laptops[index].restore(world.laptop_copies[index])


# ---- steps: head office ----------------------------------------------------------------------------------------------
def office_edits(world: World) -> None:
    """Somebody at head office changes a shop."""
    if found := world.pick_row("customer"):
        key, row = found
        world.office.write(key, world.customer_change(row.values.get("tags")))


def office_opens_a_shop(world: World) -> None:
    """A shop is added; what waited for something may find it now."""
    world.new_customer(world.random.choice(TERRITORIES))
    retry_parked(world.office)


def office_closes_a_shop(world: World) -> None:
    """A shop is deleted."""
    if found := world.pick_row("customer"):
        world.office.write(found[0], {}, deleted=True)


def office_reopens_a_shop(world: World) -> None:
    """A deleted shop comes back."""
    if found := world.pick_row("customer", deleted=True):
        world.office.write(found[0], {}, deleted=False)


def office_moves_a_shop(world: World) -> None:
    """A shop goes to another territory, with all that hangs off it."""
    if found := world.pick_row("customer"):
        world.office.move(found[0], world.random.choice(TERRITORIES))


def office_gives_a_task(world: World) -> None:
    """A task is given."""
    key = ("task", f"k{world.witness.number()}")
    world.office.write(key, {"title": world.text(), "state": "assigned"}, scope=world.random.choice(list(GRANTED)))


def office_cancels_a_task(world: World) -> None:
    """A task is cancelled, or only worded anew."""
    if found := world.pick_row("task"):
        change = {"state": "cancelled"} if found[1].values["state"] == "assigned" else {"title": world.text()}
        world.office.write(found[0], change)


def office_grants(world: World) -> None:
    """A manager gets a territory."""
    world.office.grant(world.random.choice(list(GRANTED)), world.random.choice(TERRITORIES))
    retry_parked(world.office)


def office_withdraws(world: World) -> None:
    """A manager loses a territory."""
    world.office.withdraw(world.random.choice(list(GRANTED)), world.random.choice(TERRITORIES))


def office_collects(world: World) -> None:
    """Old tombstones and exits are thrown away."""
    world.office.collect(world.random.choice(TERRITORIES))


def office_is_copied(world: World) -> None:
    """A backup of head office is made."""
    world.office_copy = world.office.backup()


def office_goes_back(world: World) -> None:
    """Head office is restored from its backup."""
    if world.office_copy is not None:
        world.epochs += 1
        world.office.restore(world.office_copy, world.epochs)


def office_revokes(world: World) -> None:
    """A laptop was stolen."""
    laptop = world.pick_laptop()
    if laptop and world.random.random() < 0.3:
        world.office.revoke(laptop.replica)


def late_request(world: World) -> None:
    """A push of long ago arrives."""
    world.network.deliver_late()


LIFE: tuple[tuple[Callable[[World], None], float], ...] = (
    (someone_visits, 9),
    (someone_edits_a_customer, 12),
    (someone_mends_a_visit, 8),
    (someone_reports_a_task, 4),
    (a_laptop_syncs, 36),
    (a_laptop_is_copied, 1.5),
    (a_laptop_goes_back, 1),
    (office_edits, 8),
    (office_opens_a_shop, 3),
    (office_closes_a_shop, 2.5),
    (office_reopens_a_shop, 1.5),
    (office_moves_a_shop, 5),
    (office_gives_a_task, 2),
    (office_cancels_a_task, 2),
    (office_grants, 2),
    (office_withdraws, 1.5),
    (office_collects, 3),
    (office_is_copied, 1),
    (office_goes_back, 0.6),
    (office_revokes, 0.3),
    (late_request, 3),
)
"""What may happen, and how often."""
