"""Lets every layout take up its new sizes after the style sheet or the language has changed.

Setting a style sheet can leave layouts invalid with their request to be done again lost; whatever changes size after
that would stay as it was, and its text be cut.
"""

from PySide6.QtWidgets import QApplication
from shiboken6 import isValid


def settle_layouts() -> None:
    """Do every layout of the program that waits to be done, inner ones first."""
    widgets = [widget for widget in QApplication.allWidgets() if isValid(widget)]
    layouts = [layout for widget in widgets if (layout := widget.layout()) is not None]
    for layout in layouts:
        layout.invalidate()
    for layout in reversed(layouts):
        if isValid(layout):
            layout.activate()
