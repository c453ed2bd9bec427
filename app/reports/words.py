"""The words printed on reports, in both languages; `{names}` are filled in by the sections."""

from collections.abc import Sequence

from app.domain.customer_summary import ContactRole, MonthLine
from app.domain.text import Language, Text

NONE = "—"
SEPARATOR = Text(" · ", "  |  ")

TITLE = Text("{shop} · 经营小结", "{shop} – Business summary")
DOCUMENT = Text("经营小结", "Business summary")
CONTINUED = Text("{title}（续）", "{title} (continued)")
VISITED = Text("{date}拜访", "Visit of {date}")
PREVIOUS = Text("上次 {date}", "previous {date}")
CODE = Text("编号 {code}", "No. {code}")
NEXT_VISIT = Text("下次拜访 {date}", "Next visit {date}")
FOR_RETAILER = Text("仅供持证零售客户", "For the licensed retailer only")
LICENCE = Text("许可证有效期至 {date}", "Licence valid until {date}")

BOUGHT = Text("近四周购进", "Bought in 4 weeks")
LAST_YEAR = Text("去年同期 {figure}", "last year {figure}")
VALUE_PER_UNIT = Text("单{unit}值", "Value per {unit}")
AGAINST_LAST_YEAR = Text("比去年同期 {figure}", "{figure} on last year")
MARGIN = Text("估算毛利", "Estimated margin")
MARGIN_RATE = Text("毛利率 {rate}", "margin rate {rate}")
IN_BRACKETS = Text("（{text}）", " ({text})")
ON_TIME = Text("按期订货", "Orders on time")
ON_TIME_UNIT = Text("次", "")
LAST_CYCLES = Text("近 {count} 个周期", "last {count} cycles")
CYCLES = Text("近几个周期", "last cycles")

MONTHS = Text("每月购进（{unit}）", "Purchases by month ({unit})")
THIS_YEAR_BARS = Text("近十二个月", "last twelve months")
LAST_YEAR_DASHES = Text("去年同月", "same month of last year")
MONTH_UNDER_WAY = Text("{month}只到 {day} 日，去年同样", "{month}: days 1 to {day} of both years")

BY_CLASS = Text("各类购进", "Purchases by class")
TOP_SKUS = Text("购进最多的品规", "Most bought items")
THREE_MONTHS = Text("近三个月", "last three months")
CLASS = Text("类别", "Class")
SKU = Text("品规", "Item")
QUANTITY = Text("数量", "Qty")
SHARE = Text("占比", "Share")
AMOUNT = Text("金额", "Amount")
CHANGE = Text("比前三月", "Change")

SUGGESTION = Text("下次订货建议", "Suggestion for the next order")
SUGGESTION_NOTE = Text(
    "单位：{unit} · 仅供参考，由您决定并自己下单", "in {unit}  |  for your guidance: you decide and order"
)
ON_HAND = Text("现存", "On hand")
WEEKLY = Text("每周约卖", "Sold a week")
SUGGESTED = Text("建议订", "Suggested")
NOTE = Text("说明", "Why")
TOTAL = Text("合计", "Total")
OTHER_ITEMS = Text("其余 {count} 个品规", "{count} other items")

SLOW = Text("走得慢的品规", "Slow items")
OUT_OF_STOCK = Text("断货的品规", "Out of stock")

AGREED = Text("我们约定", "What we agreed")
WHAT = Text("事项", "Step")
WHO = Text("谁来做", "Who")
DUE = Text("到期", "Due")
STATE = Text("进度", "State")

REMINDERS = Text("提醒", "Reminders")
LICENCE_SOON = Text(
    "许可证将于 {date}到期（还有 {days} 天），请在到期 30 天前申请延续。",
    "Your licence ends on {date} (in {days} days): apply for renewal at least 30 days before.",
)
LICENCE_OVER = Text(
    "许可证已于 {date}到期，请尽快到发证机关办理。", "Your licence ended on {date}: please see the licence office soon."
)

SIGNED_BY_SHOP = Text("店主签字", "Shopkeeper")
SIGNED_BY_MANAGER = Text("客户经理签字", "Customer manager")
ROLES = {
    ContactRole.MANAGER: Text("客户经理", "Customer manager"),
    ContactRole.INSPECTOR: Text("专卖管理员", "Licence inspector"),
    ContactRole.DELIVERER: Text("送货员", "Delivery"),
    ContactRole.ORDER_DESK: Text("订货服务", "Order desk"),
}

HOW_COUNTED = Text("口径：", "How it is counted: ")
HOW_VALUE = Text(
    "均为近四周：单{unit}值＝金额÷数量（F33），毛利率＝（零售价－批发价）÷零售价（F33b）",
    "both of the last four weeks: value per {unit} = amount bought ÷ quantity (F33), "
    "margin rate = (retail − wholesale) ÷ retail (F33b)",
)
HOW_SUGGESTED = Text(
    "建议订＝到下下次到货前的预计销量＋安全库存－现存－在途，不少于 0、不超可订量",
    "suggested = expected sale until the delivery after next + safety stock − on hand − on its way, "
    "never below 0 nor above the quantity allowed",
)
LIST_COMMA = Text("；", "; ")

FOOTER = Text(
    "请勿向未成年人售烟，醒目处张贴标识 · 一货一签，标明品名、价格、单位",
    "No sale to minors; keep the sign in plain sight  |  One tag an item: name, price and unit",
)
PAGE = Text("{page} / {pages}", "{page} / {pages}")

MONTH_NAMES_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_under_way(months: Sequence[MonthLine], language: Language) -> str:
    """Return the note that the newest month is not over; empty where it is."""
    if not months or months[-1].until is None:
        return ""
    return MONTH_UNDER_WAY.of(language).format(month=months[-1].label, day=months[-1].until)
