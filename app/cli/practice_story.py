"""A few visits in the practice territory, for pictures of the pages with a day under way. All invented."""

import io
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from PIL import Image, ImageDraw
from sqlalchemy import select

from app.bootstrap.application import Application
from app.models.customer import Customer
from app.runtime.clock import Clock
from app.services.visit_rows import SHELF_ROW, RowChange, RowKind, new_row, rating_row, stock_row

EARLIER = date(2026, 11, 7)
_MAIN_SHOP = "HD3003"
_STATES_BEFORE = "BBCBBCABBBBABB"
_STATES_NOW = "AABBB"


def tell_story(application: Application) -> None:
    """Record an earlier visit at the main shop, and today: two shops served, the third under way."""
    then = replace(application, clock=Clock(as_of=EARLIER))
    shop = _customer(application, _MAIN_SHOP)
    visit = then.visits.plan(shop, EARLIER)
    _record_shop(then, visit, EARLIER, _STATES_BEFORE)
    plan, promise, other = new_row(RowKind.PLAN), new_row(RowKind.PROMISE), new_row(RowKind.PROMISE)
    then.visits.record(
        visit,
        (
            RowChange(plan, {"item": "D13", "current_state": "C", "target_state": "B", "measures": ("D13-1",),
                             "due_on": date(2026, 11, 28)}),
            RowChange(promise, {"text": "补齐 6 张价签", "by_shop": False, "due_on": date(2026, 11, 21)}),
            RowChange(other, {"text": "柜台一层腾出陈列位", "by_shop": True, "done_on": date(2026, 11, 14)}),
        ),
    )  # fmt: skip
    then.photos.add(visit, then.photos.prepare(drawn_shelf("11-07")), place="counter_front")
    then.visits.finish(visit)
    _begin_today(application)


def _begin_today(application: Application) -> None:
    today = application.clock.today()
    sheet = application.days.open(today)
    served = [stop for stop in sheet.stops if stop.code != _MAIN_SHOP][:2]
    for stop in served:
        assert stop.visit_id is not None  # noqa: S101 - the day was just opened
        application.visits.record_arrival(stop.visit_id, arrived_at=_at(today, 9, 5), met="owner")
        application.visits.finish(stop.visit_id)
    application.days.add(today, _customer(application, _MAIN_SHOP))
    visit = application.visits.plan(_customer(application, _MAIN_SHOP), today)
    _record_shop(application, visit, today, _STATES_NOW)
    application.photos.add(visit, application.photos.prepare(drawn_shelf("11-21")), place="counter_front")


def main_visit(application: Application) -> tuple[UUID, UUID]:
    """Return customer and visit of the main shop today."""
    shop = _customer(application, _MAIN_SHOP)
    return shop, application.visits.plan(shop, application.clock.today())


def _record_shop(application: Application, visit: UUID, day: date, states: str) -> None:
    visits = application.visits
    visits.record_arrival(visit, arrived_at=_at(day, 10, 21), met="owner")
    sheet = application.stock_sheets.read(visit)
    counts = [
        RowChange(
            stock_row(line.product_id),
            {"on_hand": (number * 5 + len(states)) % 9, "retail_price": line.guide_price, "has_tag": number % 4 > 0},
        )
        for number, line in enumerate(sheet.lines[:16])
    ]
    shelf = {
        "sku_on_sale": 21, "sku_shown": 19, "sku_tagged": 17, "slots": 24, "fixture_ok": True, "position_ok": True,
        "in_order": True, "license_shown": True, "minors_sign": True, "tags_complete": False, "price_as_tagged": True,
        "note": "左侧背柜灯坏一盏，已报修。",
    }  # fmt: skip
    ratings = [RowChange(rating_row(f"D{number:02d}"), {"state": state}) for number, state in enumerate(states, 1)]
    visits.record(visit, (*counts, RowChange(SHELF_ROW, shelf), *ratings))


def drawn_shelf(words: str) -> bytes:
    """Return a drawing of a shelf as a JPEG: plainly no photograph."""
    image = Image.new("RGB", (1200, 800), "#9fb8b2")
    draw = ImageDraw.Draw(image)
    for row in range(4):
        top = 60 + row * 180
        draw.rectangle((40, top + 130, 1160, top + 145), fill="#4a6a63")
        for column in range(14):
            shade = ("#c9483b", "#e2b64d", "#3b6fa8", "#dfe5e3", "#3f7d5a")[(row * 3 + column) % 5]
            draw.rectangle((60 + column * 78, top, 120 + column * 78, top + 128), fill=shade, outline="#2a3a37")
    draw.text((48, 20), f"drawing {words}", fill="#12222b")
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88)
    return file.getvalue()


def _customer(application: Application, code: str) -> UUID:
    with application.database.read() as session:
        return session.scalars(select(Customer.id).where(Customer.cust_code == code)).one()


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute)).astimezone()
