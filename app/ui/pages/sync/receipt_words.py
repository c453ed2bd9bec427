"""What the receipt of a day says in one sentence, and what a handover file holds."""

from PySide6.QtCore import QObject

from app.domain.day_receipt import HANDED_ON, SAME, DayReceipt, Stand
from app.services.sync_facts import Handed
from app.ui.look.formats import format_count, format_size
from app.ui.look.sentences import joined
from app.ui.widgets.tones import Tone


class ReceiptWords(QObject):
    """Puts receipts into the language shown."""

    def state(self, receipt: DayReceipt | None, waiting: int = 0) -> tuple[str, Tone]:
        """Return the state of the day in two words, and its tone; `waiting` counts what is not up yet."""
        if receipt is None:
            return self.tr("not compared"), Tone.GREY
        if receipt.is_outdated:
            return self.tr("to be compared again"), Tone.GREY
        if receipt.is_empty:
            return self.tr("no visits"), Tone.GREY
        if receipt.count(Stand.UNDER_WAY):
            return self.tr("in progress"), Tone.AMBER
        return self._complete(waiting) if receipt.complete else (self.tr("not complete"), Tone.AMBER)

    def _complete(self, waiting: int) -> tuple[str, Tone]:
        """Say that the day is complete only where nothing else waits: the receipt speaks of visits alone."""
        if waiting:
            words = self.tr("visits complete · %1 more to upload")
            return words.replace("%1", format_count(waiting)), Tone.AMBER
        return self.tr("day complete"), Tone.GREEN

    def sentence(self, receipt: DayReceipt | None) -> str:
        """Say what both sides hold."""
        if receipt is None:
            return self.tr("Head office has not been asked about this day.")
        if receipt.is_outdated:
            return self.tr("The day was changed since head office compared it; the next sync compares it again.")
        said = self._counts(receipt)
        if receipt.evidence:
            proof = self.tr("%1 of the photos prove a task.").replace("%1", format_count(receipt.evidence))
            said = joined((said, proof))
        if receipt.complete:
            return joined((said, self.tr("Receipt %1.").replace("%1", receipt.number)))
        if receipt.waiting:
            waits = self.tr("%1 records still wait here.").replace("%1", format_count(receipt.waiting))
            return joined((said, waits))
        return said

    def _counts(self, receipt: DayReceipt) -> str:
        """Count the visits made, and apart from them what is under way or at head office alone."""
        if receipt.is_empty:
            return self.tr("No visits on this day.")
        made = [line for line in receipt.own if line.stand is Stand.MADE]
        same = sum(line.verdict in {SAME, HANDED_ON} for line in made)
        confirmed, photos = receipt.photos
        said = self.tr("%1 of %2 visits are the same on both sides, photos %3 of %4.")
        for place, number in (("%1", same), ("%2", len(made)), ("%3", confirmed), ("%4", photos)):
            said = said.replace(place, format_count(number))
        under_way = receipt.count(Stand.UNDER_WAY)
        if under_way:
            open_ones = self.tr("In progress: %1; the day is complete when they have ended.")
            said = joined((said, open_ones.replace("%1", format_count(under_way))))
        handed_on = sum(line.verdict == HANDED_ON for line in receipt.own)
        if handed_on:
            gone = self.tr("Of shops that were handed on: %1; they are at head office.")
            said = joined((said, gone.replace("%1", format_count(handed_on))))
        return said

    def handed(self, made: Handed) -> str:
        """Say what was written, and that nothing is delivered by it yet."""
        said = self.tr("%1: %2 records and %3 pictures, %4.")
        for place, words in (
            ("%1", made.file.name),
            ("%2", format_count(made.records)),
            ("%3", format_count(made.pictures)),
            ("%4", format_size(made.size)),
        ):
            said = said.replace(place, words)
        rest = self.tr(
            "Only head office can open it. It counts as delivered once head office has taken it in; a later sync "
            "doubles nothing."
        )
        return joined((said, rest))
