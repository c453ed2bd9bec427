"""`zoufang backtest orders`: a table over the store's own orders, and a refusal in words where they are too few."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.bootstrap.application import Application, assemble, close_application
from app.cli import backtest_command
from app.cli.arguments import build_parser
from app.cli.output import CommandError, ExitCode, Output
from app.domain.text import Language
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from tests.builders import a_customer, a_product, an_order
from tests.fresh_stores import fresh_store

DAY = date(2022, 4, 30)


@pytest.fixture
def application(data_folder: DataFolder, key: bytes) -> Iterator[Application]:
    """An open store with three shops that buy two SKUs every week of two years, more in some weeks."""
    opened = assemble(data_folder, Clock(DAY), Language.EN, fresh_store(data_folder, key))
    with opened.database.write() as session:
        products = [a_product(session, no) for no in (1, 2)]
        for number in range(3):
            customer = a_customer(session, f"C{number}", f"店{number}", order_weekday=5)
            for week in range(1, 104):
                quantities = {product: 3 + (week * 7 + number * 3 + at) % 5 for at, product in enumerate(products)}
                an_order(session, customer, DAY - timedelta(days=7 * week), quantities)
    yield opened
    close_application(opened)


def _run(application: Application, *words: str, as_json: bool = False) -> int:
    arguments = build_parser().parse_args(["backtest", "orders", *words])
    return backtest_command.run(arguments, application, Output(Language.EN, as_json=as_json))


def test_every_rule_stands_beside_the_guidance(application: Application, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(application, "--from", "2022-01-01", "--to", "2022-04-29", as_json=True) == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["weeks"], told["pairs"]) == (17, 6)
    for part in ("free", "limited"):
        services = [row for row in told[part] if row["rule"] == "advice"]
        assert [row["fill"] for row in services] == sorted(row["fill"] for row in services)
        assert {"F29 k=1.2", "F29 k=1.5", "last order again", "mean of the last 4 orders"} <= {
            row["rule"] for row in told[part]
        }
    assert told["free"][-1]["fill"] > told["limited"][-1]["fill"]


def test_the_table_is_printed(application: Application, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(application) == ExitCode.DONE
    text = capsys.readouterr().out
    assert "26 weeks, 6 pairs" in text
    assert "F29 k=1.5" in text


def test_too_short_a_time_is_refused_in_words(application: Application) -> None:
    for words in (("--from", "2022-04-20"), ("--to", "2020-12-01")):
        with pytest.raises(CommandError):
            _run(application, *words)
