"""What is inside the brief: three figures, the topic, why today, what was agreed, what fell, the last visits."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.domain.purchases import Comparison
from app.domain.reasons import Why
from app.services.days import DaySheet
from app.services.tasks_reading import TaskLine
from app.ui.look.brief_words import BriefWords
from app.ui.look.formats import (
    format_amount,
    format_change,
    format_count,
    format_iso,
    format_short_date,
    format_signed,
)
from app.ui.look.onboarding_words import OnboardingWords
from app.ui.look.theme import current_theme
from app.ui.look.unit_words import UnitWords, currency_sign
from app.ui.pages.today.brief_sections import BriefLine, BriefSection, TopicBox
from app.ui.pages.today.shop_reader import ShopView
from app.ui.tasks.task_words import TaskWords
from app.ui.widgets.key_figure import KeyFigure
from app.ui.widgets.painting import is_look_event
from app.ui.widgets.tones import Tone

_MOST_SIGNS = 3
"""More of a kind are only counted: the brief is read at the door."""
_MANY_MINOR = 100_000
"""From here on amounts are shown without their small units."""


class BriefBody(QWidget):
    """Shows one shop; everything is from this laptop."""

    def __init__(self, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = BriefWords(playbook, parent=self)
        self._units = UnitWords(self)
        self._task_words = TaskWords(self)
        self._steps = OnboardingWords(self)
        self._four_weeks, self._value, self._width = KeyFigure(), KeyFigure(), KeyFigure()
        self._topic = TopicBox()
        self._why = BriefSection("whyToday")
        self._new = BriefSection("onboardingBrief")
        self._tasks = BriefSection("shopTasksBrief")
        self._agreed = BriefSection("agreed")
        self._falls = BriefSection("falls")
        self._out = BriefSection("stockOut")
        self._slow = BriefSection("slow")
        self._last = BriefSection("lastVisits")
        self._build()

    def show_shop(
        self, view: ShopView, reasons: tuple[Why, ...], sheet: DaySheet, tasks: Sequence[TaskLine] = ()
    ) -> None:
        """Show a shop with the reasons for coming that the day knows."""
        shop = view.brief
        brief, names = shop.brief, shop.names
        self._words.set_unit(sheet.unit)
        self._render_figures(view, sheet)
        self._topic.set_topic(self.tr("Suggested topic"), self._words.topic(shop))
        self._why.set_heading(self.tr("Why today"))
        self._why.set_lines(_lines(self._words.why(why) for why in reasons) or [self._no_reason()])
        if shop.onboarding is not None:
            self._new.set_heading(self._steps.heading(shop.onboarding))
        self._new.set_lines([BriefLine(text, chip, tone) for chip, text, tone in self._steps.lines(shop.onboarding)])
        self._tasks.set_heading(self.tr("Tasks from head office"))
        self._tasks.set_lines([BriefLine(task.title, *self._task_words.chip(task)) for task in tasks])
        self._agreed.set_heading(self.tr("Agreed last"))
        self._agreed.set_lines(self._agreed_lines(view, sheet.day))
        self._falls.set_heading(self.tr("What fell"))
        self._falls.set_lines(_lines(self._words.fall(one, names) for one in brief.falls))
        self._out.set_heading(_counted(self.tr("May be out of stock"), brief.stock_out_count))
        self._out.set_lines(_lines(self._words.overdue(one, names) for one in brief.stock_out_signs[:_MOST_SIGNS]))
        self._slow.set_heading(_counted(self.tr("Slow SKUs"), brief.slow_count))
        self._slow.set_lines(_lines(self._words.slow(one, names) for one in brief.slow[:_MOST_SIGNS]))
        self._last.set_heading(self.tr("Last visits"))
        last = [BriefLine(self._words.visit(one), self._day(one.day, sheet.day), Tone.GREY) for one in brief.visits]
        self._last.set_lines(last or [BriefLine(self.tr("No visit is recorded yet."))])

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_whole"):
            self._measure()

    def _build(self) -> None:
        for figure, name in ((self._four_weeks, "fourWeeks"), (self._value, "unitValue"), (self._width, "width")):
            figure.setObjectName(name)
        self._figures = QHBoxLayout()
        self._figures.addWidget(self._four_weeks, 5)
        self._figures.addWidget(self._value, 5)
        self._figures.addWidget(self._width, 4)
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(self._figures)
        self._whole.addWidget(self._topic)
        for section in (
            self._why,
            self._new,
            self._tasks,
            self._agreed,
            self._out,
            self._falls,
            self._slow,
            self._last,
        ):
            self._whole.addWidget(section)
        self._whole.addStretch(1)
        self._measure()

    def _measure(self) -> None:
        theme = current_theme()
        self._whole.setContentsMargins(0, theme.size("gap_tiny"), 0, 0)
        self._whole.setSpacing(theme.size("gap_small"))
        self._figures.setSpacing(theme.size("gap_small"))

    def _render_figures(self, view: ShopView, sheet: DaySheet) -> None:
        brief = view.brief.brief
        unit, sign = self._units.of(sheet.unit), currency_sign(sheet.currency)
        four, value = brief.four_weeks, brief.carton_value
        self._four_weeks.set_label(self.tr("Last 4 weeks"))
        against = "" if four.growth is None else self.tr("%1 on last year").replace("%1", format_change(four.growth))
        self._four_weeks.set_figure(format_count(four.this), unit, against, _tone(four))
        self._words.tips.explain(self._four_weeks, "F07")
        self._value.set_label(self.tr("Value per %1").replace("%1", unit))
        change = None if value.change is None else value.change / 100
        less = "" if change is None else self.tr("%1 on last year").replace("%1", format_signed(change, 2))
        self._value.set_figure(_amount(value.this, sign), "", less, _tone(value))
        self._words.tips.explain(self._value, "F33")
        self._width.set_label(self.tr("SKUs bought"))
        before = brief.width_last_year
        width = "" if before is None else self.tr("last year %1").replace("%1", format_count(before))
        self._width.set_figure(format_count(brief.width), "", width)

    def _agreed_lines(self, view: ShopView, day: date) -> list[BriefLine]:
        lines: list[BriefLine] = []
        for promise in view.card.agreed:
            late = promise.due is not None and promise.due < day and not promise.done
            chip, tone = self.tr("open"), Tone.AMBER
            if promise.done:
                chip, tone = self.tr("done"), Tone.GREEN
            elif late:
                chip, tone = self.tr("overdue"), Tone.RED
            lines.append(BriefLine(self._words.promise(promise), chip, tone))
        plans = view.brief.brief.plans
        return lines + [BriefLine(self._words.plan(plan), self.tr("plan"), Tone.BLUE) for plan in plans]

    def _no_reason(self) -> BriefLine:
        return BriefLine(self.tr("No special reason today"))

    def _day(self, day: date, today: date) -> str:
        return format_short_date(day) if day.year == today.year else format_iso(day)


def _lines(texts: Iterable[str]) -> list[BriefLine]:
    return [BriefLine(text) for text in texts]


def _counted(heading: str, count: int) -> str:
    return f"{heading} \u00b7 {count}" if count else heading


def _amount(minor: int | None, sign: str) -> str:
    text = format_amount(minor, sign)
    return text.rsplit(".", 1)[0] if minor is not None and abs(minor) >= _MANY_MINOR else text


def _tone(comparison: Comparison) -> Tone | None:
    change = comparison.change
    if not change:
        return None
    return Tone.GREEN if change > 0 else Tone.RED
