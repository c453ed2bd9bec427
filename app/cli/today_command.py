"""`zoufang today --date D`: the shops of the day in order, and why."""

import argparse
from typing import TYPE_CHECKING, Any

from app.bootstrap.application import Application
from app.cli.output import ExitCode, Output
from app.cli.reason_words import in_words
from app.cli.sync_count_words import waiting

if TYPE_CHECKING:
    from app.services.day_sheet import DaySheet, DayStop


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print the day as it is stored, or as the rule would fill it; nothing is written."""
    del arguments
    sheet = application.days.show(application.clock.today())
    output.result(_data(sheet), _lines(sheet, output))
    return ExitCode.DONE


def _data(sheet: "DaySheet") -> dict[str, Any]:
    return {
        "date": sheet.day,
        "shops": len(sheet.stops),
        "done": sheet.done,
        "served": sheet.served,
        "waits": sheet.waiting,
        "photos_waiting": sheet.photos_waiting,
        "km": round(sheet.km, 1),
        "hours": round(sheet.hours, 1),
        "left_out": sheet.left_out,
        "stops": [_stop(stop) for stop in sheet.stops],
    }


def _stop(stop: "DayStop") -> dict[str, Any]:
    return {
        "seq": stop.number,
        "code": stop.code,
        "name": stop.name,
        "class": stop.class_code or None,
        "planned_at": f"{stop.planned_at:%H:%M}",
        "status": stop.status,
        "reasons": [why.code for why in stop.why],
        "last_visit": stop.last_visit,
        "km": round(stop.km, 1),
    }


def _standing(sheet: "DaySheet", output: Output) -> list[str]:
    """Say how far the day is and what waits, as Today and the sync page count it; nothing before a stop has ended."""
    if not sheet.done:
        return []
    waits = waiting(sheet.waiting, sheet.photos_waiting)
    return [output.say(f"已访 {sheet.served} 户，{waits.zh}", f"{sheet.served} visited; {waits.en}")]


def _lines(sheet: "DaySheet", output: Output) -> list[str]:
    count = len(sheet.stops)
    if not count:
        return [output.say(f"{sheet.day} · 没有要去的客户", f"{sheet.day} · no shops are due")]
    head = output.say(
        f"{sheet.day} · {count} 户 · {sheet.km:.0f} km · 约 {sheet.hours:.1f} h",
        f"{sheet.day} · {count} shops · {sheet.km:.0f} km · about {sheet.hours:.1f} h",
    )
    lines = [head]
    for stop in sheet.stops:
        why = output.say("，", ", ").join(in_words(why, output.language) for why in stop.why)
        lines.append(f"{stop.number:>3} {stop.planned_at:%H:%M} {stop.code} {stop.name} [{why}]")
    lines += _standing(sheet, output)
    if sheet.left_out:
        lines.append(output.say(f"另有 {sheet.left_out} 户排不下", f"{sheet.left_out} more are due but do not fit"))
    return lines
