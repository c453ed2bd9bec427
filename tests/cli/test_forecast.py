"""`zoufang forecast`: every level as CSV and as JSON, codes as imported, levels that add up."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.bootstrap.application import Application, assemble, close_application
from app.cli import forecast_command
from app.cli.arguments import LEVELS, build_parser
from app.cli.output import CommandError, ExitCode, Output
from app.domain.text import Language
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.forecast_views import Correction
from tests.builders import a_customer, a_product, an_order
from tests.fresh_stores import fresh_store

DAY = date(2022, 4, 30)


@pytest.fixture
def application(data_folder: DataFolder, key: bytes) -> Iterator[Application]:
    """An open store with four shops that buy three SKUs of two classes every week of a year and a half."""
    opened = assemble(data_folder, Clock(DAY), Language.ZH, fresh_store(data_folder, key))
    with opened.database.write() as session:
        products = [a_product(session, no, name=f"品规{no}", price_class=str(1 + no % 2)) for no in (1, 2, 3)]
        for number in range(4):
            customer = a_customer(session, f"C{number}", f"店{number}", order_weekday=5)
            for week in range(1, 78):
                quantities = {product: 2 + number + at for at, product in enumerate(products)}
                an_order(session, customer, DAY - timedelta(days=7 * week), quantities)
    yield opened
    close_application(opened)


def _forecast(application: Application, *words: object, as_json: bool = False) -> int:
    arguments = build_parser().parse_args(["forecast", *map(str, words)])
    return forecast_command.run(arguments, application, Output(Language.EN, as_json=as_json))


def _rows(application: Application, tmp_path: Path, level: str, horizon: int = 2) -> list[dict[str, str]]:
    file = tmp_path / f"{level}.csv"
    assert _forecast(application, "--level", level, "--horizon", horizon, "--out", file) == ExitCode.DONE
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_each_level_has_its_columns_and_its_months(application: Application, tmp_path: Path) -> None:
    for level, count in zip(LEVELS, (12, 8, 3, 4, 1), strict=True):
        rows = _rows(application, tmp_path, level)
        assert len(rows) == 2 * count
        assert list(rows[0]) == ["customer", "product", "class", "month", "forecast", "low", "high", "model"]
        assert {row["month"] for row in rows} == {"2022-05", "2022-06"}
    pairs = _rows(application, tmp_path, "store-item")
    assert {row["customer"] for row in pairs} == {"C0", "C1", "C2", "C3"}
    assert all(row["product"] and row["class"] and float(row["forecast"]) > 0 for row in pairs)


def test_the_levels_add_up(application: Application, tmp_path: Path) -> None:
    def sums(level: str) -> dict[str, float]:
        found: dict[str, float] = defaultdict(float)
        for row in _rows(application, tmp_path, level):
            found[row["month"]] += float(row["forecast"])
        return found

    total = sums("total")
    for level in ("store", "item", "store-class"):
        assert sums(level) == pytest.approx(total, rel=1e-3)


def test_a_steady_shop_is_forecast_as_it_buys(application: Application, tmp_path: Path) -> None:
    rows = _rows(application, tmp_path, "store-item", horizon=1)

    said = {(row["customer"], row["product"]): float(row["forecast"]) for row in rows}
    first, last = min(said), max(said)
    assert said[first] == pytest.approx(2 * 30.4 / 7, rel=0.2)
    assert said[last] == pytest.approx(7 * 30.4 / 7, rel=0.2)


def test_json_is_one_object(application: Application, capsys: pytest.CaptureFixture[str]) -> None:
    assert _forecast(application, "--level", "total", as_json=True) == ExitCode.DONE

    told = json.loads(capsys.readouterr().out)
    assert (told["as_of"], told["level"], told["rows"]) == ("2022-04-30", "total", 1)
    assert told["forecast"][0]["month"] == "2022-05"


def test_a_person_reads_months_and_ranges(application: Application, capsys: pytest.CaptureFixture[str]) -> None:
    assert _forecast(application, "--horizon", "1", "--level", "store") == ExitCode.DONE

    text = capsys.readouterr().out
    assert "Forecast 2022-05 – 2022-05, 4 rows" in text
    assert "2022-05  C0 " in text


def test_an_empty_store_says_what_is_missing(data_folder: DataFolder, key: bytes) -> None:
    opened = assemble(data_folder, Clock(DAY), Language.ZH, fresh_store(data_folder, key))
    try:
        with pytest.raises(CommandError, match="three whole months"):
            _forecast(opened, "--level", "item")
    finally:
        close_application(opened)


def test_what_was_submitted_is_told_for_the_same_months(
    application: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _forecast(application, "--submitted")
    assert "0 rows" in capsys.readouterr().out
    desk, may = application.forecast_desk, date(2022, 5, 1)
    row = desk.overview(may).rows[0]
    desk.correct(may, row.product_id, None, Correction(row.final_value + 9, 0, "festival"))
    desk.submit(may)
    file = tmp_path / "submitted.csv"
    assert _forecast(application, "--submitted", "--horizon", 2, "--out", file) == ExitCode.DONE
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 3
    [mine] = [one for one in rows if one["system"] != one["final"]]
    assert (mine["product"], mine["month"], mine["version"], mine["reason"]) == (row.code, "2022-05", "1", "festival")
    assert int(mine["final"]) == int(mine["system"]) + 9
    _forecast(application, "--own", "--out", tmp_path / "own.csv")
    with (tmp_path / "own.csv").open(encoding="utf-8-sig", newline="") as lines:
        shops = list(csv.DictReader(lines))
    assert {one["customer"] for one in shops} >= {"C0", "C1", "C2", "C3"}
    assert sum(int(one["final"]) for one in shops) == sum(int(one["final"]) for one in rows)
    capsys.readouterr()
    _forecast(application, "--submitted", as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert [one["final"] for one in told["forecast"]] == [int(one["final"]) for one in rows]
