"""The words on the forms that are filled in by hand at a shop, in the order of the guided visit."""

from app.domain.text import Text

TITLE = Text("{shop} · 拜访记录", "{shop}  |  Visit record")
DOCUMENT = Text("拜访记录 · {day}", "Visit records  |  {day}")
HEAD = Text("编号 {code} · 计划 {when} · 订货日 {order}", "No. {code}  |  planned {when}  |  order day {order}")
LAST = Text("上次拜访 {day}", "last visit {day}")
WHY = Text("缘由：{why}", "Why: {why}")
LATER = Text(
    "纸质记录：回来后在「今日」里选「纸质补录」，填写到店和离店时间",
    "On paper: enter it later from Today, with both times",
)

ARRIVAL = Text("到店", "Arrival")
ARRIVED, LEFT = Text("到店时间", "Arrived at"), Text("离店时间", "Left at")
MET = Text("见到谁", "Who was met")

STOCK = Text("库存与价格", "Stock and prices")
STOCK_NOTE = Text("零售价按包；上次数为上次清点的数量", "prices a pack; last is the last count")
STOCK_UNIT = Text("现存（{unit}）", "On hand ({unit})")
ON_HAND = Text("现存", "On hand")
SKU, GUIDE, BEFORE = Text("品规", "Item"), Text("指导价", "Guide"), Text("上次", "Last")
PRICE, TAG = Text("售价", "Price"), Text("价签", "Tag")

SHELF = Text("陈列与价签", "Shelf and tags")
COUNTS = (
    Text("在售品规", "SKUs on sale"),
    Text("出样品规", "SKUs shown"),
    Text("有价签品规", "SKUs with a tag"),
    Text("陈列位", "Display slots"),
)
CHECKS = (
    Text("专柜或专架，完好", "Own counter or rack, in good order"),
    Text("位置醒目，靠收银台", "Well placed, near the till"),
    Text("按价位或品牌有序", "In order of price or brand"),
    Text("摆样干净，一个月内换过", "Samples clean, changed within a month"),
    Text("亮证经营：许可证在明处", "Licence shown openly"),
    Text("「禁止向未成年人售烟」标识", "Sign 'no sale to minors'"),
    Text("一货一签，品名价格单位齐", "One tag each, with name, price and unit"),
    Text("标价与实售一致（抽 5 规）", "Sold at the price tagged (5 SKUs tried)"),
)
YES, NO = Text("是", "Yes"), Text("否", "No")

ITEMS = Text("14 项诊断", "The 14 items")
INTERNAL_ITEM = Text("（内部项）", "(internal)")
ADVICE = Text("订货指导与客户需求", "Order guidance, needs of the shop")
AGREED = Text("约定事项", "What was agreed")
OPEN = Text("未了约定：{text}", "Still open: {text}")
WHAT, WHO, DUE = Text("事项", "Step"), Text("谁来做", "Who"), Text("到期", "Due")
NEXT = Text("下次拜访日期", "Next visit on")
NOTES = Text("备注", "Notes")
