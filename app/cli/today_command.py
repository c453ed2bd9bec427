"""`zoufang today --date D`: the shops of the day in order, and why."""

import argparse

from app.bootstrap.application import Application
from app.cli.output import ExitCode, Output


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print the day as it is stored, or as the rule would fill it."""
    del arguments
    sheet = application.days.show(application.clock.today())
    stops = [
        {
            "seq": stop.number,
            "code": stop.code,
            "name": stop.name,
            "class": stop.class_code or None,
            "planned_at": f"{stop.planned_at:%H:%M}",
            "status": stop.status.value,
            "reasons": [why.code.value for why in stop.why],
            "last_visit": stop.last_visit,
            "km": round(stop.km, 1),
        }
        for stop in sheet.stops
    ]
    data = {
        "date": sheet.day,
        "shops": len(stops),
        "done": sheet.done,
        "km": round(sheet.km, 1),
        "hours": round(sheet.hours, 1),
        "left_out": sheet.left_out,
        "stops": stops,
    }
    head = output.say(
        f"{sheet.day} · {len(stops)} 户 · {sheet.km:.0f} km · 约 {sheet.hours:.1f} h",
        f"{sheet.day} · {len(stops)} shops · {sheet.km:.0f} km · about {sheet.hours:.1f} h",
    )
    lines = [f"{s['seq']:>3} {s['planned_at']} {s['code']} {s['name']} [{', '.join(s['reasons'])}]" for s in stops]
    output.result(data, [head, *lines])
    return ExitCode.DONE
