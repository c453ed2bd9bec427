"""Figures and dates as they are printed in each language."""

from datetime import date

import pytest

from app.domain.customer_summary import Unit
from app.domain.text import Language
from app.reports.formats import Formats, change, count, percent, weekly

ZH = Formats(Language.ZH, Unit("条", "条"), "¥")
EN = Formats(Language.EN, Unit("bottle", "bottles"), "$")


def test_a_quantity_carries_its_unit_one_and_many() -> None:
    assert ZH.quantity(1_234) == "1,234 条"
    assert EN.quantity(1) == "1 bottle"
    assert EN.quantity(0) == "0 bottles"
    assert EN.quantity(None) == "—"


@pytest.mark.parametrize(
    ("minor", "zh", "en"),
    [
        (118_40, "118 元", "$118"),
        (99_99, "99.99 元", "$99.99"),
        (-5, "−0.05 元", "−$0.05"),
        (1_020_50, "1,021 元", "$1,021"),
        (0, "0.00 元", "$0.00"),
        (None, "—", "—"),
    ],
)
def test_money_shows_cents_only_where_they_matter(minor: int | None, zh: str, en: str) -> None:
    assert ZH.money_text(minor) == zh
    assert EN.money_text(minor) == en


def test_a_change_shows_cents_as_the_amount_beside_it_does() -> None:
    assert ZH.money_text(4_20, like=118_40, signed=True) == "+4 元"
    assert EN.money_text(-21, like=14_37, signed=True) == "−$0.21"


def test_a_change_that_is_rounded_to_nothing_has_no_sign() -> None:
    assert ZH.money_text(-24, like=110_00, signed=True) == "0 元"
    assert EN.money_text(24, like=110_00, signed=True) == "$0"
    assert ZH.money_text(0, like=118_40, signed=True) == "0 元"


def test_dollars_in_a_chinese_sheet_keep_their_sign() -> None:
    assert Formats(Language.ZH, Unit("瓶", "瓶"), "$").money_text(14_37) == "$14.37"


def test_numbers_without_a_value_are_dashes() -> None:
    assert [count(None), change(None), weekly(None), percent(None)] == ["—", "—", "—", "—"]
    assert [count(-3), change(3), change(0), weekly(1234.56), percent(-0.1234)] == [
        "−3",
        "+3",
        "0",
        "1,234.6",
        "−12.3%",
    ]


def test_dates_are_written_as_each_language_writes_them() -> None:
    day = date(2026, 11, 5)
    assert ZH.day(day) == "2026 年 11 月 5 日"
    assert EN.day(day) == "5 November 2026"
    assert ZH.day(day, year=False) == "11 月 5 日"
    assert ZH.short_day(day, date(2026, 1, 1)) == "11-05"
    assert ZH.short_day(day, date(2025, 1, 1)) == "2026-11-05"
    assert EN.short_day(day, date(2026, 1, 1)) == "5 Nov"
    assert EN.short_day(day, date(2027, 1, 1)) == "5 Nov 2026"
    assert ZH.short_day(None, day) == "—"
