"""A day in the field for the fault suites: a real store with photos, a head office that takes rows and photos."""

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from PIL import Image
from typing_extensions import override

from app.headoffice import blobs as office_blobs
from app.headoffice import people
from app.headoffice.blob_store import FolderBlobStore
from app.headoffice.database import OfficeDatabase
from app.models.customer import Customer
from app.models.visit import Photo, StockCount, Visit
from app.runtime.cancel import CancelToken
from app.runtime.ids import new_id
from app.storage.photo_files import PhotoFiles
from app.storage.row_writer import write_row
from app.storage.store import open_store
from app.sync.blobs import BlobLane
from app.sync.journal import SideJournal
from app.sync.state import read_identity
from tests.sync.both.laptops import KEY, InProcess, Laptop, Office
from tests.sync.photos.both_sides import refusals

if TYPE_CHECKING:
    from app.sync.engine import RoundResult
    from app.sync.protocol import BlobAnswer, BlobRequest

T = TypeVar("T")
DAY = date(2022, 4, 29)


class FieldOffice(Office):
    """A head office that takes photos too; `again` opens one whose files lie there already."""

    @override
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.photos = FolderBlobStore(folder / "photos")

    @classmethod
    def again(cls, folder: Path, shop: str, product: str) -> "FieldOffice":
        made = cls.__new__(cls)
        made.path = folder / "office.db"
        made.database = OfficeDatabase(f"sqlite:///{made.path}")
        made.shop, made.product = shop, product
        made.photos = FolderBlobStore(folder / "photos")
        return made

    @classmethod
    def on(cls, database: OfficeDatabase, folder: Path) -> "FieldOffice":
        """Set up the same head office in another database."""
        made = cls.__new__(cls)
        made.path, made.database = folder, database
        made.photos = FolderBlobStore(folder / "photos")
        made.shop, made.product = str(new_id()), str(new_id())
        made.do(lambda session: people.add_manager(session, "M1", "王经理", "T1", made.now()))
        made.write("product", made.product, {"sku_code": "P1", "name": "雅韵(硬)"})
        made.write("customer", made.shop, {"cust_code": "C1", "cust_name": "老周食杂店"}, scope="terr:T1")
        return made


@dataclass
class BothLanes(InProcess):
    """The calls of a laptop in this process, rows and photos."""

    manager: str = "M1"

    @property
    def _photos(self) -> FolderBlobStore:
        assert isinstance(self.office, FieldOffice)
        return self.office.photos

    @override
    def announce_blob(self, request: "BlobRequest") -> "BlobAnswer":
        return self._of_photos(
            "blobs",
            lambda now: office_blobs.announce(self.office.database, self._photos, request, self.manager, now),
        )

    @override
    def blob_offset(self, upload: str) -> int:
        return self._of_photos(
            "offset", lambda now: office_blobs.offset_of(self.office.database, upload, self.manager, now)
        )

    @override
    def append_blob(self, upload: str, offset: int, chunk: bytes) -> "BlobAnswer":
        database, store = self.office.database, self._photos
        return self._of_photos(
            "append", lambda now: office_blobs.append(database, store, upload, offset, chunk, self.manager, now)
        )

    @override
    def read_blob(self, sha256: str, start: int = 0) -> bytes:
        database, store = self.office.database, self._photos
        return self._of_photos(
            "photo", lambda now: office_blobs.read_blob(database, store, sha256, self.manager, now, start).content
        )

    def _of_photos(self, name: str, work: Callable[[datetime], T]) -> T:
        def answered() -> T:
            with refusals():
                return work(self.office.now())

        return self._call(name, answered)


class FieldLaptop(Laptop):
    """A laptop whose person makes visits and takes photos."""

    client: Any  # pyright: ignore[reportIncompatibleVariableOverride] - in this process, or over the wire
    wire: Any = None

    def __init__(self, folder: Path, office: FieldOffice, *, enrolled: bool = True) -> None:
        super().__init__(folder, office, enrolled=enrolled)
        self._equip()

    @classmethod
    def again(cls, folder: Path, office: FieldOffice) -> "FieldLaptop":
        """Open a store that lies there; raises what opening it raises."""
        from app.runtime.paths import DataFolder

        made = cls.__new__(cls)
        made.folder, made.office = DataFolder(folder), office
        made.database = open_store(made.folder, KEY).database
        made._equip()
        return made

    def _equip(self) -> None:
        assert isinstance(self.office, FieldOffice)
        self.files = PhotoFiles(self.folder.photos, KEY)
        self.journal = SideJournal.beside(self.database)
        self.client = BothLanes(self.office)

    def make_visit(self, note: str, **more: Any) -> UUID:
        """Save a visit with one count."""
        key = new_id()
        with self.edit() as session:
            visit = Visit(id=key, customer_id=UUID(self.office.shop), day=DAY, status="done", need_note=note, **more)
            session.add(visit)
            session.flush()
            session.add(StockCount(visit_id=key, product_id=UUID(self.office.product), on_hand=3))
        return key

    def type_note(self, visit: UUID, note: str) -> None:
        """Save one field as the program does at every pause of the typing."""
        with self.database.write_plain() as cursor:
            write_row(cursor, "M1", Visit, {"id": visit}, {"need_note": note})

    def take_photo(self, visit: UUID, content: bytes) -> str:
        """Save a photo: first its bytes, then its row."""
        name = self.files.put(content)
        self.files.put_as(name, content[: len(content) // 4], "thumb")
        with self.edit() as session:
            session.add(
                Photo(
                    visit_id=visit, place="counter", sha256=name, byte_size=len(content), width=9, height=9,
                    added_at=datetime(2022, 4, 29, 10, tzinfo=UTC),
                )
            )  # fmt: skip
        return name

    def change_shop(self, hours: str) -> None:
        with self.edit() as session:
            session.get_one(Customer, UUID(self.office.shop)).opening_hours = hours

    def round(self, **more: Any) -> "RoundResult":
        """Make a round of rows and photos, as the program does."""
        return self.sync(between=self.send_photos, journal=self.journal, **more)

    def send_photos(self) -> None:
        replica = read_identity(self.database).replica
        self.last_lane = BlobLane(self.database, self.files, self.client, replica, cancel=CancelToken()).run()


def noise(seed: int, size: int) -> bytes:
    """Return bytes that no compression makes smaller, as photos are."""
    return random.Random(seed).randbytes(size)  # noqa: S311


def small_picture(seed: int) -> bytes:
    """Return a real small JPEG."""
    written = BytesIO()
    Image.frombytes("RGB", (60, 40), noise(seed, 60 * 40 * 3)).save(written, "JPEG", quality=80)
    return written.getvalue()


@dataclass
class Agreement:
    """What head office must hold at the end, as the person saw it being saved."""

    notes: dict[UUID, str] = field(default_factory=dict[UUID, str])
    photos: set[str] = field(default_factory=set[str])

    def hold(self, laptop: FieldLaptop) -> list[str]:
        """Return what is missing, doubled or different at head office; call it after a round in peace."""
        office = laptop.office
        assert isinstance(office, FieldOffice)
        wrong = [] if laptop.agrees() else ["the digests differ"]
        if laptop.one("SELECT count(*) FROM outbox"):
            wrong.append("something still waits")
        for key, note in self.notes.items():
            found = office.one("SELECT need_note FROM visit WHERE id = :key", key=office_key(office, key))
            if found != note:
                wrong.append(f"visit {key}: {found!r} instead of {note!r}")
        wrong += [
            f"photo {name[:8]} is another one"
            for name in self.photos
            if hashlib.sha256(laptop.client.read_blob(name)).hexdigest() != name
        ]
        if office.one("SELECT count(*) FROM visit") < len(self.notes):
            wrong.append("a visit is missing")
        counts, visits = (office.one(f"SELECT count(*) FROM {table}") for table in ("stock_count", "visit"))  # noqa: S608
        if counts != visits:
            wrong.append(f"{visits} visits, {counts} counts: one was lost or doubled")
        return wrong


def office_key(office: Office, key: UUID) -> str:
    """Return a key as this database of head office holds it."""
    return str(key) if office.database.is_postgres else key.hex
