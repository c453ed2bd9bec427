"""What the territory buys of one SKU: years to date, months, who buys it and who stopped."""

from datetime import date, timedelta

import pytest

from app.domain.product_sales import Buyer, Sale, first_day_needed, read_sales

TODAY = date(2026, 11, 21)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_this_year_is_set_against_the_same_days_of_last_year() -> None:
    sales: list[Sale[str]] = [
        ("a", date(2026, 1, 1), 5, 50),
        ("b", TODAY, 3, 30),
        ("a", TODAY + timedelta(days=1), 100, 1),
        ("a", date(2025, 11, 21), 7, 70),
        ("a", date(2025, 11, 22), 9, 90),
        ("a", date(2024, 12, 31), 11, 1),
    ]
    found = read_sales(sales, TODAY)
    assert (found.this_year.quantity, found.this_year.amount, found.this_year.shops) == (8, 80, 2)
    assert (found.last_year.quantity, found.last_year.amount, found.last_year.shops) == (7, 70, 1)


def test_the_month_under_way_stands_beside_the_same_days() -> None:
    sales: list[Sale[str]] = [("a", TODAY, 4, 1), ("a", date(2025, 11, 3), 6, 1), ("a", date(2025, 11, 29), 50, 1)]
    *before, newest = read_sales(sales, TODAY).months
    assert (newest.month, newest.quantity, newest.last_year, newest.until) == (date(2026, 11, 1), 4, 6, 21)
    assert before[0].month == date(2025, 12, 1)
    assert {month.until for month in before} == {None}
    whole = read_sales(sales, date(2026, 11, 30)).months[-1]
    assert (whole.last_year, whole.until) == (56, None)


def test_shops_are_named_by_what_they_bought_in_thirteen_weeks() -> None:
    sales: list[Sale[str]] = [
        ("small", days_ago(3), 2, 1),
        ("big", days_ago(90), 9, 1),
        ("big", days_ago(91), 4, 1),
        ("gone", days_ago(91), 6, 1),
        ("gone", days_ago(200), 5, 1),
        ("long gone", days_ago(600), 5, 1),
        ("sent back", days_ago(10), 3, 1),
        ("sent back", days_ago(9), -3, 1),
    ]
    found = read_sales(sales, TODAY)
    assert found.buyers == (Buyer("big", 9, 4, days_ago(90)), Buyer("small", 2, 0, days_ago(3)))
    assert found.stopped == (Buyer("gone", 0, 11, days_ago(91)),)


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)])
def test_every_day_can_be_asked_for_and_needs_no_older_sales(as_of: date) -> None:
    old: Sale[str] = ("a", first_day_needed(as_of) - timedelta(days=1), 99, 1)
    assert read_sales([old], as_of) == read_sales([], as_of)
