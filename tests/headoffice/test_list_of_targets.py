"""Targets of a list: given to managers, once however often they come, in the measures in which laptops keep them."""

from decimal import Decimal
from typing import Any

import pytest

from app.domain.kpi.effect import measure_of
from app.domain.kpi.registry import KPIS, Measure
from app.domain.kpi.tallies import Subject
from app.headoffice.list_targets import _AS_THEY_ARE, _MONEY
from app.lists.reasons import Reason
from app.lists.targets import Target
from app.playbooks.loader import load_playbook
from tests.headoffice.test_office_import import Desk, desk, reasons, told

__all__ = ["desk"]

ROW = {"客户经理": "M1", "期间": "2026-11", "指标": "销量", "目标": "12000"}


def _given(desk: Desk) -> list[dict[str, Any]]:
    return [values for _, values in desk.world.rows("mgr:M1").values()]


def test_a_target_comes_down_to_its_manager_once(desk: Desk) -> None:
    laptop = desk.world.laptop()
    for wanted in ((1, 0, 0, 0), (0, 0, 1, 0)):
        assert told(desk.bring(Target.TARGETS, [ROW])) == wanted
    assert told(desk.bring(Target.TARGETS, [ROW | {"目标": "12500"}])) == (0, 1, 0, 0)
    laptop.pull()
    rows = [row for (table, _), row in laptop.rows.items() if table == "office_target"]
    assert len(rows) == 1
    assert Decimal(rows[0].values["value"]) == 12_500
    assert (rows[0].values["kpi"], rows[0].values["month"], rows[0].values["period"]) == (
        "F05.volume", "2026-11-01", "month",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({"指标": "单条值", "目标": "104.5"}, ("F05.value", "", 10_450)),
        ({"指标": "出样率", "目标": "95.5"}, ("F37", "", Decimal("0.955"))),
        ({"指标": "F08", "价类": "一类", "目标": "25"}, ("F08", "class:1", Decimal("0.25"))),
        ({"指标": "目标销量", "品规编码": "P0", "目标": "80"}, ("F09", "sku:P0", 80)),
    ],
)
def test_values_are_kept_in_the_measure_of_the_figure(
    desk: Desk, row: dict[str, str], wanted: tuple[str, str, Decimal]
) -> None:
    assert told(desk.bring(Target.TARGETS, [ROW | row])) == (1, 0, 0, 0)
    [given] = _given(desk)
    assert (given["kpi"], given["scope"], Decimal(given["value"])) == wanted


@pytest.mark.parametrize(
    ("period", "wanted"),
    [
        ("2026", ("year", "2026-01-01")),
        ("2026年", ("year", "2026-01-01")),
        ("2026/3", ("month", "2026-03-01")),
        ("2026年03月", ("month", "2026-03-01")),
    ],
)
def test_a_period_is_a_month_or_a_year(desk: Desk, period: str, wanted: tuple[str, str]) -> None:
    assert told(desk.bring(Target.TARGETS, [ROW | {"期间": period}])) == (1, 0, 0, 0)
    [given] = _given(desk)
    assert (given["period"], given["month"]) == wanted


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"客户经理": "M404"}, Reason.UNKNOWN_MANAGER),
        ({"指标": "业绩"}, Reason.UNKNOWN_CHOICE),
        ({"期间": "2026-13"}, Reason.NOT_A_DATE),
        ({"期间": "十一月"}, Reason.NOT_A_DATE),
        ({"目标": "0"}, Reason.OUT_OF_RANGE),
        ({"目标": "many"}, Reason.NOT_A_NUMBER),
        ({"指标": "目标销量"}, Reason.EMPTY),
        ({"品规编码": "P0"}, Reason.NOT_OF_A_SKU),
        ({"指标": "目标销量", "品规编码": "P404"}, Reason.UNKNOWN_PRODUCT),
    ],
)
def test_what_cannot_be_a_target_is_refused_with_its_reason(desk: Desk, row: dict[str, str], reason: Reason) -> None:
    outcome = desk.bring(Target.TARGETS, [ROW | row])
    assert reasons(outcome) == {2: [reason]}
    assert desk.world.rows("mgr:M1") == {}


def test_the_measures_are_those_of_the_figures() -> None:
    kinds = {Measure.CARTONS: "as it is", Measure.SHOPS: "as it is", Measure.MONEY: "money", Measure.SHARE: "share"}
    for choice in load_playbook().enumerations["target_kpi"].choices:
        code, _, subject = choice.code.partition(".")
        assert code in KPIS
        read = "as it is" if choice.code in _AS_THEY_ARE else "money" if choice.code == _MONEY else "share"
        assert kinds[measure_of(code, Subject(subject))] == read, choice.code
