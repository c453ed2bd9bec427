"""Composite codes, influence, licence reminders and due colours."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.classification import (
    CT2008,
    Cadence,
    CodeScheme,
    CompositeCode,
    DueColour,
    Influence,
    influence,
    licence_reminder,
    parse_code,
    visit_cycle,
    visit_due,
)

S, O, W = Influence.STRONG, Influence.ORDINARY, Influence.WEAK  # noqa: E741
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(
    st.sampled_from(CT2008.markets),
    st.sampled_from(CT2008.formats),
    st.sampled_from(CT2008.sizes),
    st.sampled_from(["", "2", "-B", "东区"]),
)
def test_each_of_the_42_codes_survives_writing_and_reading(market: str, form: str, size: str, ext: str) -> None:
    code = CompositeCode(market, form, size, ext)
    assert parse_code(code.text) == code
    assert code.base == market + form + size


@pytest.mark.parametrize("text", ["cz1", " CZ1 ", "ＣＺ１", "ｃz１"])
def test_a_code_may_be_written_small_or_full_width(text: str) -> None:
    assert parse_code(text) == CompositeCode("C", "Z", "1")


@pytest.mark.parametrize("text", ["", "C", "CZ", "ZC1", "CC1", "CZ4", "CZ0", "NZ1", "1CZ"])
def test_a_code_that_the_scheme_does_not_know_is_none(text: str) -> None:
    assert parse_code(text) is None


def test_another_scheme_knows_other_markets() -> None:
    newer = CodeScheme("CT2021", "CN", "BSNYFQ")
    assert parse_code("NB2", newer) == CompositeCode("N", "B", "2")
    assert parse_code("XB2", newer) is None


def test_a_further_digit_is_kept_as_the_regional_part() -> None:
    assert parse_code("CZ12") == CompositeCode("C", "Z", "1", "2")


@pytest.mark.parametrize(
    ("signs", "rating"),
    [
        ((S, S, S), S),
        ((S, S, O), O),
        ((S, S, W), O),
        ((O, O, O), O),
        ((W, O, W), W),
        ((W, W, W), W),
        ((W, None, W), W),
        ((S, S, None), None),
        ((W, None, None), None),
    ],
)
def test_influence_is_rated_from_three_signs(
    signs: tuple[Influence | None, Influence | None, Influence | None], rating: Influence | None
) -> None:
    assert influence(*signs) is rating


@pytest.mark.parametrize(
    ("left", "step", "expired", "late"),
    [
        (91, None, False, False),
        (90, 90, False, False),
        (61, 90, False, False),
        (60, 60, False, False),
        (30, 30, False, False),
        (29, 30, False, True),
        (0, 30, False, True),
        (-1, 30, True, True),
    ],
)
def test_the_licence_reminder_steps_up_as_the_end_comes_near(left: int, step: int, expired: bool, late: bool) -> None:
    today = date(2026, 11, 21)
    reminder = licence_reminder(today + timedelta(days=left), today)
    assert reminder is not None
    assert (reminder.days_left, reminder.step, reminder.expired, reminder.renewal_late) == (left, step, expired, late)


def test_an_unknown_licence_end_reminds_of_nothing() -> None:
    assert licence_reminder(None, date(2026, 11, 21)) is None


@given(st.sampled_from(Cadence), days)
def test_a_visit_cycle_holds_its_day_and_the_next_begins_right_after(cadence: Cadence, today: date) -> None:
    first, end = visit_cycle(cadence, today)
    assert first <= today <= end
    assert visit_cycle(cadence, first) == visit_cycle(cadence, end) == (first, end)
    assert visit_cycle(cadence, end + timedelta(days=1))[0] == end + timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "colour", "latest"),
    [
        (date(2026, 11, 2), DueColour.YELLOW, date(2026, 11, 30)),
        (date(2026, 11, 17), DueColour.ORANGE, date(2026, 11, 30)),
        (date(2026, 11, 23), DueColour.ORANGE, date(2026, 11, 30)),
        (date(2026, 11, 24), DueColour.RED, date(2026, 11, 30)),
        (date(2026, 10, 31), DueColour.RED, None),
    ],
)
def test_a_monthly_shop_changes_colour_as_the_month_runs_out(
    today: date, colour: DueColour, latest: date | None
) -> None:
    due = visit_due(date(2026, 9, 15), Cadence.V3, today)
    assert (due.colour, due.latest) == (colour, latest)
    assert due.days_since == (today - date(2026, 9, 15)).days


def test_a_shop_visited_in_this_cycle_is_blue() -> None:
    assert visit_due(date(2026, 11, 2), Cadence.V3, date(2026, 11, 28)).colour is DueColour.BLUE
    assert visit_due(date(2026, 11, 1), Cadence.V3, date(2026, 11, 28)).colour is DueColour.BLUE
    assert visit_due(date(2026, 10, 31), Cadence.V3, date(2026, 11, 28)).colour is DueColour.RED
    assert visit_due(date(2026, 11, 2), Cadence.V1, date(2026, 11, 28)).colour is DueColour.RED


def test_a_day_off_is_not_the_latest_working_day() -> None:
    off = frozenset({date(2026, 11, 30)})
    assert visit_due(None, Cadence.V3, date(2026, 11, 21), off).latest == date(2026, 11, 27)
    assert visit_due(None, Cadence.V3, date(2026, 11, 21), off).days_since is None
