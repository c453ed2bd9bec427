"""`zoufang backtest forecast`: a line a level over the store's own orders, and a refusal where they are too few."""

import json

import pytest

from app.bootstrap.application import Application
from app.cli import backtest_command
from app.cli.arguments import build_parser
from app.cli.output import CommandError, ExitCode, Output
from app.domain.text import Language
from tests.cli.test_backtest import application as application  # noqa: PLC0414 - the fixture


def _run(application: Application, *words: str, as_json: bool = False) -> int:
    arguments = build_parser().parse_args(["backtest", "forecast", *words])
    return backtest_command.run(arguments, application, Output(Language.EN, as_json=as_json))


def test_every_level_stands_beside_plain_methods(application: Application, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(application, as_json=True) == ExitCode.DONE

    told = json.loads(capsys.readouterr().out)
    assert (told["from"], told["to"], told["months"]) == ("2021-05-01", "2022-04-30", 12)
    levels = [(level["level"], level["active_months"]) for level in told["levels"]]
    assert levels[0] == ("store-item", 12)
    assert {name for name, _ in levels} == {"store-item", "store-class", "store", "item", "total"}
    for level in told["levels"]:
        assert 0 < level["ours"]["wape"] < 0.2
        assert abs(level["ours"]["bias"]) < 0.05
        assert 0 <= level["in_range"] <= 1


def test_only_whole_months_between_the_days_count(application: Application, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(application, "--from", "2021-12-15", "--to", "2022-03-30", as_json=True) == ExitCode.DONE

    assert json.loads(capsys.readouterr().out)["months"] == 2


def test_the_table_is_printed(application: Application, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(application) == ExitCode.DONE

    text = capsys.readouterr().out
    assert "The 12 whole months up to 2022-04-30" in text
    assert "shop × SKU, bought in 12+ months, 6 series" in text


@pytest.mark.parametrize(("since", "until"), [("2020-08-01", "2020-12-31"), ("2022-04-02", "2022-04-30")])
def test_too_few_months_are_refused_in_words(application: Application, since: str, until: str) -> None:
    with pytest.raises(CommandError, match="A back-test needs"):
        _run(application, "--from", since, "--to", until)
