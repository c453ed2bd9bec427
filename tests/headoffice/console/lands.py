"""Two territories side by side: what lies in each, and a person of each role who works for one of them alone."""

import hashlib
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.headoffice import blobs, people
from app.headoffice.models import TABLES, AuditEntry, Replica, SyncOperation, SyncParked, SyncRow
from app.headoffice.operations import CLOSED_SHOP
from app.headoffice.parked import REVIEW
from app.headoffice.target_values import Given, read_span
from app.sync.protocol import BlobRequest
from tests.headoffice.console.clerk import Clerk, Told
from tests.headoffice.console.story import PASSWORD, picture, submit_forecast
from tests.headoffice.world import key, visit_values

MOVED = "转走的店"
"""The shop that went from T1 to T2 in the middle of the day."""
REVIEW_NO = "9000"


@dataclass(frozen=True)
class Land:
    """One territory: the keys of what lies in it, and words that nobody else may read."""

    territory: str
    keys: dict[str, str]
    secrets: tuple[str, ...]


@dataclass
class Lands:
    """Both territories, and a record of a manager of the first that touches the second."""

    told: Told
    own: dict[str, Land]
    astride: int

    def clerk(self, name: str) -> Clerk:
        return self.told.clerk(name)

    @property
    def world(self) -> Any:
        return self.told.served.world

    def state(self) -> tuple[Any, ...]:
        """Return all that a deed of the console can change."""
        with self.world.database.read() as session:
            versions = session.execute(
                select(SyncRow.tbl, SyncRow.pk, SyncRow.version).order_by(SyncRow.tbl, SyncRow.pk)
            ).all()
            deeds = session.scalars(
                select(AuditEntry.deed).where(AuditEntry.chain == "office", AuditEntry.deed != "sign_in")
            ).all()  # fmt: skip
            laptops = session.execute(select(Replica.id, Replica.state).order_by(Replica.id)).all()
            parked = session.execute(select(SyncParked.replica, SyncParked.no).order_by(SyncParked.no)).all()
        return versions, deeds, laptops, parked


def add_people(told: Told) -> None:
    """Add a person of each role for each territory; M3's T3 has nothing in it."""
    world = told.served.world
    with world.database.write() as session:
        for role in people.ROLES:
            for one in ("T1", "T2", "T3"):
                people.add_office_user(session, f"{role}-{one}", PASSWORD, role, world.now, "cli", [one])


def tell_of_both(told: Told) -> Lands:
    """Let M2 have a day as well, and the laptop of M1 bring a record for the shop that moved."""
    add_people(told)
    _add_reviews(told)
    world, story = told.served.world, told.story
    world.put("customer", world.customers["C12"], {"cust_name": MOVED})
    laptop, shop = world.laptop("M2"), world.customers["C21"]
    laptop.pull()
    visit = laptop.insert("visit", visit_values(shop, serial=1, need_note="想进新品", started_at=world.now.isoformat()))
    content = picture(3, 160)
    photo = laptop.insert("photo", {
        "visit_id": visit, "caption": "王家货架", "sha256": hashlib.sha256(content).hexdigest(),
        "byte_size": len(content), "width": 160, "height": 120, "added_at": world.now.isoformat(),
    })  # fmt: skip
    laptop.do("patch", "customer", shop, {"shop_name": "老周新店"})
    laptop.push()
    submission = submit_forecast(world, laptop, "C21", 291)
    asked = {"replica": laptop.replica, "sha256": hashlib.sha256(content).hexdigest(), "photo": photo, "kind": "thumb"}
    request = BlobRequest.model_validate({**asked, "size": len(content)})
    blobs.accept_whole(world.database, told.served.office.store, request, content, "M2", world.now)
    second = Land(
        "T2",
        {
            "code": "M2", "customer": "C21", "visit": visit, "photo": photo, "kind": "thumb", "no": "1",
            "review": REVIEW_NO, "replica": story.lost.replica, "task": _one(told, "task", "manager", "M2"),
            "conflict": _one(told, "sync_conflict", "pk", world.customers["C12"]),
            "proposal": _one(told, "change_proposal", "manager", "M2"), "submission": submission, "territory": "T2",
            "target": _target(told, "M2", "6543"), "told": "6543",
        },
        ("老周食杂店", "惠民超市", MOVED, "补发价签", "王芳", visit, photo, story.lost.replica, "老周新店", "想进新品",
         submission, "6,543"),
    )  # fmt: skip
    first = Land(
        "T1",
        {
            "code": "M1", "customer": "C11", "visit": story.visit, "photo": story.photo, "kind": "thumb",
            "review": REVIEW_NO, "no": str(story.parked_no), "replica": story.laptop.replica, "task": _task(told),
            "conflict": _one(told, "sync_conflict", "pk", world.customers["C11"]),
            "proposal": _one(told, "change_proposal", "manager", "M1"), "submission": story.submission,
            "territory": "T1", "target": _target(told, "M1", "7654"), "told": "7654",
        },
        ("幸福便利店", "请核对门头招牌", "清点价签", story.visit, story.photo, story.laptop.replica, "幸福烟酒便利",
         "希望增加细支烟", story.submission, "7,654"),
    )  # fmt: skip
    return Lands(told, {"T1": first, "T2": second}, _astride(told))


def _add_reviews(told: Told) -> None:
    """Put one record of each territory that was taken in onto the list of those to be looked at."""
    with told.served.world.database.write() as session:
        for laptop in (told.story.laptop, told.story.lost):
            at, which = told.served.world.now, {"replica": laptop.replica, "no": int(REVIEW_NO)}
            session.add(SyncParked(**which, waits_tbl=REVIEW, waits_pk=CLOSED_SHOP, parked_at=at))
            session.add(
                SyncOperation(
                    **which, id=key(), manager=laptop.manager, tbl="visit", pk=key(), kind="insert", base=0,
                    made_at=at.isoformat(), received_at=at, status="applied", reason="",
                )
            )  # fmt: skip


def _astride(told: Told) -> int:
    """Let M1's laptop count at a visit of the shop that is in T2 now; return the number of what waits."""
    world = told.served.world
    laptop = replace(told.story.laptop, world=world, waiting=[])
    visits = select(SyncRow.pk).where(SyncRow.tbl == "visit", SyncRow.root == world.customers["C12"])
    with world.database.read() as session:
        visit = session.scalars(visits).one()
    count = {"visit_id": visit, "product_id": key(), "on_hand": 77123}
    made = laptop.do("insert", "stock_count", key(), count, 0)
    laptop.push()
    return made.no


def _task(told: Told) -> str:
    """Give M1 a task that is open."""
    world, task = told.served.world, key()
    values = {
        "manager": "M1", "customer_id": world.customers["C11"], "title": "清点价签", "assigned_by": "chief",
        "assigned_at": world.now.isoformat(), "state": "assigned",
    }  # fmt: skip
    world.put("task", task, values)
    return task


def _target(told: Told, manager: str, value: str) -> str:
    """Give a manager a target for April."""
    given = Given(manager, read_span("2026-04"), "F05.volume", "", Decimal(value))
    told.served.world.put("office_target", given.key, given.values)
    return given.key


def _one(told: Told, name: str, column: str, value: str) -> str:
    table = TABLES[name]
    asked = select(table.c.id).where(table.c[column] == value).order_by(table.c.state.desc(), table.c.id)
    with told.served.world.database.read() as session:
        return str(session.scalars(asked.limit(1)).one())
