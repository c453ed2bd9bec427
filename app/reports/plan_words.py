"""The words on the papers of a plan: table, workbook, day sheet, forms; `{names}` are filled in."""

from datetime import date

from app.domain.text import Language, Text
from app.reports.words import MONTH_NAMES_EN

SHEET = Text("客户经理拜访计划表", "Visit plan")
TITLE_OF_MONTH = Text("客户经理拜访计划表 · {month}", "Visit plan  |  {month}")
MANAGER = Text("客户经理：{manager}", "Customer manager: {manager}")
CONTINUED = Text("{title}（续）", "{title} (continued)")
NO_VISITS = Text("没有计划拜访", "No visits are planned")
DAY_SUMS = Text("{stops} 户 · {km} 公里 · {hours} 小时", "Stops {stops}  |  {km} km  |  {hours} h")
SUMS = Text(
    "合计：拜访 {stops} 户次 · {km} 公里 · {hours} 小时 · 订货日匹配 {match}",
    "Total: stops {stops}  |  {km} km  |  {hours} h  |  order-day match {match}",
)
HOW_SUMMED = Text(
    "公里为道路里程估算，含返程；小时含路上和店内，不含午休；订货日匹配＝在订货日当天或前一工作日拜访的户次÷有订货日的户次",
    "km are estimated by road with the way home; hours are road and shops without lunch; order-day match = visits on "
    "the order day or the working day before ÷ visits at shops with an order day",
)
INTERNAL = Text("内部使用，请勿留在店内", "Internal: do not leave it in a shop")
PAGE = Text("第 {page} / {pages} 页", "{page} / {pages}")
APPROVED = Text("审批人签字", "Approved by")

DATE = Text("日期", "Date")
WEEKDAY = Text("星期", "Weekday")
LINE = Text("线路", "Line")
NUMBER = Text("序号", "No.")
CODE = Text("客户编码", "Shop code")
NAME = Text("客户名称", "Shop")
TIER = Text("档位", "Tier")
CLASS = Text("分类", "Class")
TIER_CLASS = Text("档位 / 分类", "Tier / class")
ORDER_DAY = Text("订货日", "Order day")
LAST_VISIT = Text("上次拜访", "Last visit")
VISIT_NO = Text("本月第几次", "Visit of month")
VISIT_NO_HEAD = Text("本月次数", "Visit no.")
PURPOSE = Text("拜访目的", "Purpose")
PROBLEM = Text("要解决的问题", "Problem to solve")
ITEMS = Text("关联诊断项", "Linked items")
TASKS = Text("关联任务", "Linked tasks")
TO_BRING = Text("携带资料", "To bring")
ARRIVAL = Text("计划到店", "Arrival")
MINUTES = Text("计划分钟", "Minutes")
MINUTES_SHORT = Text("{minutes} 分", "{minutes} min")
KM = Text("里程（公里）", "km")
ON_ORDER_DAY = Text("订货日匹配", "Order-day match")
PRIORITY = Text("优先级", "Priority")
DUE_BY = Text("最迟日期", "Due by")
DUE_BY_SHORT = Text("最迟 {day}", "by {day}")
STATUS = Text("状态", "Status")
REASON = Text("变更原因", "Reason if changed")
MOVED_TO = Text("改期至", "Moved to")
RESULT = Text("结果", "Result")
YES, NO = Text("是", "yes"), Text("否", "no")

HEALTH = Text("计划情况", "Plan health")
FIGURE, VALUE = Text("指标", "Figure"), Text("数值", "Value")
VISITS_DUE = Text("应访户次", "Visits due")
VISITS_PLANNED = Text("已排户次", "Visits planned")
VISITS_DONE = Text("已完成户次", "Visits done")
UNPLACED = Text("未能排入户次", "Visits without a day")
SHOPS = Text("客户数", "Shops")
HOURS = Text("小时", "Hours")
FEWEST, MOST = Text("每日最少户数", "Fewest stops a day"), Text("每日最多户数", "Most stops a day")
CADENCE = Text("{code} 每 {days} 天：达到周期的客户", "{code} every {days} days: shops that keep it")
CADENCE_OF = Text("{code} 每 {days} 天：客户数", "{code} every {days} days: shops")

DAY_SHEET = Text("拜访日程 · {day}", "Day sheet  |  {day}")
WHY = Text("缘由", "Why")
DONE_BOX = Text("完成", "Done")
REMARKS = Text("备注", "Notes")

_WEEKDAYS = (
    Text("周一", "Mon"), Text("周二", "Tue"), Text("周三", "Wed"), Text("周四", "Thu"),
    Text("周五", "Fri"), Text("周六", "Sat"), Text("周日", "Sun"),
)  # fmt: skip


def weekday(number: int | None, language: Language) -> str:
    """Return the short name of a weekday, 1 (Monday) to 7; empty for none."""
    return "" if number is None else _WEEKDAYS[number - 1].of(language)


def month_name(month: date, language: Language) -> str:
    """Return a month with its year."""
    if language is Language.ZH:
        return f"{month.year} 年 {month.month} 月"
    return f"{MONTH_NAMES_EN[month.month - 1]} {month.year}"


def day_name(day: date, language: Language) -> str:
    """Return a day with its weekday."""
    return f"{day.isoformat()} {weekday(day.isoweekday(), language)}"


def several(parts: tuple[str, ...], language: Language) -> str:
    """Return several things as one text."""
    return Text("；", "; ").of(language).join(parts)
