"""`zoufang plan [--month M] [--keep] [--out FILE.xlsx] | --explain CUSTOMER`: the month plans itself."""

import argparse
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from app.bootstrap.application import Application
from app.cli.output import CommandError, ExitCode, Output
from app.cli.plan_words import STATUSES, unplaced_in_words, weekday, why_in_words
from app.domain.planning.views import DayKind, DayView, MonthView, StopView, UnplacedView
from app.domain.text import Text

if TYPE_CHECKING:
    from app.services.plan_values import PlanDraft

_HUNDRED = 100


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print the plan of a month: the one that is kept, else one that is computed and not kept."""
    month = arguments.month or application.clock.today().replace(day=1)
    if arguments.explain is not None:
        return _explain(arguments.explain, month, application, output)
    stored = application.plans.month(month)
    draft = _draft(month, stored, application, output) if arguments.keep or not stored.is_planned else None
    changed = 0
    if draft is not None and arguments.keep:
        changed = len(application.plans.keep(draft).before)
        stored = application.plans.month(month)
    is_kept = draft is None or arguments.keep
    view = stored if is_kept or draft is None else draft.view
    data, lines = _data(view, is_kept=is_kept), _head(view, output, is_kept=is_kept)
    if draft is not None:
        moved = [{"name": name, "from": was, "to": now} for name, was, now in draft.moved]
        data |= {"seconds": round(draft.seconds, 1), "moved": moved}
        lines += [
            output.say(f"改期 {name}：{was} → {now}", f"moved {name}: {was} → {now}")
            if now is not None
            else output.say(f"取消 {name}：{was}", f"taken out {name}: {was}")
            for name, was, now in draft.moved
        ]
    if arguments.keep:
        data["changed"] = changed
        lines.append(output.say(f"已保存，改动 {changed} 次拜访", f"Kept; {changed} visits changed"))
    if arguments.out is not None:
        _write(arguments.out, view, application, output)
        output.result({**data, "file": arguments.out}, [*lines, str(arguments.out)])
        return ExitCode.DONE
    output.result({**data, "plan": [_day(day) for day in view.days if day.stops]}, [*lines, *_lines(view, output)])
    return ExitCode.DONE


def _draft(month: date, stored: MonthView, application: Application, output: Output) -> "PlanDraft":
    """Compute the month; how far that is stands on stderr."""
    del stored
    if (month.year, month.month) < (application.clock.today().year, application.clock.today().month):
        raise CommandError(
            Text(f"{month:%Y-%m} 已经过去，不能再排计划", f"{month:%Y-%m} is over: nothing is left to plan")
        )
    told = -1

    def progress(share: float) -> None:
        nonlocal told
        tenth = int(share * 10)
        if tenth > told:
            told = tenth
            output.problem(output.say(f"排计划 {tenth * 10}%", f"planning {tenth * 10}%"))

    return application.plans.make(month, progress, lambda: False)


def _write(path: Any, view: MonthView, application: Application, output: Output) -> None:
    from app.reports.plan_xlsx import write_plan_xlsx  # noqa: PLC0415

    table = application.plan_papers.table(view, output.language)
    write_plan_xlsx(path, table.rows, table.health, output.language)


def _explain(code: str, month: date, application: Application, output: Output) -> int:
    customer_id = application.customers.id_of(code)
    told = application.plans.explain(customer_id, month)
    data = {
        "customer": code,
        "month": f"{month:%Y-%m}",
        "why": [{"code": why.code, "day": why.day, "facts": dict(why.facts)} for why in told],
    }
    lines = [
        ("  " if why.day is not None and why.code not in {"planned", "stands"} else "")
        + why_in_words(why, output.language)
        for why in told
    ]
    output.result(data, lines)
    return ExitCode.DONE


def _head(view: MonthView, output: Output, *, is_kept: bool) -> list[str]:
    health = view.health
    match = "—" if health.order_day_match is None else f"{health.order_day_match * _HUNDRED:.0f}%"
    first = output.say(
        f"{view.month:%Y-%m} · 应访 {health.due} 次（{health.shops} 户）· 完成 {health.done} · 计划 {health.planned}"
        f" · 未排上 {health.unplaced}" + (f" · 漏访 {health.missed}" if health.missed else ""),
        f"{view.month:%Y-%m} · {health.due} visits due ({health.shops} shops) · {health.done} done"
        f" · {health.planned} planned · {health.unplaced} without a day"
        + (f" · {health.missed} missed" if health.missed else ""),
    )
    second = output.say(
        f"订货日吻合 {match} · {health.km:.0f} km · {health.hours:.0f} 小时 · 每天 {health.fewest_stops}–"
        f"{health.most_stops} 户",
        f"order day {match} · {health.km:.0f} km · {health.hours:.0f} h · {health.fewest_stops} to"
        f" {health.most_stops} stops a day",
    )
    rhythms = Counter(one.code for one in health.cadence)
    classes = " · ".join(
        f"{one.code}{f' ({one.every_days} d)' if rhythms[one.code] > 1 else ''} {one.kept}/{one.shops}"
        for one in health.cadence
    )
    third = output.say(f"频次达标 {classes}", f"cadence met {classes}")
    if is_kept:
        return [first, second, third]
    return [
        first,
        second,
        third,
        output.say("这份计划没有保存，要保存请加 --keep", "This plan is not kept; --keep stores it"),
    ]


def _lines(view: MonthView, output: Output) -> list[str]:
    lines: list[str] = []
    for day in view.days:
        if not day.stops:
            continue
        name = weekday(day.day.isoweekday(), output.language)
        lines.append(
            output.say(
                f"{day.day} {name} · {len(day.stops)} 户 · {day.km:.0f} km · {day.minutes} 分钟",
                f"{day.day} {name} · {len(day.stops)} stops · {day.km:.0f} km · {day.minutes} min",
            )
        )
        lines += [_line(stop, output) for stop in day.stops]
    lines += [unplaced_in_words(one, output.language) for one in view.unplaced]
    return lines


def _line(stop: StopView, output: Output) -> str:
    at = "--:--" if stop.planned_at is None else f"{stop.planned_at:%H:%M}"
    marks = [stop.cadence] if stop.cadence else []
    marks += [output.say("订货日", "order day")] if stop.on_order_day else []
    marks += [output.say("锁定", "locked")] if stop.locked else []
    marks += [STATUSES[stop.status].of(output.language)] if stop.status.value != "planned" else []
    return f"{stop.number:>3} {at} {stop.code} {stop.name} [{output.say('，', ', ').join(marks)}]"


def _data(view: MonthView, *, is_kept: bool) -> dict[str, Any]:
    health = view.health
    return {
        "month": f"{view.month:%Y-%m}",
        "kept": is_kept,
        "due": health.due,
        "shops": health.shops,
        "done": health.done,
        "planned": health.planned,
        "missed": health.missed,
        "order_day_match": None if health.order_day_match is None else round(health.order_day_match, 3),
        "km": round(health.km, 1),
        "hours": round(health.hours, 1),
        "stops_a_day": [health.fewest_stops, health.most_stops],
        "working_days": sum(day.kind is not DayKind.OFF for day in view.days),
        "cadence": [
            {"class": one.code, "every_days": one.every_days, "kept": one.kept, "shops": one.shops}
            for one in health.cadence
        ],
        "unplaced": [_without_day(one) for one in view.unplaced],
    }


def _day(day: DayView) -> dict[str, Any]:
    return {
        "date": day.day,
        "km": round(day.km, 1),
        "minutes": day.minutes,
        "stops": [
            {
                "seq": stop.number,
                "code": stop.code,
                "name": stop.name,
                "class": stop.cadence or None,
                "planned_at": None if stop.planned_at is None else f"{stop.planned_at:%H:%M}",
                "status": stop.status,
                "on_order_day": stop.on_order_day,
                "locked": stop.locked,
                "due_by": stop.due_by,
                "reasons": list(stop.reasons),
                "km": None if stop.km is None else round(stop.km, 1),
            }
            for stop in day.stops
        ],
    }


def _without_day(one: UnplacedView) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "by": one.by,
        "reason": one.reason,
        "way_out": one.way_out,
        "facts": dict(one.facts),
        "late": one.late,
    }
