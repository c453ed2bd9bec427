"""The records that every part of the benchmark sends: visits with their diagnosis, shelf check and stock counts."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from app.runtime.ids import new_id
from app.storage.capture import plain_value

A_VISIT = 20
"""Records of one visit: itself, a shelf check, twelve items of the diagnosis, six SKUs counted."""
_RATINGS, _COUNTS = 12, 6
_DAY = date(2026, 3, 2)
_ITEMS = "outlook products prices display stock people training service terminal lawful orders upgrade".split()
_WHERE = "柜台左边 柜台右边 背柜上层 背柜下层 门口 收银台旁 第二格 灯箱下 里间 堆头".split()
_WHAT = "细支 中支 一类烟 新品 爆珠 雪茄 普一类 地产烟 短支 低价烟 价签 警语牌 禁售标识 样品盒 陈列架".split()
_HOW = (
    "被饮料挡住了 卖得比上月快 断过一次货 摆得太密 还剩几条没上柜 颜色褪了要换 和系统不一致 老板说问的人多 "
    "周末才补 位置让给了打火机 已经请他挪开 下回带新的来 老板愿意试一试 隔壁店也有 没有顾客问"
).split()


@dataclass(frozen=True, slots=True)
class Record:
    """One row; the values are those that the mapped classes take."""

    table: str
    key: UUID
    values: Mapping[str, Any]

    @property
    def wire(self) -> dict[str, Any]:
        """The values as they travel."""
        return {name: plain_value(value) for name, value in self.values.items()}


def products(count: int) -> list[Record]:
    """Return the catalogue."""
    return [
        Record("product", new_id(), {
            "sku_code": f"690102{no:06d}", "name": f"云桥({'软' if no % 2 else '硬'}{no})", "brand": f"品牌{no % 17}",
            "price_class": "一二三四五"[no % 5] + "类", "pack_sticks": 20, "sticks_per_carton": 200,
            "wholesale_price": 5000 + 130 * no, "retail_price": 600 + 15 * no, "status": "在销",
        })
        for no in range(count)
    ]  # fmt: skip


def shops(territory: str, count: int) -> list[Record]:
    """Return the customers of a territory."""
    return [
        Record("customer", new_id(), {
            "cust_code": f"{territory}{no:05d}", "cust_name": f"云桥市{territory}第{no}食杂店", "shop_name": "老周食杂店",
            "address": f"云桥市河东区铁铺街{no}号", "order_weekday": no % 5 + 1,
        })
        for no in range(count)
    ]  # fmt: skip


def visits(shop_keys: Sequence[UUID], product_keys: Sequence[UUID], seed: int = 7) -> Iterator[Record]:
    """Yield the records of one visit after another, without end; the same ones for the same seed but for their keys."""
    chance = random.Random(seed)
    number = 0
    while True:
        yield from _visit(shop_keys[number % len(shop_keys)], product_keys, number, chance)
        number += 1


def some(records: Iterable[Record], count: int) -> list[Record]:
    """Return the first records."""
    return list(islice(records, count))


def _note(chance: random.Random) -> str:
    """Return what a person types about something that is not as it should be."""
    return f"{chance.choice(_WHERE)}{chance.choice(_WHAT)}{chance.randrange(2, 40)}个，{chance.choice(_HOW)}"


def _visit(shop: UUID, product_keys: Sequence[UUID], number: int, chance: random.Random) -> Iterator[Record]:
    key = new_id()
    day = _DAY + timedelta(days=number // 25)
    begun = datetime(day.year, day.month, day.day, 1, tzinfo=UTC) + timedelta(minutes=17 * (number % 25))
    yield Record("visit", key, {
        "customer_id": shop, "day": day, "seq": number % 25 + 1, "status": "done", "started_at": begun,
        "arrived_at": begun + timedelta(seconds=chance.randrange(60, 400)),
        "left_at": begun + timedelta(seconds=chance.randrange(500, 1500)), "met": "owner", "read_back": True,
        "playbook_version": "2026.1", "wrap_note": f"{_note(chance)}；{_note(chance)}", "next_visit_on": day + timedelta(days=14),
    })  # fmt: skip
    yield Record("shelf_check", new_id(), {
        "visit_id": key, "sku_on_sale": chance.randrange(20, 90), "sku_shown": chance.randrange(20, 90),
        "sku_tagged": chance.randrange(20, 90), "slots": chance.choice((30, 40, 60)), "fixture_ok": True,
        "position_ok": chance.random() < 0.9, "in_order": True, "license_shown": True, "minors_sign": True,
        "tags_complete": chance.random() < 0.8,
    })  # fmt: skip
    for item in _ITEMS[:_RATINGS]:
        state = chance.choice(("good", "good", "fair", "poor"))
        note = {"note": _note(chance)} if state != "good" else {}
        yield Record("diagnosis_rating", new_id(), {
            "visit_id": key, "item": item, "k1": "yes", "k2": chance.choice(("yes", "no")), "k3": "yes",
            "suggested": state, "state": state, "hard_fail": False, **note,
        })  # fmt: skip
    for product in chance.sample(product_keys, _COUNTS):
        yield Record("stock_count", new_id(), {
            "visit_id": key, "product_id": product, "on_hand": chance.randrange(60),
            "retail_price": 600 + 5 * chance.randrange(300), "has_tag": chance.random() < 0.9,
        })  # fmt: skip
