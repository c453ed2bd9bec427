"""What a manager ever receives was granted at that time: by chance, with moves, grants, guesses and photos."""

import hashlib
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from typing_extensions import override

from app.headoffice import blobs, people
from app.headoffice.blob_store import FolderBlobStore
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import BlobUpload, SyncOperation
from app.headoffice.problems import NotFound, OfficeProblem
from app.headoffice.rows import load_values
from app.sync.protocol import BlobRequest
from tests.headoffice.world import Laptop, World, key, visit_values
from tests.sync.soak import tries
from tests.sync.tally import tally

_TOKEN = re.compile(r"tk\d+x")
_THEN = st.sampled_from(["M1 M2", "M1", "M2", ""])
"""Who syncs at once."""
_MANAGERS = st.sampled_from(["M1", "M2"])
_CUSTOMERS = st.sampled_from(["C11", "C12", "C21", "C22"])
_TERRITORIES = st.sampled_from(["T1", "T2"])
_FIELDS = st.sampled_from(["opening_hours", "shop_name", "mnemonic"])
_KINDS = st.sampled_from(["patch", "delete", "undelete", "insert"])


class Grants(RuleBasedStateMachine):
    """Two managers, one of them at a time with more than is theirs; every text in the world is a word of its own."""

    def __init__(self, make: Callable[[], tuple[World, FolderBlobStore]]) -> None:
        super().__init__()
        self._make = make
        self._words = count(1)
        self.checked = 0

    @initialize()
    def begin(self) -> None:
        self.world, self.store = self._make()
        self.home = {code: f"T{code[1]}" for code in self.world.customers}
        self.grants = {"M1": {"terr:T1", "mgr:M1"}, "M2": {"terr:T2", "mgr:M2"}}
        self.allowed: dict[str, set[str]] = {"M1": set(), "M2": set()}
        self.laptops = {manager: self.world.laptop(manager) for manager in self.grants}
        self.rows: dict[tuple[str, str], str] = {("customer", one): code for code, one in self.world.customers.items()}
        """Table and key, and the code of its customer or the manager it is for."""
        self.wanted: dict[str, set[str]] = {}
        """What laptops wrote about a customer: what did not get its way is a conflict of whoever has the customer."""
        self.photos: dict[str, tuple[str, str, bytes]] = {}

    def word(self) -> str:
        return f"tk{next(self._words)}x"

    def _scope(self, owner: str) -> str:
        return f"terr:{self.home[owner]}" if owner in self.home else f"mgr:{owner}"

    def _note_granted(self) -> None:
        """Add to what each manager may know whatever stands now in rows that are granted now."""
        with self.world.database.read() as session:
            for (table, row), owner in self.rows.items():
                words = set(_TOKEN.findall(str(load_values(session, table, [row]).get(row))))
                for manager, scopes in self.grants.items():
                    if self._scope(owner) in scopes:
                        self.allowed[manager] |= words
        for owner, words in self.wanted.items():
            for manager, scopes in self.grants.items():
                if self._scope(owner) in scopes:
                    self.allowed[manager] |= words

    # ---- the office --------------------------------------------------------------------------------------------------
    @rule(code=_CUSTOMERS, field=_FIELDS, then=_THEN)
    def office_writes(self, code: str, field: str, then: str) -> None:
        self.world.put("customer", self.world.customers[code], {field: self.word()})
        self._sync(then)

    @rule(manager=_MANAGERS, then=_THEN)
    def office_assigns(self, manager: str, then: str) -> None:
        task, now = key(), self.world.now.isoformat()
        self.world.put("task", task, {"manager": manager, "title": self.word(), "assigned_by": "c", "assigned_at": now})
        self.rows["task", task] = manager
        self._sync(then)

    @rule(code=_CUSTOMERS, territory=_TERRITORIES, then=_THEN)
    def office_moves(self, code: str, territory: str, then: str) -> None:
        self.world.move(code, territory)
        self.home[code] = territory
        self._sync(then)

    @rule(manager=_MANAGERS, territory=_TERRITORIES, gives=st.booleans())
    def office_grants(self, manager: str, territory: str, gives: bool) -> None:
        scope = f"terr:{territory}"
        with self.world.database.write() as session, suppress(NotFound):
            if gives:
                people.grant(session, manager, scope, self.world.tick())
            else:
                people.withdraw(session, manager, scope, self.world.tick())
        (self.grants[manager].add if gives else self.grants[manager].discard)(scope)
        self._sync("")

    # ---- the laptops -------------------------------------------------------------------------------------------------
    def _do(
        self, manager: str, kind: Any, table: str, row: str, values: dict[str, Any], base: int | None = None
    ) -> None:
        """Write as a laptop may: what a manager wrote is known to him."""
        words = set(_TOKEN.findall(str(values)))
        self.allowed[manager] |= words
        if (table, row) in self.rows:
            self.wanted.setdefault(self.rows[table, row], set()).update(words)
        self.laptops[manager].do(kind, table, row, values, base)

    @rule(manager=_MANAGERS, code=_CUSTOMERS, field=_FIELDS, kind=_KINDS, base=st.sampled_from([None, 0, 1, 99]))
    def laptop_writes(self, manager: str, code: str, field: str, kind: str, base: int | None) -> None:
        values = {} if kind in {"delete", "undelete"} else {field: self.word()}
        self._do(manager, kind, "customer", self.world.customers[code], values, base)

    @rule(manager=_MANAGERS, code=_CUSTOMERS)
    def laptop_visits(self, manager: str, code: str) -> None:
        visit = key()
        values = visit_values(self.world.customers[code], need_note=self.word())
        self._do(manager, "insert", "visit", visit, values, 0)
        self.rows["visit", visit] = code
        if len(self.photos) < 4:
            content, photo = (self.word() * 300).encode(), key()
            told = {"visit_id": visit, "sha256": hashlib.sha256(content).hexdigest(), "byte_size": len(content)}
            told |= {"added_at": self.world.now.isoformat(), "width": 1, "height": 1}
            self._do(manager, "insert", "photo", photo, told, 0)
            self.photos[photo] = (manager, code, content)

    @rule(manager=_MANAGERS, data=st.data())
    def laptop_guesses_a_row(self, manager: str, data: st.DataObject) -> None:
        table, row = list(self.rows)[data.draw(st.integers(0, 99)) % len(self.rows)]
        name = {"customer": "opening_hours", "visit": "wrap_note", "task": "report_note"}[table]
        self._do(manager, data.draw(_KINDS), table, row, {name: self.word()}, data.draw(st.sampled_from([0, 1, 9])))

    @rule(manager=_MANAGERS)
    def laptop_guesses_an_operation(self, manager: str) -> None:
        with self.world.database.read() as session:
            known = list(session.scalars(select(SyncOperation.id).limit(3)))
        laptop = self.laptops[manager]
        if known and not laptop.waiting:
            self._do(manager, "insert", "visit", key(), visit_values(self.world.customers["C11"]), 0)
            laptop.waiting[-1] = laptop.waiting[-1].model_copy(update={"id": known[0]})

    @rule(then=_THEN, limit=st.sampled_from([1, 3, 5000]))
    def laptops_sync(self, then: str, limit: int) -> None:
        self._sync(then, limit)

    def _sync(self, then: str, limit: int = 5000) -> None:
        """Have those who are named push and pull, each looked at by itself."""
        self._note_granted()
        for manager in then.split():
            laptop = self.laptops[manager]
            laptop.push()
            self._note_granted()
            self._check(laptop)
            laptop.pull(limit)
            self._check(laptop)

    @rule(manager=_MANAGERS, grant=st.integers(0, 3), seq=st.integers(0, 30), boot=st.integers(0, 30))
    def laptop_guesses_a_cursor(self, manager: str, grant: int, seq: int, boot: int) -> None:
        laptop = self.laptops[manager]
        for scope in ("terr:T1", "terr:T2", "mgr:M1", "mgr:M2", "ref:catalogue"):
            laptop.page({scope: (grant, seq, boot)})
        self._check(laptop)

    @rule(manager=_MANAGERS)
    def laptop_is_enrolled_anew(self, manager: str) -> None:
        self.laptops[manager] = self.world.laptop(manager)

    @precondition(lambda self: self.photos)
    @rule(data=st.data(), manager=_MANAGERS)
    def photo_is_sent_and_asked_for(self, data: st.DataObject, manager: str) -> None:
        photo = list(self.photos)[data.draw(st.integers(0, 9)) % len(self.photos)]
        maker, code, content = self.photos[photo]
        with suppress(OfficeProblem):
            self._send(manager, photo, content)
        digest = hashlib.sha256(content).hexdigest()
        try:
            got = blobs.read_blob(self.world.database, self.store, digest, manager, self.world.now).content
        except NotFound:
            return
        assert manager == maker or self._scope(code) in self.grants[manager], "a picture that was not granted"
        assert got == content

    def _send(self, manager: str, photo: str, content: bytes) -> None:
        """Send a picture as if it were one's own, under the open upload of anybody."""
        database, now = self.world.database, self.world.now
        told = BlobRequest(
            replica=self.laptops[manager].replica, sha256=hashlib.sha256(content).hexdigest(), photo=photo, kind="full",
            size=len(content),
        )  # fmt: skip
        with suppress(NotFound):
            blobs.announce(database, self.store, told, manager, now)
        with database.read() as session:
            uploads = session.execute(select(BlobUpload.id, BlobUpload.manager)).all()
        for upload in uploads:
            if upload.manager != manager:
                with suppress(NotFound):
                    blobs.append(database, self.store, upload.id, 0, content, manager, now)
                    raise AssertionError("an upload of another manager was found")
                continue
            blobs.append(database, self.store, upload.id, 0, content, manager, now)

    # ---- the promise -------------------------------------------------------------------------------------------------
    def _check(self, laptop: Laptop) -> None:
        found = set(_TOKEN.findall(laptop.received))
        assert found <= self.allowed[laptop.manager], found - self.allowed[laptop.manager]
        self.checked += len(found)
        laptop.received = ""

    @invariant()
    def nobody_holds_what_was_never_granted(self) -> None:
        for manager, laptop in getattr(self, "laptops", {}).items():
            held = set(_TOKEN.findall(str([row.values for row in laptop.rows.values()])))
            assert held <= self.allowed[manager]

    @override
    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.database.dispose()


def test_the_bytes_that_a_manager_ever_received_were_granted_at_that_time(
    sqlite_template: Path, tmp_path: Path
) -> None:
    numbers, machines = count(), list[Grants]()

    def make() -> tuple[World, FolderBlobStore]:
        number = next(numbers)
        file = shutil.copy(sqlite_template, tmp_path / f"{number}.db")
        return World(OfficeDatabase(f"sqlite:///{file}")), FolderBlobStore(tmp_path / f"blobs{number}")

    def machine() -> Grants:
        machines.append(Grants(make))
        return machines[-1]

    examples, steps = tries(12, 1_500, "ZOUFANG_GRANT_EXAMPLES"), 30
    run_state_machine_as_test(
        machine,  # pyright: ignore[reportArgumentType] - any way to make one will do
        settings=settings(
            phases=[Phase.explicit, Phase.generate], max_examples=examples,
            stateful_step_count=steps, deadline=None, database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )  # fmt: skip
    assert sum(one.checked for one in machines) > examples, "the machines must see something"
    tally("isolation: histories of grants, moves and guesses", len(machines))
