"""Says in one sentence what a visit holds that was under way when the program ended."""

from PySide6.QtCore import QObject

from app.services.visit_reading import RestoredVisit
from app.services.visit_rows import RowKind
from app.ui.look.formats import format_clock
from app.ui.pages.visit.step_titles import StepTitles


class RestoredWords(QObject):
    """Puts a restored visit into words; the shell shows them too."""

    def of(self, restored: RestoredVisit) -> str:
        """Return the sentence: which visit, which step, what is there, since when."""
        step = StepTitles(self).of(restored.place.step)
        there = self.tr(", ").join(self._counts(restored)) or self.tr("nothing entered yet")
        sentence = self.tr("Restored the visit at %1: step %2 '%3', %4; last saved %5.")
        values = (
            restored.customer_name,
            str(restored.place.step.number),
            step,
            there,
            format_clock(restored.last_saved),
        )
        for number, value in enumerate(values, 1):
            sentence = sentence.replace(f"%{number}", value)
        return sentence

    def _counts(self, restored: RestoredVisit) -> list[str]:
        count = restored.counts.get
        words = {
            RowKind.STOCK: self.tr("%n SKU(s) counted", "", count(RowKind.STOCK, 0)),
            RowKind.SHELF: self.tr("the shelf check"),
            RowKind.RATING: self.tr("%n diagnosis item(s)", "", count(RowKind.RATING, 0)),
            RowKind.ADVICE: self.tr("%n line(s) of order guidance", "", count(RowKind.ADVICE, 0)),
            RowKind.PLAN: self.tr("%n improvement plan(s)", "", count(RowKind.PLAN, 0)),
            RowKind.PROMISE: self.tr("%n agreed step(s)", "", count(RowKind.PROMISE, 0)),
            RowKind.PHOTO: self.tr("%n photo(s)", "", count(RowKind.PHOTO, 0)),
        }
        return [text for kind, text in words.items() if count(kind, 0)]
