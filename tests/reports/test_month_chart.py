"""The chart of the months on the customer's sheet: whose figure stands where, and a month that is not over."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.customer_summary import CustomerSummary, MonthLine
from app.domain.text import Language
from app.reports import words
from app.reports.blocks import Block, BoxMark, LineMark, TextMark
from app.reports.line_breaking import Run
from app.reports.month_chart import month_chart
from tests.reports.test_customer_pdf import words_of

WIDTH, HEIGHT = 480.0, 100.0


def drawn(*months: MonthLine) -> Block:
    return month_chart(months, WIDTH, HEIGHT)


def boxes(block: Block) -> list[BoxMark]:
    return [mark for mark in block.marks if isinstance(mark, BoxMark)]


def dashes(block: Block) -> list[LineMark]:
    return [mark for mark in block.marks if isinstance(mark, LineMark)][1:]


def figure(block: Block, text: str) -> TextMark:
    return next(mark for mark in block.marks if isinstance(mark, TextMark) and mark.text == text)


@pytest.mark.parametrize("last_year", [None, 0, 20, 50, 56, 60, 68, 100, 400])
def test_a_figure_stands_on_its_own_bar_wherever_last_year_is(last_year: int | None) -> None:
    others = tuple(MonthLine(f"{number}月", 100, 100) for number in range(1, 12))
    block = drawn(*others, MonthLine("12月", 50, last_year))
    bar = boxes(block)[-1]
    assert 0 < bar.y - figure(block, "50").y < 8


@pytest.mark.parametrize("last_year", range(40, 80, 2))
def test_no_dash_runs_through_a_figure(last_year: int) -> None:
    others = tuple(MonthLine(f"{number}月", 100, 100) for number in range(1, 12))
    block = drawn(*others, MonthLine("12月", 50, last_year))
    text = figure(block, "50")
    right = text.x + Run(text.text, text.style).width
    for dash in dashes(block):
        level = text.y - text.style.size * 0.8 < dash.y1 < text.y
        assert not (level and dash.x1 < right and dash.x2 > text.x)
    assert len(dashes(block)) in {12, 13}


def test_a_month_under_way_is_an_empty_frame_and_said_in_words(chinese_summary: CustomerSummary) -> None:
    whole, begun = boxes(drawn(MonthLine("10月", 80, 70), MonthLine("11月", 28, 60, until=21)))
    assert whole.fill
    assert not begun.fill
    assert begun.frame
    months = (*chinese_summary.months[:-1], MonthLine("11月", 28, 60, until=21))
    assert "11月只到21日，去年同样" in words_of(replace(chinese_summary, months=months))
    assert "只到" not in words_of(chinese_summary)
    assert words.month_under_way(months, Language.EN) == "11月: days 1 to 21 of both years"
    assert date(2026, 11, 21).day == months[-1].until
