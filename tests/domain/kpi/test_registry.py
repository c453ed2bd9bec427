"""All numbered figures: hand-worked cases, unknown inputs, zero denominators, bounds, and the page made of them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kpi import brands, supply
from app.domain.kpi.page import kpi_page
from app.domain.kpi.registry import KPIS, Measure
from app.domain.playbook import Formulas
from app.domain.text import Language
from app.playbooks.loader import load_playbook

DOCS = Path(__file__).resolve().parents[3] / "docs"
Case = tuple[str, tuple[Any, ...], Any]
WORKED: tuple[Case, ...] = (
    ("F01", (900, 1000), 0.9),  # 100 of 1,000 too few
    ("F01", (2500, 1000), -0.5),  # off by one and a half times the demand: negative, not floored
    ("F02", (330, 300), 0.9),
    # weights 100 and 300: (100 × (1 − 25/125) + 300 × (1 − 50/250)) ÷ 400
    ("F03", ([(100, 125), (300, 250)],), 0.8),
    ("F04", ([(100, 100), (85, 100), (84, 100), (50, 0)],), 2 / 3),
    ("F05", (450, 600), 0.75),
    ("F06", (9, 12), 0.75),
    ("F07", (1100, 1000), 0.1),
    ("F08", (240, 800), 0.3),
    ("F09", (90, 120), 0.75),
    ("F10", (84, 120), 0.7),
    ("F10b", (96, 120), 0.8),
    ("F10c", (3, 4), 0.75),
    ("F10d", (60, 120), 0.5),
    ("F11", ([(4, 4), (4, 5), (4, 3), (0, 0)],), 0.75),
    ("F12", (1800, 2000), 0.9),
    ("F13", (2, 80), 0.025),
    ("F13b", (1, 80), 0.0125),
    ("F14", (1000, 1200, 1.2), 1320),
    ("F15", (198, 220), 0.9),
    ("F16", (231, 220), 1.05),
    ("F16b", (2400, 240, 2000, 250), 1.25),
    ("F16c", (45, 60), 0.75),
    ("F17", (20, 80, 25), 0.75),
    ("F18", ([(10, 0), (5, 5), (8, 2), (4, 4), (0, 0)],), 0.25),
    ("F19", (6, 40), 0.15),
    ("F19b", (3, 24), 0.125),
    ("F20", ([0, 4, None, 0],), 2),
    ("F21", ([(5, 10), (10, 10), (7, None)],), 0.75),
    ("F22", ([(5, 10), (10, 10), (7, None)],), 0.5),
    ("F23", ([0, 3, 5, 0],), 0.5),
    ("F24", ({"A", "B", "C", "D"}, {"B", "C", "E"}), 0.5),
    ("F25", (950, 1000), 0.95),
    ("F26", (60, 80), 0.75),
    ("F27", (29000, 25000), 1.16),
    ("F28", (5, 100, 10), 95),
    ("F29", (95,), 114),
    ("F30", (Decimal(114), 10), 104),
    ("F31", (30, 20), 1.5),
    ("F31b", (300_000, 250_000), 1.2),
    ("F32", (20, 35), 4),
    ("F33", (100_050, 4), 25_013),  # 25,012.5 rounds half up
    ("F33b", (29000, 25000), 4 / 29),
    ("F33c", (29000, 25000), 4000),
    ("F34", (180, 50), 1.0),  # 50 buyers × 30 days × 1.2 packs ÷ 10
    ("F35", (120, [40, None, 20]), 4),
    ("F36", (30, 120), 0.25),
    ("F37", (19, 20), 0.95),
    ("F37b", (19, 20), 0.95),
    # seen 110 and 90 against 100 and 100, last year's volumes 3 and 1
    ("F38", ([(110, 100, 3), (90, 100, 1)],), 105),
)
NOTHING: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("F01", (5, 0)), ("F03", ([(5, 0)],)), ("F03", ([],)), ("F04", ([(5, 0)],)), ("F05", (5, 0)), ("F06", (0, 0)),
    ("F07", (5, 0)), ("F08", (0, 0)), ("F09", (5, 0)), ("F10", (0, 0)), ("F10b", (0, 0)), ("F10c", (0, 0)),
    ("F10d", (0, 0)), ("F11", ([],)), ("F12", (5, 0)), ("F13", (0, 0)), ("F13b", (0, 0)), ("F15", (5, 0)),
    ("F16", (5, 0)), ("F16b", (5, 2, 0, 4)), ("F16b", (5, 0, 4, 2)), ("F16b", (5, 2, 4, 0)), ("F16c", (0, 0)),
    ("F17", (0, 0, 0)), ("F17", (1, 2, 4)), ("F18", ([],)), ("F18", ([(0, 0)],)), ("F19", (1, 0)), ("F19b", (0, 0)),
    ("F20", ([],)), ("F20", ([None],)), ("F21", ([(5, None)],)), ("F22", ([(5, None)],)), ("F23", ([],)),
    ("F24", (set(), {"A"})), ("F25", (5, 0)), ("F26", (5, 0)), ("F27", (5, 0)), ("F28", (1, 2, 4)), ("F31", (5, 0)),
    ("F31b", (5, 0)), ("F32", (5, 0)), ("F33", (5, 0)), ("F33b", (0, 5)), ("F34", (5, 0)), ("F35", (5, [])),
    ("F35", (5, [None])), ("F35", (5, [0, 0])), ("F36", (5, 0)), ("F37", (0, 0)), ("F37b", (0, 0)),
    ("F38", ([],)), ("F38", ([(100, 100, 0)],)),
)  # fmt: skip
UNITS = {
    Measure.SHARE: "%",
    Measure.TIMES: "times",
    Measure.DAYS: "days",
    Measure.CARTONS: "cartons",
    Measure.MONEY: "money per carton",
    Measure.TURNS: "turns",
    Measure.INDEX: "index",
}
parts = st.tuples(st.integers(0, 5000), st.integers(0, 5000)).map(sorted)
PART_OF_WHOLE = ("F06", "F08", "F10", "F10b", "F10c", "F10d", "F13", "F13b", "F16c", "F19b", "F26", "F37", "F37b")


@pytest.fixture(scope="module")
def formulas() -> Formulas:
    """Give the definitions."""
    return load_playbook().formulas


def test_the_playbook_words_exactly_the_figures_that_can_be_computed(formulas: Formulas) -> None:
    assert [one.id for one in formulas.all if one.id.startswith("F")] == list(KPIS)
    assert {f"F{number:02}" for number in range(1, 39)} <= set(KPIS)


def test_a_figure_is_counted_in_what_its_definition_says(formulas: Formulas) -> None:
    told = {kpi.id: formulas[kpi.id].unit.of(Language.EN) for kpi in KPIS.values()}
    assert told == {kpi.id: UNITS[kpi.measure] for kpi in KPIS.values()}


def test_every_figure_is_worked_by_hand_and_asked_for_nothing() -> None:
    assert {code for code, _, _ in WORKED} == set(KPIS)
    # A margin per carton, a safety stock and a suggestion divide by nothing; a release has no denominator.
    assert {code for code, _ in NOTHING} == set(KPIS) - {"F02", "F14", "F29", "F30", "F33c"}


@pytest.mark.parametrize(("code", "given", "wanted"), WORKED)
def test_the_hand_worked_case(code: str, given: tuple[Any, ...], wanted: Any) -> None:
    result = KPIS[code].compute(*given)
    assert result is not None
    assert float(result) == pytest.approx(float(wanted))


@pytest.mark.parametrize(("code", "given"), NOTHING)
def test_a_zero_denominator_gives_no_value(code: str, given: tuple[Any, ...]) -> None:
    assert KPIS[code].compute(*given) is None


@pytest.mark.parametrize(("code", "given", "_wanted"), WORKED)
def test_an_unknown_input_gives_no_value(code: str, given: tuple[Any, ...], _wanted: Any) -> None:
    if code == "F14":
        given = given[:2]
    for at, value in enumerate(given):
        if isinstance(value, int | float | Decimal):
            without = (*given[:at], None, *given[at + 1 :])
            assert KPIS[code].compute(*without) is None, at


@given(st.sampled_from(PART_OF_WHOLE), parts)
def test_a_part_of_a_whole_stays_within_its_bounds(code: str, pair: list[int]) -> None:
    part, whole = pair
    value = KPIS[code].compute(part, whole)
    assert value is None if whole == 0 else 0 <= float(value or 0) <= 1


@given(st.sampled_from(PART_OF_WHOLE), parts, st.integers(1, 100))
def test_more_of_the_part_is_more_and_more_of_the_whole_is_not(code: str, pair: list[int], more: int) -> None:
    part, whole = pair
    compute: Any = KPIS[code].compute
    whole += more
    assert compute(part, whole) < compute(part + more, whole)
    assert compute(part, whole + more) <= compute(part, whole)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 1000))
def test_what_was_sold_of_what_was_there_is_a_share_or_the_counts_contradict(
    opening: int, ordered: int, closing: int
) -> None:
    share = supply.sold_of_available(opening, ordered, closing)
    assert (share is None) == (opening + ordered == 0 or closing > opening + ordered)
    assert share is None or 0 <= share <= 1


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_records_without_a_demand_do_not_count(records: list[tuple[int, int]]) -> None:
    wanted = [pair for pair in records if pair[0]]
    assert supply.unmet_records(records) == supply.unmet_records(wanted)
    assert brands.kept_up([(0, now) for _, now in records]) in {None, 1.0}


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_who_comes_back_is_a_share_of_who_came(first: set[int], second: set[int]) -> None:
    share = supply.came_back(first, second)
    assert share is None if not first else 0 <= (share or 0) <= 1
    assert supply.came_back(first, first | second) == (1 if first else None)


@given(st.integers(1, 10_000), st.integers(1, 10_000), st.floats(0.5, 2))
def test_a_release_lies_between_history_and_forecast_before_the_season(
    history: int, forecast: int, season: float
) -> None:
    released = brands.monthly_release(history, forecast, season)
    assert released is not None
    low, high = sorted((history, forecast))
    assert low * season - 1e-6 <= released <= high * season + 1e-6


@given(st.lists(st.tuples(st.integers(1, 900), st.integers(1, 50)), min_size=1, max_size=9))
def test_prices_as_the_guide_says_make_an_index_of_a_hundred(lines: list[tuple[int, int]]) -> None:
    compute = KPIS["F38"].compute
    assert compute([(price, price, volume) for price, volume in lines]) == pytest.approx(100)
    assert compute([(2 * price, price, volume) for price, volume in lines]) == pytest.approx(200)


def test_names_with_several_meanings_know_their_namesakes(formulas: Formulas) -> None:
    assert formulas.namesakes("F16") == ("F16b", "F16c")
    assert formulas.namesakes("F31") == ("F31b",)
    assert formulas.namesakes("F05") == ()


def test_the_page_of_figures_is_up_to_date(formulas: Formulas) -> None:
    assert (DOCS / "kpis.md").read_text(encoding="utf-8") == kpi_page(formulas), "python -m tools.write_kpi_page"
