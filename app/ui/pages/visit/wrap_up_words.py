"""The words of the wrap-up: what was found and agreed, read back in plain sentences, and how the visit ended."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QObject

from app.domain.next_visit import NextVisit
from app.domain.playbook import Playbook
from app.domain.visit import FinishDoubts, StepProgress, VisitStatus
from app.services.visit_reading import VisitHead
from app.services.visit_rows import Values
from app.services.wrap_ups import AfterEnd, ReadBack, StateChange
from app.ui.look.formats import format_amount_round, format_count, format_date, format_short_date
from app.ui.look.translations import current_language
from app.ui.look.unit_words import UnitWords, currency_sign
from app.ui.pages.visit.advice_words import fill
from app.ui.pages.visit.sections import Line
from app.ui.pages.visit.shelf_words import ShelfWords
from app.ui.pages.visit.step_titles import StepTitles
from app.ui.shell.waiting_words import WaitingWords
from app.ui.widgets.tones import Tone

_NAMES = 5


class WrapUpWords(QObject):
    """Puts what a visit found and agreed into the language shown."""

    def __init__(self, playbook: Playbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playbook = playbook
        self._units = UnitWords(self)
        self._shelf = ShelfWords(self)
        self._titles = StepTitles(self)
        self._counts = WaitingWords(self)

    def found(self, read: ReadBack) -> list[Line]:
        """Return what was found, each as a line."""
        lines: list[Line] = []
        if read.counted:
            lines.append(("", self.tr("%n SKU(s) counted", "", read.counted), None))
        if read.out_of_stock:
            lines.append((self.tr("out of stock"), self._names(read.out_of_stock), Tone.RED))
        if read.no_tag:
            lines.append((self.tr("no price tag"), self._names(read.no_tag), Tone.AMBER))
        lines += [(self.tr("missing"), self._shelf.check(name), Tone.AMBER) for name in read.shelf_wrong]
        shown, tagged = read.shown
        if shown is not None and tagged is not None:
            lines.append(("", fill(self.tr("%1 SKUs shown, %2 with a price tag"), shown, tagged), None))
        lines += self._judged(read.judged)
        return lines

    def agreed(self, read: ReadBack | None, plans: Iterable[Values], head: VisitHead) -> list[Line]:
        """Return the agreed order and the improvement plans, each as a line."""
        lines: list[Line] = []
        order = read.order if read is not None else None
        if order is not None:
            lines.append((self.tr("order"), self._order(read, head), Tone.PRIMARY))
        for plan in plans:
            target = plan.get("target_state")
            if target:
                lines.append((f"{plan.get('current_state')}\u2192{target}", self._plan(plan), Tone.BLUE))
        return lines

    def why_next(self, found: NextVisit) -> str:
        """Say why that day is suggested for the next visit."""
        if found.order_day is None:
            return fill(self.tr("Suggested: visited every %1 days"), found.every_days)
        order_day = format_date(found.order_day, current_language())
        return fill(self.tr("Suggested: visited every %1 days, orders on %2"), found.every_days, order_day)

    def open_step(self, step: StepProgress) -> str:
        """Return a step with what is open in it."""
        return fill(self.tr("%1: %2 open"), self._titles.of(step.step), step.open)

    def doubts(self, doubts: FinishDoubts) -> str:
        """Return the question before a visit ends with something left out that matters."""
        if doubts.is_empty:
            return self.tr("Nothing was recorded at this visit. Finish it all the same?")
        names = self.tr("; ").join(self._shelf.check(name) for name in doubts.unchecked)
        return fill(self.tr("Not checked yet, though it must be at every visit: %1. Finish all the same?"), names)

    def ended(self, after: AfterEnd) -> str:
        """Return how the visit ended."""
        outcome = self._playbook.enumerations.label("visit_outcome", after.status.value).of(current_language())
        if after.status is VisitStatus.DONE:
            return self.tr("The visit is done, everything is saved on this computer.")
        return fill(self.tr("The visit ended: %1. Everything is saved on this computer."), outcome)

    def waiting(self, records: int, photos: int) -> str:
        """Return what head office has not confirmed."""
        count = self._counts.counted(records, photos)
        if not count:
            return self.tr("Nothing waits to be sent.")
        return fill(self.tr("Waiting: %1. Nothing counts as delivered until head office confirms it."), count)

    def _judged(self, judged: Sequence[StateChange]) -> list[Line]:
        if not judged:
            return []
        lines: list[Line] = [("", self.tr("%n item(s) of the diagnosis judged", "", len(judged)), None)]
        better = [one for one in judged if one.before is not None and one.now.better_than(one.before)]
        worse = [one for one in judged if one.before is not None and one.before.better_than(one.now)]
        for chip, ones, tone in (
            (self.tr("better"), better, Tone.GREEN),
            (self.tr("worse"), worse, Tone.RED),
        ):
            if ones:
                lines.append((chip, self._list(self._change(one) for one in ones), tone))
        return lines

    def _change(self, one: StateChange) -> str:
        return fill(self.tr("%1 %2\u2192%3"), self.item(one.item), one.before, one.now)

    def item(self, code: str) -> str:
        """Return the name of a diagnosis item."""
        found = self._playbook.diagnosis.item(code)
        return code if found is None else found.name.of(current_language())

    def _order(self, read: ReadBack | None, head: VisitHead) -> str:
        order = read.order if read is not None else None
        if order is None:
            return ""
        quantity = self._units.with_count(format_count(order.totals.quantity), head.unit)
        text = fill(self.tr("%1 SKUs, %2 suggested for the next order"), order.skus, quantity)
        if order.totals.amount is not None and order.skus:
            amount = format_amount_round(order.totals.amount, currency_sign(head.currency))
            text = fill(self.tr("%1, %2"), text, amount)
        changed = self.tr("%n changed together", "", order.changed)
        return fill(self.tr("%1 (%2)"), text, changed) if order.changed else text

    def _plan(self, plan: Values) -> str:
        measures = plan.get("measures")
        names = [self._measure(code) for code in measures] if isinstance(measures, tuple) else []
        text = self.item(str(plan.get("item") or ""))
        if names:
            text = fill(self.tr("%1: %2"), text, self._list(names))
        due = plan.get("due_on")
        return fill(self.tr("%1, due %2"), text, format_short_date(due)) if isinstance(due, date) else text

    def _measure(self, code: str) -> str:
        found = self._playbook.diagnosis.measure(code)
        return code if found is None else found.name.of(current_language())

    def _names(self, names: Sequence[str]) -> str:
        text = self._list(names[:_NAMES])
        more = len(names) - _NAMES
        return fill(self.tr("%1 and %2 more"), text, more) if more > 0 else text

    def _list(self, words: Iterable[str]) -> str:
        return self.tr(", ").join(words)
