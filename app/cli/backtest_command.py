"""`zoufang backtest forecast|orders --from D --to D`: what they would have been worth on the store's own orders."""

import argparse
from datetime import timedelta
from typing import Any

from app.bootstrap.application import Application
from app.cli.output import CommandError, ExitCode, Output
from app.domain.replenishment.comparing import Comparison, Point
from app.domain.text import Text

_TWO_PARTS = 26


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print the table of the part that was named."""
    until = arguments.until or application.clock.today()
    if arguments.what == "forecast":
        from app.cli import backtest_forecast  # noqa: PLC0415 - numpy is heavy

        return backtest_forecast.run(application, output, arguments.since, until)
    since = arguments.since or until - timedelta(days=7 * _TWO_PARTS - 1)
    return _orders(application, output, since, until)


def _orders(application: Application, output: Output, since: Any, until: Any) -> int:
    from app.services.backtests_orders import TooFewWeeks, backtest_orders  # noqa: PLC0415 - numpy is heavy

    try:
        found = backtest_orders(application.database, since, until)
    except TooFewWeeks:
        raise CommandError(
            Text(
                "所选时段须至少四周，且此前要有三十五周以上的订单，才能回测",
                "A back-test needs four weeks or more, and orders from 35 weeks before them",
            )
        ) from None
    lines = [
        output.say(
            f"回测 {since} 至 {until}：{found.weeks} 周，{found.pairs} 个客户品规；每两天到货，销量按订单平滑推算",
            f"Replay {since} to {until}: {found.weeks} weeks, {found.pairs} pairs of shop and SKU; "
            "goods come after two days, sales are the smoothed orders",
        ),
        *_table(output.say("不限量", "No limits"), found.free, output),
        *_table(output.say("每户只供所需的 80 %", "Each shop gets 80 % of what is wanted"), found.limited, output),
    ]
    data = {
        "from": since, "to": until, "weeks": found.weeks, "pairs": found.pairs,
        "free": _data(found.free), "limited": _data(found.limited),
    }  # fmt: skip
    output.result(data, lines)
    return ExitCode.DONE


def _table(head: str, found: Comparison, output: Output) -> list[str]:
    columns = output.say(
        "满足率  平均库存  断货周   同满足率我方库存  同库存我方断货周",
        "  fill  mean stock  stock-outs  our stock at this fill  our stock-outs at this stock",
    )
    lines = ["", head, columns]
    lines.extend(
        _row(point, output.say(f"建议，服务水平 {point.name}", f"our advice, service {point.name}"))
        for point in found.ours
    )
    for point in found.rules:
        stock, outs = found.stock_at(point.outcome.fill), found.stock_outs_at(point.outcome.stock)
        beside = (_beside(stock, point.outcome.stock, ".2f"), _beside(outs, point.outcome.stock_outs, ".1%"))
        lines.append(_row(point, point.name) + "  " + "  ".join(beside))
    return lines


def _beside(ours: float | None, theirs: float, form: str) -> str:
    if ours is None:
        return "—"
    return f"{ours:{form}}" + (f" ({ours / theirs - 1:+.0%})" if theirs else "")


def _row(point: Point, name: str) -> str:
    at = point.outcome
    return f"{at.fill:7.1%} {at.stock:9.2f} {at.stock_outs:8.1%}  {name}"


def _data(found: Comparison) -> list[dict[str, Any]]:
    ours = [{"rule": "advice", "service": point.name, **_numbers(point)} for point in found.ours]
    return ours + [
        {
            "rule": point.name,
            **_numbers(point),
            "our_stock": found.stock_at(point.outcome.fill),
            "our_stock_outs": found.stock_outs_at(point.outcome.stock),
        }
        for point in found.rules
    ]


def _numbers(point: Point) -> dict[str, float]:
    return {"fill": point.outcome.fill, "stock": point.outcome.stock, "stock_outs": point.outcome.stock_outs}
