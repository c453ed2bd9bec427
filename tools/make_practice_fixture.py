"""Makes the invented Chinese practice territory for tests and screenshots, byte for byte the same each time.

    python tools/make_practice_fixture.py

It writes `resources/sample_data/zh_practice/{customers,products,orders}.csv` with the headings of the `zh-standard`
profiles: 60 shops of the line 河东三线, 40 SKUs, order lines of 24 months up to 2026-11-20; and `allocations.csv`, what
each shop may order of the SKUs that are short or to be cultivated in the fortnight of "today". Everything is invented,
and made so that it can be seen: licence numbers start with 999, telephone numbers with 1000000 (no such numbers are
given out), bar codes with 29 (kept for use inside a shop), and the town does not exist.
"""

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

# The numbers of an invention are its own, and its chance must be the same each time.
# ruff: noqa: PLR2004, S311

_TARGET = Path(__file__).resolve().parents[1] / "resources" / "sample_data" / "zh_practice"
_SEED = 20261121
_FIRST_DAY = date(2024, 11, 25)
_LAST_DAY = date(2026, 11, 20)  # "today" is the day after: its orders are still to come
_WEEKDAYS = "一二三四五六"

# name | operator | format | market | size | order weekday; the first eight are the shops of the design
_SHOPS = """
万家便利店|方雅琴|便利店|城镇|中|6
红星烟酒商行|单秀英|烟酒商店|城镇|大|1
老周食杂店|周德顺|食杂店|乡村|小|6
惠民超市|曾国良|超市|城镇|大|6
桥头小卖部|查文斌|食杂店|乡村|小|1
鑫源副食|解玉梅|食杂店|城镇|中|6
客运站便民店|仇志刚|便利店|城镇|大|6
金桂园商店|区炳坤|食杂店|城镇|中|6
德顺烟酒店|任䶮|烟酒商店|城镇|中|6
好邻居便利店|盖丽华|便利店|城镇|中|6
老槐树小店|朴永哲|食杂店|乡村|小|6
河东供销社门市部|乐建平|食杂店|乡村|中|6
清溪生活超市|燕淑芬|超市|城镇|中|1
三岔口副食店|尉迟振|食杂店|乡村|小|1
春晖文具烟酒|盛春晖|其他|城镇|小|1
长乐路烟酒行|乐嘉|烟酒商店|城镇|大|1
满庭芳茶楼|柏青|娱乐服务类|城镇|小|1
同福客栈|佟志远|娱乐服务类|城镇|小|1
阿珍士多店|区美珍|食杂店|城镇|小|1
河湾农资店|石垚|其他|乡村|小|1
兴隆百货商场|隆国栋|商场|城镇|大|2
小燕便利店|燕小燕|便利店|城镇|中|2
重阳烟酒店|重阳|烟酒商店|城镇|中|2
长发副食|谌长发|食杂店|城镇|小|2
大河湾食杂店|宁淼|食杂店|乡村|小|2
西关烟酒商行|晁西|烟酒商店|城镇|大|2
学府路便利店|佘昱|便利店|城镇|中|2
城南加油站便利店|翟朝阳|便利店|城镇|中|2
柳树屯小卖部|柳犇|食杂店|乡村|小|2
祥和超市|冼祥和|超市|乡村|中|2
会仙楼酒店|曾喆|娱乐服务类|城镇|中|3
单记副食店|单大勇|食杂店|城镇|小|3
仇家铺子|仇燊|食杂店|乡村|小|3
解放路烟酒行|解放|烟酒商店|城镇|大|3
查记便民超市|查𬘬|超市|城镇|中|3
区府街便利店|区昇|便利店|城镇|中|3
天天平价店|于祎|食杂店|城镇|小|3
北门烟酒店|葛翀|烟酒商店|城镇|中|3
杨柳青小店|杨柳青|食杂店|乡村|小|3
一品轩烟酒|侴一品|烟酒商店|城镇|大|3
麦香村食杂|麦赟|食杂店|乡村|小|4
吉祥如意超市|吉祥|超市|城镇|大|4
石桥镇供销店|石俊|食杂店|乡村|中|4
渡口小卖部|船小渡|食杂店|乡村|小|4
鸿运来烟酒商行|洪运来|烟酒商店|城镇|大|4
朝阳便利店|朝阳|便利店|城镇|中|4
和平里副食店|和平|食杂店|城镇|小|4
晨星书报亭|辰星|其他|城镇|小|4
双河口综合商店|双建国|食杂店|乡村|中|4
月亮湾农家乐|岳亮|娱乐服务类|乡村|小|4
乐万家超市|万乐|超市|城镇|大|5
厦门街便利店|夏门|便利店|城镇|中|5
铁铺街烟酒店|铁军|烟酒商店|城镇|中|5
老祁家杂货|祁连山|食杂店|乡村|小|5
得月楼饭店|德悦|娱乐服务类|城镇|小|5
广场南便利店|广南|便利店|城镇|中|5
孙家湾小卖部|孙堃|食杂店|乡村|小|5
王㛃烟酒店|王㛃|烟酒商店|城镇|小|5
俯仰斋茶庄|赵𫖯|其他|城镇|小|5
八里铺食杂店|巴立|食杂店|乡村|小|5
"""

# name | yuan a pack | how well it sells (1 to 10) | new | to be cultivated
_PRODUCTS = """
雅韵(硬)|12|10||
雅韵(软)|13|5||
雅韵(细支)|16|4||
雅韵(中支)|20|2||是
金穗(软)|11|8||
金穗(硬)|10|7||
金穗(细支)|14|3||
金穗(硬金)|17|2||
云岭(细支)|16|4||
云岭(硬)|15|4||
云岭(中支)|24|2||是
云岭(软珍)|30|2||
江南(中支)|42|2||
江南(细支)|36|1||
江南(硬)|26|3||
江南(软蓝)|22|3||
老城(硬红)|5|5||
老城(软红)|4.5|3||
老城(硬)|6|4||
老城(细支)|8|2||
青山(细支)|16|3|是|是
青山(硬)|9|4||
青山(软)|10|5||
青山(中支)|18|1||
晨光(爆珠)|15|3|是|是
晨光(细支)|13|2||
晨光(硬)|8|4||
晨光(硬蓝)|7|5||
大河(硬)|10|6||
大河(软)|9|4||
大河(细支)|12|2||
大河(硬白)|6|3||
红枫(硬)|7|5||
红枫(软)|6.5|3||
红枫(细支)|9.5|1||
红枫(中支)|14|1||
平川(软)|2.5|3||
平川(硬)|3.5|3||
平川(细支)|7.5|1||
平川(硬黄)|4|2||
"""

_MAKERS = {"雅": "东岭卷烟厂", "金": "东岭卷烟厂", "云": "南屏卷烟厂", "江": "南屏卷烟厂", "老": "河东卷烟厂"}
_FAMILIES = {"硬": "硬盒", "软": "软盒"}
_SCALE = {"大": 3.0, "中": 1.4, "小": 0.6}
_WIDTH = {"大": 26, "中": 19, "小": 13}
_WORTH_ORDERING = {"大": 13, "中": 8, "小": 4}
_MONTH = {1: 1.25, 2: 1.3, 3: 0.9, 4: 0.92, 5: 0.98, 6: 0.96, 7: 0.98, 8: 1.0, 9: 1.1, 10: 1.05, 11: 0.98, 12: 1.08}
_STREETS = ("青石路", "长乐路", "解放路", "和平里", "学府路", "铁铺街", "广场南路", "滨河路")
_VILLAGES = ("桥头村", "柳树屯", "三岔口村", "大河湾村", "石桥镇", "渡口村", "八里铺", "孙家湾")
_CAPS = {"大": 20, "中": 12, "小": 6}
_SHORT = (13, 14, 21)
_LIMITED = {
    2: {"大": 8, "中": 5, "小": 3},
    6: {"大": 10, "中": 6, "小": 4},
    28: {"大": 6, "中": 3, "小": 1},
}
"""SKUs that sell well and are limited this fortnight."""
_FORTNIGHT = (date(2026, 11, 16), date(2026, 11, 29))
_AREAS = {"便利店": "交通枢纽区", "超市": "居民区", "商场": "商业娱乐区", "烟酒商店": "商业娱乐区"}


_Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Shop:
    number: int
    name: str
    operator: str
    form: str
    market: str
    size: str
    weekday: int

    @property
    def code(self) -> str:
        return f"HD{3000 + self.number}"


@dataclass(frozen=True, slots=True)
class _Product:
    number: int
    name: str
    pack_price: float
    rank: int
    is_new: bool
    is_key: bool

    @property
    def code(self) -> str:
        return f"91{self.number:04d}"

    @property
    def wholesale(self) -> float:
        return round(self.pack_price * 8.7, 1)

    @property
    def transfer(self) -> float:
        return round(self.wholesale * 0.75, 1)

    @property
    def price_class(self) -> str:
        before_tax = self.transfer / 1.13
        cuts = zip((100, 70, 30, 16.5), "一二三四", strict=True)
        return next((name for cut, name in cuts if before_tax >= cut), "五") + "类"


def _shops() -> list[_Shop]:
    rows = (line.split("|") for line in _SHOPS.strip().splitlines())
    return [_Shop(number, *row[:5], int(row[5])) for number, row in enumerate(rows, 1)]


def _products() -> list[_Product]:
    rows = (line.split("|") for line in _PRODUCTS.strip().splitlines())
    return [
        _Product(number, name, float(price), int(rank), bool(new), bool(key))
        for number, (name, price, rank, new, key) in enumerate(rows, 1)
    ]


def _customer(shop: _Shop, chance: random.Random) -> _Row:
    town = shop.market == "城镇"
    tier = {"大": 24, "中": 16, "小": 9}[shop.size] + chance.randrange(-3, 5)
    angle, far = chance.random() * 6.28, chance.random() * (0.03 if town else 0.09)
    ends = date(2027, 3, 31) if shop.number == 3 else date(2026, 12, 20) + timedelta(days=chance.randrange(1500))
    place = chance.choice(_STREETS if town else _VILLAGES)
    house = f"{chance.randrange(1, 260)}号"
    modern = shop.size == "大" or (shop.size == "中" and chance.random() < 0.4)
    return {
        "客户编码": shop.code,
        "许可证号": f"999{shop.number:05d}0{chance.randrange(100, 999)}" if shop.number != 3 else "999000030417",
        "许可证有效期起": ends.replace(year=ends.year - 5, day=min(ends.day, 28)).isoformat(),
        "许可证有效期止": ends.isoformat(),
        "企业名称": shop.name,
        "店招名称": shop.name,
        "实际经营者": shop.operator,
        "经营者电话": f"1000000{chance.randrange(10000):04d}",
        "经营状态": "暂停营业" if shop.number == 48 else "正常经营",
        "市公司": "云桥市公司",
        "区县": "河东区",
        "市场部": "河东市场部",
        "客户经理": "JL0307",
        "营销线": "河东三线",
        "送货线": f"河东送{shop.weekday}线",
        "经营地址": f"云桥市河东区{place}{house}",
        "街道名称": place if town else "",
        "社区": "" if town else place,
        "经度": f"{110 + far * 1.1 * _cos(angle):.6f}",
        "纬度": f"{30 + far * _cos(angle - 1.57):.6f}",
        "商圈类型": _AREAS.get(shop.form, "居民区") if town else "农林渔牧区",
        "营业场所面积": f"{chance.randrange(18, 60) * (6 if shop.form in {'超市', '商场'} else 1)}",
        "经营业态": shop.form,
        "市场类型": shop.market,
        "市场类型细分": "主城区" if town else "村庄",
        "经营规模": shop.size,
        "档位": str(12 if shop.number == 3 else tier),
        "经营方式": "连锁" if shop.form == "便利店" and shop.size != "小" else "单体",
        "订货周期类型": "每周一次",
        "订货日": f"周{_WEEKDAYS[shop.weekday - 1]}",
        "订货方式": "手机订货" if chance.random() < 0.6 else "网上订货",
        "送货日": f"周{_WEEKDAYS[shop.weekday % 6]}",
        "终端层级": "现代终端" if modern else "普通终端",
        "样本户": "是" if shop.number in {1, 3, 4, 13, 34} else "否",
        "守法分类": "诚信经营户" if shop.number != 40 else "一般违法户",
        "诚信等级": ("AAA" if modern else "AA") if shop.number != 40 else "B",
        "供货状态": "暂停供货" if shop.number == 48 else "正常供货",
        "入网日期": date(2012 + shop.number % 11, 1 + shop.number % 12, 12).isoformat(),
    }


def _cos(angle: float) -> float:
    """Return a cosine that is the same on every machine: a polynomial is good enough for a sketch."""
    turn = (angle + 3.141593) % 6.283185 - 3.141593
    square = turn * turn
    return 1 - square / 2 + square * square / 24 - square**3 / 720 + square**4 / 40320


def _product_row(product: _Product) -> _Row:
    variant = product.name[3:-1]
    slim = {"细支": "17.0", "中支": "20.0"}.get(variant, "24.3")
    flag = "紧俏" if product.number in _SHORT else "顺销" if product.rank >= 5 else "平销"
    return {
        "品规编码": product.code,
        "品规名称": product.name,
        "品牌": product.name[:2],
        "规格": _FAMILIES.get(variant[0], variant),
        "工业公司": _MAKERS.get(product.name[0], "平川卷烟厂"),
        "价类": product.price_class,
        "条形码": f"29000000{product.number:05d}",
        "焦油量": "6" if variant in {"细支", "爆珠"} else "10",
        "圆周": slim,
        "每盒支数": "20",
        "每条支数": "200",
        "每件条数": "50",
        "调拨价": f"{product.transfer:.2f}",
        "批发价": f"{product.wholesale:.2f}",
        "零售价": f"{product.pack_price:.2f}",
        "货源状态": "滞销" if product.number in {35, 39} else flag,
        "新品": "是" if product.is_new else "否",
        "重点培育": "是" if product.is_key else "否",
        "上市日期": "2026-08-03" if product.is_new else "",
    }


def _assortment(shop: _Shop, products: Sequence[_Product], chance: random.Random) -> dict[int, float]:
    """Return the weekly sales of the SKUs that the shop carries, by the number of the SKU."""
    width = 21 if shop.number == 3 else _WIDTH[shop.size] + chance.randrange(-3, 4)

    def weight(product: _Product) -> float:
        fits = 1.6 if (product.pack_price >= 14) == (shop.market == "城镇") else 1.0
        return product.rank * fits * (0.6 + chance.random())

    carried = sorted(products, key=lambda p: (-weight(p), p.number))[:width]
    scale = _SCALE[shop.size] * (0.75 + chance.random() / 2)
    return {p.number: scale * p.rank * (0.25 + 0.35 * chance.random()) for p in carried}


def _trend(shop: _Shop, product: _Product, day: date) -> float:
    """Return what the stories of a few shops and SKUs do to the sales of a day; the rest stays level."""
    if shop.number == 3 and product.name == "老城(硬红)" and day >= date(2026, 8, 20):
        return 0.0
    if product.is_new and day < date(2026, 8, 3):
        return 0.0
    recent = day >= date(2026, 10, 25)
    falls = {3: 0.85, 24: 0.45, 33: 0.6}
    rises = {1: 1.2, 4: 1.15, 16: 1.3}
    if recent and shop.number in falls:
        return falls[shop.number]
    return rises.get(shop.number, 1.0) if day >= date(2026, 3, 1) else 1.0


def _skips(shop: _Shop, day: date, chance: random.Random) -> bool:
    if shop.number == 48 and day >= date(2026, 10, 1):
        return True
    if shop.number == 29 and day >= date(2026, 11, 7):
        return True
    return chance.random() < (0.12 if shop.size == "小" else 0.03)


def _orders(shops: Sequence[_Shop], products: Sequence[_Product], chance: random.Random) -> Iterable[_Row]:
    stores = {shop.number: _assortment(shop, products, chance) for shop in shops}
    needs = {shop.number: dict.fromkeys(stores[shop.number], 0.0) for shop in shops}
    by_number = {product.number: product for product in products}
    day = _FIRST_DAY
    while day <= _LAST_DAY:
        for shop in shops:
            if shop.weekday != day.isoweekday():
                continue
            need = needs[shop.number]
            for number, weekly in stores[shop.number].items():
                noise = 0.55 + 0.9 * chance.random()
                need[number] += weekly * _MONTH[day.month] * _trend(shop, by_number[number], day) * noise
            if not _skips(shop, day, chance):
                yield from _order(shop, day, need, by_number)
        day += timedelta(days=1)


def _order(shop: _Shop, day: date, need: dict[int, float], products: dict[int, _Product]) -> Iterable[_Row]:
    """Order what has come together to be worth it; the rest waits for the next week."""
    line = 0
    for number in sorted(need):
        product = products[number]
        wanted = int(need[number])
        if wanted < _WORTH_ORDERING[shop.size]:
            continue
        allowed = _CAPS[shop.size] // 2 if product.number in _SHORT else None
        ordered = wanted if allowed is None else min(wanted, allowed)
        need[number] = max(need[number] - wanted, 0)
        line += 1
        yield {
            "订单号": f"D{day:%y%m%d}{shop.number:03d}",
            "行号": line,
            "订货日期": day.isoformat(),
            "客户编码": shop.code,
            "品规编码": product.code,
            "需求量": wanted,
            "可订量": "" if allowed is None else allowed,
            "订购量": ordered,
            "金额": f"{ordered * product.wholesale:.2f}",
        }


def _allocations(shops: Sequence[_Shop], products: Sequence[_Product]) -> Iterable[_Row]:
    """Return what each shop may order; a SKU that is not named here is not limited."""
    for shop in shops:
        for product in products:
            if product.number in _SHORT:
                allowed = _CAPS[shop.size] // 2
            elif product.number in _LIMITED:
                allowed = _LIMITED[product.number][shop.size]
            elif product.is_key or product.is_new:
                allowed = _CAPS[shop.size]
            else:
                continue
            yield {
                "客户编码": shop.code,
                "品规编码": product.code,
                "起始日期": _FORTNIGHT[0].isoformat(),
                "截止日期": _FORTNIGHT[1].isoformat(),
                "可订量": allowed,
            }


def _write(path: Path, rows: Iterable[_Row]) -> int:
    listed = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed)
    return len(listed)


def make(target: Path) -> dict[str, int]:
    """Write the four files and return how many rows each has."""
    chance = random.Random(_SEED)
    shops, products = _shops(), _products()
    target.mkdir(parents=True, exist_ok=True)
    return {
        "customers": _write(target / "customers.csv", (_customer(shop, chance) for shop in shops)),
        "products": _write(target / "products.csv", (_product_row(product) for product in products)),
        "orders": _write(target / "orders.csv", _orders(shops, products, chance)),
        "allocations": _write(target / "allocations.csv", _allocations(shops, products)),
    }


if __name__ == "__main__":
    for name, count in make(_TARGET).items():
        print(f"{name}.csv: {count} rows, {(_TARGET / f'{name}.csv').stat().st_size} bytes")
