"""The words of `zoufang kpi`: units, what a figure is of, and why it has no value."""

from app.domain.kpi.registry import Measure
from app.domain.kpi.tallies import NoValue, Subject
from app.domain.text import Text

UNITS = {
    Measure.SHARE: Text("%", "%"),
    Measure.TIMES: Text("倍", "times"),
    Measure.DAYS: Text("天", "days"),
    Measure.CARTONS: Text("条", "cartons"),
    Measure.MONEY: Text("元/条", "money per carton"),
    Measure.TURNS: Text("次", "turns"),
    Measure.INDEX: Text("指数", "index"),
    Measure.SHOPS: Text("户", "shops"),
}
SUBJECTS = {
    Subject.VOLUME: Text("销量", "volume"),
    Subject.KEY: Text("重点品规", "key SKUs"),
    Subject.VALUE: Text("单条值", "value per carton"),
    Subject.CUSTOMERS: Text("订货户数", "ordering customers"),
}
YEAR = Text("本年累计", "year so far")
NO_VALUE = {
    NoValue.NO_TARGET: Text("没有目标", "no target"),
    NoValue.NO_ORDERS: Text("没有订单", "no orders"),
    NoValue.NO_LAST_YEAR: Text("去年同期没有数据", "nothing in the same period of last year"),
    NoValue.NO_KEY_SKUS: Text("没有重点培育品规", "no SKU is marked as key"),
    NoValue.NO_FORECAST: Text("没有该月的预测", "no forecast of that month"),
    NoValue.NO_COUNTS: Text("当月没有清点库存", "no stock was counted in the month"),
    NoValue.NO_SECOND_COUNT: Text("当月没有品规清点过两次", "no SKU was counted on two days of the month"),
    NoValue.NO_SAMPLE_COUNT: Text("当月没有清点样本户", "no sample customer was counted in the month"),
    NoValue.NO_SHELF: Text("当月没有检查陈列", "no shelf was looked at in the month"),
    NoValue.NO_PLANS: Text("没有到期的提升计划", "no improvement plan was due"),
    NoValue.NO_DEMAND: Text("订单没有需求量", "the orders hold no demanded quantities"),
    NoValue.NO_ALLOWED: Text("订单没有可订量", "the orders hold no allowed quantities"),
    NoValue.NO_OFFERS: Text("总部没有下发当月可订量", "head office gave no allowed quantities for the month"),
    NoValue.NO_SAMPLE: Text("没有样本户", "no sample customers"),
    NoValue.NO_PRICES: Text("没有价格", "no prices"),
    NoValue.NO_SOURCE: Text("本机没有这类数据", "nothing on this laptop tells it"),
    NoValue.PER_SHOP: Text("在拜访中按户计算", "told for one shop at a time, in the visit"),
}
