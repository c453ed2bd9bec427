"""What the window asks of a page; only `title_changed` and `shown` are needed, the rest where a page has it."""

from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtWidgets import QWidget

_WISHES = (
    "title_changed",
    "open_customer_requested",
    "open_stop_requested",
    "open_product_requested",
    "back_requested",
    "open_visit_requested",
    "open_page_requested",
    "today_requested",
    "trouble_met",
    "visit_ended",
)


def connect_wishes(page: QWidget, answers: Mapping[str, object]) -> None:
    """Connect each wish that the page can utter to the bound method or signal that answers it."""
    for wish in _WISHES:
        signal = _signal_of(page, wish)
        if signal is not None and wish in answers:
            signal.connect(answers[wish])


def tell_shown(page: QWidget) -> None:
    """Tell the page that it came into view."""
    cast("Any", page).shown()


def flush(page: QWidget) -> None:
    """Let the page put on disk what is typed in it."""
    for name in ("leave", "flush"):
        deed = getattr(page, name, None)
        if callable(deed):
            deed()
            return


def has_unsaved(page: QWidget) -> bool:
    """Whether something typed in the page is not on disk."""
    own = getattr(page, "has_unsaved", None)
    if isinstance(own, bool):
        return own
    return getattr(getattr(page, "model", None), "is_settled", True) is False


def call(page: QWidget, deed: str, argument: object) -> None:
    """Do what another page wished, such as `open_customer`."""
    getattr(page, deed)(argument)


def _signal_of(page: QWidget, name: str) -> Any | None:  # a bound signal has no type of its own in the stubs
    found = getattr(page, name, None)
    if found is None and name == "visit_ended":
        found = getattr(getattr(page, "model", None), "ended", None)
    return found
