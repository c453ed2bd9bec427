"""What the day came to once every stop has ended: how many done, what was not, the way, what waits to be sent."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.visit import VisitStatus
from app.services.days import DaySheet
from app.ui.look.formats import format_number
from app.ui.pages.today.brief_sections import BriefLine, BriefSection, TopicBox
from app.ui.pages.today.today_words import TodayWords
from app.ui.shell.waiting_words import WaitingWords
from app.ui.widgets.card import Card
from app.ui.widgets.fact_list import Fact, FactList
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.tones import Tone

_OTHERWISE = (VisitStatus.MOVED, VisitStatus.CLOSED, VisitStatus.REFUSED, VisitStatus.CANCELLED)


class DaySummary(QWidget):
    """Says what was done and what was not; nothing here counts as delivered."""

    def __init__(self, words: TodayWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._counts = WaitingWords(self)
        self._card = Card("", scroll=True)
        self._card.setObjectName("daySummary")
        self._head = TextLabel("", "title", wrap=True)
        self._head.setObjectName("summaryHead")
        self._facts = FactList()
        self._facts.setObjectName("summaryFacts")
        self._otherwise = BriefSection("summaryOtherwise")
        self._waiting = TopicBox()
        self._waiting.setObjectName("summaryWaiting")
        for widget in (self._head, self._facts, self._otherwise, self._waiting):
            self._card.body.addWidget(widget)
        self._card.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._card)

    def render_day(self, sheet: DaySheet) -> None:
        """Show the day."""
        self._card.set_title(self.tr("The day"))
        self._head.setText(self.tr("Every stop of today has ended."))
        count = sheet.count()
        facts = [Fact(self._words.outcome(VisitStatus.DONE), str(sheet.served), strong=True)]
        facts += [Fact(self._words.outcome(one), str(count[one])) for one in _OTHERWISE if count[one]]
        facts.append(Fact(self.tr("Way"), self.tr("%1 km").replace("%1", format_number(sheet.km, 0))))
        self._facts.set_facts(tuple(facts))
        self._otherwise.set_heading(self.tr("Not served"))
        self._otherwise.set_lines(
            [
                BriefLine(self._line(stop.name, self._words.ending_tags(stop)[1:]), tags[0][0], Tone.GREY)
                for stop in sheet.stops
                if stop.status in _OTHERWISE
                for tags in (self._words.ending_tags(stop),)
            ]
        )
        count = self._counts.counted(sheet.waiting, sheet.photos_waiting)
        waiting = self.tr("%1. Nothing counts as delivered until head office confirms it.").replace("%1", count)
        self._waiting.set_topic(self.tr("Waiting"), waiting if count else self.tr("Nothing waits to be sent."))

    def _line(self, name: str, reasons: tuple[tuple[str, Tone], ...]) -> str:
        return self.tr(" \u00b7 ").join((name, *(text for text, _ in reasons)))
