"""`zoufang kpi --month M [--out FILE]`: the figures of a month with their parts, targets and attainment."""

import argparse
import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from app.bootstrap.application import Application
from app.cli.kpi_words import NO_VALUE, SUBJECTS, UNITS, YEAR
from app.cli.output import CommandError, ExitCode, Output
from app.domain.kpi.effect import Giver, KpiLine
from app.domain.kpi.registry import AMOUNTS, KPIS, PER_CARTON, Measure
from app.domain.kpi.tallies import Period, Subject
from app.domain.text import Text
from app.runtime.files import write_atomically
from app.services.kpis import KpiMonth

COLUMNS = ("id", "name", "value", "unit", "numerator", "denominator", "target", "attainment", "of", "no_value")
_MINOR = 100
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class _Row:
    """One figure as it is written: shares in per cent, money in whole units of the currency; None is unknown."""

    id: str
    name: str
    value: float | None
    unit: str
    numerator: float | None
    denominator: float | None
    target: float | None
    attainment: float | None
    of: str
    no_value: str


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print the figures, or write them to a CSV file that spreadsheets open without questions."""
    running = application.clock.today().replace(day=1)
    month = arguments.month or running
    if month > running:
        raise CommandError(Text(f"{month:%Y-%m} 还没有到", f"{month:%Y-%m} has not begun"))
    view = application.kpis.month(month)
    rows = [_row(line, view, application, output) for line in view.lines]
    forecast = view.setting.forecast
    data = {"month": f"{month:%Y-%m}", "until": view.until, "forecast": forecast, "rows": len(rows)}
    headline = output.say(f"{month:%Y-%m} 指标，截至 {view.until}", f"Figures of {month:%Y-%m} up to {view.until}")
    if arguments.out is not None:
        write_atomically(arguments.out, _csv(rows).encode("utf-8-sig"))
        output.result({**data, "file": arguments.out}, [headline, str(arguments.out)])
        return ExitCode.DONE
    lines = [_line(row, _giver(line, output)) for row, line in zip(rows, view.lines, strict=True)]
    output.result({**data, "kpis": [asdict(row) for row in rows]}, [headline, *lines])
    return ExitCode.DONE


def _row(line: KpiLine, view: KpiMonth, application: Application, output: Output) -> _Row:
    kpi = KPIS[line.kpi]
    formula = application.playbook.formulas[line.kpi]
    target = None if line.target is None else line.target.value
    is_plan = kpi.measure is not line.measure
    parts = line.measure if is_plan else None
    return _Row(
        id=line.kpi,
        name=formula.name.of(output.language),
        value=_written(line.value, kpi.measure),
        unit=_unit(kpi.measure, view, output),
        numerator=_part(line.numerator, parts, is_money=line.kpi in AMOUNTS),
        denominator=_part(line.denominator, parts, is_money=line.kpi in AMOUNTS - PER_CARTON),
        target=_written(target, line.measure),
        attainment=_written(line.attainment, Measure.SHARE),
        of=_of(line, view, application, output),
        no_value="" if line.empty is None else NO_VALUE[line.empty].of(output.language),
    )


def _of(line: KpiLine, view: KpiMonth, application: Application, output: Output) -> str:
    """Return what of, where one formula stands for several figures: volume of the year, class 3, one SKU."""
    words: list[Text] = []
    if line.subject is not Subject.NONE:
        words.append(SUBJECTS[line.subject])
    if line.period is Period.YEAR:
        words.append(YEAR)
    kind, _, code = line.scope.partition(":")
    if kind == "class":
        words.append(application.playbook.enumerations.label("price_class", code))
    told = [word.of(output.language) for word in words]
    return " ".join([*told, view.names.get(line.scope, "") or (code if kind in {"sku", "brand"} else "")]).strip()


def _unit(measure: Measure, view: KpiMonth, output: Output) -> str:
    if measure is Measure.CARTONS and view.unit == "bottle":
        return output.say("瓶", "bottles")
    return UNITS[measure].of(output.language)


def _written(value: float | None, measure: Measure) -> float | None:
    if value is None:
        return None
    match measure:
        case Measure.SHARE:
            return round(value * _HUNDRED, 1)
        case Measure.MONEY:
            return round(value / _MINOR, 2)
        case Measure.CARTONS | Measure.SHOPS:
            return round(value)
        case _:
            return round(value, 2)


def _part(value: float | None, measure: Measure | None, *, is_money: bool) -> float | None:
    """Write a part of a formula: counts and quantities as they are, amounts of money in whole units."""
    if value is None:
        return None
    if measure is not None:
        return _written(value, measure)
    return round(value / _MINOR if is_money else value, 2)


def _csv(rows: Iterable[_Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(["" if value is None else value for value in asdict(row).values()] for row in rows)
    return text.getvalue()


def _giver(line: KpiLine, output: Output) -> str:
    """Say that a target is head office's; the manager's own goes without saying."""
    is_office = line.target is not None and line.target.giver is Giver.OFFICE
    return output.say("，总部下达", ", from head office") if is_office else ""


def _line(row: _Row, giver: str) -> str:
    name = f"{row.name} ({row.of})" if row.of else row.name
    if row.value is None:
        actual = "" if row.numerator is None else f"  {row.numerator:,.10g}"
        return f"{row.id:<5} {name}: —{actual}  {row.no_value}"
    parts = "" if row.denominator is None else f"  {row.numerator or 0:,.10g} / {row.denominator:,.10g}"
    target = (
        "" if row.target is None or row.attainment is None else f"  → {row.target:,.10g} ({row.attainment}%{giver})"
    )
    return f"{row.id:<5} {name}: {row.value:,.10g} {row.unit}{parts}{target}"
