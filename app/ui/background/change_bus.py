"""Tells every open page what a deed or a sync round changed."""

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """Pages connect to `changed` and reload what they show of it."""

    changed = Signal(object)
    """app.domain.changes.Changes"""
    written = Signal()
    """Something is on disk that head office has not got: what counts it counts anew, no page reloads for it."""
