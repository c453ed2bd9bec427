"""Keeps the customer's sheet to two pages: folds the end of long lists, and never changes a total."""

from dataclasses import replace

from app.domain.customer_summary import CustomerSummary, SuggestionLine
from app.reports import fonts, words
from app.reports.customer_pdf import fewest_pages
from app.reports.never_printed import cleared

MOST_PAGES = 2
_SUGGESTIONS = (20, 16, 12, 9, 6, 4)
_OTHERS = 4


def fitted(summary: CustomerSummary) -> CustomerSummary:
    """Return the sheet with as many lines as two pages hold; agreed steps and reminders are never left out."""
    fonts.register()
    candidate = summary
    with fonts.PDF_LOCK:
        for most in _SUGGESTIONS:
            candidate = _shortened(summary, most)
            if fewest_pages(cleared(candidate)) <= MOST_PAGES:
                break
    return candidate


def _shortened(summary: CustomerSummary, most: int) -> CustomerSummary:
    others = max(_OTHERS, most // 2)
    return replace(
        summary,
        suggestions=_folded(summary, most),
        top_skus=summary.top_skus[:others],
        slow=summary.slow[:others],
        out_of_stock=summary.out_of_stock[:others],
    )


def _folded(summary: CustomerSummary, most: int) -> tuple[SuggestionLine, ...]:
    """Sum up the lines beyond the first ones in one line; lines without a quantity stay last, or go."""
    wanted = [line for line in summary.suggestions if line.suggested]
    to_clear = [line for line in summary.suggestions if not line.suggested]
    if len(wanted) <= most:
        return (*wanted, *to_clear[: most - len(wanted)])
    rest = wanted[most - 1 :]
    name = words.OTHER_ITEMS.of(summary.language).format(count=len(rest))
    return (*wanted[: most - 1], SuggestionLine(name, "", None, None, sum(line.suggested for line in rest)))
