"""The words of what became of order advice: how many lines the order followed, where it did not, what happened then."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from app.domain.adoption import Adoption, FollowedAdvice, FollowedLine, Outcome
from app.ui.assortment.filling import fill
from app.ui.look.formats import format_count, format_iso, format_percent, format_short_date

_NAMED = 4
_WORST = (Outcome.NOT_ORDERED, Outcome.LOWERED, Outcome.RAISED, Outcome.LIMITED, Outcome.ADOPTED)


class AdoptionWords(QObject):
    """Puts followed advice into the language shown; neutral, for an order is the shop's own."""

    def rate(self, adoption: Adoption) -> str:
        """Return the adoption rate with its period; empty without advice that an order could answer."""
        if adoption.period is None:
            return ""
        since, until = (format_iso(day) for day in adoption.period)
        visits = fill(self.tr("%n visit(s) with advice, %1 to %2", "", len(adoption.visits)), since, until)
        if adoption.rate is None:
            return visits
        lines = fill(self.tr("%1 of %2 lines followed"), adoption.adopted, adoption.judged)
        return f"{format_percent(adoption.rate)} \u00b7 {lines} \u00b7 {visits}"

    def visit(self, one: FollowedAdvice) -> str:
        """Return how the order that answered a visit's advice compares with it."""
        if one.order_day is None:
            return fill(self.tr("Advice of %1: no order came in its cycle"), format_short_date(one.day))
        words = self.tr("Advice of %1, order of %2: %3 of %4 lines followed")
        days = format_short_date(one.day), format_short_date(one.order_day)
        return fill(words, *days, one.count(Outcome.ADOPTED), one.judged)

    def lines(self, one: FollowedAdvice, names: Mapping[int, str]) -> list[str]:
        """Return the lines worth a word: what was not followed, and what ran out or was not bought again."""
        told = [line for line in one.lines if line.outcome is not Outcome.ADOPTED or line.ran_out]
        told.sort(key=lambda line: (not line.ran_out, _WORST.index(line.outcome), -line.advised, line.product))
        words = [self._line(line, names) for line in told[:_NAMED]]
        if len(told) > _NAMED:
            words.append(self.tr("and %n more line(s)", "", len(told) - _NAMED))
        return words

    def _line(self, line: FollowedLine, names: Mapping[int, str]) -> str:
        numbers = format_count(line.advised), format_count(line.ordered)
        name = names.get(line.product, str(line.product))
        words = fill(self.tr("%1: advised %2, ordered %3"), name, *numbers)
        parts = [words]
        if line.outcome is Outcome.LIMITED:
            parts.append(self.tr("as much as was allowed"))
        if line.ran_out:
            parts.append(self.tr("none left at the next count"))
        if line.repeated:
            parts.append(self.tr("bought again since"))
        return self.tr(", ").join(parts)
