"""The words of the improvement step: refusals at their field, why an item is worth a plan, how a plan stands."""

from PySide6.QtCore import QObject

from app.domain.improvement import waiting_for_approval
from app.domain.problems import Problem, Refusal
from app.services.improvements import HintCode, PlanHint
from app.ui.look.formats import format_short_date
from app.ui.look.messages import Messages
from app.ui.look.translations import current_language
from app.ui.pages.visit.improvement_entry import EntryKind, PlanEntry
from app.ui.widgets.tones import Tone

Chips = tuple[tuple[str, Tone], ...]


class ImprovementWords(QObject):
    """Puts plans into the language shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = Messages(self)

    def refusal(self, refusal: Refusal) -> str:
        """Return what is missing, without naming the field beside which it stands."""
        if refusal.problem is Problem.ANSWER_MISSING and refusal.subject.endswith(".measures"):
            return self.tr("Choose at least one measure.")
        if refusal.problem is Problem.CAUSE_MISSING:
            return self.tr("Not reached: say where the cause lies, and write it down.")
        return self._messages.of(refusal.problem).whole

    def hint(self, hint: PlanHint) -> str:
        """Return why an item is worth a plan."""
        day = format_short_date(hint.day)
        last = hint.last.value if hint.last is not None else ""
        texts = {
            HintCode.HARD_FAIL: self.tr("Hard fail today: put it right first."),
            HintCode.FELL: self.tr("Was %1 on %2 and fell."),
            HintCode.STILL_C: self.tr("C already on %2: it did not move by itself."),
            HintCode.LAST_C: self.tr("C on %2 and not judged today."),
        }
        return texts[hint.code].replace("%1", last).replace("%2", day)

    def chips(self, entry: PlanEntry) -> Chips:
        """Return the chips of a line that stands for an item of today or of the last diagnosis."""
        chips: list[tuple[str, Tone]] = []
        if entry.refusals:
            chips.append((self.tr("incomplete"), Tone.AMBER))
        if entry.support_requested and entry.is_planned:
            chips.append((self.tr("\u21e7 support"), Tone.BLUE))
        if waiting_for_approval(entry.item, entry.measures):
            chips.append((self.tr("after approval"), Tone.AMBER))
        if not entry.is_planned and entry.hint is not None:
            chips.append((self.tr("worth a plan"), Tone.PRIMARY))
        return tuple(chips)

    def earlier_chips(self, entry: PlanEntry, *, is_overdue: bool) -> Chips:
        """Return the chips of a plan of an earlier visit."""
        chips: list[tuple[str, Tone]] = []
        if entry.refusals:
            chips.append((self.tr("cause?"), Tone.AMBER))
        if is_overdue:
            chips.append((self.tr("overdue"), Tone.RED))
        if entry.support_requested:
            chips.append((self.tr("\u21e7 support"), Tone.BLUE))
        return tuple(chips)

    def summary(self, entry: PlanEntry) -> str:
        """Return a line in a few words: its measures, or why it is worth a plan."""
        if entry.is_planned:
            language = current_language()
            return self.tr("; ").join(measure.name.of(language) for measure in entry.chosen)
        if entry.hint is not None:
            return self.hint(entry.hint)
        if entry.kind is EntryKind.BEFORE:
            return self.tr("Judged on %1").replace("%1", format_short_date(entry.last_day))
        return ""

    def standing(self, entry: PlanEntry) -> str:
        """Return where a plan of an earlier visit stands by the diagnosis of today."""
        met = entry.has_met_target()
        if met is None or entry.today is None:
            return self.tr("Not judged today")
        text = self.tr("Judged %1 today: target met") if met else self.tr("Judged %1 today: target not met")
        return text.replace("%1", entry.today.value)
