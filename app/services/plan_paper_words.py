"""The words that the papers of a plan get with their data: why a shop is visited, by the code that the visit keeps."""

from app.domain.reasons import VisitReason
from app.domain.text import Text
from app.domain.visit import VisitStatus

REASONS: dict[str, Text] = {
    VisitReason.NEVER_VISITED: Text("没有拜访记录", "no visit yet"),
    VisitReason.LONG_UNVISITED: Text("久未拜访", "long unvisited"),
    VisitReason.COMPLAINT: Text("投诉待处理", "open complaint"),
    VisitReason.PROMISE_DUE: Text("约定到期", "agreed step due"),
    VisitReason.PLAN_DUE: Text("提升计划到期", "improvement plan due"),
    VisitReason.MISSED_ORDERS: Text("连续未订货", "orders missed"),
    VisitReason.STOCK_OUT_SIGNS: Text("主销品规可能断货", "main SKUs may be out"),
    VisitReason.SHARP_FALL: Text("购进大幅下降", "purchases fell sharply"),
    VisitReason.LICENCE_ENDING: Text("许可证将到期", "licence ends soon"),
    VisitReason.LICENCE_EXPIRED: Text("许可证已过期", "licence expired"),
    "moved": Text("由改期而来", "moved from an earlier day"),
    "task": Text("总部任务到期", "head-office task due"),
    "alert": Text("预警待核实", "alert to look into"),
    "onboarding": Text("新户辅导", "new customer"),
    "sample": Text("样本户信息采集", "sample-shop collection"),
}
"""The order day and a shop added by hand are no problem to solve and have no words here."""

STATUSES = {
    VisitStatus.PLANNED: Text("计划", "Planned"),
    VisitStatus.IN_PROGRESS: Text("进行中", "Under way"),
}
"""How a visit stands that has not ended; the endings are a list of the playbook."""
