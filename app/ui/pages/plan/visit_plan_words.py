"""The words of the plan: days off, loads, effects, reasons, ways out, what a deed did."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, time

from PySide6.QtCore import QObject

from app.domain.planning.views import CadenceHealth, DayKind, DayView, MoveEffect, StopView, UnplacedView
from app.domain.planning.working_days import LABELS
from app.domain.playbook import Playbook
from app.ui.look.formats import (
    format_count,
    format_minutes,
    format_month,
    format_number,
    format_short_date,
    format_signed,
    weekday_name,
)
from app.ui.look.sentences import joined
from app.ui.look.translations import current_language
from app.ui.pages.plan.plan_deeds import Ended
from app.ui.widgets.fact_list import Fact
from app.ui.widgets.tones import Tone

Line = tuple[str, Tone]
_A_MONDAY = date(2024, 1, 1)


class PlanWords(QObject):
    """Puts the plan into the language shown."""

    def __init__(self, playbook: Playbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playbook = playbook

    # ---- days ---------------------------------------------------------------------------------------------------
    def month(self, day: date) -> str:
        """Return month and year: 2026 年 11 月, or Nov 2026."""
        text = self.tr("%1 %2", "month, year").replace("%1", format_month(day, current_language()))
        return text.replace("%2", str(day.year))

    def weekday(self, number: int) -> str:
        """Return the name of a weekday, 1 (Monday) to 7."""
        return weekday_name(_A_MONDAY.replace(day=number), current_language())

    def load(self, day: DayView) -> str:
        """Return how many shops and kilometres a day has: 13 户 · 49 km."""
        one, many = self.tr("1 shop · %2 km"), self.tr("%1 shops · %2 km")
        text = one if len(day.stops) == 1 else many.replace("%1", str(len(day.stops)))
        return text.replace("%2", format_number(day.km, 0))

    def shops(self, count: int) -> str:
        """Return a number of shops, where there is no room for more."""
        return self.tr("1 shop") if count == 1 else self.tr("%1 shops").replace("%1", str(count))

    def more(self, count: int) -> str:
        """Return how many visits of a day are not shown."""
        return self.tr("%1 more").replace("%1", str(count))

    def km(self, km: float | None) -> str:
        """Return kilometres; empty where they are not known."""
        return "" if km is None else self.tr("%1 km").replace("%1", format_number(km))

    @property
    def not_fitting(self) -> str:
        """What is said of a visit for which the day has no time left."""
        return self.tr("Does not fit any more")

    def load_tone(self, day: DayView) -> Tone:
        """Return the tone of a day's load; when all is done it is no matter any more."""
        is_ahead = any(not stop.status.ended for stop in day.stops)
        return Tone.AMBER if day.is_over and is_ahead else Tone.PRIMARY

    def label(self, day: DayView) -> str:
        """Return what kind of day it is; empty on a plain working day."""
        known = LABELS.get(day.label)
        name = day.label if known is None else known.of(current_language())
        if name and day.provisional:
            return self.tr("%1 (not yet announced)").replace("%1", name)
        return name

    def day_tip(self, day: DayView) -> str:
        """Return date, load and what fits into a day."""
        title = f"{format_short_date(day.day)} {weekday_name(day.day, current_language())} {self.label(day)}".strip()
        if not day.stops and day.kind is DayKind.OFF:
            return title
        shops = self.tr("%1 of at most %2 shops").replace("%1", str(len(day.stops)))
        hours = self.tr("%1 of %2").replace("%1", self.minutes(day.minutes))
        lines = (
            title,
            shops.replace("%2", str(day.capacity_stops)),
            hours.replace("%2", self.minutes(day.capacity_minutes)),
        )
        return "\n".join(lines)

    def minutes(self, minutes: int | None) -> str:
        """Return a duration."""
        return format_minutes(minutes, current_language())

    def listed(self, names: list[str]) -> str:
        """Return some names one after the other; of many the first three."""
        first = self.tr(", ").join(names[:3])
        more = len(names) - 3
        return f"{first} {self.more(more)}" if more > 0 else first

    # ---- visits -------------------------------------------------------------------------------------------------
    def time(self, planned: time | None) -> str:
        """Return the time of a stop; empty where it has none yet."""
        return "" if planned is None else f"{planned:%H:%M}"

    def cadence(self, code: str) -> str:
        """Return the name of a visiting class."""
        found = next((one for one in self._playbook.parameters.cadence.classes if one.code == code), None)
        return code if found is None else f"{code} {found.name.of(current_language())}"

    def cadence_facts(self, health: Sequence[CadenceHealth]) -> tuple[Fact, ...]:
        """Return how many shops of each class get what they are owed; a class of two rhythms says which is which."""
        rhythms = Counter(one.code for one in health)
        return tuple(
            Fact(
                self.cadence(one.code) + (self._every(one.every_days) if rhythms[one.code] > 1 else ""),
                f"{format_count(one.kept)} / {format_count(one.shops)}",
            )
            for one in health
        )

    def _every(self, days: int) -> str:
        return self.tr(" · %1 days").replace("%1", str(days))

    def cadences(self) -> tuple[tuple[str, str], ...]:
        """Return code and name of every visiting class."""
        return tuple((one.code, self.cadence(one.code)) for one in self._playbook.parameters.cadence.classes)

    def order_day(self, stop: StopView) -> str:
        """Return whether the visit falls on the shop's order day or the day before."""
        if stop.order_weekday is None:
            return self.tr("Order day not known")
        text = self.tr("Orders %1: matches") if stop.on_order_day else self.tr("Orders %1: does not match")
        return text.replace("%1", self.weekday(stop.order_weekday))

    def reason_tags(self, reasons: Iterable[str]) -> list[Line]:
        """Return what asks for a visit, as tags; what has no name is left out."""
        names = self._names_of_reasons()
        codes = dict.fromkeys(code.partition(":")[0] for code in reasons)
        return [names[code] for code in codes if code in names]

    def reasons(self, stop: StopView) -> tuple[Line, ...]:
        """Return why a visit is planned, as tags."""
        tags = self.reason_tags(stop.reasons)
        if stop.on_order_day:
            tags.insert(0, (self.tr("Order day"), Tone.PRIMARY))
        if stop.due_by is not None and any(tone is not Tone.PRIMARY for _, tone in tags):
            tags.append((self.tr("by %1").replace("%1", format_short_date(stop.due_by)), Tone.AMBER))
        return tuple(tags)

    def stop_tip(self, stop: StopView) -> str:
        """Return all that is to be known of a visit in a few lines."""
        first = "  ".join(part for part in (stop.name, self.time(stop.planned_at), self.km(stop.km)) if part)
        lines = [first, f"{stop.code}  {self.cadence(stop.cadence)}", self.order_day(stop)]
        tags = [text for text, _ in self.reasons(stop) if text != self.tr("Order day")]
        lines += [" · ".join(tags)] if tags else []
        if stop.locked:
            lines.append(self.tr("Fixed on this day"))
        if stop.presumed:
            lines.append(self.tr("Place presumed from its neighbours"))
        return "\n".join(lines)

    # ---- moves --------------------------------------------------------------------------------------------------
    def effect(self, effect: MoveEffect) -> tuple[Line, ...]:
        """Return what a move would change, line by line: way, load, order day, and the rule it breaks."""
        way = self.tr("%1 km").replace("%1", format_signed(effect.km, 1))
        load = self.tr("%1 of %2 shops · %3").replace("%1", str(effect.to_stops))
        load = load.replace("%2", str(effect.to_capacity)).replace("%3", self.minutes(effect.to_minutes))
        is_over = effect.to_stops > effect.to_capacity or effect.to_minutes > effect.to_capacity_minutes
        match = self.tr("Order day matches") if effect.on_order_day else self.tr("Order day does not match")
        lines = [
            (way, Tone.AMBER if effect.km > 0 else Tone.GREEN),
            (load, Tone.AMBER if is_over else Tone.GREEN),
            (match, Tone.GREEN if effect.on_order_day else Tone.AMBER),
        ]
        if effect.breaks:
            lines.append((self.breaks(effect.breaks), Tone.RED))
        return tuple(lines)

    def breaks(self, code: str) -> str:
        """Return the rule that a move breaks."""
        return self._names_of_rules().get(code, code)

    def deed(self, ended: Ended) -> str:
        """Return what a deed did."""
        if ended.is_undo:
            return self.tr("Taken back.")
        deed = ended.deed
        text = self._names_of_deeds().get(ended.code, "")
        if deed is None:
            return text
        if deed.is_empty:
            return self.tr("Nothing had to change.")
        days = [format_short_date(day) for day in deed.days]
        names = (*deed.names, "", "")
        text = text.replace("%1", names[0]).replace("%2", days[-1] if days else "").replace("%3", names[1])
        text = text.replace("%4", str(len(deed.names))).replace("%5", self._by_day(deed.days))
        return joined((text, self.breaks(deed.breaks) if deed.breaks else ""))

    def _by_day(self, days: Collection[date]) -> str:
        """Return the days with how many visits came to each."""
        words = self.tr("%1: %2", "day, number of visits")
        each = (
            words.replace("%1", format_short_date(day)).replace("%2", str(count))
            for day, count in sorted(Counter(days).items())
        )
        return self.tr(", ").join(each)

    # ---- what has no day ----------------------------------------------------------------------------------------
    def why_unplaced(self, one: UnplacedView) -> str:
        """Return why a visit has no day, or none in time."""
        if one.late is not None and one.reason == "not_planned":
            return self.tr("It stands after its last day.")
        return _filled(self._names_of_obstacles().get(one.reason, one.reason), self._facts(one.facts))

    def way_out(self, one: UnplacedView) -> str:
        """Return the cheapest way out; empty where there is none."""
        return _filled(self._names_of_ways().get(one.way_out, one.way_out), self._facts(one.facts))

    def _facts(self, facts: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
        return {name: self.fact(name, value) for name, value in facts}

    def fact(self, name: str, value: str) -> str:
        """Return a fact in words: a weekday by its number, a day by its date, anything else as it is."""
        if name == "weekday" and value.isdigit():
            return self.weekday(int(value))
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return value
        return f"{format_short_date(day)} {weekday_name(day, current_language())}"

    # ---- the tables of words ------------------------------------------------------------------------------------
    def _names_of_reasons(self) -> dict[str, Line]:
        return {
            "complaint": (self.tr("Complaint"), Tone.RED),
            "missed_order": (self.tr("Orders missed"), Tone.RED),
            "missed_orders": (self.tr("Orders missed"), Tone.RED),
            "licence": (self.tr("Licence ends"), Tone.AMBER),
            "licence_ending": (self.tr("Licence ends"), Tone.AMBER),
            "licence_expired": (self.tr("Licence expired"), Tone.RED),
            "sharp_fall": (self.tr("Purchases fell"), Tone.RED),
            "alert": (self.tr("Alert"), Tone.AMBER),
            "new_customer": (self.tr("New customer"), Tone.BLUE),
            "onboarding": (self.tr("New customer"), Tone.BLUE),
            "plan": (self.tr("Plan due"), Tone.AMBER),
            "plan_due": (self.tr("Plan due"), Tone.AMBER),
            "promise": (self.tr("Agreement due"), Tone.AMBER),
            "promise_due": (self.tr("Agreement due"), Tone.AMBER),
            "task": (self.tr("Task of head office"), Tone.AMBER),
            "sample": (self.tr("Sample shop"), Tone.BLUE),
            "sample_shop": (self.tr("Sample shop"), Tone.BLUE),
            "never_visited": (self.tr("No visit yet"), Tone.GREY),
            "long_unvisited": (self.tr("Long unvisited"), Tone.AMBER),
            "stock_out_signs": (self.tr("May run out"), Tone.AMBER),
            "pinned": (self.tr("Added by hand"), Tone.BLUE),
            "by_hand": (self.tr("Added by hand"), Tone.BLUE),
        }

    def _names_of_rules(self) -> dict[str, str]:
        return {
            "begun": self.tr("The visit has begun."),
            "locked": self.tr("It is fixed on its day."),
            "past": self.tr("That day is over."),
            "twice": self.tr("The shop already has a visit on that day."),
            "day_off": self.tr("That is a day off."),
            "deadline": self.tr("It comes after its last day."),
            "full": self.tr("More than fits into that day."),
        }

    def _names_of_deeds(self) -> dict[str, str]:
        return {
            "kept": self.tr("The plan of the month is kept."),
            "moved": self.tr("%1 is planned on %2."),
            "swapped": self.tr("%1 and %3 have changed places."),
            "locked": self.tr("Fixed on its day."),
            "unlocked": self.tr("It may be moved again."),
            "tomorrow": self.tr("%1 is planned on %2."),
            "taken_out": self.tr("%1 was taken out of the plan."),
            "dropped_in": self.tr("%1 was added on %2."),
            "reordered": self.tr("The order of the day is changed."),
            "shortened": self.tr("What is ahead has the shortest order now."),
            "late_moved": self.tr("%4 visits that did not fit were moved. %5"),
            "day_changed": self.tr("The day is changed; what is planned on it stays until you plan again."),
            "cadence_changed": self.tr("How often the shop is visited is changed; it counts at the next planning."),
            "setup_changed": self.tr("The set-up is kept; it counts at the next planning."),
        }

    def _names_of_obstacles(self) -> dict[str, str]:
        return {
            "not_planned": self.tr("Not planned yet: plan the month."),
            "no_working_day": self.tr("No working day is left for it."),
            "locked_day_off": self.tr("It is fixed on a day off."),
            "closed": self.tr("The shop is shut in working time on every day left for it."),
            "too_soon": self.tr("Another visit of the shop is too near on every day left for it."),
            "days_full": self.tr("Every day left for it has as many shops as it may have."),
            "minutes_full": self.tr("No day left for it has enough time."),
        }

    def _names_of_ways(self) -> dict[str, str]:
        return {
            "work_a_day": self.tr("Way out: work on a day between {from} and {until}."),
            "unlock": self.tr("Way out: let it be moved from {day}."),
            "other_hours": self.tr("Way out: look at the opening hours in the archive."),
            "one_more_stop": self.tr(
                "Way out: one more shop on {weekday}, on {days} day(s); that helps {serves} visit(s)."
            ),
            "more_minutes": self.tr("Way out: {minutes} more minutes on {day}."),
            "slower_cadence": self.tr("Way out: {to} instead of {from} for {shops} shop(s), such as {names}."),
        }


def _filled(text: str, facts: Mapping[str, str]) -> str:
    for name, value in facts.items():
        text = text.replace("{" + name + "}", value)
    return text
