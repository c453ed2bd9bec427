"""Fills the customer's sheet (经营小结) with data and words; `app.reports` prints it. Missing values stay empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.customer_summary import Contact, ContactRole, CustomerSummary, SkuRemark, SuggestionLine
from app.domain.order_advice import OrderAdvisor, ReasonCode, StockSource
from app.domain.playbook import OrderingRules, Playbook
from app.domain.purchase_history import read_history
from app.domain.text import Language
from app.domain.visit import VisitStatus
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.services import summary_words as words
from app.services.guidance import ENGINE, SkuAdvice, advice_from
from app.services.kept_advice import Kept, as_kept, read_kept
from app.services.recording import load
from app.services.shop_papers import ShopPapers, read_papers
from app.services.summary_agreed import agreed_steps, shelf_reminders
from app.services.summary_figures import SheetFigures
from app.storage.database import Database

_TO_CLEAR = 2
_GONE = 8


class Summaries:
    """Makes the data of customer sheets."""

    def __init__(
        self, database: Database, clock: Clock, playbook: Playbook, advisor: OrderAdvisor, engine: str = ENGINE
    ) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook
        self._advisor = advisor
        self._engine = engine

    def summary(
        self, customer_id: UUID, day: date | None = None, language: Language = Language.ZH, visit_id: UUID | None = None
    ) -> CustomerSummary:
        """Return the sheet of a customer as of a day; without `visit_id` the visit of that day is looked up."""
        with self._database.read() as session:
            if visit_id is not None and day is None:
                day = load(session, Visit, visit_id).day
            day = day or self._clock.today()
            visit_id = visit_id or _visit_of(session, customer_id, day)
            papers = read_papers(session, customer_id, day, visit_id)
            return self._fill(session, papers, visit_id, language)

    def _fill(self, session: Session, papers: ShopPapers, visit_id: UUID | None, language: Language) -> CustomerSummary:
        lists = self._playbook.enumerations
        history = read_history(papers.lines, papers.day, papers.order_weekday)
        figures = SheetFigures.of(papers, history, lists, language)
        kept = read_kept(session, visit_id)
        advice = as_kept(advice_from(papers, visit_id, self._advisor, self._engine, history), kept)
        nothing_counted = all(sku.line.stock_source is StockSource.UNKNOWN for sku in advice.skus)
        guide = _Guide(figures, advice.skus, kept, nothing_counted)
        steps = agreed_steps(session, papers.customer_id, papers.day, visit_id, self._playbook.diagnosis, language)
        reminders = [*shelf_reminders(session, visit_id, language)]
        if advice.stopped:
            reminders.append(words.NO_SUPPLY.of(language))
        elif guide.nothing_counted and advice.skus:
            reminders.append(words.NO_STOCK_COUNTED.of(language))
        return CustomerSummary(
            language=language,
            shop_name=papers.name,
            code=papers.code,
            visit_date=papers.day,
            previous_visit=_previous_visit(session, papers.customer_id, papers.day, visit_id),
            unit=words.sheet_unit(papers.unit, language),
            currency=words.currency_sign(papers.currency),
            order_rhythm=self._rhythm(papers, language),
            next_visit=_next_visit(session, visit_id),
            next_order=_next_order(papers, self._playbook.parameters.ordering, language),
            licence_expiry=papers.licence_expiry,
            figures=figures.key_figures(),
            months=figures.months(),
            explanation=figures.explanation(),
            classes=figures.classes(),
            top_skus=figures.top_skus(),
            suggestions=guide.suggestions(),
            slow=figures.slow(),
            out_of_stock=guide.gone(),
            steps=steps,
            contacts=_contacts(papers),
            reminders=tuple(reminders),
        )

    def _rhythm(self, papers: ShopPapers, language: Language) -> str:
        if papers.order_weekday is None:
            return ""
        day = words.weekday(papers.order_weekday, language)
        if papers.order_cycle is None:
            return words.RHYTHM.of(language).format(weekday=day)
        cycle = self._playbook.enumerations.label("order_cycle_type", papers.order_cycle).of(language)
        return words.RHYTHM_WITH_CYCLE.of(language).format(weekday=day, cycle=cycle)


@dataclass(frozen=True, slots=True)
class _Guide:
    """The suggestion of the sheet: what was agreed at the visit where it was, else what the engine says."""

    figures: SheetFigures
    skus: tuple[SkuAdvice, ...]
    kept: Mapping[UUID, Kept]
    nothing_counted: bool
    """Whether no stock is known at all."""

    def suggestions(self) -> tuple[SuggestionLine, ...]:
        """Return what could be ordered, then what should be sold first."""
        wanted = [(sku, quantity) for sku in self.skus if (quantity := self._quantity(sku))]
        shown = [self._line(sku, quantity) for sku, quantity in wanted]
        to_clear = [sku for sku in self.skus if sku.has(ReasonCode.SLOW_3_MONTHS) and sku.line.stock]
        return (*shown, *(self._line(sku, 0) for sku in to_clear[:_TO_CLEAR] if not self._quantity(sku)))

    def gone(self) -> tuple[SkuRemark, ...]:
        """Return what was counted as zero at this visit."""
        return tuple(
            SkuRemark(sku.full_name, self.figures.class_of(sku.line.product), self._gone_remark(sku))
            for sku in [sku for sku in self.skus if sku.has(ReasonCode.OUT_OF_STOCK)][:_GONE]
        )

    def _quantity(self, sku: SkuAdvice) -> int:
        kept = self.kept.get(sku.product_id)
        return (sku.line.suggestion if kept is None else kept.quantity) or 0

    def _line(self, sku: SkuAdvice, quantity: int) -> SuggestionLine:
        line = sku.line
        besides = frozenset({ReasonCode.STOCK_UNKNOWN}) if self.nothing_counted else frozenset[ReasonCode]()
        return SuggestionLine(
            name=sku.full_name,
            class_name=self.figures.class_of(line.product),
            on_hand=line.stock,
            weekly_expected=line.weekly,
            suggested=quantity,
            note=words.note(line.reasons, self.figures.language, besides=besides),
        )

    def _gone_remark(self, sku: SkuAdvice) -> str:
        language = self.figures.language
        if not sku.line.weekly:
            return words.OUT_REMARK.of(language)
        _, many = words.unit_of(self.figures.papers.unit)
        weekly = f"{sku.line.weekly:.1f} {many.of(language)}"
        return words.OUT_REMARK_WEEKLY.of(language).format(weekly=weekly)


def _visit_of(session: Session, customer_id: UUID, day: date) -> UUID | None:
    """Return the visit made to the shop on that day; the newest if there were more."""
    return session.scalar(
        select(Visit.id)
        .where(
            Visit.customer_id == customer_id,
            Visit.day == day,
            Visit.deleted_at.is_(None),
            Visit.status.in_((VisitStatus.IN_PROGRESS.value, VisitStatus.DONE.value)),
        )
        .order_by(Visit.started_at.desc())
        .limit(1)
    )


def _previous_visit(session: Session, customer_id: UUID, day: date, visit_id: UUID | None) -> date | None:
    earlier = select(Visit.day).where(
        Visit.customer_id == customer_id,
        Visit.day <= day,
        Visit.deleted_at.is_(None),
        Visit.status == VisitStatus.DONE.value,
    )
    if visit_id is not None:
        earlier = earlier.where(Visit.id != visit_id)
    return session.scalar(earlier.order_by(Visit.day.desc()).limit(1))


def _next_visit(session: Session, visit_id: UUID | None) -> date | None:
    """Return the day that was agreed for the next visit."""
    return session.scalar(select(Visit.next_visit_on).where(Visit.id == visit_id)) if visit_id is not None else None


def _next_order(papers: ShopPapers, rules: OrderingRules, language: Language) -> str:
    """Return until when to order; the company's hour is said only where the archive knows the order cycle."""
    if papers.order_day is None:
        return ""
    if papers.order_cycle is None:
        day = words.short_day(papers.order_day, language, papers.day)
        return words.NEXT_ORDER.of(language).format(day=day)
    last = papers.order_day - timedelta(days=rules.cutoff_days_before)
    day = words.short_day(last, language, papers.day)
    return words.NEXT_ORDER_UNTIL.of(language).format(day=day, time=f"{rules.cutoff_time:%H:%M}")


def _contacts(papers: ShopPapers) -> tuple[Contact, ...]:
    """Return who serves the shop as far as it is known."""
    return (Contact(ContactRole.MANAGER, papers.manager),) if papers.manager else ()
