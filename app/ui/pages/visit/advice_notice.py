"""The bar above the order guidance: what is being learnt, what is agreed and what would be suggested now."""

from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.ui.pages.visit.advice_words import fill
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.tones import Tone


class Notice(StrEnum):
    """What the bar speaks of; each has its own button."""

    NONE = "none"
    PROBLEM = "problem"
    LEARNING = "learning"
    OFFER = "offer"
    TAKEN = "taken"
    UNCOUNTED = "uncounted"
    EARLY = "early"


class AdviceNotice(MessageBar):
    """Says one thing at a time; its button does the one thing about it."""

    wanted = Signal(object)
    """Notice: its button was pressed"""
    put_away = Signal(object)
    """Notice: it was closed unread or read"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Notice.NONE
        self.action_requested.connect(self._on_action)
        self.dismissed.connect(self._on_dismissed)

    def say_nothing(self) -> None:
        """Hide the bar."""
        self.notice = Notice.NONE
        self.clear()

    def show_problem(self, words: str) -> None:
        """Say what went wrong."""
        self._say(Notice.PROBLEM, words, Tone.RED)

    def show_learning(self) -> None:
        """Say why nothing is suggested for some seconds."""
        words = self.tr("Learning from the orders of the territory, once a week: the suggestions follow in a moment.")
        self._say(Notice.LEARNING, words, Tone.BLUE, self.tr("Show without"))

    def show_early(self) -> None:
        """Say that another look may give other numbers."""
        words = self.tr("Nothing is learnt from the territory yet: until you use them, the suggestions may change.")
        self._say(Notice.EARLY, words, Tone.AMBER)

    def show_offer(self, agreed: str, now: str, *, is_shown: bool) -> None:
        """Offer other figures than those agreed; with `is_shown` the table shows them because they were asked for."""
        words = self.tr("What was agreed stays: %1. Counted anew it would be %2.")
        if is_shown:
            words = self.tr("This is what you asked for: %2. What was agreed stays until you use it: %1.")
        self._say(Notice.OFFER, fill(words, agreed, now), Tone.AMBER, self.tr("Take the new figures over"))

    def show_taken(self, agreed: str, now: str) -> None:
        """Say what was taken over, with the way back."""
        self._say(
            Notice.TAKEN, fill(self.tr("Taken over: %2 instead of %1."), agreed, now), Tone.GREEN, self.tr("Undo")
        )

    def show_uncounted(self, words: str, action: str) -> None:
        """Say that stocks are presumed."""
        self._say(Notice.UNCOUNTED, words, Tone.AMBER, action)

    def _say(self, notice: Notice, words: str, tone: Tone, action: str = "") -> None:
        self.notice = notice
        self.show_message(words, tone, action)

    @Slot()
    def _on_action(self) -> None:
        self.wanted.emit(self.notice)

    @Slot()
    def _on_dismissed(self) -> None:
        notice, self.notice = self.notice, Notice.NONE
        self.put_away.emit(notice)
