"""The words of why: how often a shop is visited and who says so, what asks for a visit, what speaks for its day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject

from app.domain.planning.views import MoveEffect, StopView
from app.services.plan_values import PlanWhy
from app.ui.look.formats import format_number, format_signed
from app.ui.look.sentences import joined
from app.ui.pages.plan.visit_plan_words import Line, PlanWords
from app.ui.pages.plan.why_reader import Answer, Subject
from app.ui.widgets.tones import Tone

_VISITS = frozenset({"planned", "stands"})
_DUE = frozenset({"window", "deadline", "window_over", "by_hand"})


@dataclass(frozen=True, slots=True)
class Part:
    """A title with its lines."""

    title: str
    lines: tuple[Line, ...]


class WhyWords(QObject):
    """Puts an answer into the language shown."""

    def __init__(self, words: PlanWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def parts(self, answer: Answer) -> tuple[Part, ...]:
        """Return all that is told, part by part; a part that has nothing to tell is left out."""
        subject, told = answer.subject, answer.told
        by_code = {why.code: dict(why.facts) for why in told if why.day is None}
        parts = [Part(self.tr("How often"), self._how_often(by_code))]
        if subject.unplaced is not None:
            one = subject.unplaced
            why = ((text, tone) for text, tone in ((self._words.why_unplaced(one), Tone.AMBER),))
            out = self._words.way_out(one)
            by = self.tr("Due by %1").replace("%1", self._words.fact("", one.by.isoformat()))
            title = self.tr("Why it has no day")
            parts.append(Part(title, ((by, Tone.GREY), *why, *(((out, Tone.BLUE),) if out else ()))))
        elif subject.stop is not None and subject.day is not None:
            of_day = {why.code: dict(why.facts) for why in told if why.day == subject.day}
            parts.append(Part(self.tr("What asks for it"), self._due(of_day, subject.stop)))
            title = self.tr("Why on %1").replace("%1", self._day(subject.day))
            parts.append(Part(title, self._of_day(of_day)))
        parts.append(Part(self.tr("Other visits of the month"), self._others(told, subject)))
        return tuple(part for part in parts if part.lines)

    def choices_title(self, subject: Subject) -> str:
        """Return what the list of days is called."""
        return self.tr("Days it could go to") if subject.unplaced is not None else self.tr("Where else it could be")

    def choice_day(self, day: date) -> str:
        """Return the day of a choice: 05-06 Fri."""
        return self._day(day)

    def choice_words(self, effect: MoveEffect) -> str:
        """Return what a choice changes, in one line: +3.2 km · 13 of 14 shops · order day matches."""
        km = self.tr("%1 km").replace("%1", format_signed(effect.km, 1))
        load = self.tr("%1 of %2 shops").replace("%1", str(effect.to_stops)).replace("%2", str(effect.to_capacity))
        match = self.tr("order day") if effect.on_order_day else ""
        breaks = self._words.breaks(effect.breaks) if effect.breaks else ""
        return " · ".join(part for part in (km, load, match, breaks) if part)

    def choice_tone(self, effect: MoveEffect) -> Tone:
        """Return the tone of a choice: what breaks a rule, what falls on the order day, the rest."""
        return Tone.RED if effect.breaks else Tone.GREEN if effect.on_order_day else Tone.GREY

    def _how_often(self, told: Mapping[str, Mapping[str, str]]) -> tuple[Line, ...]:
        cadence, decided = told.get("cadence", {}), told.get("decided", {})
        if not cadence:
            return ((self.tr("The shop has left the network."), Tone.AMBER),)
        often = self.tr("%1: every %2 days").replace("%1", self._words.cadence(cadence["class"]))
        lines = [(often.replace("%2", cadence["every_days"]), Tone.PRIMARY)]
        if decided:
            lines.append((self.decided(decided), Tone.BLUE if "reason" in decided else Tone.GREY))
        last = cadence.get("last_visit", "")
        none = self.tr("No visit yet")
        lines.append((self.tr("Last visit %1").replace("%1", last) if last else none, Tone.GREY))
        return tuple(lines)

    def decided(self, decided: Mapping[str, str]) -> str:
        """Return who or what decided how often a shop is visited."""
        if "reason" in decided:
            said = self.tr("You chose that on %1: %2")
            return said.replace("%1", decided["since"]).replace("%2", decided["reason"])
        names = {
            "chosen": self.tr("You chose that"),
            "office": self.tr("Set by the visit cycle in the archive"),
            "tier": self.tr("By its tier: %1").replace("%1", decided.get("tier", "")),
            "terminal": self.tr("By its terminal level"),
            "plan": self.tr("An improvement plan that begins at C is open"),
            "launch": self.tr("A SKU to be cultivated is in its launch month here"),
            "sample": self.tr("It is a sample shop"),
            "new": self.tr("It is a new customer"),
            "rest": self.tr("As all shops that no other rule names"),
        }
        return names.get(decided["by"], decided["by"])

    def _due(self, told: Mapping[str, Mapping[str, str]], stop: StopView) -> tuple[Line, ...]:
        code = next((code for code in told if code in _DUE), "")
        facts = told.get(code, {})
        reasons = facts.get("reasons", "").split() or stop.reasons
        lines = [line for line in self._words.reason_tags(reasons) if code != "by_hand" or line[1] is not Tone.BLUE]
        span = {name: self._words.fact(name, facts[name]) for name in ("from", "to") if name in facts}
        is_one_day = "from" in facts and facts.get("from") == facts.get("to")
        text = {
            "window": self.tr("Due on %1") if is_one_day else self.tr("Due from %1 to %2, as its turn comes"),
            "deadline": self.tr("Has to be on %1") if is_one_day else self.tr("Has to be from %1 to %2"),
            "window_over": self.tr("What asked for it is over, or it is no longer due"),
            "by_hand": self.tr("You put it in by hand"),
        }.get(code, "")
        if text:
            text = text.replace("%1", span.get("from", "")).replace("%2", span.get("to", ""))
            lines.append((text, Tone.AMBER if code in {"deadline", "window_over"} else Tone.GREY))
        return tuple(lines)

    def _of_day(self, told: Mapping[str, Mapping[str, str]]) -> tuple[Line, ...]:
        lines: list[Line] = []
        weekday = self._words.fact("weekday", told.get("order_day", told.get("not_order_day", {})).get("weekday", ""))
        if "order_day" in told:
            text = self.tr("On its order day (%1) or the working day before")
            lines.append((text.replace("%1", weekday), Tone.GREEN))
        if "not_order_day" in told:
            lines.append((self.tr("Away from its order day (%1)").replace("%1", weekday), Tone.AMBER))
        if (way := told.get("km_added")) is not None:
            text = self.tr("Adds %1 km to the way of the day").replace("%1", format_number(float(way["km"])))
            presumed = self.tr("its place is presumed from its neighbours") if "presumed" in way else ""
            lines.append((" · ".join(part for part in (text, presumed) if part), Tone.GREY))
        if (load := told.get("load")) is not None:
            lines.append(self._load(load))
        if "locked" in told:
            lines.append((self.tr("Fixed on this day"), Tone.BLUE))
        if (before := told.get("stood_before")) is not None:
            stood = self._words.fact("day", before["day"])
            lines.append((self.tr("Was planned on %1 first").replace("%1", stood), Tone.GREY))
        return tuple(lines)

    def _load(self, load: Mapping[str, str]) -> Line:
        shops = self.tr("%1 of %2 shops").replace("%1", load["stops"]).replace("%2", load["most_stops"])
        minutes = self._words.minutes(int(load["minutes"]))
        most = self._words.minutes(int(load["most_minutes"]))
        time = self.tr("%1 of %2").replace("%1", minutes).replace("%2", most)
        is_over = int(load["stops"]) > int(load["most_stops"]) or int(load["minutes"]) > int(load["most_minutes"])
        text = self.tr("The day has %1").replace("%1", f"{shops} · {time}")
        return text, Tone.AMBER if is_over else Tone.GREY

    def _others(self, told: Iterable[PlanWhy], subject: Subject) -> tuple[Line, ...]:
        visits = [why for why in told if why.code in _VISITS and why.day is not None and why.day != subject.day]
        names = self._names_of_statuses()
        lines: list[Line] = []
        for why in visits:
            status = dict(why.facts).get("status", "")
            day = "" if why.day is None else self._day(why.day)
            lines.append((joined((day, names.get(status, status))), Tone.GREEN if status == "done" else Tone.GREY))
        return tuple(lines)

    def _day(self, day: date) -> str:
        return self._words.fact("", day.isoformat())

    def _names_of_statuses(self) -> dict[str, str]:
        return {
            "planned": self.tr("planned"),
            "in_progress": self.tr("under way"),
            "done": self.tr("done"),
            "moved": self.tr("moved"),
            "closed": self.tr("closed"),
            "refused": self.tr("refused"),
            "cancelled": self.tr("cancelled"),
        }
