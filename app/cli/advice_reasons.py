"""Why a line of the order guidance is as it is, in words for the command line."""

from app.domain.order_advice import Reason, ReasonCode
from app.domain.text import Language, Text

REASONS = {
    ReasonCode.OUT_OF_STOCK: Text("断货", "out of stock"),
    ReasonCode.OUT_OF_STOCK_RISK: Text("断货风险", "stock-out risk"),
    ReasonCode.OVERDUE: Text("已 {} 周未订，可能断货", "not ordered for {} wk, may be out"),
    ReasonCode.SLOW_3_MONTHS: Text("滞销：{} 周未订", "slow: not ordered for {} wk"),
    ReasonCode.STOCK_ENOUGH: Text("够卖", "enough in stock"),
    ReasonCode.CAPPED: Text("限订 {}", "at most {}"),
    ReasonCode.CUT: Text("总量或预算所限，少 {}", "{} less for the limit"),
    ReasonCode.SHORT_BEFORE: Text("近期有 {} 周订足可订量，需求不低于此", "took all that was allowed in {} wk"),
    ReasonCode.NO_HISTORY: Text("没有订货记录", "never bought"),
    ReasonCode.STOCK_UNKNOWN: Text("未清点", "not counted"),
    ReasonCode.STOCK_ESTIMATED: Text("库存为推算", "stock estimated"),
    ReasonCode.SALES_ESTIMATED: Text("销量按购进推算", "sales estimated from purchases"),
    ReasonCode.COUNTS_CONTRADICT: Text("两次清点对不上", "counts contradict"),
}


def in_words(reason: Reason, language: Language) -> str:
    """Return one reason with its number."""
    return REASONS[reason.code].of(language).replace("{}", f"{reason.value or 0:.0f}")
