"""`zoufang customer --assortment`: the SKUs to add, to drop and to take instead, for programs and in words."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.bootstrap.application import Application, assemble, close_application
from app.cli import customer_command
from app.cli.arguments import build_parser
from app.cli.output import ExitCode, Output
from app.domain.text import Language
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from tests.fresh_stores import fresh_store
from tests.street import DAY, Street


@pytest.fixture
def application(data_folder: DataFolder, key: bytes) -> Iterator[Application]:
    opened = assemble(data_folder, Clock(DAY), Language.ZH, fresh_store(data_folder, key))
    Street(opened.database).allow(staple=3, common=5)
    yield opened
    close_application(opened)


def _customer(application: Application, *words: str, as_json: bool = False) -> int:
    arguments = build_parser().parse_args(["customer", "C0", *words])
    return customer_command.run(arguments, application, Output(Language.ZH, as_json=as_json))


def _data(application: Application, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert _customer(application, *words, as_json=True) == ExitCode.DONE
    return json.loads(capsys.readouterr().out)


def test_programs_get_each_sku_by_its_code_with_the_shops_behind_it(
    application: Application, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = _data(application, capsys, "--assortment")["assortment"]
    assert (seen["width"], seen["target"], seen["stopped"]) == (1, 3, False)
    assert seen["add"] == [{"product": "P2", "sellers": 4, "like_shops": 5, "weekly": 2.31, "taken_up": 4}]
    assert [(one["product"], one["on_hand"], one["ways_out"]) for one in seen["drop"]] == [
        ("P4", None, ["stop_ordering"])
    ]
    (short,) = seen["instead"]
    assert (short["product"], short["weekly"], short["allowed"]) == ("P1", 4.0, 3)
    assert [one["product"] for one in short["substitutes"]] == ["P2"]


def test_people_get_a_line_each_and_only_when_they_ask(
    application: Application, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _customer(application, "--assortment") == ExitCode.DONE
    lines = capsys.readouterr().out
    for word in ("可增", "可减", "替代"):
        assert word in lines
    plain = _data(application, capsys)
    assert "assortment" not in plain
    assert plain["advice"] is None
