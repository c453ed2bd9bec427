"""The words that the customer's sheet gets with its data, in both languages; `{names}` are filled in."""

from datetime import date

from app.domain.customer_summary import Unit
from app.domain.order_advice import Reason, ReasonCode
from app.domain.text import Language, Text

BOTTLES = frozenset({"bottle", "bottles", "瓶"})
_SIGNS = {"CNY": "¥", "USD": "$"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = (
    Text("周一", "Monday"),
    Text("周二", "Tuesday"),
    Text("周三", "Wednesday"),
    Text("周四", "Thursday"),
    Text("周五", "Friday"),
    Text("周六", "Saturday"),
    Text("周日", "Sunday"),
)

RHYTHM = Text("订货日 {weekday}", "Order day {weekday}")
RHYTHM_WITH_CYCLE = Text("订货日 {weekday} · {cycle}", "Order day {weekday} | {cycle}")
NEXT_ORDER = Text("下次订货日 {day}", "next order day {day}")
NEXT_ORDER_UNTIL = Text("{day} {time} 前下单", "order by {day}, {time}")

BY_SHELF_PRICE = Text("按店内价", "at the price seen in the shop")
BY_GUIDE_PRICE = Text("按指导价", "at the guide price")
BY_BOTH_PRICES = Text("按店内价和指导价", "at prices seen and guide prices")
PART_OF_AMOUNT = Text("{basis}，覆盖金额 {share}", "{basis}, {share} of the amount")

MORE_THAN_LAST_YEAR = Text("近四周比去年同期多 {change}", "{change} more than in the same four weeks of last year")
LESS_THAN_LAST_YEAR = Text("近四周比去年同期少 {change}", "{change} fewer than in the same four weeks of last year")
SAME_AS_LAST_YEAR = Text("近四周与去年同期持平", "As many as in the same four weeks of last year")
MORE_THAN_BEFORE = Text("近八周比前八周多 {change}", "{change} more in eight weeks than in the eight before")
LESS_THAN_BEFORE = Text("近八周比前八周少 {change}", "{change} fewer in eight weeks than in the eight before")
SKU_MORE = Text("{name} 多 {change}", "{name}: {change} more")
SKU_LESS = Text("{name} 少 {change}", "{name}: {change} fewer")
WITH_CAUSES = Text("{sentence}：{causes}。", "{sentence}; {causes}.")
PLAIN = Text("{sentence}。", "{sentence}.")
LIST_COMMA = Text("，", ", ")

NO_CLASS = Text("未分类", "Not classed")
SLOW_REMARK = Text("上次订货 {day}，已 {weeks} 周", "last ordered {day}, {weeks} weeks ago")
SLOW_REMARK_STOCK = Text("现存 {stock}，{remark}", "{stock} on hand, {remark}")
OUT_REMARK = Text("本次清点为 0", "counted 0 at this visit")
OUT_REMARK_WEEKLY = Text("本次清点为 0，每周约卖 {weekly}", "counted 0 at this visit, sells about {weekly} a week")

BY_MANAGER = Text("客户经理", "Manager")
BY_SHOP = Text("店主", "Shopkeeper")
BY_COMPANY = Text("公司", "Company")
BY_BOTH = Text("一起做", "Together")
IS_DONE = Text("已完成", "Done")
IS_NEW = Text("新约定", "New")
IS_OPEN = Text("进行中", "Under way")
IS_OVERDUE = Text("已到期", "Due")

NO_STOCK_COUNTED = Text(
    "本次没有清点库存：建议数量按近期购进推算，下单前请先看看货架。",
    "Stock was not counted: the suggestion is drawn from recent purchases. Please look at the shelf before you order.",
)
SIGN_MINORS = Text(
    "请把“不向未成年人售烟”的标识贴在醒目处。", "Please put the sign “no sale to minors” where everybody sees it."
)
SHOW_LICENCE = Text("请把许可证放在醒目处。", "Please keep the licence where everybody sees it.")
TAGS_MISSING = Text("还有 {count} 个品规缺价签，请补齐。", "{count} items still lack a price tag.")
TAGS_INCOMPLETE = Text("价签还不齐全，请补齐品名、价格、单位。", "Some price tags still lack name, price or unit.")
NO_SUPPLY = Text("目前暂停供货或停业，不作订货建议。", "No suggestion while supply or trade is suspended.")

_NOTES = {
    ReasonCode.OUT_OF_STOCK: Text("货架上已无", "none left on the shelf"),
    ReasonCode.OUT_OF_STOCK_RISK: Text("约 {value} 天后可能断货", "may run out in about {value} days"),
    ReasonCode.OVERDUE: Text(
        "平时约 {other} 周订一次，已 {value} 周未订", "usually every {other} wk, last {value} wk ago"
    ),
    ReasonCode.SLOW_3_MONTHS: Text("{value} 周没有订，先卖现存", "not ordered for {value} weeks: sell the rest first"),
    ReasonCode.STOCK_ENOUGH: Text("现存够卖", "stock is enough"),
    ReasonCode.CAPPED: Text("可订量 {value}", "at most {value} allowed"),
    ReasonCode.CUT: Text("总量或预算所限，少 {value}", "{value} less for the limit or the budget"),
    ReasonCode.STOCK_UNKNOWN: Text("现存未清点，按购进推算", "stock not counted, drawn from purchases"),
    ReasonCode.STOCK_ESTIMATED: Text("现存按 {value} 天前的清点推算", "stock estimated from a count {value} days ago"),
}
_ANY_DAY = Text("随时可能断货", "may run out any day")
_IN_A_DAY = Text("明天可能断货", "may run out tomorrow")
_WEEKS_ENOUGH = Text("现存够卖 {value} 周", "stock lasts {value} weeks")


def note(reasons: tuple[Reason, ...], language: Language, *, besides: frozenset[ReasonCode] = frozenset()) -> str:
    """Return what the sheet says about a line: its first two reasons that concern the shopkeeper."""
    said = [reason for reason in reasons if reason.code in _NOTES and reason.code not in besides][:2]
    return LIST_COMMA.of(language).join(_note(reason, language) for reason in said)


def _note(reason: Reason, language: Language) -> str:
    text = _NOTES[reason.code]
    if reason.code is ReasonCode.STOCK_ENOUGH and reason.value is not None:
        return _WEEKS_ENOUGH.of(language).format(value=f"{reason.value:.1f}")
    if reason.code is ReasonCode.OUT_OF_STOCK_RISK and reason.value is not None and round(reason.value) <= 1:
        return (_IN_A_DAY if round(reason.value) else _ANY_DAY).of(language)
    value = "" if reason.value is None else f"{reason.value:.0f}"
    other = "" if reason.other is None else f"{reason.other:g}"
    return text.of(language).format(value=value, other=other)


def unit_of(unit: str | None) -> tuple[Text, Text]:
    """Return what quantities are counted in: one, and many."""
    if unit in BOTTLES:
        return Text("瓶", "bottle"), Text("瓶", "bottles")
    return Text("条", "carton"), Text("条", "cartons")


def sheet_unit(unit: str | None, language: Language) -> Unit:
    """Return the unit as the sheet prints it."""
    one, many = unit_of(unit)
    return Unit(one.of(language), many.of(language))


def currency_sign(currency: str | None) -> str:
    """Return the sign of a currency code; yuan where none is known."""
    return _SIGNS.get(currency or "CNY", currency or "")


def weekday(number: int, language: Language) -> str:
    """Return the name of a weekday, 1 for Monday."""
    return _WEEKDAYS[number - 1].of(language)


def month(number: int, language: Language) -> str:
    """Return the name of a month as short as a chart wants it."""
    return f"{number}月" if language is Language.ZH else _MONTHS[number - 1]


def short_day(day: date, language: Language, beside: date) -> str:
    """Return a day in words, with its year only where that differs from the other day's."""
    if language is Language.ZH:
        text = f"{day.month} 月 {day.day} 日"
        return text if day.year == beside.year else f"{day.year} 年 {text}"
    text = f"{day.day} {_MONTHS[day.month - 1]}"
    return text if day.year == beside.year else f"{text} {day.year}"
