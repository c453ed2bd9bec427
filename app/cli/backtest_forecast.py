"""`zoufang backtest forecast --from D --to D`: how near the forecasts would have been on the store's own orders."""

from datetime import date, timedelta
from typing import Any

from app.bootstrap.application import Application
from app.cli.output import CommandError, ExitCode, Output
from app.domain.forecasting.arrays import YEAR, month_number, month_start
from app.domain.forecasting.judging import Judgement, Score
from app.domain.text import Text
from app.services.backtests_forecast import backtest_forecast
from app.services.market_reading import TooFewMonths

_LEVELS = {
    "store-item": ("客户 × 品规", "shop × SKU"), "store-class": ("客户 × 价类", "shop × class"),
    "store": ("客户", "shop"), "item": ("品规", "SKU"), "total": ("合计", "total"),
}  # fmt: skip


def run(application: Application, output: Output, since: date | None, until: date) -> int:
    """Print one line a level, and beside the forecast what plain methods would have missed by."""
    first = since or month_start(month_number(until + timedelta(days=1)) - YEAR)
    try:
        judged, found = backtest_forecast(application.database, first, until)
    except TooFewMonths:
        raise CommandError(
            Text(
                "所选时段须含一个以上完整月份，且此前要有半年以上的订单，才能回测",
                "A back-test needs a whole month or more, and half a year of orders before it",
            )
        ) from None
    head = output.say(
        f"回测到 {until} 为止的 {judged} 个整月：每月只用此前的订单预测，误差为 WAPE（偏差合计 ÷ 需求合计）",
        f"The {judged} whole months up to {until}, each forecast from the orders before it; errors are WAPE "
        "(all misses ÷ all demand)",
    )
    columns = output.say(
        "  预测   偏向    中位   M5平滑  近6月   近12月  去年同月  区间含  对象",
        "  ours    bias  median      M5  mean 6  mean 12  last year  in range  of",
    )
    data = [_data(one) for one in found]
    lines = [head, "", columns, *(_line(one, output) for one in found)]
    output.result({"from": first, "to": until, "months": judged, "levels": data}, lines)
    return ExitCode.DONE


def _line(found: Judgement, output: Output) -> str:
    name = output.say(*_LEVELS[found.level])
    active = output.say(f"{found.active} 个月以上有需求", f"bought in {found.active}+ months")
    series = output.say(f"{found.series} 条序列", f"{found.series} series")
    inside = "—" if found.coverage is None else f"{found.coverage.inside:.1%}"
    return (
        f"{found.ours.error:6.1%} {found.ours.bias:+7.1%} {found.median.error:7.1%} {found.plain.error:7.1%} "
        f"{found.mean_of_6.error:7.1%} {found.mean_of_12.error:8.1%} {found.seasonal_naive.error:9.1%} {inside:>9}  "
        f"{name}, {active}, {series}"
    )


def _data(found: Judgement) -> dict[str, Any]:
    methods = ("ours", "median", "plain", "mean_of_6", "mean_of_12", "seasonal_naive")
    scores: dict[str, Score] = {name: getattr(found, name) for name in methods}
    return {
        "level": found.level, "active_months": found.active, "series": found.series,
        **{name: {"wape": score.error, "bias": score.bias} for name, score in scores.items()},
        "in_range": None if found.coverage is None else found.coverage.inside,
    }  # fmt: skip
