"""`zoufang kpi`: every figure with its parts, target and attainment, as text, JSON and CSV."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.application import Application, assemble, close_application
from app.cli import kpi_command
from app.cli.arguments import build_parser
from app.cli.kpi_words import NO_VALUE, SUBJECTS, UNITS
from app.cli.output import CommandError, ExitCode, Output
from app.domain.kpi.registry import KPIS, Measure
from app.domain.kpi.tallies import NoValue, Subject
from app.domain.text import Language
from app.models.target import OfficeTarget
from app.runtime.clock import Clock
from app.runtime.ids import new_id
from app.runtime.paths import DataFolder
from tests.builders import a_customer, a_product, an_order
from tests.fresh_stores import fresh_store

DAY = date(2026, 6, 15)
COLUMNS = ["id", "name", "value", "unit", "numerator", "denominator", "target", "attainment", "of", "no_value"]


@pytest.fixture
def application(data_folder: DataFolder, key: bytes) -> Iterator[Application]:
    """An open store with a shop that bought in this June and the last, and a target for this one."""
    opened = assemble(data_folder, Clock(DAY), Language.ZH, fresh_store(data_folder, key))
    with opened.database.write() as session:
        product = a_product(session, is_key=True, price_class="1", wholesale_price=10_000, retail_price=1_150)
        shop = a_customer(session)
        an_order(session, shop, date(2026, 6, 3), {product: 30}, price=10_050)
        an_order(session, shop, date(2025, 6, 3), {product: 24})
    line = opened.kpis.month(date(2026, 6, 1)).line("F05:volume:month:")
    assert line is not None
    opened.kpis.set_target(date(2026, 6, 1), line, 40)
    yield opened
    close_application(opened)


def _kpi(application: Application, *words: object, language: Language = Language.EN, as_json: bool = False) -> int:
    arguments = build_parser().parse_args(["kpi", *map(str, words)])
    return kpi_command.run(arguments, application, Output(language, as_json=as_json))


def test_the_file_has_every_figure_with_its_parts_and_its_target(application: Application, tmp_path: Path) -> None:
    file = tmp_path / "kpi.csv"
    assert _kpi(application, "--month", "2026-06", "--out", file) == ExitCode.DONE

    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == COLUMNS
    assert {row["id"] for row in rows} == set(KPIS)
    plan = next(row for row in rows if (row["id"], row["of"]) == ("F05", "volume"))
    assert (plan["value"], plan["unit"], plan["numerator"], plan["denominator"]) == ("75.0", "%", "30", "40")
    assert (plan["target"], plan["attainment"], plan["no_value"]) == ("40", "75.0", "")
    value = next(row for row in rows if row["id"] == "F33")
    assert (value["value"], value["numerator"], value["denominator"]) == ("100.5", "3015.0", "30")
    none = next(row for row in rows if row["id"] == "F13")
    assert (none["value"], none["numerator"], none["no_value"]) == ("", "", "nothing on this laptop tells it")


def test_a_target_of_head_office_is_said_to_be_head_office_s(
    application: Application, capsys: pytest.CaptureFixture[str]
) -> None:
    given = OfficeTarget(
        id=new_id(), manager="M1", month=date(2026, 6, 1), period="month", kpi="F05.volume", scope="",
        value=Decimal(60), changed_at=datetime.now(UTC),
    )  # fmt: skip
    _kpi(application, language=Language.ZH)
    assert "→ 40 (75.0%)" in capsys.readouterr().out
    with application.database.deliver("sync") as session:
        session.add(given)
    _kpi(application, language=Language.ZH)
    assert "→ 60 (50.0%，总部下达)" in capsys.readouterr().out


def test_json_is_one_object(application: Application, capsys: pytest.CaptureFixture[str]) -> None:
    assert _kpi(application, as_json=True) == ExitCode.DONE

    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (told["month"], told["until"], told["rows"]) == ("2026-06", "2026-06-03", len(told["kpis"]))
    growth = next(row for row in told["kpis"] if (row["id"], row["of"]) == ("F07", "volume"))
    assert (growth["value"], growth["numerator"], growth["denominator"]) == (25.0, 30, 24)


def test_a_person_reads_names_values_and_reasons(application: Application, capsys: pytest.CaptureFixture[str]) -> None:
    assert _kpi(application, "--month", "2026-06", language=Language.ZH) == ExitCode.DONE

    text = capsys.readouterr().out
    assert "F05   计划达成率 (销量): 75 %  30 / 40  → 40 (75.0%)" in text
    assert "F13   产品质量投诉率: —  本机没有这类数据" in text


def test_a_month_to_come_is_refused(application: Application) -> None:
    with pytest.raises(CommandError, match="has not begun"):
        _kpi(application, "--month", "2026-07")


@pytest.mark.parametrize("wrong", ["2026-13", "June", "2026-06-01", "0000-01"])
def test_what_is_no_month_is_refused(wrong: str) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["kpi", "--month", wrong])


def test_every_measure_subject_and_reason_has_its_words() -> None:
    assert (set(UNITS), set(NO_VALUE), set(SUBJECTS)) == (set(Measure), set(NoValue), set(Subject) - {Subject.NONE})
