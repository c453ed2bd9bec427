"""A laptop and a head office side by side for tests: real stores, real pictures, a link that can be cut at any byte."""

import base64
import random
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from PIL import Image
from sqlalchemy import select, text

from app.domain.day_receipt import DayReceipt
from app.headoffice import blobs as office_blobs
from app.headoffice.blob_problems import BlobTooLarge, WrongOffset
from app.headoffice.blob_store import BlobStore, FolderBlobStore
from app.headoffice.database import OfficeDatabase
from app.headoffice.people import add_manager, enrol, enrol_code
from app.headoffice.problems import Malformed, NotFound
from app.headoffice.push import push
from app.headoffice.receipt import receipt
from app.headoffice.writer import SyncWriter
from app.models.customer import Customer
from app.models.local import OutboxEntry
from app.models.trade import Product
from app.models.visit import DiagnosisRating, Photo, Promise, ShelfCheck, StockCount, Visit
from app.runtime.cancel import CancelToken
from app.runtime.ids import new_id
from app.runtime.paths import DataFolder
from app.services.pictures import make_picture
from app.storage.facts import LAST_SERIAL, put_fact
from app.storage.photo_files import PhotoFiles
from app.sync.blobs import BlobLane, LaneReport, LaneResult, no_lane_report
from app.sync.core.registry import SCHEMA
from app.sync.handover import Handover, write_handover
from app.sync.protocol import (
    BlobAnswer,
    BlobRequest,
    Clock,
    OperationMessage,
    PushAnswer,
    PushRequest,
    ReceiptAnswer,
    ReceiptRequest,
    Trouble,
)
from app.sync.receipt import ask_receipt
from app.sync.state import Identity
from app.sync.trouble import NoConnection, Refused
from tests.fresh_stores import fresh_store, fresh_vault

DAY = date(2022, 4, 29)
NOW = datetime(2022, 4, 29, 10, 0, tzinfo=UTC)
TERRITORY = "T1"
T = TypeVar("T")


class OfficeSide:
    """A head office with its store of photos and the key for handover files."""

    def __init__(self, database: OfficeDatabase, folder: Path) -> None:
        self.database = database
        self.store: BlobStore = FolderBlobStore(folder)
        self.private_key = X25519PrivateKey.generate()
        self.now = NOW
        self.tokens: dict[str, str] = {}
        self.customer, self.product = new_id(), new_id()
        with database.write() as session:
            add_manager(session, "M1", "王经理", TERRITORY, NOW)
            add_manager(session, "M2", "李经理", TERRITORY, NOW)
            add_manager(session, "M9", "赵经理", "T9", NOW)
            writer = SyncWriter(session, NOW, "office")
            shop = {"cust_code": "C1", "cust_name": "老周食杂店"}
            writer.put("customer", str(self.customer), shop, scope=f"terr:{TERRITORY}")
            writer.put("product", str(self.product), {"sku_code": "P1", "name": "雅韵(硬)"})

    @property
    def office_key(self) -> str:
        return base64.b64encode(self.private_key.public_key().public_bytes_raw()).decode()

    def enrolled(self, manager: str, device_key: Ed25519PrivateKey) -> str:
        with self.database.write() as session:
            code = enrol_code(session, manager, NOW)
            public = base64.b64encode(device_key.public_key().public_bytes_raw()).decode()
            enrolled = enrol(session, code, public, "laptop", NOW)
        self.tokens[enrolled.replica] = enrolled.refresh_token
        return enrolled.replica


@dataclass
class Link:
    """The connection of one laptop; `budget` is how many more bytes go up before it is cut."""

    office: OfficeSide
    manager: str
    budget: int | None = None
    spent: int = 0
    chunks: list[int] = field(default_factory=list[int])
    announced: list[BlobRequest] = field(default_factory=list[BlobRequest])
    lost_answers: int = 0
    """So many answers are lost on their way back, after head office did its work."""
    spoil: bool = False

    def announce_blob(self, request: BlobRequest) -> BlobAnswer:
        self._travel(200)
        self.announced.append(request)
        with refusals():
            answer = office_blobs.announce(
                self.office.database, self.office.store, request, self.manager, self.office.now
            )
        return self._back(answer)

    def blob_offset(self, upload: str) -> int:
        self._travel(100)
        with refusals():
            return self._back(office_blobs.offset_of(self.office.database, upload, self.manager, self.office.now))

    def append_blob(self, upload: str, offset: int, chunk: bytes) -> BlobAnswer:
        self.chunks.append(len(chunk))
        self._travel(len(chunk))
        content = bytes(len(chunk)) if self.spoil else chunk
        with refusals():
            answer = office_blobs.append(
                self.office.database, self.office.store, upload, offset, content, self.manager, self.office.now
            )
        return self._back(answer)

    def read_blob(self, sha256: str, start: int = 0) -> bytes:
        with refusals():
            return office_blobs.read_blob(
                self.office.database, self.office.store, sha256, self.manager, self.office.now, start
            ).content

    def receipt(self, request: ReceiptRequest) -> ReceiptAnswer:
        with refusals():
            return receipt(self.office.database, request, self.manager, self.office.now)

    def _travel(self, count: int) -> None:
        self.spent += count
        if self.budget is None:
            return
        self.budget -= count
        if self.budget < 0:
            raise NoConnection

    def _back(self, answer: T) -> T:
        if self.lost_answers:
            self.lost_answers -= 1
            raise NoConnection
        return answer


@contextmanager
def refusals() -> Generator[None]:
    try:
        yield
    except NotFound as error:
        raise Refused(Trouble(error="not_found")) from error
    except WrongOffset as error:
        raise Refused(Trouble(error="offset", offset=error.offset)) from error
    except BlobTooLarge as error:
        raise Refused(Trouble(error="too_large")) from error
    except Malformed as error:
        raise Refused(Trouble(error="malformed")) from error


class Laptop:
    """A laptop with an encrypted store, the shop and the product of head office in it."""

    def __init__(self, office: OfficeSide, folder: Path, manager: str = "M1", *, serial: int = 0) -> None:
        self.office = office
        self.manager = manager
        data = DataFolder(folder)
        data.root.mkdir(parents=True)
        self.key = fresh_vault(data)
        self.database = fresh_store(data, self.key).database
        self.files = PhotoFiles(data.photos, self.key)
        self.device_key = Ed25519PrivateKey.generate()
        self.replica = office.enrolled(manager, self.device_key)
        self.link = Link(office, manager)
        self.serial = serial
        with self.database.deliver("head office") as session:
            session.add(Customer(id=office.customer, cust_code="C1", cust_name="老周食杂店", revision=1))
            session.add(Product(id=office.product, no=1, sku_code="P1", name="雅韵(硬)", revision=1))

    @property
    def identity(self) -> Identity:
        return Identity("https://x", self.replica, self.manager, "", TERRITORY, self.office.office_key, "e")

    def visit(self, pictures: list[bytes] | None = None, *, day: date = DAY, serial: int | None = None) -> UUID:
        """Make a visit with rows in several tables and these pictures."""
        self.serial = self.serial + 1 if serial is None else serial
        with self.database.write() as session:
            visit = Visit(
                customer_id=self.office.customer,
                day=day,
                serial=self.serial,
                status="done",
                reasons=["overdue"],
                started_at=NOW,
                need_note="想要细支的新品",
            )
            session.add(visit)
            session.flush()
            session.add_all(
                [
                    StockCount(visit_id=visit.id, product_id=self.office.product, on_hand=12, retail_price=1650),
                    ShelfCheck(visit_id=visit.id, sku_on_sale=31, fixture_ok=True, note="柜台整齐"),
                    DiagnosisRating(visit_id=visit.id, item="display", k1="a", state="good"),
                    Promise(visit_id=visit.id, customer_id=self.office.customer, text="下周补价签", by_shop=True),
                ]
            )
            for picture in pictures or []:
                self.add_photo(session, visit.id, picture)
            visit_id = visit.id
        with self.database.note() as cursor:
            put_fact(cursor, LAST_SERIAL, str(self.serial))
        return visit_id

    def add_photo(self, session: object, visit: UUID, content: bytes) -> None:
        made = make_picture(content)
        name = self.files.put(made.content)
        self.files.put_as(name, made.thumb, "thumb")
        row = Photo(
            visit_id=visit,
            place="counter",
            sha256=name,
            byte_size=len(made.content),
            width=made.width,
            height=made.height,
            added_at=NOW,
        )
        session.add(row)  # pyright: ignore[reportAttributeAccessIssue]

    def push_rows(self) -> PushAnswer | None:
        """Send what waits in one push and take the verdicts in."""
        with self.database.read() as session:
            entries = session.scalars(select(OutboxEntry).order_by(OutboxEntry.no)).all()
        if not entries:
            return None
        answer = push(self.office.database, self.push_request(list(entries)), self.office.now)
        self.take_in(answer)
        return answer

    def take_in(self, answer: PushAnswer) -> None:
        with self.database.deliver("head office") as session:
            for result in answer.results:
                entry = session.scalar(select(OutboxEntry).where(OutboxEntry.no == result.no))
                assert entry is not None
                if result.version is not None:
                    session.execute(
                        text(f'UPDATE "{entry.table}" SET revision = :version WHERE id = :id'),  # noqa: S608
                        {"version": result.version, "id": entry.row_id.hex},
                    )
                session.delete(entry)

    def push_request(self, entries: list[OutboxEntry]) -> PushRequest:
        return PushRequest(
            replica=self.replica,
            schema_version=SCHEMA,
            batch=str(new_id()),
            clock=Clock(wall=self.office.now.isoformat(), mono=0.0),
            acked_no=0,
            ops=tuple(
                OperationMessage.model_validate(
                    {
                        "no": one.no,
                        "id": str(one.id),
                        "table": one.table,
                        "key": str(one.row_id),
                        "kind": one.kind,
                        "base": one.base,
                        "set": one.values,
                        "made_at": one.made_at.isoformat(),
                    }
                )
                for one in entries
            ),
        )

    def send_photos(
        self,
        cap: int | None = None,
        *,
        thumbs_only: bool = False,
        cancel: CancelToken | None = None,
        report: LaneReport = no_lane_report,
    ) -> LaneResult:
        lane = BlobLane(
            self.database, self.files, self.link, self.replica, cancel=cancel or CancelToken(), report=report
        )
        return lane.run(cap, thumbs_only=thumbs_only)

    def ask(self, day: date = DAY) -> DayReceipt:
        return ask_receipt(
            self.database, self.link, day, replica=self.replica, manager=self.manager, now=self.office.now
        )

    def hand_over(self, target: Path) -> Handover:
        return write_handover(
            self.database, self.files, self.identity, target, sign=self.device_key.sign, now=self.office.now
        )

    def close(self) -> None:
        self.database.close()


def a_picture(seed: int = 0, size: tuple[int, int] = (900, 700)) -> bytes:
    """Return a photo that does not compress well, as photos of shelves do."""
    noise = Image.frombytes("RGB", size, random.Random(seed).randbytes(size[0] * size[1] * 3))  # noqa: S311
    small = noise.resize((size[0] // 4, size[1] // 4)).resize(size)
    written = BytesIO()
    small.save(written, "JPEG", quality=92)
    return written.getvalue()
