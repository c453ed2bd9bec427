"""An invented month of visits for the papers of a plan: two days, a shop that moved away, long names, empty fields."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from app.domain.planning.papers import FormSku, PlanTable, PlanTableDay, PlanTableRow, VisitForm
from app.domain.planning.views import CadenceHealth, PlanHealth
from app.domain.text import Language
from app.domain.visit import VisitStatus

MONDAY, TUESDAY = date(2026, 5, 11), date(2026, 5, 12)
CHANGED = datetime(2026, 5, 8, 9, 30, tzinfo=UTC)
HEALTH = PlanHealth(
    due=62, shops=48, done=12, planned=49, unplaced=1,
    cadence=(CadenceHealth("V1", 7, 9, 10), CadenceHealth("V3", 30, 38, 38)),
    order_day_match=0.935, km=412.34, hours=118.5, fewest_stops=12, most_stops=14,
)  # fmt: skip


def a_row(number: int | None, day: date = MONDAY, **fields: object) -> PlanTableRow:
    """Make a visit of which little is known, then what the test is about."""
    bare = PlanTableRow(
        visit_id=UUID(int=(day.day << 8) + (number or 99)), day=day, number=number, line="",
        code=f"31010{number or 99:03d}",
        name=f"老周食杂店{number or ''}", tier=None, class_code="", order_weekday=None, last_visit=None, visit_no=1,
        purposes=(), problem="", items=(), tasks=(), to_bring=(), planned_at=None, minutes=0, km=None,
        on_order_day=False, cadence="V3", due_by=None, status=VisitStatus.PLANNED, status_words="计划", reason="",
        moved_to=None, result="", changed_at=CHANGED,
    )  # fmt: skip
    return replace(bare, **fields)  # pyright: ignore[reportArgumentType]


def a_full_row(number: int, day: date = MONDAY) -> PlanTableRow:
    """Make a visit of which everything is known."""
    return a_row(
        number, day,
        name="湖滨路便民副食品商行（城南分店）", line="城南 03 线", tier=22, class_code="CZ1", order_weekday=2,
        last_visit=date(2026, 4, 27), visit_no=2, purposes=("订货指导", "提升计划"), problem="投诉待处理；连续未订货",
        items=("陈列设施", "明码标价"), tasks=("核实五月新品上柜情况",), to_bring=("补齐 6 张价签",),
        planned_at=time(9, 5), minutes=14, km=2.4, on_order_day=True, cadence="V1", due_by=date(2026, 5, 13),
    )  # fmt: skip


def a_table(language: Language = Language.ZH, stops: int = 13) -> PlanTable:
    """Make two days with that many stops each."""
    monday = tuple(a_full_row(n) if n % 3 == 1 else a_row(n, planned_at=time(9 + n // 3)) for n in range(1, stops + 1))
    gone = a_row(
        None,
        visit_no=None,
        status=VisitStatus.MOVED,
        status_words="改期",
        reason="客户要求改时间",
        moved_to=TUESDAY,
        name="桥头烟酒店",
    )
    tuesday = tuple(a_full_row(n, TUESDAY) for n in range(1, stops + 1))
    days = (PlanTableDay(MONDAY, 31.2, 388, (*monday, gone)), PlanTableDay(TUESDAY, 28.0, 372, tuesday))
    return PlanTable(language, date(2026, 5, 1), "林青", days, HEALTH)


def a_form(row: PlanTableRow | None = None, skus: int = 12) -> VisitForm:
    """Make a form with that many SKUs."""
    names = (
        "陈列设施", "商品展示", "产品组合", "商品库存", "推荐能力", "市场信息", "服务态度",
        "重视程度", "配合程度", "进货渠道", "商品知识", "订单管理", "明码标价", "促销宣传",
    )  # fmt: skip
    return VisitForm(
        row=row or a_full_row(1),
        met=("店主本人", "家人", "店员", "其他人"),
        unit="条",
        currency="CNY",
        skus=tuple(FormSku(f"雅韵（硬）{n}", 1200 + n * 50, n, date(2026, 4, 27)) for n in range(skus)),
        items=tuple((f"D{n:02d}", "" if n in (8, 9, 10) else name) for n, name in enumerate(names, 1)),
        promises=("补齐 6 张价签", "店主每天早上整理前柜"),
    )
