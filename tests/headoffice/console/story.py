"""A day at head office, made through the real push: visits with photos, a gap, what was refused, waits or clashes."""

import hashlib
import io
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps
from sqlalchemy import update

from app.headoffice import blobs, people
from app.headoffice.blob_store import FolderBlobStore
from app.headoffice.models import Manager
from app.headoffice.push import push
from app.sync.protocol import BlobRequest
from tests.headoffice.world import NOW, Laptop, World, key, visit_values

PASSWORD = "a long password"
NASTY = "<script>alert('x')</script>"
"""A shop of this name must be read, never run."""
SHOPS = {"C11": "幸福便利店", "C12": NASTY, "C21": "老周食杂店", "C22": "惠民超市"}


@dataclass
class Story:
    """The keys of what a test looks at."""

    visit: str
    photo: str
    photo_without_original: str
    proposal_field: str
    lost: Laptop
    parked_no: int
    task: str
    laptop: Laptop
    submission: str


def add_users(world: World) -> None:
    """Add a person of each role; each is called as the role."""
    with world.database.write() as session:
        for role in people.ROLES:
            people.add_office_user(session, role, PASSWORD, role, NOW)


def tell(world: World, folder: Path) -> Story:
    """Let the day happen."""
    _name(world)
    laptop = world.laptop()
    laptop.pull()
    # M1 changes the opening hours of both shops; head office does too, and gives one shop to M2.
    for code in ("C11", "C12"):
        laptop.do("patch", "customer", world.customers[code], {"opening_hours": "07:30-21:00"})
    laptop.push()
    laptop.pull()
    visit, photos = _visits(world, laptop)
    submission = submit_forecast(world, laptop, "C11", 320)
    world.put("customer", world.customers["C11"], {"opening_hours": "08:30-20:00"})
    world.put("customer", world.customers["C12"], {"opening_hours": "09:00-20:00"})
    world.move("C12", "T2")
    task = _task(world, "请核对门头招牌", "M1", world.customers["C11"])
    _task(world, "补发价签 20 张", "M2", world.customers["C21"])
    laptop.do(
        "patch", "customer", world.customers["C11"], {"opening_hours": "07:00-22:00", "shop_name": "幸福烟酒便利"}
    )
    laptop.do("patch", "customer", world.customers["C12"], {"opening_hours": "07:00-23:00"})
    laptop.do("patch", "customer", world.customers["C11"], {"tier": 9})
    laptop.do("insert", "stock_count", key(), {"visit_id": key(), "product_id": world.products[0], "on_hand": 4}, 0)
    laptop.do("insert", "visit", key(), {"customer_id": world.customers["C11"], "status": "done"}, 0)
    waits = laptop.next_no - 2
    laptop.push()
    _report(world, laptop, task, visit)
    _send_photos(world, folder, laptop.replica, photos)
    return Story(
        visit, photos[0], photos[1], "shop_name", _lost(world), waits, task, laptop, submission
    )  # fmt: skip


def _name(world: World) -> None:
    for code, name in SHOPS.items():
        world.put("customer", world.customers[code], {"cust_name": name})
    for number, name in enumerate(("红双喜（硬）", "利群（新版）", "云烟（紫）")):
        world.put("product", world.products[number], {"name": name})
    with world.database.write() as session:
        for code, name in (("M1", "李建国"), ("M2", "王芳")):
            session.execute(update(Manager).where(Manager.code == code).values(name=name))
        people.add_manager(session, "M3", "赵敏", "T3", NOW)


def _visits(world: World, laptop: Laptop) -> tuple[str, list[str]]:
    shop, now = world.customers["C11"], world.now
    visit = laptop.insert("visit", visit_values(
        shop, arrived_at=(now - timedelta(minutes=40)).isoformat(), left_at=now.isoformat(),
        started_at=now.isoformat(), met="owner", need_note="希望增加细支烟\n货架要换灯", next_visit_on="2026-03-09",
    ))  # fmt: skip
    for serial, code, status in ((2, "C12", "closed"), (4, "C11", "refused")):
        laptop.insert("visit", visit_values(world.customers[code], serial=serial, status=status))
    for number, product in enumerate(world.products):
        laptop.insert("stock_count", {
            "visit_id": visit, "product_id": product, "on_hand": 12 + number, "retail_price": 2500,
            "has_tag": number != 1,
        })  # fmt: skip
    laptop.insert("diagnosis_rating", {"visit_id": visit, "item": "D04", "state": "C", "note": "3 个品规缺价签"})
    laptop.insert("promise", {
        "customer_id": shop, "visit_id": visit, "text": "下周补齐价签", "by_shop": True, "due_on": "2026-03-09",
    })  # fmt: skip
    photos = [_photo(laptop, visit, number) for number in range(3)]
    laptop.push()
    laptop.pull()
    return visit, photos


def submit_forecast(world: World, laptop: Laptop, shop: str, final: int) -> str:
    """Submit April: two SKUs, the first corrected, a shop of it by hand."""
    submission = laptop.insert("forecast_submission", {
        "month": "2026-04-01", "version": 1, "submitted_at": world.now.isoformat(), "based_on": "2026-02-28",
        "model_total": 480, "final_total": final + 180, "low": 430.5, "high": 540.0, "skus": 2, "corrected": 1,
    })  # fmt: skip
    line = {"submission_id": submission, "product_id": world.products[0], "low": 250.0, "high": 350.0}
    laptop.insert("forecast_line", line | {"model_value": 300, "final_value": final, "reason": "festival"})
    laptop.insert("forecast_line", line | {"product_id": world.products[1], "model_value": 180, "final_value": 180})
    by_hand = {"customer_id": world.customers[shop], "model_value": 40, "final_value": 60, "reason": "told"}
    laptop.insert("forecast_line", line | by_hand)
    laptop.push()
    return submission


def picture(number: int, width: int) -> bytes:
    """Return a small real JPEG."""
    made = io.BytesIO()
    image = Image.linear_gradient("L").resize((width, width * 3 // 4)).rotate(90 * number)
    Image.merge("RGB", (image, ImageOps.invert(image), Image.new("L", image.size, 120))).save(made, "JPEG")
    return made.getvalue()


def _photo(laptop: Laptop, visit: str, number: int) -> str:
    content = picture(number, 640)
    return laptop.insert("photo", {
        "visit_id": visit, "caption": ("门头", "货架", NASTY)[number], "sha256": hashlib.sha256(content).hexdigest(),
        "byte_size": len(content), "width": 640, "height": 480, "added_at": laptop.world.now.isoformat(),
    })  # fmt: skip


def _send_photos(world: World, folder: Path, replica: str, photos: list[str]) -> None:
    """Send a thumbnail and an original of the first, a thumbnail of the second, nothing of the third."""
    store = FolderBlobStore(folder / "photos")
    for number, kind, width in ((0, "thumb", 160), (0, "full", 640), (1, "thumb", 160)):
        content = picture(number, width)
        request = BlobRequest.model_validate({
            "replica": replica, "sha256": hashlib.sha256(content).hexdigest(), "photo": photos[number], "kind": kind,
            "size": len(content),
        })  # fmt: skip
        blobs.accept_whole(world.database, store, request, content, "M1", world.now)


def _task(world: World, title: str, manager: str, customer: str) -> str:
    task = key()
    values: dict[str, Any] = {
        "manager": manager, "customer_id": customer, "title": title, "assigned_by": "chief", "due_on": "2026-03-06",
        "assigned_at": world.now.isoformat(), "state": "assigned",
    }  # fmt: skip
    world.put("task", task, values)
    return task


def _report(world: World, laptop: Laptop, task: str, visit: str) -> None:
    laptop.pull()
    done = {
        "state": "done", "report_note": "招牌已核对，与档案一致", "report_visit_id": visit,
        "reported_at": world.now.isoformat(),
    }  # fmt: skip
    laptop.do("patch", "task", task, done)
    laptop.push()


def _lost(world: World) -> Laptop:
    """Let a lost laptop of M2 bring a visit: a person of the office decides on it."""
    lost = world.laptop("M2")
    lost.do("insert", "visit", key(), visit_values(world.customers["C21"], serial=1), 0)
    with world.database.write() as session:
        people.revoke(session, lost.replica, world.now, "office")
    push(world.database, lost.push_request(*lost.waiting), world.now, keep_apart=True)
    return lost
