"""A small head office to test with: two managers, their customers, three products; a laptop of dictionaries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from sqlalchemy import select

from app.headoffice import people, registry
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import SyncRow
from app.headoffice.pull import pull
from app.headoffice.push import push
from app.headoffice.registry import rules
from app.headoffice.rows import load_values
from app.headoffice.writer import SyncWriter
from app.runtime.ids import new_id
from app.sync.core.applying import Cursor, Effect, Local, effect_of_exit, effect_of_row, takes_answer
from app.sync.core.digest import changed, row_digest
from app.sync.core.registry import SCHEMA, Policy, TableRule
from app.sync.protocol import Clock, OperationMessage, PullAnswer, PullRequest, PushAnswer, PushRequest, ScopePage

Kind = Literal["insert", "patch", "delete", "undelete", "command"]
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def key() -> str:
    return str(new_id())


def customer_values(code: str) -> dict[str, Any]:
    return {"cust_code": code, "cust_name": f"Shop {code}", "opening_hours": "8-20", "shop_name": "Sun"}


def product_values(code: str) -> dict[str, Any]:
    return {"sku_code": code, "name": f"Brand {code}", "retail_price": 2500, "tar_mg": "10.0"}


def visit_values(customer: str, **more: Any) -> dict[str, Any]:
    return {"customer_id": customer, "day": "2026-03-02", "status": "done", "serial": 1, **more}


def declare_policy(monkeypatch: pytest.MonkeyPatch, name: str, policy: Policy) -> None:
    """Declare another policy for one field of the archive."""
    rules = dict(registry.rules())
    held = rules["customer"]
    rules["customer"] = TableRule(
        held.name, held.kind, held.home, held.parents, {**held.policies, name: policy}, held.reported
    )
    for module in ("operations", "conflicts", "writer"):
        monkeypatch.setattr(f"app.headoffice.{module}.rules", lambda: rules)


class World:
    """A head office with managers M1 (T1) and M2 (T2), two customers each and three products."""

    def __init__(self, database: OfficeDatabase) -> None:
        self.database = database
        self.now = NOW
        self.products = [key() for _ in range(3)]
        self.customers = {code: key() for code in ("C11", "C12", "C21", "C22")}
        with database.write() as session:
            people.add_manager(session, "M1", "Li", "T1", NOW)
            people.add_manager(session, "M2", "Wang", "T2", NOW)
            writer = SyncWriter(session, NOW, "office")
            for number, product in enumerate(self.products):
                writer.put("product", product, product_values(f"P{number}"))
            for code, customer in self.customers.items():
                writer.put("customer", customer, customer_values(code), scope=f"terr:T{code[1]}")

    def tick(self, seconds: float = 60) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now

    def put(self, table: str, row: str, changes: Mapping[str, Any], **more: Any) -> int:
        now = self.tick()
        return self.database.transaction(
            lambda session: SyncWriter(session, now, "office").put(table, row, changes, **more)
        )

    def move(self, code: str, territory: str) -> None:
        with self.database.write() as session:
            people.move_customers(session, [code], territory, self.tick())

    def laptop(self, manager: str = "M1") -> "Laptop":
        with self.database.write() as session:
            code = people.enrol_code(session, manager, self.now)
            enrolled = people.enrol(session, code, "key", "laptop", self.now)
        return Laptop(self, enrolled.replica, manager)

    def rows(self, *scopes: str) -> dict[tuple[str, str], tuple[int, dict[str, Any]]]:
        """Return what head office holds in these scopes: version and values."""
        with self.database.read() as session:
            index = session.execute(
                select(SyncRow.tbl, SyncRow.pk, SyncRow.version).where(
                    SyncRow.scope.in_(scopes), SyncRow.deleted.is_(False)
                )
            ).all()
            held: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}
            for table in rules():
                versions = {row.pk: row.version for row in index if row.tbl == table}
                for one, values in load_values(session, table, list(versions)).items():
                    held[table, one] = versions[one], values
        return held

    def value(self, table: str, row: str, name: str) -> Any:
        with self.database.read() as session:
            return load_values(session, table, [row])[row][name]


@dataclass
class Row:
    """A row on the laptop."""

    local: Local
    values: dict[str, Any]


@dataclass
class Laptop:
    """The smallest laptop that keeps the protocol: dictionaries, no disk."""

    world: World
    replica: str
    manager: str
    rows: dict[tuple[str, str], Row] = field(default_factory=dict[tuple[str, str], Row])
    cursors: dict[str, tuple[int, int, int]] = field(default_factory=dict[str, tuple[int, int, int]])
    waiting: list[OperationMessage] = field(default_factory=list[OperationMessage])
    next_no: int = 1
    received: str = ""
    """Everything that head office ever sent, as text."""

    # ---- working -----------------------------------------------------------------------------------------------------
    def do(
        self, kind: Kind, table: str, row: str, values: Mapping[str, Any], base: int | None = None
    ) -> OperationMessage:
        if base is None:
            base = self.rows[table, row].local.version if (table, row) in self.rows else 0
        op = OperationMessage(
            no=self.next_no, id=key(), table=table, key=row, kind=kind, base=base, set=dict(values),
            made_at=self.world.now.isoformat(),
        )  # fmt: skip
        self.next_no += 1
        self.waiting.append(op)
        return op

    def insert(self, table: str, values: Mapping[str, Any]) -> str:
        row = key()
        self.do("insert", table, row, values, 0)
        return row

    # ---- sync --------------------------------------------------------------------------------------------------------
    def push_request(self, *ops: OperationMessage, schema: int = SCHEMA) -> PushRequest:
        clock = Clock(wall=self.world.now.isoformat(), mono=0)
        return PushRequest(replica=self.replica, schema_version=schema, batch=key(), clock=clock, acked_no=0, ops=ops)

    def push(self) -> PushAnswer:
        answer = push(self.world.database, self.push_request(*self.waiting), self.world.now)
        self.received += answer.model_dump_json()
        self.waiting = [op for op in self.waiting if op.no > answer.last]
        for result in answer.results:
            if result.row is None or result.version is None or result.scope is None:
                continue
            op = next(one for one in answer.results if one.no == result.no)
            cursor = self.cursors.get(result.scope)
            at = self._keys_of[op.id]
            held = self.rows.get(at)
            local = None if held is None else held.local
            if takes_answer(None if cursor is None else Cursor(*cursor), local, result.version, deleted=result.deleted):
                self.rows[at] = Row(Local(result.scope, result.version, SCHEMA), dict(result.row))
        return answer

    @property
    def _keys_of(self) -> dict[str, tuple[str, str]]:
        from app.headoffice.models import SyncOperation

        with self.world.database.read() as session:
            asked = select(SyncOperation.id, SyncOperation.tbl, SyncOperation.pk)
            return {row.id: (row.tbl, row.pk) for row in session.execute(asked)}

    def page(self, cursors: dict[str, tuple[int, int, int]], limit: int = 5000, schema: int = SCHEMA) -> PullAnswer:
        request = PullRequest(replica=self.replica, schema_version=schema, cursors=cursors, limit=limit)
        answer = pull(self.world.database, request, self.world.now)
        self.received += answer.model_dump_json()
        return answer

    def pull(self, limit: int = 5000) -> dict[str, str]:
        """Read to the end and apply everything at once; return the digests."""
        cursors, pages, resets = dict(self.cursors), [], set[str]()
        while True:
            answer = self.page(cursors, limit)
            pages.append(answer)
            resets |= set(answer.reset)
            cursors = dict(answer.cursors)
            if answer.done:
                break
        self._apply(pages, resets, cursors)
        return answer.digests

    def _apply(self, pages: list[PullAnswer], resets: set[str], cursors: dict[str, tuple[int, int, int]]) -> None:
        seen: set[tuple[str, str]] = set()
        for page in pages:
            for scope, told in page.scopes.items():
                self._apply_rows(scope, told, seen)
                for table, one, version in told.exits:
                    held = self.rows.get((table, one))
                    if effect_of_exit(None if held is None else held.local, scope, version) is Effect.REMOVE:
                        del self.rows[table, one]
        self.rows = {
            at: row for at, row in self.rows.items()
            if row.local.scope in cursors and (row.local.scope not in resets or at in seen)
        }  # fmt: skip
        self.cursors = cursors

    def _apply_rows(self, scope: str, told: ScopePage, seen: set[tuple[str, str]]) -> None:
        for table, page in told.rows.items():
            for one, _seq, version, deleted, *values in page.rows:
                held = self.rows.get((table, one))
                effect = effect_of_row(None if held is None else held.local, version, SCHEMA, deleted=deleted)
                if not deleted:
                    seen.add((table, one))
                if effect is Effect.REPLACE:
                    told_values = dict(zip(page.columns, values, strict=True))
                    self.rows[table, one] = Row(Local(scope, version, SCHEMA), told_values)
                elif effect is Effect.REMOVE:
                    del self.rows[table, one]

    def held(self) -> dict[tuple[str, str], tuple[int, dict[str, Any]]]:
        return {at: (row.local.version, row.values) for at, row in self.rows.items()}

    def digest(self, scope: str) -> str:
        total = 0
        for (table, one), row in self.rows.items():
            if row.local.scope == scope:
                total = changed(total, after=row_digest(table, one, row.local.version, row.values))
        return str(total)
