"""A laptop and a head office in one process: real encrypted stores, the real functions of the server, no network."""

import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.headoffice import people
from app.headoffice.estimate import estimate
from app.headoffice.late_verdicts import verdicts_of
from app.headoffice.problems import Forked, Gap, Malformed, OfficeProblem, Revoked, TokenProblem, UpgradeRequired
from app.headoffice.pull import pull
from app.headoffice.push import push
from app.headoffice.receipt import numbers_of
from app.headoffice.writer import SyncWriter
from app.runtime.cancel import CancelToken, no_report
from app.runtime.clock import Clock
from app.runtime.ids import new_id
from app.runtime.paths import DataFolder
from app.storage.store import open_store
from app.sync.engine import RoundResult, sync_round
from app.sync.enrolment import enrol
from app.sync.protocol import (
    BlobAnswer,
    BlobRequest,
    EnrolAnswer,
    EnrolRequest,
    EstimateAnswer,
    EstimateRequest,
    HelloAnswer,
    HelloRequest,
    Limits,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    ReceiptAnswer,
    ReceiptRequest,
    RenewAnswer,
    RenewRequest,
    RoundPart,
    RoundRequest,
    Trouble,
    VerdictsAnswer,
    VerdictsRequest,
)
from app.sync.trouble import NoConnection, Refused
from tests.fresh_stores import fresh_store
from tests.headoffice.fresh_office import fresh_office

if TYPE_CHECKING:
    from app.storage.database import Database

T = TypeVar("T")
CLOCK = Clock(as_of=date(2022, 4, 29))
KEY = b"k" * 32


class Office:
    """A head office with one territory, one manager, a shop and a product."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "office.db"
        self.database = fresh_office(self.path)
        self.shop, self.product = str(new_id()), str(new_id())
        with self.database.write() as session:
            people.add_manager(session, "M1", "王经理", "T1", self.now())
            people.add_manager(session, "M2", "李经理", "T2", self.now())
        self.write("product", self.product, {"sku_code": "P1", "name": "雅韵(硬)"})
        self.write("customer", self.shop, {"cust_code": "C1", "cust_name": "老周食杂店"}, scope="terr:T1")

    def now(self) -> datetime:
        return CLOCK.now().astimezone(UTC)

    def write(self, table: str, key: str, changes: Mapping[str, Any], **more: Any) -> int:
        with self.database.write() as session:
            return SyncWriter(session, self.now(), "office").put(table, key, changes, **more)

    def do(self, deed: Callable[[Session], T]) -> T:
        with self.database.write() as session:
            return deed(session)

    def one(self, sql: str, **values: Any) -> Any:
        with self.database.read() as session:
            return session.execute(text(sql), values).scalar()

    def enrol_call(self, manager: str) -> Callable[[EnrolRequest], EnrolAnswer]:
        code = self.do(lambda session: people.enrol_code(session, manager, self.now()))

        def call(request: EnrolRequest) -> EnrolAnswer:
            enrolled = self.do(
                lambda session: people.enrol(session, code, request.public_key, request.device, self.now())
            )
            return EnrolAnswer(
                replica=enrolled.replica, manager=enrolled.manager, manager_name=enrolled.manager_name,
                territory=enrolled.territory, refresh_token=enrolled.refresh_token, office_key="",
                epoch=self.database.epoch(),
            )  # fmt: skip

        return call

    def close(self) -> None:
        self.database.dispose()


@dataclass
class InProcess:
    """The calls of one laptop, with the faults that a test asks for."""

    office: Office
    faults: list[str] = field(default_factory=list[str])
    """What happens to the next calls: `ok`, `before` (cut before head office hears it), `after` (answer lost)."""
    calls: list[str] = field(default_factory=list[str])
    wiped: list[str] = field(default_factory=list[str])
    limit: int = 5000
    before_answer: Callable[[str], None] | None = None

    def hello(self, request: HelloRequest) -> HelloAnswer:
        now = self.office.now()

        def answer() -> HelloAnswer:
            last_no, last_serial = self.office.do(lambda session: self._seen(session, request))
            return HelloAnswer(
                epoch=self.office.database.epoch(), server_time=now.isoformat(), schema_version=2, limits=Limits(),
                slot_seconds=60, lease_until=(now + timedelta(days=14)).isoformat(), last_no=last_no,
                last_serial=last_serial,
            )  # fmt: skip

        return self._call("hello", answer)

    def open_round(self, request: RoundRequest, take: Callable[[RoundPart], object]) -> None:
        """Refuse as a head office does that has no such call: hellos that are made here never offer it."""
        del request, take
        raise Refused(Trouble(error="not_found"))

    def _seen(self, session: Session, request: HelloRequest) -> tuple[int, int]:
        people.seen(session, request.replica, self.office.now(), request.app, 2, 0.0)
        return numbers_of(session, request.replica)

    def push(self, request: PushRequest) -> PushAnswer:
        request = PushRequest.model_validate_json(request.model_dump_json())
        answer = self._call("push", lambda: push(self.office.database, request, self.office.now()))
        return PushAnswer.model_validate_json(answer.model_dump_json())

    def verdicts(self, request: VerdictsRequest) -> VerdictsAnswer:
        manager = self.office.one("SELECT manager FROM replica WHERE id = :id", id=request.replica)
        return self._call("verdicts", lambda: verdicts_of(self.office.database, manager, request.ids))

    def pull(self, request: PullRequest) -> PullAnswer:
        request = PullRequest.model_validate_json(request.model_dump_json()).model_copy(update={"limit": self.limit})
        answer = self._call("pull", lambda: pull(self.office.database, request, self.office.now()))
        return PullAnswer.model_validate_json(answer.model_dump_json())

    def estimate(self, request: EstimateRequest) -> EstimateAnswer:
        manager = self.office.one("SELECT manager FROM replica WHERE id = :id", id=request.replica)
        return self._call("estimate", lambda: estimate(self.office.database, request, manager))

    def renew(self, request: RenewRequest) -> RenewAnswer:
        fresh = self._call(
            "renew",
            lambda: self.office.do(lambda s: people.renew_replica(s, request.replica, self.office.now())),
        )
        return RenewAnswer(replica=fresh)

    def farewell(self, last_no: int, epoch: str) -> None:
        raise NoConnection

    def ack_wipe(self, replica: str) -> None:
        self.wiped.append(replica)

    # ruff: noqa: ARG002  the photo lane has its own tests
    def receipt(self, request: ReceiptRequest) -> ReceiptAnswer:
        raise NoConnection

    def announce_blob(self, request: BlobRequest) -> BlobAnswer:
        raise NoConnection

    def blob_offset(self, upload: str) -> int:
        raise NoConnection

    def append_blob(self, upload: str, offset: int, chunk: bytes) -> BlobAnswer:
        raise NoConnection

    def read_blob(self, sha256: str, start: int = 0) -> bytes:
        raise NoConnection

    def close(self) -> None:
        pass

    def _call(self, name: str, work: Callable[[], T]) -> T:
        self.calls.append(name)
        fault = self.faults.pop(0) if self.faults else "ok"
        if fault == "before":
            raise NoConnection("cut before it arrived")
        try:
            answer = work()
        except OfficeProblem as problem:
            raise Refused(_told(problem)) from problem
        if self.before_answer is not None:
            self.before_answer(name)
        if fault == "after":
            raise NoConnection("the answer was lost")
        return answer


def _told(problem: OfficeProblem) -> Trouble:  # noqa: PLR0911
    match problem:
        case Forked():
            return Trouble(error="forked")
        case Gap():
            return Trouble(error="gap", last=problem.last)
        case Revoked():
            return Trouble(error="revoked", wipe=problem.wipe)
        case UpgradeRequired():
            return Trouble(error="upgrade_required", min=problem.least)
        case TokenProblem():
            return Trouble(error="token")
        case Malformed():
            return Trouble(error="malformed")
        case _:
            return Trouble(error="busy")


class Laptop:
    """An enrolled laptop."""

    def __init__(self, folder: Path, office: Office, manager: str = "M1", *, enrolled: bool = True) -> None:
        self.folder = DataFolder(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.folder.vault.write_text('{"store_id": "test"}')
        self.office = office
        self.database: Database = fresh_store(self.folder, KEY).database
        self.client = InProcess(office)
        if enrolled:
            self.enrol(manager)

    def enrol(self, manager: str = "M1") -> None:
        enrol(
            self.database, "https://office.example", "code-code", now=self.office.now(), use_keyring=False,
            call=self.office.enrol_call(manager),
        )  # fmt: skip

    def sync(self, **more: Any) -> RoundResult:
        return sync_round(self.database, self.client, CLOCK, CancelToken(), no_report, **more)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.database.look() as cursor:
            return [tuple(row) for row in cursor.execute(sql, values).fetchall()]

    def one(self, sql: str, *values: Any) -> Any:
        found = self.rows(sql, *values)
        return found[0][0] if found else None

    @contextmanager
    def edit(self) -> Generator[Session]:
        with self.database.write(actor="M1", source="visit") as session:
            yield session

    def copy_to(self, folder: Path) -> None:
        """Copy the store's files as a backup would."""
        self.database.close()
        shutil.copytree(self.folder.root, folder)

    def restore_from(self, folder: Path) -> None:
        self.database.close()
        shutil.rmtree(self.folder.root)
        shutil.copytree(folder, self.folder.root)
        self.database = open_store(self.folder, KEY).database

    def agrees(self) -> bool:
        """Return whether the digests of all scopes are head office's, and nothing dangles or waits."""
        from app.sync.verify import verify

        found = verify(self.database, self.office.now())
        dangling = self.rows("SELECT * FROM pragma_foreign_key_check")
        return bool(found.compared) and not found.differing and not dangling

    def close(self) -> None:
        self.database.close()
