"""The words of the forecast page: columns, kinds, what a line's past says, where the month stands."""

from datetime import date, datetime

from PySide6.QtCore import QObject

from app.domain.forecast_process import Kinded, Steadiness
from app.domain.playbook import Playbook
from app.services.forecast_views import DeskView, KnownOpportunity, Point, Record
from app.ui.look.formats import NO_VALUE, format_count, format_percent
from app.ui.look.sentences import joined
from app.ui.look.translations import current_language
from app.ui.look.unit_words import UnitWords
from app.ui.pages.forecast.desk_lines import Line

_SAME = 0.005
"""Errors that differ by less are the same."""
_EVEN = 0.03
"""A bias smaller than this is none."""


class ForecastWords(QObject):
    """Puts figures of the desk into the language shown."""

    def __init__(self, playbook: Playbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lists = playbook.enumerations
        self.units = UnitWords(self)

    def group(self, group: str) -> str:
        """Return the name of a price class, or of a category."""
        return self._lists["price_class"].label(group).of(current_language()) if group else self.tr("No class")

    def kind(self, kinded: Kinded, *, of_shop: bool) -> str:
        """Return one word for the kind of a brand or shop."""
        return self.kind_name(kinded.kind, of_shop=of_shop)

    def kind_name(self, kind: Steadiness, *, of_shop: bool) -> str:
        """Return the word for a kind."""
        if kind is Steadiness.STABLE:
            return self.tr("Stable")
        return self.tr("Volatile") if of_shop else self.tr("Difficult")

    def signs(self, kinded: Kinded) -> str:
        """Return the rules that led to a kind, as a list."""
        words = (self._lists["forecast_sign"].label(sign.value).of(current_language()) for sign in kinded.signs)
        return self.tr(", ").join(words)

    def kind_told(self, kinded: Kinded, *, of_shop: bool) -> str:
        """Say a kind with what led to it, in one line."""
        kind = self.kind(kinded, of_shop=of_shop)
        why = self.tr("said by you") if kinded.by_hand else self.signs(kinded)
        return f"{kind}: {why}" if why else kind

    def kind_tip(self, kinded: Kinded, *, of_shop: bool) -> str:
        """Say what a kind means and which rules led to it."""
        language, name = current_language(), "shop_kind" if of_shop else "brand_kind"
        choice = self._lists[name].choice(kinded.kind.value)
        lines = [] if choice is None else [choice.name.of(language)]
        if choice is not None and choice.note is not None:
            lines.append(choice.note.of(language))
        if kinded.signs:
            lines.append(self.tr("Why: %1").replace("%1", self.signs(kinded)))
        if kinded.variation is not None:
            lines.append(self.tr("Its months vary by %1").replace("%1", format_percent(kinded.variation)))
        if kinded.by_hand:
            lines.append(self.tr("You said so yourself."))
        return "\n".join(lines)

    def reason(self, code: str) -> str:
        """Return a reason of a correction."""
        return self._lists["forecast_reason"].label(code).of(current_language()) if code else self.tr("No reason yet")

    def opportunity(self, known: KnownOpportunity) -> str:
        """Write a market opportunity to choose: somebody's words, or a festival with its day."""
        if known.day is None:
            return known.text
        names = {"spring": self.tr("Spring Festival"), "mid-autumn": self.tr("Mid-Autumn Festival")}
        return f"{names.get(known.festival, known.festival)} {known.day:%Y-%m-%d}"

    def cause(self, code: str) -> str:
        """Return a cause of a miss."""
        causes = (one for group in self._lists["forecast_cause"].choices for one in group.details)
        found = next((one.name for one in causes if one.code == code), None)
        return code if found is None else found.of(current_language())

    def range(self, low: float | None, high: float | None) -> str:
        """Write a range: 7,600–8,900."""
        if low is None or high is None:
            return NO_VALUE
        return f"{format_count(round(low))}–{format_count(round(high))}"

    def change(self, changed: int | None) -> str:
        """Write what moved since the last forecast: ▲ 12, ▼ 8; nothing where nothing is known to have moved."""
        if not changed:
            return ""
        return f"{'▲' if changed > 0 else '▼'} {format_count(abs(changed))}"

    def month(self, month: date) -> str:
        """Write a month with its year: 2026-12."""
        return f"{month:%Y-%m}"

    def model(self, line: Line) -> str:
        """Say which model stands behind a figure and why, as one would to a colleague."""
        if line.key[1] is None:
            return self.tr("Added up from the shops, and held against the forecast of the SKU as a whole.")
        words = {
            "pooled": self.tr("Learned from all shops and SKUs of the territory together; nothing plainer was nearer."),
            "with-smoothing": self.tr(
                "The common model and exponential smoothing (M5), half each: here smoothing was nearer in past months."
            ),
            "with-season": self.tr(
                "The common model and the season of this series (M4), half each: here its season was nearer."
            ),
            "smoothing": self.tr(
                "Exponential smoothing (M5) alone: in past months it was nearer by far than the common model."
            ),
        }
        return words.get(line.model, self.tr("New at this shop: as its class sells in shops like it."))

    def past(self, points: tuple[Point, ...], record: Record, unit: str | None) -> str:
        """Say how far off the forecasts of the past months were, whether mostly too high or low, and beside what."""
        pairs = [(p.forecast, p.actual) for p in points if p.actual is not None and p.forecast is not None]
        bought = sum(actual for _, actual in pairs)
        if not pairs or not bought:
            return self.tr("There is no past forecast to judge by yet.")
        off = record.error
        if off is None:
            off = sum(abs(forecast - actual) for forecast, actual in pairs) / bought
        lean = sum(forecast - actual for forecast, actual in pairs) / bought
        mean = self.units.with_count(format_count(round(off * bought / len(pairs))), unit)
        count = len(pairs)
        said = self.tr("%n forecast(s) made a month ahead: off by %1 of what came (WAPE), %2 a month.", "", count)
        said = said.replace("%1", format_percent(off)).replace("%2", mean)
        return joined((said, self._lean(lean), self.beside_plain(record)))

    def beside_plain(self, record: Record) -> str:
        """Say whether a forecast beat the plain method, and by how much of its error; nothing where none can tell."""
        if record.is_plain:
            return self.tr("This is the plain method (M5): nothing beat it here.")
        gain = gain_over_plain(record)
        if gain is None:
            return ""
        missed = format_percent(record.plain_error)
        if abs(gain) < _SAME:
            return self.tr("The plain method (M5) was off by %1 as well.").replace("%1", missed)
        if gain > 0:
            words = self.tr("Beats the plain method (M5), off by %1, by %2.")
        else:
            words = self.tr("The plain method (M5), off by %1, was nearer by %2; the sum of the shops counts.")
        return words.replace("%1", missed).replace("%2", format_percent(abs(gain)))

    def _lean(self, lean: float) -> str:
        if abs(lean) < _EVEN:
            return self.tr("As often too high as too low.")
        words = self.tr("Too high by %1 in all.") if lean > 0 else self.tr("Too low by %1 in all.")
        return words.replace("%1", format_percent(abs(lean)))

    def point(self, point: Point, unit: str | None) -> str:
        """Say what one month of the chart shows."""
        parts = [self.month(point.month)]
        if point.actual is not None:
            parts.append(self.tr("came %1").replace("%1", self.units.with_count(format_count(point.actual), unit)))
        if point.forecast is not None:
            parts.append(self.tr("forecast %1").replace("%1", format_count(round(point.forecast))))
        if point.low is not None and point.high is not None:
            parts.append(self.tr("4 of 5 times %1").replace("%1", self.range(point.low, point.high)))
        if point.actual is None and point.final is not None:
            parts.append(self.tr("counts %1").replace("%1", format_count(point.final)))
        return " · ".join(parts)

    def standing(self, view: DeskView, *, waits: bool, is_member: bool) -> str:
        """Say where the month stands: open, submitted, at head office, given back."""
        submission = view.submission
        if submission is None:
            return self.tr("Not submitted yet")
        told = self.tr("Version %1 submitted %2").replace("%1", str(submission.version))
        told = told.replace("%2", _moment(submission.submitted_at))
        if submission.returned_reason:
            where = self.tr("head office gave it back: %1").replace("%1", submission.returned_reason)
        elif not is_member:
            where = self.tr("kept on this laptop: it has no head office yet")
        else:
            where = self.tr("waits here for the next sync") if waits else self.tr("delivered to head office")
        parts = [told, where]
        if view.changed_rows:
            parts.append(self.tr("%n SKU(s) changed since", "", view.changed_rows))
        return " · ".join(parts)


def gain_over_plain(record: Record) -> float | None:
    """Return by which share of the plain method's error a forecast was nearer; below 0 it was further off."""
    if record.error is None or not record.plain_error:
        return None
    return 1 - record.error / record.plain_error


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%m-%d %H:%M}"
