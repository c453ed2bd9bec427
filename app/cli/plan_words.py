"""What planning says, in words for the command line: why a visit is on its day, why it has none, the way out."""

from collections.abc import Mapping, Sequence

from app.domain.planning.views import UnplacedView
from app.domain.text import Language, Text
from app.services.plan_values import PlanWhy

WEEKDAYS = (
    Text("周一", "Mon"), Text("周二", "Tue"), Text("周三", "Wed"), Text("周四", "Thu"), Text("周五", "Fri"),
    Text("周六", "Sat"), Text("周日", "Sun"),
)  # fmt: skip
REASONS: Mapping[str, Text] = {
    "not_planned": Text("后来才到期，还没有排", "came up since; not planned yet"),
    "no_working_day": Text("可拜访的日子里没有工作日", "no working day in its window"),
    "locked_day_off": Text("锁定在休息日", "locked on a day off"),
    "closed": Text("工作时间内店铺都不开门", "the shop is shut in working time"),
    "too_soon": Text("离同一户的另一次拜访太近", "too near to another visit of the shop"),
    "days_full": Text("可拜访的日子都排满了户数", "its days have all their stops"),
    "minutes_full": Text("可拜访的日子时间都不够", "its days have no time left"),
}
WAYS_OUT: Mapping[str, Text] = {
    "work_a_day": Text("在 {from} 至 {until} 之间加一个工作日", "work one day from {from} to {until}"),
    "unlock": Text("解锁 {day}", "unlock it on {day}"),
    "other_hours": Text("核对开门时间", "check the opening hours"),
    "one_more_stop": Text(
        "每逢{weekday}多走一户（可多排 {serves} 次）", "one more stop on {weekday} (serves {serves} visits)"
    ),
    "more_minutes": Text("{day} 多安排 {minutes} 分钟", "{minutes} more minutes on {day}"),
    "slower_cadence": Text(
        "{shops} 户由 {from} 改为 {to}（{names}；可省 {frees} 次）",
        "{to} instead of {from} for {shops} shops ({names}; frees {frees} visits)",
    ),
}
WHY: Mapping[str, Text] = {
    "unknown_shop": Text("该客户已不在网", "the shop has left the network"),
    "cadence": Text(
        "频次 {class}，每 {every_days} 天一次{last_visit}", "class {class}, every {every_days} days{last_visit}"
    ),
    "decided": Text("频次依据：{by}{chosen}", "decided by {by}{chosen}"),
    "planned": Text("计划在 {day}", "planned on {day}"),
    "stands": Text("{day}：{status}", "{day}: {status}"),
    "window": Text("应在 {from} 至 {to} 之间拜访", "owed between {from} and {to}"),
    "deadline": Text("须在 {from} 至 {to} 之间拜访：{reasons}", "has to be from {from} to {to}: {reasons}"),
    "window_over": Text("原来的到访时段已过，或已不再需要", "what asked for it is over"),
    "by_hand": Text("手工加入", "put in by hand"),
    "order_day": Text(
        "在订货日或其前一个工作日（订货日{weekday}）", "on the order day or the working day before ({weekday})"
    ),
    "not_order_day": Text("不在订货日前后（订货日{weekday}）", "away from the order day ({weekday})"),
    "load": Text(
        "当天 {stops}/{most_stops} 户，{minutes}/{most_minutes} 分钟",
        "that day {stops} of {most_stops} stops, {minutes} of {most_minutes} minutes",
    ),
    "km_added": Text("多走 {km} 公里{presumed}", "adds {km} km{presumed}"),
    "locked": Text("已锁定在当天", "locked to its day"),
    "stood_before": Text("原计划 {stood}", "stood on {stood} before"),
    "unplaced": Text("{by} 前没有排上：{reason}{way_out}", "no day by {by}: {reason}{way_out}"),
    "nothing_owed": Text("本月没有应拜访的", "nothing is owed this month"),
}
TRIGGERS: Mapping[str, Text] = {
    "cadence": Text("频次", "cadence"),
    "by_hand": Text("手工", "by hand"),
    "complaint": Text("投诉", "complaint"),
    "missed_orders": Text("连续未订货", "missed orders"),
    "licence_ending": Text("许可证将到期", "licence ends"),
    "sharp_fall": Text("购进大幅下降", "sharp fall"),
    "alert": Text("预警", "alert"),
    "promise_due": Text("约定到期", "agreed step"),
    "plan_due": Text("提升计划到期", "improvement plan"),
    "task": Text("总部任务", "head-office task"),
    "onboarding": Text("新户辅导", "new customer"),
    "moved": Text("改期到当天", "moved to that day"),
    "licence_expired": Text("许可证已过期", "licence expired"),
    "sample": Text("样本采集", "sample collection"),
}
DECIDED_BY: Mapping[str, Text] = {
    "chosen": Text("客户经理自定", "the customer manager"),
    "office": Text("档案中的拜访周期", "the visit cycle in the archive"),
    "tier": Text("档位 {tier}", "tier {tier}"),
    "terminal": Text("终端类别", "the terminal level"),
    "plan": Text("从 C 开始的提升计划", "an improvement plan that begins at C"),
    "launch": Text("培育品规上市期", "the launch month of a SKU to be cultivated"),
    "sample": Text("样本户", "being a sample shop"),
    "new": Text("新户", "being a new customer"),
    "rest": Text("一般客户规则", "the rule for all others"),
}
STATUSES: Mapping[str, Text] = {
    "planned": Text("计划", "planned"),
    "in_progress": Text("进行中", "under way"),
    "done": Text("完成", "done"),
    "moved": Text("改期", "moved"),
    "closed": Text("未开门", "closed"),
    "refused": Text("拒访", "refused"),
    "cancelled": Text("取消", "cancelled"),
}
_CHOSEN = Text("（{since} 起：{reason}）", " (since {since}: {reason})")
_PRESUMED = Text("（位置按村或街道推定）", " (its place is presumed)")
_LAST_VISIT = Text("，上次 {}", ", last visit {}")
_WAY_OUT = Text("；可以：{}", "; way out: {}")


def why_in_words(why: PlanWhy, language: Language) -> str:
    """Return one reason as a line."""
    facts = dict(why.facts)
    known = _told(facts, language)
    known["stood"] = facts.get("day", "")
    known["day"] = "" if why.day is None else why.day.isoformat()
    known["last_visit"] = _LAST_VISIT.of(language).replace("{}", facts["last_visit"]) if "last_visit" in facts else ""
    known["presumed"] = _PRESUMED.of(language) if "presumed" in facts else ""
    if why.code == "decided":
        known["by"] = _filled(_word(DECIDED_BY, facts["by"], language), facts)
        known["chosen"] = _filled(_CHOSEN.of(language), facts) if "reason" in facts else ""
    if why.code == "unplaced":
        known["reason"] = _word(REASONS, facts.get("reason", ""), language)
        known["way_out"] = _way_out(facts.get("way_out", ""), facts, language)
    return _filled(WHY[why.code].of(language), known)


def unplaced_in_words(one: UnplacedView, language: Language) -> str:
    """Return a visit without a day as a line: shop, by when, why, the way out."""
    why = _word(REASONS, one.reason, language)
    if one.late is not None:
        late = Text("排在 {}", "comes on {}").of(language).replace("{}", one.late.isoformat())
        why = f"{late} · {why}"
    by = Text("须在 {} 前", "by {}").of(language).replace("{}", one.by.isoformat())
    return f"{one.code} {one.name} · {by} · {why}{_way_out(one.way_out, dict(one.facts), language)}"


def weekday(number: int, language: Language) -> str:
    """Return the name of a weekday, 1 (Monday) to 7."""
    return WEEKDAYS[number - 1].of(language)


def _way_out(code: str, facts: Mapping[str, str], language: Language) -> str:
    if code not in WAYS_OUT:
        return ""
    return _WAY_OUT.of(language).replace("{}", _filled(WAYS_OUT[code].of(language), _told(facts, language)))


def _told(facts: Mapping[str, str], language: Language) -> dict[str, str]:
    """Return the facts with codes put into words."""
    known = dict(facts)
    if known.get("weekday", "").isdigit():
        known["weekday"] = weekday(int(known["weekday"]), language)
    if "status" in known:
        known["status"] = _word(STATUSES, known["status"], language)
    known["reasons"] = _list([_word(TRIGGERS, code, language) for code in known.get("reasons", "").split()], language)
    return known


def _list(words: Sequence[str], language: Language) -> str:
    return Text("、", ", ").of(language).join(words)


def _word(table: Mapping[str, Text], code: str, language: Language) -> str:
    return table[code].of(language) if code in table else code


def _filled(text: str, facts: Mapping[str, str]) -> str:
    for name, fact in facts.items():
        text = text.replace(f"{{{name}}}", fact)
    return text
