"""Two managers and a bystander whose laptops write, guess and sync by chance, while head office moves and grants.

What each of them may know is reckoned here by itself, from the deeds alone.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from typing_extensions import override

from app.headoffice import blobs, people
from app.headoffice.blob_store import FolderBlobStore
from app.headoffice.models import BlobUpload, SyncOperation, SyncRow
from app.headoffice.problems import NotFound, OfficeProblem
from app.headoffice.rows import load_values
from app.sync.protocol import BlobRequest
from tests.headoffice.world import Laptop, World, key, visit_values

_TOKEN = re.compile(r"tk\d+x")
_THEN = st.sampled_from(["M1 M2 M3", "M1", "M2", ""])
"""Who syncs at once."""
_MANAGERS = st.sampled_from(["M1", "M2"])
_CUSTOMERS = st.sampled_from(["C11", "C12", "C21", "C22"])
_TERRITORIES = st.sampled_from(["T1", "T2", "T3"])
_FIELDS = st.sampled_from(["opening_hours", "shop_name", "mnemonic"])
_KINDS = st.sampled_from(["patch", "delete", "undelete", "insert"])


@dataclass(frozen=True, slots=True)
class _Edit:
    """A change of a customer that a laptop made: what did not get its way may be told to whoever has the customer."""

    manager: str
    code: str
    words: frozenset[str]


class Grants(RuleBasedStateMachine):
    """Two managers, one of them at a time with more than is theirs; every text in the world is a word of its own.

    The third, M3, is given nothing, writes nothing and syncs: what is sent to everybody is found there.
    """

    def __init__(self, make: Callable[[], tuple[World, FolderBlobStore]]) -> None:
        super().__init__()
        self._make = make
        self._words = count(1)
        self.checked = 0

    @initialize()
    def begin(self) -> None:
        self.world, self.store = self._make()
        self.home = {code: f"T{code[1]}" for code in self.world.customers}
        self.places = {code: {home} for code, home in self.home.items()}
        """The territories that a customer ever was in."""
        with self.world.database.write() as session:
            people.add_manager(session, "M3", "Chen", "T4", self.world.now)
        self.grants = {f"M{one}": {f"terr:T{one}", f"mgr:M{one}"} for one in (1, 2)} | {"M3": {"terr:T4", "mgr:M3"}}
        self.ever = {manager: set(scopes) for manager, scopes in self.grants.items()}
        self.allowed: dict[str, set[str]] = {manager: set() for manager in self.grants}
        self.laptops = {manager: self.world.laptop(manager) for manager in self.grants}
        self.rows: dict[tuple[str, str], str] = {("customer", one): code for code, one in self.world.customers.items()}
        """Table and key, and the code of its customer or the manager it is for."""
        self.edits: dict[str, _Edit] = {}
        """By operation, as long as it is not decided."""
        self.photos: dict[str, tuple[str, str, bytes]] = {}

    def word(self) -> str:
        return f"tk{next(self._words)}x"

    def _scope(self, owner: str) -> str:
        return f"terr:{self.home[owner]}" if owner in self.home else f"mgr:{owner}"

    def _note_granted(self) -> None:
        """Add to what each manager may know whatever is granted now: rows as they stand, edits that were handed on."""
        with self.world.database.read() as session:
            for table in {table for table, _ in self.rows}:
                keys = [row for name, row in self.rows if name == table]
                gone = set(session.scalars(select(SyncRow.pk).where(SyncRow.tbl == table, SyncRow.deleted)))
                for row, values in load_values(session, table, [one for one in keys if one not in gone]).items():
                    self._tell(self.rows[table, row], set(_TOKEN.findall(str(values))))
            asked = select(SyncOperation.id, SyncOperation.status).where(SyncOperation.id.in_(self.edits))
            for operation, status in session.execute(asked).all():
                self._note_decided(operation, status)

    def _tell(self, owner: str, words: Iterable[str]) -> None:
        for manager, scopes in self.grants.items():
            if self._scope(owner) in scopes:
                self.allowed[manager].update(words)

    def _note_decided(self, operation: str, status: str) -> None:
        """Let whoever has the customer at this moment know an edit of somebody who had it once: that and no other."""
        edit = self.edits[operation]
        if status == "parked":
            return
        del self.edits[operation]
        if status == "moved":
            once = {f"terr:{place}" for place in self.places[edit.code]} & self.ever[edit.manager]
            assert once, "an edit of a customer that never was this manager's was handed on"
            assert self._scope(edit.code) not in self.grants[edit.manager], "it is still this manager's"
            self._tell(edit.code, edit.words)

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
        self._move(code, territory)
        self._sync(then)

    @rule(code=_CUSTOMERS, territory=_TERRITORIES, field=_FIELDS, then=_THEN)
    def office_moves_and_writes_what_is_being_edited(self, code: str, territory: str, field: str, then: str) -> None:
        for manager, laptop in self.laptops.items():
            if ("customer", self.world.customers[code]) in laptop.rows:
                self._do(manager, "patch", "customer", self.world.customers[code], {field: self.word()})
        self._move(code, territory)
        self.world.put("customer", self.world.customers[code], {field: self.word()})
        self._sync(then)

    def _move(self, code: str, territory: str) -> None:
        self.world.move(code, territory)
        self.home[code] = territory
        self.places[code].add(territory)

    @rule(manager=_MANAGERS, territory=_TERRITORIES, gives=st.booleans())
    def office_grants(self, manager: str, territory: str, gives: bool) -> None:
        scope = f"terr:{territory}"
        with self.world.database.write() as session, suppress(NotFound):
            if gives:
                people.grant(session, manager, scope, self.world.tick())
            else:
                people.withdraw(session, manager, scope, self.world.tick())
        (self.grants[manager].add if gives else self.grants[manager].discard)(scope)
        self.ever[manager] |= self.grants[manager]
        self._sync("")

    # ---- the laptops -------------------------------------------------------------------------------------------------
    def _do(
        self, manager: str, kind: Any, table: str, row: str, values: dict[str, Any], base: int | None = None
    ) -> None:
        """Write as a laptop may: what a manager wrote is known to him."""
        words = frozenset(_TOKEN.findall(str(values)))
        self.allowed[manager] |= words
        op = self.laptops[manager].do(kind, table, row, values, base)
        if table == "customer":
            self.edits[op.id] = _Edit(manager, self.rows[table, row], words)

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
            self._check_held(laptop)

    @rule(manager=_MANAGERS, grant=st.integers(0, 3), seq=st.integers(0, 30), boot=st.integers(0, 30))
    def laptop_guesses_a_cursor(self, manager: str, grant: int, seq: int, boot: int) -> None:
        laptop = self.laptops[manager]
        for scope in ("terr:T1", "terr:T2", "mgr:M1", "mgr:M2", "ref:catalogue"):
            laptop.page({scope: (grant, seq, boot)})
        self._check(laptop)

    @rule(manager=_MANAGERS)
    def laptop_is_enrolled_anew(self, manager: str) -> None:
        self.laptops[manager] = self.world.laptop(manager)

    @rule(data=st.data(), maker=_MANAGERS, manager=_MANAGERS, code=_CUSTOMERS, ends=st.booleans())
    def photo_is_sent_and_asked_for(self, data: st.DataObject, maker: str, manager: str, code: str, ends: bool) -> None:
        """Let somebody send a picture that may not be his, then its maker; everybody asks for it each time."""
        self.laptop_visits(maker, code)
        self._sync(maker)
        photo = list(self.photos)[data.draw(st.integers(0, 9)) % len(self.photos)]
        for sender in (manager, self.photos[photo][0]):
            self._send(sender, photo, self.photos[photo][2], ends=ends)
            for other in self.grants:
                self._ask(other, photo)

    def _ask(self, manager: str, photo: str) -> None:
        maker, code, content = self.photos[photo]
        digest = hashlib.sha256(content).hexdigest()
        database, now = self.world.database, self.world.now
        for read in (
            lambda: blobs.read_blob(database, self.store, digest, manager, now).content,
            lambda: blobs.read_shown(database, self.store, photo, "full", manager).content,
        ):
            with suppress(NotFound):
                got = read()
                assert manager == maker or self._scope(code) in self.grants[manager], "a picture that was not granted"
                assert got == content

    def _send(self, manager: str, photo: str, content: bytes, *, ends: bool) -> None:
        """Send a picture as if it were one's own, or leave it at its beginning; look into the uploads of anybody."""
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
            if upload.manager == manager:
                if ends:
                    with suppress(OfficeProblem):  # the bytes of another photo of his
                        blobs.append(database, self.store, upload.id, 0, content, manager, now)
            elif self._finds(lambda one=upload.id: blobs.offset_of(database, one, manager, now)):
                raise AssertionError("an upload of another manager was found")

    def _finds(self, look: Callable[[], object]) -> bool:
        try:
            look()
        except NotFound:
            return False
        return True

    # ---- the promise -------------------------------------------------------------------------------------------------
    def _check(self, laptop: Laptop) -> None:
        found = set(_TOKEN.findall(laptop.received))
        assert found <= self.allowed[laptop.manager], found - self.allowed[laptop.manager]
        self.checked += len(found)
        laptop.received = ""

    def _check_held(self, laptop: Laptop) -> None:
        """What the laptop still holds after a pull is granted now: what left has gone."""
        scopes = self.grants[laptop.manager]
        for (table, row), held in laptop.rows.items():
            if (owner := self.rows.get((table, row))) is not None:
                assert self._scope(owner) in scopes, f"{table} of {owner} stays at {laptop.manager}"
            elif table == "photo":
                assert self._scope(self.rows["visit", held.values["visit_id"]]) in scopes
            else:
                assert table == "product" or held.values["manager"] == laptop.manager

    @invariant()
    def nobody_holds_what_was_never_granted(self) -> None:
        for manager, laptop in getattr(self, "laptops", {}).items():
            held = set(_TOKEN.findall(str([row.values for row in laptop.rows.values()])))
            assert held <= self.allowed[manager]

    @override
    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.database.dispose()
