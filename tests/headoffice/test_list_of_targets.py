"""Targets of a list: given to managers, once however often they come, in the measures in which laptops keep them."""

from datetime import date
from decimal import ROUND_CEILING, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kpi.effect import measure_of
from app.domain.kpi.registry import KPIS, Measure
from app.domain.kpi.tallies import Subject
from app.headoffice import people
from app.headoffice.target_values import BadTargetError, Unit, kept, read_span, unit_of
from app.headoffice.target_values import told as value_told
from app.lists.reasons import Reason
from app.lists.targets import Target
from app.playbooks.loader import load_playbook
from tests.builders_files import an_xlsx
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
        ("2026-03-01", ("month", "2026-03-01")),
        ("2026/3/1", ("month", "2026-03-01")),
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
        ({"期间": "2026-11-15"}, Reason.NOT_A_DATE),
        ({"期间": "2026-111"}, Reason.NOT_A_DATE),
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


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"指标": "出样率", "期间": "2026"}, Reason.NOT_OF_A_YEAR),
        ({"价类": "一类"}, Reason.NOT_OF_A_CLASS),
        ({"目标": "12000.5"}, Reason.NOT_WHOLE),
        ({"指标": "单条值", "目标": "104.555"}, Reason.TWO_DECIMALS),
        ({"指标": "品牌集中度", "目标": "120"}, Reason.OUT_OF_RANGE),
        ({"指标": "单条值", "目标": "99999999999"}, Reason.OUT_OF_RANGE),
    ],
)
def test_what_no_laptop_could_show_is_refused(desk: Desk, row: dict[str, str], reason: Reason) -> None:
    assert reasons(desk.bring(Target.TARGETS, [ROW | row])) == {2: [reason]}
    assert desk.world.rows("mgr:M1") == {}


def test_a_territory_stands_for_the_manager_who_has_it(desk: Desk) -> None:
    row = {name: value for name, value in ROW.items() if name != "客户经理"}
    assert told(desk.bring(Target.TARGETS, [row | {"片区": "T1"}])) == (1, 0, 0, 0)
    [given] = _given(desk)
    assert given["manager"] == "M1"
    with desk.world.database.write() as session:
        people.add_manager(session, "M3", "Zhao", "T1", desk.world.now)
    rows = [row | {"片区": "T1"}, row | {"片区": "T9"}, row | {"片区": ""}, row | {"片区": "T1", "客户经理": "M2"}]
    assert reasons(desk.bring(Target.TARGETS, rows)) == {
        2: [Reason.SEVERAL_IN_TERRITORY], 3: [Reason.NOBODY_IN_TERRITORY], 4: [Reason.TARGET_FOR_NOBODY],
        5: [Reason.NOT_THEIR_TERRITORY],
    }  # fmt: skip


def test_the_same_target_in_other_words_is_a_duplicate(desk: Desk) -> None:
    rows = [ROW, ROW | {"期间": "2026年11月", "目标": "9"}, ROW | {"片区": "T1", "目标": "8"}]
    assert reasons(desk.bring(Target.TARGETS, rows)) == {3: [Reason.DUPLICATE], 4: [Reason.DUPLICATE]}
    [given] = _given(desk)
    assert Decimal(given["value"]) == 12_000


def test_a_month_that_a_spreadsheet_made_a_date_is_still_the_month(desk: Desk, tmp_path: Path) -> None:
    cells = ["M1", date(2026, 11, 1), "销量", 12000]
    file = an_xlsx(tmp_path / "targets.xlsx", [["客户经理", "期间", "指标", "目标"], cells])
    assert told(desk.bring_file(Target.TARGETS, file)) == (1, 0, 0, 0)
    [given] = _given(desk)
    assert (given["period"], given["month"], Decimal(given["value"])) == ("month", "2026-11-01", 12_000)


def test_a_target_that_was_taken_back_comes_again_with_the_next_list(desk: Desk) -> None:
    desk.bring(Target.TARGETS, [ROW])
    [(table, key)] = desk.world.rows("mgr:M1")
    desk.world.put(table, key, {}, deleted=True)
    assert _given(desk) == []
    assert told(desk.bring(Target.TARGETS, [ROW])) == (0, 1, 0, 0)
    assert len(_given(desk)) == 1


def test_units_and_bounds_are_those_of_the_figures() -> None:
    units = {Measure.CARTONS: Unit.CARTONS, Measure.SHOPS: Unit.SHOPS, Measure.MONEY: Unit.MONEY,
             Measure.SHARE: Unit.SHARE}  # fmt: skip
    for choice in load_playbook().enumerations["target_kpi"].choices:
        code, _, subject = choice.code.partition(".")
        assert units[measure_of(code, Subject(subject))] is unit_of(choice.code), choice.code
        if unit_of(choice.code) is not Unit.SHARE:
            continue
        if KPIS[code].highest is None:
            assert kept(choice.code, Decimal(150)) == Decimal("1.5"), choice.code
        else:
            with pytest.raises(BadTargetError):
                kept(choice.code, Decimal("100.01"))


@given(
    st.sampled_from([choice.code for choice in load_playbook().enumerations["target_kpi"].choices]),
    st.decimals(Decimal("0.01"), 100, places=2),
)
def test_a_value_is_told_as_it_was_typed(kpi: str, typed: Decimal) -> None:
    if unit_of(kpi) in {Unit.CARTONS, Unit.SHOPS}:
        typed = typed.to_integral_value(ROUND_CEILING)
    assert value_told(kpi, kept(kpi, typed)) == typed


@given(st.integers(1990, 2100), st.none() | st.integers(1, 12))
def test_a_period_is_written_as_it_is_read(year: int, month: int | None) -> None:
    text = f"{year}" if month is None else f"{year}-{month:02}"
    assert str(read_span(text)) == text
