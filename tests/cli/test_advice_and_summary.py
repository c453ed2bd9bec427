"""`zoufang advice` and `zoufang summary`: what the visit shows too, for programs and spreadsheets."""

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.bootstrap.application import Application, assemble, close_application
from app.cli import advice_command, summary_command
from app.cli.arguments import build_parser
from app.cli.output import CommandError, ExitCode, Output
from app.domain.problems import Problem, RuleError
from app.domain.text import Language
from app.models.visit import Promise
from app.reports.customer_pdf import customer_pdf_bytes
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.storage.facts import ORDER_LEARNT, read_fact
from tests.builders import a_customer, a_product, a_visit, an_order
from tests.fresh_stores import fresh_store

DAY = date(2022, 4, 29)


@pytest.fixture
def application(data_folder: DataFolder, key: bytes) -> Iterator[Application]:
    """An open store with one shop that bought two SKUs every week."""
    opened = assemble(data_folder, Clock(DAY), Language.ZH, fresh_store(data_folder, key))
    with opened.database.write() as session:
        customer = a_customer(session, "C1", "老周食杂店", order_weekday=5)
        products = [a_product(session, no, name=name) for no, name in ((1, '雅韵(硬),"红"'), (2, "金穗(软)"))]
        for week in range(1, 20):
            quantities = dict(zip(products, (9, 6), strict=True))
            an_order(session, customer, DAY - timedelta(days=7 * week), quantities)
        visit = a_visit(session, customer, DAY)
        session.add(Promise(customer_id=customer.id, visit_id=visit.id, text="别再从其他渠道进货", by_shop=True))
    yield opened
    close_application(opened)


def _advice(application: Application, *words: object, as_json: bool = False, lang: Language = Language.EN) -> int:
    arguments = build_parser().parse_args(["advice", *map(str, words)])
    return advice_command.run(arguments, application, Output(lang, as_json=as_json))


def _summary(application: Application, *words: object, as_json: bool = False) -> int:
    arguments = build_parser().parse_args(["summary", *map(str, words)])
    return summary_command.run(arguments, application, Output(Language.ZH, as_json=as_json))


def test_one_shop_learns_from_the_territory_as_all_shops_do(application: Application) -> None:
    assert read_fact(application.database, ORDER_LEARNT) is None
    assert _advice(application, "C1") == ExitCode.DONE
    assert read_fact(application.database, ORDER_LEARNT) is not None


def test_all_shops_say_of_one_what_it_says_alone(application: Application, tmp_path: Path) -> None:
    one, every = tmp_path / "one.csv", tmp_path / "all.csv"
    assert _advice(application, "C1", "--out", one) == _advice(application, "--all", "--out", every) == ExitCode.DONE
    assert one.read_bytes() == every.read_bytes()


def test_the_lines_go_to_a_csv_file_that_spreadsheets_open(application: Application, tmp_path: Path) -> None:
    out = tmp_path / "建议.csv"
    assert _advice(application, "C1", "--out", out) == ExitCode.DONE
    assert out.read_bytes().startswith(b"\xef\xbb\xbfcustomer,product,name,on_hand,expected,safety,allowed,suggestion,")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "customer": "C1",
        "product": "P1",
        "name": '雅韵(硬),"红"',
        "on_hand": "",
        "expected": "9.0",
        "safety": "5.43",
        "allowed": "",
        "suggestion": "17",
        "service": "0.95",
        "risk": rows[0]["risk"],
        "last_order": "9",
        "last_risk": rows[0]["last_risk"],
        "trade_rule": "11",
        "lost": "0.0",
        "reasons": "sales_estimated;stock_unknown",
        "why": "sales estimated from purchases; not counted",
    }
    assert [row["trade_rule"] for row in rows] == ["11", "7"]
    assert float(rows[0]["risk"]) < 0.05 < float(rows[0]["last_risk"]) < 1


def test_all_customers_go_into_one_file(application: Application, tmp_path: Path) -> None:
    with application.database.write() as session:
        other = a_customer(session, "C2", "新店", order_weekday=5)
        an_order(session, other, DAY - timedelta(days=7), {a_product(session, 3, name="大河(硬)"): 2})
    out = tmp_path / "all.csv"
    assert _advice(application, "--all", "--out", out) == ExitCode.DONE
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert [(row["customer"], row["product"]) for row in csv.DictReader(file)] == [
            ("C1", "P1"), ("C1", "P2"), ("C2", "P3"),
        ]  # fmt: skip
    with pytest.raises(CommandError):
        _advice(application, "--all")


def test_without_a_file_a_person_reads_the_lines_and_a_program_one_object(
    application: Application, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _advice(application, "C1", lang=Language.ZH) == ExitCode.DONE
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "老周食杂店 · 2022-04-29 · 2 个品规 · 建议 29（仅供参考，不代下单）"
    assert lines[0].split() == ["编码", "现存", "预测周销", "安全库存", "可订量", "建议", "品规"]
    assert len(lines) == 3
    assert lines[1].endswith('雅韵(硬),"红" [销量按购进推算；未清点]')
    assert _advice(application, "C1", as_json=True) == ExitCode.DONE
    data = json.loads(capsys.readouterr().out)
    assert (data["lines"], data["suggested"], data["order_day"]) == (2, 29, "2022-04-29")
    assert data["advice"][0]["on_hand"] is None


def test_a_file_that_is_there_is_replaced_whole(application: Application, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    out.write_text("x" * 10_000, encoding="utf-8")
    _advice(application, "C1", "--out", out)
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 3
    assert [file.name for file in tmp_path.glob("a.csv*")] == ["a.csv"]


def test_the_pdf_is_that_of_the_visit_of_the_day(
    application: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "小结.pdf"
    assert _summary(application, "C1", "--out", out, as_json=True) == ExitCode.DONE
    customer_id = application.customers.id_of("C1")
    assert out.read_bytes() == customer_pdf_bytes(application.summaries.summary(customer_id, DAY))
    captured = capsys.readouterr()
    data = json.loads(captured.out)
    assert (data["customer"], data["date"], data["withheld"]) == ("C1", "2022-04-29", 1)
    assert data["bytes"] == out.stat().st_size
    assert captured.err == "未印出：别再从其他渠道进货\n"


@pytest.mark.parametrize("run", [_advice, _summary])
def test_a_customer_that_is_not_there_is_refused(application: Application, tmp_path: Path, run: object) -> None:
    assert callable(run)
    with pytest.raises(RuleError) as refused:
        run(application, "nobody", "--out", tmp_path / "x.pdf")
    assert refused.value.refusals[0].problem is Problem.NOT_FOUND
    assert not (tmp_path / "x.pdf").exists()
