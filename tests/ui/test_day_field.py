"""A day as people write it: with and without a year, with full-width digits, in Chinese."""

from datetime import date

import pytest

from app.ui.pages.visit.day_field import parse_day

AFTER = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-05", date(2026, 12, 5)),
        ("2026/12/5", date(2026, 12, 5)),
        ("2026年12月5日", date(2026, 12, 5)),
        ("20261205", date(2026, 12, 5)),
        ("12-5", date(2026, 12, 5)),
        ("12月5日", date(2026, 12, 5)),
        ("１２．５", date(2026, 12, 5)),
        ("12。5", date(2026, 12, 5)),
        ("11-20", AFTER),
        ("11-19", date(2027, 11, 19)),
        ("1-3", date(2027, 1, 3)),
        ("2026-12", None),
        ("2026-125", None),
        ("2-30", None),
        ("13-1", None),
        ("12", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_without_its_year_is_the_next_one(text: str, day: date | None) -> None:
    assert parse_day(text, AFTER) == day
