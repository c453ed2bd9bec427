"""What a page tells the window to show in its header."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageTitle:
    """The title of a page and the grey words beside it."""

    title: str
    subtitle: str = ""
