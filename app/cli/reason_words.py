"""Why a shop should be visited, in words for the command line."""

from app.domain.reasons import VisitReason, Why
from app.domain.text import Language, Text

REASONS = {
    VisitReason.ORDER_DAY_TODAY: Text("今天订货", "orders today"),
    VisitReason.ORDER_DAY_NEXT: Text("{} 天后订货", "orders in {} d"),
    VisitReason.NEVER_VISITED: Text("没有拜访记录", "no visit yet"),
    VisitReason.LONG_UNVISITED: Text("{} 天未拜访", "{} d unvisited"),
    VisitReason.COMPLAINT: Text("投诉 {} 件", "complaints: {}"),
    VisitReason.PROMISE_DUE: Text("约定到期 {} 项", "agreed steps due: {}"),
    VisitReason.PLAN_DUE: Text("提升计划到期", "plan due"),
    VisitReason.MISSED_ORDERS: Text("连续 {} 期未订货", "orders missed: {}"),
    VisitReason.STOCK_OUT_SIGNS: Text("{} 个主销品规可能断货", "main SKUs maybe out: {}"),
    VisitReason.SHARP_FALL: Text("购进同比大幅下降", "purchases fell sharply"),
    VisitReason.LICENCE_ENDING: Text("许可证还有 {} 天到期", "licence ends in {} d"),
    VisitReason.LICENCE_EXPIRED: Text("许可证已过期", "licence expired"),
    VisitReason.PINNED: Text("手工加入", "added by hand"),
}


def in_words(why: Why, language: Language) -> str:
    """Return one reason with its number."""
    return REASONS[why.code].of(language).replace("{}", f"{why.value or 0:.0f}")
