"""Step 1, the brief: why today, what is open, what changed, one topic; read in a minute before entering."""

from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.domain.purchases import Comparison
from app.domain.visit import Step, StepProgress
from app.services.briefs import Briefs, ShopBrief
from app.services.visit_reading import VisitHead
from app.ui.assortment.adoption_words import AdoptionWords
from app.ui.background.task_runner import TaskRunner
from app.ui.look.brief_words import BriefWords
from app.ui.look.formats import (
    format_amount,
    format_change,
    format_count,
    format_iso,
    format_month,
    format_short_date,
    format_signed,
)
from app.ui.look.onboarding_words import OnboardingWords
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.look.unit_words import UnitWords, currency_sign
from app.ui.pages.visit.left_visit import unless_left
from app.ui.pages.visit.sections import Line, Section, TopicBox
from app.ui.pages.visit.step import VisitStep
from app.ui.pages.visit.task_section import TaskSection
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.widgets.bar_chart import Bar, BarChart
from app.ui.widgets.key_figure import KeyFigure
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.tones import Tone

_READ = "read"


class StepBrief(VisitStep):
    """Shows the brief that Today shows too, made from local data."""

    step: ClassVar[Step] = Step.BRIEF

    def __init__(
        self,
        draft: VisitDraft,
        briefs: Briefs,
        tasks: TaskRunner,
        playbook: Playbook,
        task_section: TaskSection | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(draft, parent=parent)
        self._task_section = task_section
        self._briefs = briefs
        self._tasks = tasks
        self._words = BriefWords(playbook, parent=self)
        self._units = UnitWords(self)
        self._adoption = AdoptionWords(self)
        self._steps = OnboardingWords(self)
        self._shop: ShopBrief | None = None
        self._build()

    @override
    def load(self, head: VisitHead) -> None:
        self._words.set_unit(head.unit)
        if self._shop is not None and self._shop.customer_id != head.customer_id:
            self._shop = None
        work = partial(self._briefs.brief, head.customer_id, head.day, head.visit_id)
        self._tasks.run(work, owner=self, done=self._on_read, failed=unless_left(self._tasks))

    @override
    def shown(self) -> None:
        if self.draft.is_open:
            self.field_focused.emit(_READ)

    @override
    def focus_field(self, key: str) -> None:
        self.next_button.setFocus()

    @override
    def progress(self) -> StepProgress:
        is_read = bool(self.draft.field_of(Step.BRIEF))
        return StepProgress(self.step, int(is_read), 1, () if is_read else (_READ,))

    @override
    def retranslate(self) -> None:
        self._four_weeks.set_label(self.tr("Purchases, last 4 weeks"))
        self._value.set_label(self.tr("Value per unit"))
        self._width.set_label(self.tr("SKUs bought"))
        self._topic.set_heading(self.tr("Suggested topic"))
        self._why.set_heading(self.tr("Why today"))
        self._open.set_heading(self.tr("Agreed and open"))
        self._last.set_heading(self.tr("Last visits"))
        self._followed.set_heading(self.tr("What became of the last advice"))
        self._falls.set_heading(self.tr("What fell"))
        self._out.set_heading(self.tr("May be out of stock"))
        self._slow.set_heading(self.tr("Slow SKUs"))
        self.side.set_title(self.tr("Purchases by month"))
        if self._task_section is not None:
            self._task_section.retranslate()
        self._render()

    def _build(self) -> None:
        self._four_weeks, self._value, self._width = KeyFigure(), KeyFigure(), KeyFigure()
        figures = QHBoxLayout()
        for figure in (self._four_weeks, self._value, self._width):
            figures.addWidget(figure, 1, Qt.AlignmentFlag.AlignTop)
        self._topic, self._why, self._open, self._last = TopicBox(), Section(), Section(), Section()
        self._falls, self._out, self._slow, self._followed = Section(), Section(), Section(), Section()
        self._followed.setObjectName("adviceFollowed")
        self._new = Section()
        self._new.setObjectName("onboardingBrief")
        self._why.setObjectName("whyToday")
        self._open.setObjectName("openItems")
        self._topic.setObjectName("topic")
        self.card.body.addLayout(figures)
        self.card.body.addSpacing(current_theme().size("gap_small"))
        for section in (self._topic, self._why, self._new, self._task_section, self._open, self._followed, self._last):
            if section is not None:
                self.card.body.addWidget(section)
        self.card.body.addStretch(1)
        self._chart = BarChart()
        self._chart.setObjectName("monthChart")
        self._trend = TextLabel("", "muted", wrap=True)
        self.side.body.addWidget(self._chart)
        self.side.body.addWidget(self._trend)
        for section in (self._out, self._falls, self._slow):
            self.side.body.addWidget(section)
        self.side.body.addStretch(1)

    def _on_read(self, shop: ShopBrief) -> None:
        if self.draft.is_open and shop.customer_id == self.draft.head.customer_id:
            self._shop = shop
            self._render()

    def _render(self) -> None:
        shop = self._shop
        if shop is None:
            return
        head, brief, names = self.draft.head, shop.brief, shop.names
        self.card.set_hint(format_iso(shop.day))
        self._render_figures(shop, head)
        self._topic.set_text(self._words.topic(shop))
        self._why.set_lines(_plain(self._words.why(why) for why in brief.reasons), self.tr("No special reason today"))
        if shop.onboarding is not None:
            self._new.set_heading(self._steps.heading(shop.onboarding))
        self._new.set_lines(self._steps.lines(shop.onboarding))
        self._open.set_lines(self._open_lines(shop), self.tr("Nothing is open from earlier visits"))
        self._last.set_lines(
            [(format_short_date(one.day), self._words.visit(one), Tone.GREY) for one in brief.visits],
            self.tr("No visit so far"),
        )
        self._followed.set_lines(self._followed_lines(shop))
        self._trend.setText(self._words.trend(brief.trend))
        self._out.set_lines(_plain(self._words.overdue(one, names) for one in brief.stock_out_signs))
        self._falls.set_lines(_plain(self._words.fall(one, names) for one in brief.falls))
        self._slow.set_lines(_plain(self._words.slow(one, names) for one in brief.slow))
        self._render_chart(shop)

    def _render_figures(self, shop: ShopBrief, head: VisitHead) -> None:
        brief = shop.brief
        four, value = brief.four_weeks, brief.carton_value
        against = (
            self.tr("%1 on last year").replace("%1", format_change(four.growth)) if four.growth is not None else ""
        )
        self._four_weeks.set_figure(format_count(four.this), self._units.of(head.unit), against, _tone(four))
        self._words.tips.explain(self._four_weeks, "F07")
        change = value.change
        delta = "" if not change else format_signed(change / 100, 2)
        amount = format_amount(value.this, currency_sign(head.currency))
        self._value.set_figure(amount, "", delta, _tone(value))
        self._words.tips.explain(self._value, "F33")
        before = (
            "" if brief.width_last_year is None else self.tr("last year %1").replace("%1", str(brief.width_last_year))
        )
        self._width.set_figure(format_count(brief.width), "", before)

    def _open_lines(self, shop: ShopBrief) -> list[Line]:
        day = shop.day
        lines: list[Line] = []
        for promise in shop.brief.promises:
            late = promise.due is not None and promise.due < day
            chip = self.tr("overdue") if late else self.tr("open")
            lines.append((chip, self._words.promise(promise), Tone.RED if late else Tone.AMBER))
        lines += [(self.tr("plan"), self._words.plan(plan), Tone.BLUE) for plan in shop.brief.plans]
        return lines

    def _followed_lines(self, shop: ShopBrief) -> list[Line]:
        """Say how the newest order that could answer advice compares with it; nothing where there was none."""
        if not shop.adoption.visits:
            return []
        newest = shop.adoption.visits[0]
        lines: list[Line] = [("", self._adoption.visit(newest), None)]
        lines += _plain(self._adoption.lines(newest, shop.names))
        if len(shop.adoption.visits) > 1:
            lines += _plain([self._adoption.rate(shop.adoption)])
        return lines

    def _render_chart(self, shop: ShopBrief) -> None:
        language = current_language()
        bars = [
            Bar(
                value=point.quantity,
                label=format_month(date(point.year, point.month, 1), language),
                mark=point.last_year,
                is_open=point.until is not None,
                tip=f"{point.year}-{point.month:02d}: {format_count(point.quantity)} ({format_count(point.last_year)})",
            )
            for point in shop.months
        ]
        newest = shop.months[-1]
        until = date(newest.year, newest.month, newest.until or 1)
        note = self.tr("both to %1").replace("%1", format_short_date(until))
        self.side.set_hint("" if newest.until is None else note)
        self._chart.set_bars(bars, self.tr("Purchases by month; the line is last year"))


def _plain(texts: object) -> list[Line]:
    return [("", str(text), None) for text in texts]  # pyright: ignore[reportGeneralTypeIssues]


def _tone(comparison: Comparison) -> Tone | None:
    change = comparison.change
    if not change:
        return None
    return Tone.GREEN if change > 0 else Tone.RED
