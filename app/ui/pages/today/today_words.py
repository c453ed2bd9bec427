"""The words of Today: class line, short tags for the reasons, how the day stands, what a deed did."""

from datetime import date

from PySide6.QtCore import QObject

from app.domain.playbook import Playbook
from app.domain.reasons import VisitReason, Why
from app.domain.visit import VisitStatus
from app.services.days import DaySheet, DayStop
from app.ui.look.formats import (
    format_change,
    format_minutes,
    format_number,
    format_short_date,
    weekday_name,
)
from app.ui.look.translations import current_language
from app.ui.pages.today.deeds import Deed, DeedKind
from app.ui.widgets.tones import Tone

Tag = tuple[str, Tone]

_MOST_TAGS = 3
_OUTCOMES = "visit_outcome"
_CLASS_LISTS = ("market_type", "business_format", "size_class")


class TodayWords(QObject):
    """Puts the day into the language shown."""

    def __init__(self, playbook: Playbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playbook = playbook

    def class_code(self, market: str | None, form: str | None, size: str | None) -> str:
        """Return the composite code, empty while a part of it is not known."""
        return f"{market}{form}{size}" if market and form and size else ""

    def class_line(self, market: str | None, form: str | None, size: str | None) -> str:
        """Return code and names of the class; what is not known is left out."""
        parts = [self.class_code(market, form, size)]
        for enumeration, code in zip(_CLASS_LISTS, (market, form, size), strict=True):
            if code:
                parts.append(self._playbook.enumerations.label(enumeration, code).of(current_language()))
        return self.tr(" \u00b7 ").join(part for part in parts if part)

    def second_line(self, stop: DayStop) -> str:
        """Return the class of a shop, or where it is while nothing of its class is known."""
        return self.class_line(stop.market_type, stop.format, stop.size_class) or (stop.address or "")

    def tags(self, stop: DayStop, reasons: tuple[Why, ...], day: date) -> tuple[Tag, ...]:
        """Return how the stop ended, or the few reasons that matter most, as tags."""
        if stop.status.ended and stop.status is not VisitStatus.DONE:
            return self.ending_tags(stop)
        tags = [(self.tr("Under way"), Tone.GREEN)] if stop.status is VisitStatus.IN_PROGRESS else []
        tags += [self.tag(why, day) for why in reasons]
        return tuple(tags[:_MOST_TAGS])

    def ending_tags(self, stop: DayStop) -> tuple[Tag, ...]:
        """Return how a stop ended, and why."""
        tone = Tone.GREEN if stop.status is VisitStatus.DONE else Tone.GREY
        words = self.outcome(stop.status)
        if stop.moved_to is not None:
            words = self.tr("%1 to %2").replace("%1", words).replace("%2", format_short_date(stop.moved_to))
        reason = self.end_reason(stop)
        return ((words, tone), (reason, Tone.GREY)) if reason else ((words, tone),)

    def outcome(self, status: VisitStatus) -> str:
        """Return the name of an ending."""
        return self._playbook.enumerations.label(_OUTCOMES, status.value).of(current_language())

    def end_reason(self, stop: DayStop) -> str:
        """Return why a stop ended otherwise than done."""
        choice = self._playbook.enumerations[_OUTCOMES].choice(stop.status.value)
        if not stop.end_reason or choice is None:
            return stop.end_reason or ""
        return choice.detail(stop.end_reason).of(current_language())

    def reasons_of(self, outcome: VisitStatus) -> tuple[tuple[str, str], ...]:
        """Return code and name of each reason that an ending can have."""
        choice = self._playbook.enumerations[_OUTCOMES].choice(outcome.value)
        details = choice.details if choice is not None else ()
        return tuple((detail.code, detail.name.of(current_language())) for detail in details)

    def tag(self, why: Why, day: date) -> Tag:
        """Return one reason as a short tag."""
        count = int(why.value or 0)
        tags: dict[VisitReason, Tag] = {
            VisitReason.ORDER_DAY_TODAY: (self.tr("Orders today"), Tone.PRIMARY),
            VisitReason.ORDER_DAY_NEXT: (self._order_ahead(count, day), Tone.PRIMARY),
            VisitReason.NEVER_VISITED: (self.tr("No visit yet"), Tone.GREY),
            VisitReason.LONG_UNVISITED: (self.tr("%n day(s) unvisited", "", count), Tone.AMBER),
            VisitReason.COMPLAINT: (self.tr("Complaint"), Tone.RED),
            VisitReason.PROMISE_DUE: (self.tr("%n step(s) due", "", count), Tone.AMBER),
            VisitReason.PLAN_DUE: (self.tr("Plan due"), Tone.AMBER),
            VisitReason.MISSED_ORDERS: (self.tr("%n order(s) missed", "", count), Tone.RED),
            VisitReason.STOCK_OUT_SIGNS: (self.tr("%1 maybe out").replace("%1", str(count)), Tone.AMBER),
            VisitReason.SHARP_FALL: (self.tr("Purchases %1").replace("%1", format_change(why.value)), Tone.RED),
            VisitReason.LICENCE_ENDING: (self.tr("Licence: %n day(s)", "", count), Tone.AMBER),
            VisitReason.LICENCE_EXPIRED: (self.tr("Licence expired"), Tone.RED),
            VisitReason.PINNED: (self._by_hand(why), Tone.BLUE),
        }
        return tags[why.code]

    def stands(self, sheet: DaySheet) -> str:
        """Return how many shops the day has and how many are served."""
        text = self.tr("%1 shops \u00b7 %2 visited")
        return text.replace("%1", str(len(sheet.stops) + sheet.left)).replace("%2", str(sheet.served))

    def way(self, sheet: DaySheet, *, is_short: bool = False) -> str:
        """Return the kilometres and the hours of the day; the kilometres alone where there is little room.

        On a day on which a visited shop left this manager, that is told instead: the list does not have it.
        """
        if sheet.left:
            return self.tr("%1 no longer yours").replace("%1", str(sheet.left))
        if not sheet.stops:
            return ""
        if is_short:
            return self.tr("≈ %1 km").replace("%1", format_number(sheet.km, 0))
        time = format_minutes(round(sheet.hours * 60), current_language())
        return self.tr("%1 km \u00b7 \u2248 %2").replace("%1", format_number(sheet.km, 0)).replace("%2", time)

    def why_empty(self, sheet: DaySheet) -> str:
        """Return why the rule found no shop for the day."""
        following = (
            f"{weekday_name(sheet.next_order_day, current_language())} {format_short_date(sheet.next_order_day)}"
        )
        if not sheet.with_order_day:
            return self.tr("No shop has an order day yet, so nothing can be proposed. Add the shops you want to visit.")
        if not sheet.order_soon:
            text = self.tr("No shop orders today or by %1. Add the shops you want to visit.")
            return text.replace("%1", following)
        text = self.tr("Every shop that orders today or by %1 was visited in the last six days, or taken out.")
        return text.replace("%1", following)

    def deed(self, deed: Deed) -> str:
        """Return what a deed did."""
        outcome = self.outcome(deed.outcome) if deed.outcome is not None else ""
        if deed.moved_to is not None:
            outcome = self.tr("%1 to %2").replace("%1", outcome).replace("%2", format_short_date(deed.moved_to))
        texts = {
            DeedKind.SHORTENED: self.tr("The way left is %1 km shorter.").replace("%1", format_number(deed.km)),
            DeedKind.REORDERED: self.tr("%1 has another place now."),
            DeedKind.TAKEN_OUT: self.tr("%1 was taken out of the day."),
            DeedKind.ADDED: self.tr("%1 was added to the day."),
            DeedKind.ENDED: self.tr("%1: %2").replace("%2", outcome),
            DeedKind.REOPENED: self.tr("%1 is open again."),
            DeedKind.UNDONE: "",
        }
        return texts[deed.kind].replace("%1", deed.name)

    def _order_ahead(self, days: int, day: date) -> str:
        if days == 1:
            return self.tr("Orders tomorrow")
        when = date.fromordinal(day.toordinal() + days)
        return self.tr("Orders %1").replace("%1", weekday_name(when, current_language()))

    def _by_hand(self, why: Why) -> str:
        if why.day is None:
            return self.tr("Added by hand")
        return self.tr("Moved from %1").replace("%1", format_short_date(why.day))
