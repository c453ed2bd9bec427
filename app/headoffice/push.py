"""Takes the operations of a laptop in, each exactly once, in the order of spec section 3."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, Self

from sqlalchemy import bindparam, not_, select, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from app.headoffice import audit, parked
from app.headoffice.answers import Told, answer, of_applied
from app.headoffice.bulk import insert_columns, insert_many
from app.headoffice.database import OfficeDatabase
from app.headoffice.fields import KEY
from app.headoffice.giving_back import LEFT
from app.headoffice.models import Replica, SyncOperation, SyncParked
from app.headoffice.operations import Judge, Verdict, is_key, is_newer
from app.headoffice.problems import Forked, Gap, Malformed, Revoked, TokenProblem
from app.headoffice.registry import check_schema
from app.headoffice.rows import Plain, among_listed, listed
from app.headoffice.writer import Entry, SyncWriter
from app.sync.core.deciding import Operation, Status
from app.sync.protocol import OperationMessage, PushAnswer, PushRequest

_OP, _REPLICA = SyncOperation.__table__, Replica.__table__
# Made once: SQLAlchemy takes longer to make them than the database to carry them out.
_LOCK = select(_REPLICA).where(_REPLICA.c.id == bindparam("replica")).with_for_update()
_MEET = (
    update(_REPLICA)  # pyright: ignore[reportArgumentType]
    .where(_REPLICA.c.id == bindparam("replica"))
    .values({name: bindparam(f"new_{name}") for name in ("last_no", "acked_no", "last_seen", "schema", "clock_offset")})
)
_RECORDED = (
    "replica", "no", "id", "manager", "repeat", "tbl", "pk", "kind", "base", "body", "made_at", "received_at",
    "status", "version", "reason", "conflicts",
)  # fmt: skip
Decided = tuple[OperationMessage, Verdict, bool]
"""An operation, the verdict on it, and whether it came before under another number."""
_LOST = Verdict(Status.PARKED, reason="replica_lost")
Count = Callable[[Session], None] | None


def push(database: OfficeDatabase, request: PushRequest, now: datetime, *, keep_apart: bool = False) -> PushAnswer:
    """Take in operations and return the verdicts from what is committed.

    `keep_apart` takes in what a lost laptop left, for a person to decide. Raises Forked, Gap, Revoked, Malformed,
    UpgradeRequired, TokenProblem and Busy.
    """
    return push_told(database, request, now, keep_apart=keep_apart).message()


def push_told(
    database: OfficeDatabase, request: PushRequest, now: datetime, *, keep_apart: bool = False, count: Count = None
) -> Told:
    """Do the same as `push`; `count` notes in the same transaction what the laptop uses, and may raise."""
    check_schema(request.schema_version, sends=True)
    numbers = [op.no for op in request.ops]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers)) if numbers else ()):
        raise Malformed("the numbers are not in order")
    if not is_key(request.replica) or not all(map(KEY.fullmatch, [op.id for op in request.ops])):
        raise Malformed("not an id")

    def work(session: Session) -> _Intake:
        if count is not None:
            count(session)
        return _Intake(session, request, now, keep_apart).take(request.ops)

    try:
        told = database.transaction(work).told()
    except (IntegrityError, DataError):
        if count is not None:
            database.transaction(count)
        _one_by_one(database, request, now, keep_apart)
        told = None
    return told or answer(database, request)


def _one_by_one(database: OfficeDatabase, request: PushRequest, now: datetime, keep_apart: bool) -> None:
    """Take each operation in by itself, so that one the database refuses does not hold up the others."""
    for op in request.ops:
        try:
            database.transaction(lambda session, one=op: _Intake(session, request, now, keep_apart).take((one,)))
        except (IntegrityError, DataError):
            database.transaction(lambda session, one=op: _Intake(session, request, now, keep_apart).refuse(one))


class _Intake:
    """One transaction of a push."""

    def __init__(self, session: Session, request: PushRequest, now: datetime, keep_apart: bool) -> None:
        self._session = session
        self._request = request
        self._now = now.astimezone(UTC)
        self._keep_apart = keep_apart
        self._made: dict[str, str] = {}
        self._offset = self._now - _moment(request.clock.wall)
        self._replica = self._locked()
        self._manager: str = self._replica.manager
        self._judge: Judge | None = None
        self._decided: list[Decided] = []

    def _locked(self) -> Any:
        found = self._session.execute(_LOCK, {"replica": self._request.replica}).one_or_none()
        if found is None:
            raise TokenProblem("no such replica")
        if found.state == "revoked" and not self._keep_apart:
            raise Revoked(wipe=found.wipe)
        if found.state == LEFT and not self._keep_apart:
            raise TokenProblem("given back")
        if found.state == "forked":
            raise Forked
        return found

    def take(self, ops: Sequence[OperationMessage]) -> Self:
        """Decide the operations that are new, and record them."""
        last: int = self._replica.last_no
        self._check_known([op for op in ops if op.no <= last])
        new = [op for op in ops if op.no > last]
        if new and new[0].no != last + 1:
            raise Gap(last)
        if not self._keep_apart:
            parked.retry_of(self._session, self._replica.id, self._manager)
        if new:
            self._decided = self._decide_all(new)
            self._record(self._decided)
        self._meet(new[-1].no if new else last, len(new))
        return self

    def told(self) -> Told | None:
        """Return the answer, once all is committed, where everything asked was applied; None where it must be read."""
        if self._judge is None or len(self._decided) < len(self._request.ops):
            return None
        applied: list[tuple[OperationMessage, Verdict, Entry]] = []
        for op, verdict, repeat in self._decided:
            entry = self._judge.written(op.table, op.key)
            if repeat or verdict.status is not Status.APPLIED or op.kind == "command" or entry is None:
                return None
            applied.append((op, verdict, entry))
        return of_applied(self._request.ops[-1].no, applied, self._judge.granted)

    def refuse(self, op: OperationMessage) -> None:
        """Record an operation that the database itself does not take."""
        if op.no == self._replica.last_no + 1:
            self._record([(op, Verdict(Status.INVALID, reason="refused_by_store"), False)])
            self._meet(op.no, 1)

    def _check_known(self, known: list[OperationMessage]) -> None:
        if not known:
            return
        first, last = known[0].no, known[-1].no
        asked = select(_OP.c.no, _OP.c.id).where(_OP.c.replica == self._replica.id, _OP.c.no.between(first, last))
        recorded = {row.no: row.id for row in self._session.execute(asked)}
        if any(recorded.get(op.no, op.id) != op.id for op in known):
            raise Forked

    def _decide_all(self, new: list[OperationMessage]) -> list[Decided]:
        connection = self._session.connection()
        asked = _asking(postgres=connection.dialect.name == "postgresql")
        given = connection.execute(asked, {"keys": listed(self._session, [op.id for op in new])})
        before = {row.id: row for row in given}
        fresh = [op for op in new if op.id not in before]
        judge = None
        if not self._keep_apart and fresh:
            writer = SyncWriter(self._session, self._now, self._replica.id)
            judge = self._judge = Judge(self._session, writer, self._manager, self._now)
            judge.prepare(fresh)
        decided: list[Decided] = []
        here: dict[str, Verdict] = {}
        for op in new:
            if (known := before.get(op.id)) is not None:
                decided.append((op, _repeated(known, self._manager), True))
            elif op.id in here:
                decided.append((op, here[op.id], True))
            elif judge is not None and is_newer(op, self._request.schema_version):
                # Head office is brought up to date after this laptop: the operation waits for that.
                newer = (parked.LATER_SCHEMA, str(self._request.schema_version))
                here[op.id] = Verdict(Status.PARKED, reason="newer_schema", waits=newer)
                decided.append((op, here[op.id], False))
            else:
                verdict = here[op.id] = _LOST if judge is None else self._judged(judge, op)
                decided.append((op, verdict, False))
        return decided

    def _judged(self, judge: Judge, op: OperationMessage) -> Verdict:
        at = self._made_at(op)
        taken = judge.take_new(op, at)
        if taken is not None:
            return taken
        return judge.decide(Operation(op.no, op.id, op.table, op.key, op.kind, op.base, op.set, at))

    def _made_at(self, op: OperationMessage) -> str:
        """Return when it was made by our clock: the laptop has corrected it already by the offset it measured."""
        if op.made_at not in self._made:
            try:
                made = min(_moment(op.made_at), self._now)
            except Malformed:
                made = self._now
            self._made[op.made_at] = made.isoformat(timespec="microseconds")
        return self._made[op.made_at]

    def _record(self, decided: list[Decided]) -> None:
        count, replica = len(decided), self._replica.id
        ops, verdicts = [op for op, _, _ in decided], [verdict for _, verdict, _ in decided]
        is_new = [not repeat or verdict.waits is not None for _, verdict, repeat in decided]
        insert_columns(self._session, _OP, _RECORDED, (
            [replica] * count, [op.no for op in ops], [op.id for op in ops], [self._manager] * count,
            [repeat for _, _, repeat in decided], [op.table for op in ops], [_storable(op.key) for op in ops],
            [op.kind for op in ops], [op.base for op in ops],
            [op.set if new else None for op, new in zip(ops, is_new, strict=True)],
            [self._made_at(op) for op in ops], [self._now] * count,
            [verdict.status.value for verdict in verdicts], [verdict.version for verdict in verdicts],
            [verdict.reason for verdict in verdicts], [list(verdict.conflicts) or None for verdict in verdicts],
        ))  # fmt: skip
        waiting: list[Plain] = []
        for op, verdict, new in zip(ops, verdicts, is_new, strict=True):
            if new and (waits := parked.place_of(verdict)) is not None:
                table, key = waits
                waiting.append({
                    "replica": replica, "no": op.no, "waits_tbl": table, "waits_pk": key, "parked_at": self._now,
                })  # fmt: skip
        insert_many(self._session, SyncParked.__table__, waiting)

    def _meet(self, last: int, count: int) -> None:
        self._session.execute(
            _MEET,
            {
                "replica": self._replica.id,
                "new_last_no": last,
                "new_acked_no": max(self._replica.acked_no, min(self._request.acked_no, last)),
                "new_last_seen": self._now,
                "new_schema": self._request.schema_version,
                "new_clock_offset": self._offset.total_seconds(),
            },
        )
        if count:
            detail = {"first": last - count + 1, "last": last}
            audit.append(
                self._session, self._now, self._manager, "push", self._replica.id, detail, chain=self._replica.id
            )  # fmt: skip


@cache
def _asking(*, postgres: bool) -> Any:
    """Return the statement that asks for the operations which are known by these ids."""
    asked = select(_OP.c.id, _OP.c.manager, _OP.c.status, _OP.c.version, _OP.c.reason, _OP.c.conflicts)
    return asked.where(among_listed(_OP.c.id, postgres=postgres), not_(_OP.c.repeat))


def _repeated(known: Any, manager: str) -> Verdict:
    """Return the verdict on an operation that came before under another number of the same person."""
    if known.manager != manager:
        # Whose id it is, or that it is one at all, is not told: a person of the office looks at it.
        return Verdict(Status.PARKED, reason="unknown_parent", waits=("", ""))
    return Verdict(Status(known.status), known.version, known.reason, tuple(known.conflicts or ()))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise Malformed("not a moment") from error


def _storable(key: str) -> str:
    """Return a key, or what is none, as far as a text column takes it."""
    if key.isascii() and "\0" not in key:
        return key
    return key.replace("\0", "").encode("utf-8", "replace").decode()
