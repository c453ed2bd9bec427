"""`zoufang route [--date D]`: the stops of a day in the shortest order, with times, beside the order that is stored."""

import argparse

from app.bootstrap.application import Application
from app.cli.output import ExitCode, Output


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print the day in the shortest order that comes to every shop in its hours; nothing is written."""
    del arguments
    day = application.clock.today()
    route = application.plans.route(day)
    saves = None if route.km_now is None else max(0.0, route.km_now - route.km)
    data = {
        "date": day,
        "km": round(route.km, 1),
        "km_as_stored": None if route.km_now is None else round(route.km_now, 1),
        "minutes": route.minutes,
        "stops": [
            {
                "seq": number,
                "code": stop.code,
                "name": stop.name,
                "arrive": f"{stop.arrive:%H:%M}",
                "leave": f"{stop.leave:%H:%M}",
                "km": round(stop.km, 1) if stop.km is not None else None,
                "in_hours": stop.is_open,
            }
            for number, stop in enumerate(route.stops, 1)
        ],
    }
    if not route.stops:
        output.result(data, [output.say(f"{day} · 没有要去的客户", f"{day} · no shops to visit")])
        return ExitCode.DONE
    less = (
        ""
        if saves is None
        else output.say(f" · 比现在的顺序少 {saves:.1f} km", f" · {saves:.1f} km less than as stored")
    )
    lines = [
        output.say(
            f"{day} · {len(route.stops)} 户 · {route.km:.1f} km · {route.minutes} 分钟",
            f"{day} · {len(route.stops)} stops · {route.km:.1f} km · {route.minutes} min",
        )
        + less
    ]
    for number, stop in enumerate(route.stops, 1):
        closed = "" if stop.is_open else output.say("（不在开门时间）", " (outside its hours)")
        way = "" if stop.km is None else f" · {stop.km:.1f} km"
        lines.append(f"{number:>3} {stop.arrive:%H:%M}–{stop.leave:%H:%M} {stop.code} {stop.name}{way}{closed}")
    output.result(data, lines)
    return ExitCode.DONE
