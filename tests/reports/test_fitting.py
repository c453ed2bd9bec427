"""The sheet keeps to two pages: long lists are folded, totals stay true, agreed steps are never left out."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.customer_summary import CustomerSummary, SkuRemark, SuggestionLine, TopSku
from app.reports.customer_pdf import customer_pdf_bytes
from app.reports.fitting import fitted

_NAME = "FIREBALL CINNAMON WHISKEY MINI SLEEVE 50 ml"


def _pages(summary: CustomerSummary) -> int:
    return len(PdfReader(BytesIO(customer_pdf_bytes(summary))).pages)


@pytest.fixture
def crowded(english_summary: CustomerSummary) -> CustomerSummary:
    """A shop with long names in every list, a hundred suggestions and eight agreed steps."""
    return replace(
        english_summary,
        suggestions=tuple(SuggestionLine(f"{_NAME} {n}", "Class 1", None, 2.5, n, "sells") for n in range(100, 0, -1)),
        top_skus=tuple(TopSku(f"{_NAME} {n}", "Class 1", 99, 1) for n in range(8)),
        slow=tuple(SkuRemark(f"{_NAME} {n}", "Class 1", "No order for 14 weeks") for n in range(6)),
        steps=english_summary.steps * 8,
        reminders=("Two items still lack a price tag.",) * 3,
    )


def test_a_crowded_sheet_keeps_to_two_pages(crowded: CustomerSummary) -> None:
    assert _pages(crowded) > 2
    assert _pages(fitted(crowded)) == 2


def test_what_is_folded_is_summed_up_so_that_the_total_stays_true(crowded: CustomerSummary) -> None:
    lines = fitted(crowded).suggestions
    assert sum(line.suggested for line in lines) == sum(range(101))
    folded = 100 - (len(lines) - 1)
    assert lines[-1].name == f"{folded} other items"
    assert lines[:-1] == crowded.suggestions[: len(lines) - 1]


def test_agreed_steps_and_reminders_are_never_left_out(crowded: CustomerSummary) -> None:
    short = fitted(crowded)
    assert (short.steps, short.reminders) == (crowded.steps, crowded.reminders)


def test_a_sheet_that_fits_is_left_as_it_is(chinese_summary: CustomerSummary) -> None:
    assert fitted(chinese_summary) == chinese_summary


def test_lines_to_sell_first_come_last_and_only_where_there_is_room(chinese_summary: CustomerSummary) -> None:
    wanted = tuple(SuggestionLine(f"品规{n}", "三类", 1, 2.0, 3) for n in range(40))
    summary = replace(chinese_summary, suggestions=(SuggestionLine("老城", "四类", 18, 5.4, 0, "先卖现存"), *wanted))
    assert "老城" not in [line.name for line in fitted(summary).suggestions]
    few = replace(summary, suggestions=summary.suggestions[:4])
    assert [line.name for line in fitted(few).suggestions] == ["品规0", "品规1", "品规2", "老城"]


def test_the_same_data_fold_the_same_way(crowded: CustomerSummary) -> None:
    assert customer_pdf_bytes(fitted(crowded)) == customer_pdf_bytes(fitted(crowded))
