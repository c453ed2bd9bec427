"""Stories drawn step by step by Hypothesis on the real code: two laptops with encrypted stores, the real head office.

`ZOUFANG_SYNC_REAL_STORIES` says how many stories it tries (else 3, in a soak 400).
"""

import shutil
import tempfile
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from typing_extensions import override

from app.headoffice import people
from app.models.customer import Customer
from app.models.visit import StockCount, Visit
from app.runtime.ids import new_id
from app.storage.store import open_store
from app.sync.engine import Outcome
from tests.sync.both.laptops import KEY, Laptop, Office
from tests.sync.soak import tries
from tests.sync.tally import tally

STORIES = tries(3, 400, "ZOUFANG_SYNC_REAL_STORIES")
DAY = date(2022, 4, 29)
_MOST_ROUNDS = 8
laptops = st.integers(0, 1)
values = st.sampled_from(["8-20", "7-22", "全天"])
faults = st.lists(st.sampled_from(["ok", "ok", "before", "after"]), max_size=5)


class RealMachine(RuleBasedStateMachine):
    """One world; each rule is something that a person, the office or the network does."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="zoufang-story-"))
        self.office = Office(self.folder)
        self.others = [self._shop("C2", "T1"), self._shop("C3", "T2")]
        self.laptops = [Laptop(self.folder / f"laptop{n}", self.office, f"M{n + 1}") for n in range(2)]
        self.made: list[set[UUID]] = [set(), set()]
        self.backups: list[set[UUID] | None] = [None, None]
        for laptop in self.laptops:
            laptop.sync()

    def _shop(self, code: str, territory: str) -> str:
        key = str(new_id())
        self.office.write("customer", key, {"cust_code": code, "cust_name": code}, scope=f"terr:{territory}")
        return key

    @rule(at=laptops, note=values)
    def somebody_notes_a_visit(self, at: int, note: str) -> None:
        """A visit at a shop that the laptop holds."""
        laptop = self.laptops[at]
        shop = laptop.one("SELECT id FROM customer WHERE deleted_at IS NULL ORDER BY random() LIMIT 1")
        if shop is None:
            return
        visit = new_id()
        with laptop.edit() as session:
            session.add(Visit(id=visit, customer_id=UUID(str(shop)), day=DAY, status="done", need_note=note))
            session.flush()
            session.add(StockCount(visit_id=visit, product_id=UUID(self.office.product), on_hand=3))
        self.made[at].add(visit)

    @rule(at=laptops, hours=values)
    def somebody_changes_the_archive(self, at: int, hours: str) -> None:
        """A field that both sides may change."""
        laptop = self.laptops[at]
        shop = laptop.one("SELECT id FROM customer WHERE deleted_at IS NULL ORDER BY cust_code LIMIT 1")
        if shop is not None:
            with laptop.edit() as session:
                session.get_one(Customer, UUID(str(shop))).opening_hours = hours

    @rule(hours=values, which=st.integers(0, 2))
    def the_office_changes_the_archive(self, hours: str, which: int) -> None:
        """Head office has its own opinion."""
        shop = [self.office.shop, *self.others][which]
        self.office.write("customer", shop, {"opening_hours": f"{hours} 总部"})

    @rule(code=st.sampled_from(["C1", "C2", "C3"]), territory=st.sampled_from(["T1", "T2"]))
    def a_shop_moves(self, code: str, territory: str) -> None:
        """A shop goes to the other manager, or back."""
        self.office.do(lambda session: people.move_customers(session, [code], territory, self.office.now()))

    @rule(number=st.sampled_from(["1", "2"]))
    def a_right_goes_and_comes(self, number: str) -> None:
        """The grant number changes, so that everything is loaded anew."""

        def deed(session: object) -> None:
            people.withdraw(session, f"M{number}", f"terr:T{number}", self.office.now())  # type: ignore[arg-type]
            people.grant(session, f"M{number}", f"terr:T{number}", self.office.now())  # type: ignore[arg-type]

        self.office.do(deed)

    @rule(at=laptops)
    def a_backup_is_made(self, at: int) -> None:
        """The files of a store are copied."""
        laptop, folder = self.laptops[at], self.folder / f"backup{at}"
        shutil.rmtree(folder, ignore_errors=True)
        laptop.copy_to(folder)
        laptop.database = open_store(laptop.folder, KEY).database
        self.backups[at] = set(self.made[at])

    @rule(at=laptops)
    def a_backup_is_put_back(self, at: int) -> None:
        """What was made since and had not gone up is lost with the disk; nothing else may be."""
        kept = self.backups[at]
        if kept is None:
            return
        self.laptops[at].restore_from(self.folder / f"backup{at}")
        self.made[at] = {visit for visit in self.made[at] if visit in kept or self._office_has(visit)}

    @rule(at=laptops, script=faults)
    def a_round_over_a_bad_line(self, at: int, script: list[str]) -> None:
        """Requests or answers are lost on the way."""
        laptop = self.laptops[at]
        laptop.client.faults = list(script)
        laptop.sync()
        laptop.client.faults = []

    def _office_has(self, visit: UUID) -> bool:
        return bool(self.office.one("SELECT count(*) FROM visit WHERE id = :id", id=visit.hex))

    @override
    def teardown(self) -> None:
        """With a good line everything comes to rest: nothing waits, nothing is lost, both sides hold the same."""
        try:
            for _ in range(2):
                for laptop in self.laptops:
                    self._finish(laptop)
            for made in self.made:
                lost = {visit for visit in made if not self._office_has(visit)}
                assert not lost
            for laptop in self.laptops:
                assert laptop.one("SELECT count(*) FROM outbox") == 0
                assert laptop.agrees()
        finally:
            for laptop in self.laptops:
                laptop.database.close()
            self.office.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _finish(self, laptop: Laptop) -> None:
        for _ in range(_MOST_ROUNDS):
            done = laptop.sync().outcome is Outcome.DONE
            if done and not laptop.one("SELECT count(*) FROM outbox"):
                return
        raise AssertionError("the queue does not drain over a good line")


@pytest.mark.timeout(0)
def test_no_story_on_the_real_code_loses_or_doubles_anything() -> None:
    run_state_machine_as_test(
        RealMachine,
        settings=settings(
            phases=[Phase.generate, Phase.shrink],
            max_examples=STORIES,
            stateful_step_count=25,
            derandomize=True,
            deadline=None,
            database=None,
            print_blob=True,
            report_multiple_bugs=False,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
        ),
    )
    tally("real code: story drawn step by step (Hypothesis)", STORIES)
