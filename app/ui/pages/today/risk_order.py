"""The order in which shops that may run out come first; the way itself stays as it was."""

from collections.abc import Callable, Sequence

from app.domain.reasons import VisitReason, Why
from app.services.days import DayStop


def risk_of(reasons: Sequence[Why]) -> int:
    """Return how many main SKUs may be missing before the next delivery, as far as is known."""
    return next((int(why.value or 0) for why in reasons if why.code is VisitReason.STOCK_OUT_SIGNS), 0)


def risk_first(stops: Sequence[DayStop], risk: Callable[[DayStop], int]) -> list[DayStop]:
    """Return what is still open with the highest risk first, then the rest; equals stay in the order of the way."""
    return sorted(stops, key=lambda stop: (stop.status.ended, -risk(stop)))
