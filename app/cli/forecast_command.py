"""`zoufang forecast --as-of D --horizon N --level L [--out FILE]`: what will be asked for in the months to come."""

import argparse
import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from app.bootstrap.application import Application
from app.cli.output import CommandError, ExitCode, Output
from app.domain.text import Text
from app.runtime.files import write_atomically
from app.services.forecast_views import FigureLine
from app.services.forecasts import ForecastLevel, ForecastRow
from app.services.market_reading import TooFewMonths

FIGURE_COLUMNS = ("customer", "product", "class", "month", "version", "system", "final", "low", "high", "reason")
COLUMNS = ("customer", "product", "class", "month", "forecast", "low", "high", "model")
_SHOWN = 40
_MOST_MONTHS = 6


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print the forecast, or write it to a CSV file that spreadsheets open without questions."""
    level = ForecastLevel(arguments.level)
    horizon = arguments.horizon or (_MOST_MONTHS if arguments.submitted else 1)
    try:
        if arguments.submitted:
            return _figures(arguments, application, output, application.forecast_desk.submitted(horizon))
        if arguments.own:
            return _figures(arguments, application, output, application.forecast_desk.own(horizon))
        rows = application.forecasts.rows(application.clock.today(), horizon, level)
    except TooFewMonths as problem:
        raise CommandError(
            Text(
                f"到 {problem} 为止不足三个完整月份的订单，无法预测。请先导入订单",
                f"Up to {problem} there are not three whole months of orders to forecast from. Import orders first",
            )
        ) from None
    data = {"as_of": application.clock.today(), "level": level}
    seen = _Seen()
    if arguments.out is not None:
        write_atomically(arguments.out, _csv(COLUMNS, seen.watch(rows)).encode("utf-8-sig"))
        output.result({**data, "rows": seen.count, "file": arguments.out}, [seen.headline(output), str(arguments.out)])
        return ExitCode.DONE
    held = list(seen.watch(rows))
    shown = [dict(zip(COLUMNS, row, strict=True)) for row in held]
    lines = [seen.headline(output), *_lines(held, output)]
    output.result({**data, "rows": seen.count, "forecast": shown}, lines)
    return ExitCode.DONE


class _Seen:
    """Counts rows that pass by: half a million of them are not kept."""

    def __init__(self) -> None:
        self.count = 0
        self._first = self._last = ""

    def watch(self, rows: Iterable[ForecastRow]) -> Iterator[ForecastRow]:
        for row in rows:
            self.count += 1
            self._first, self._last = self._first or row.month, row.month
            yield row

    def headline(self, output: Output) -> str:
        if not self.count:
            return output.say("没有可预测的内容", "There is nothing to forecast")
        months = f"{self._first} – {self._last}"
        return output.say(f"预测 {months}，共 {self.count} 行", f"Forecast {months}, {self.count} rows")


def _figures(
    arguments: argparse.Namespace, application: Application, output: Output, lines: Sequence[FigureLine]
) -> int:  # fmt: skip
    """Print figures of the manager, or write them to a file."""
    data = {"as_of": application.clock.today(), "level": "item" if arguments.submitted else "store-item"}
    headline = output.say(f"共 {len(lines)} 行", f"{len(lines)} rows")
    rows = [_figure_values(line) for line in lines]
    if arguments.out is not None:
        write_atomically(arguments.out, _csv(FIGURE_COLUMNS, rows).encode("utf-8-sig"))
        output.result({**data, "rows": len(rows), "file": arguments.out}, [headline, str(arguments.out)])
        return ExitCode.DONE
    told = [
        f"{line.month:%Y-%m}  {' '.join(part for part in (line.customer, line.product, line.group) if part)}  "
        f"{line.final}  " + output.say(f"系统 {line.system}", f"system {line.system}")
        for line in lines
    ]
    shown = [dict(zip(FIGURE_COLUMNS, row, strict=True)) for row in rows]
    output.result({**data, "rows": len(rows), "forecast": shown}, [headline, *_cut(told, output)])
    return ExitCode.DONE


def _figure_values(line: FigureLine) -> tuple[str | float | None, ...]:
    return (
        line.customer, line.product, line.group, f"{line.month:%Y-%m}", line.version, line.system, line.final, line.low,
        line.high, line.reason,
    )  # fmt: skip


def _csv(columns: Sequence[str], rows: Iterable[tuple[str | float | None, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    return text.getvalue()


def _lines(rows: list[ForecastRow], output: Output) -> list[str]:
    lines = [
        f"{row.month}  {' '.join(part for part in (row.customer, row.product, row.group) if part) or '*'}  "
        f"{row.forecast:.1f}" + ("" if row.low is None or row.high is None else f"  [{row.low:.1f} – {row.high:.1f}]")
        for row in rows
    ]
    return _cut(lines, output)


def _cut(lines: list[str], output: Output) -> list[str]:
    more = [output.say("……其余请用 --out 存成文件", "… the rest with --out FILE")] if len(lines) > _SHOWN else []
    return [*lines[:_SHOWN], *more]
