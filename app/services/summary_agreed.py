"""What shop and manager agreed on, as the customer's sheet says it: promises, steps of plans, reminders."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.customer_summary import AgreedStep
from app.domain.diagnosis import Diagnosis, Measure
from app.domain.text import Language, Text
from app.models.visit import ImprovementPlan, Promise, ShelfCheck
from app.services import summary_words as words


def agreed_steps(
    session: Session, customer_id: UUID, day: date, visit_id: UUID | None, diagnosis: Diagnosis, language: Language
) -> tuple[AgreedStep, ...]:
    """Return what is agreed and open, or was settled at this visit, by due day.

    Of plans only the measures stand here, and only those that may stand on a paper for the customer: never an item
    with its state.
    """
    rows = _promises(session, customer_id, visit_id, day)
    promised = [_of_promise(row, day, visit_id, language) for row in rows if row.text.strip()]
    planned = [
        step
        for plan in _plans(session, customer_id, visit_id)
        for step in _of_plan(plan, day, visit_id, diagnosis, language)
    ]
    return tuple(sorted([*promised, *planned], key=lambda step: (step.due is None, step.due or day)))


def shelf_reminders(session: Session, visit_id: UUID | None, language: Language) -> tuple[str, ...]:
    """Return what the shelf check of this visit found missing that the law asks for."""
    shelf = session.scalar(select(ShelfCheck).where(ShelfCheck.visit_id == visit_id, ShelfCheck.deleted_at.is_(None)))
    if shelf is None:
        return ()
    found: list[str] = []
    if shelf.minors_sign is False:
        found.append(words.SIGN_MINORS.of(language))
    if shelf.license_shown is False:
        found.append(words.SHOW_LICENCE.of(language))
    if shelf.sku_tagged is not None and shelf.sku_shown is not None and shelf.sku_tagged < shelf.sku_shown:
        found.append(words.TAGS_MISSING.of(language).format(count=shelf.sku_shown - shelf.sku_tagged))
    elif shelf.tags_complete is False:
        found.append(words.TAGS_INCOMPLETE.of(language))
    return tuple(found)


def _promises(session: Session, customer_id: UUID, visit_id: UUID | None, day: date) -> Sequence[Promise]:
    is_open = Promise.done_on.is_(None) & Promise.dropped_reason.is_(None)
    return session.scalars(
        select(Promise)
        .where(
            Promise.customer_id == customer_id,
            Promise.deleted_at.is_(None),
            Promise.dropped_reason.is_(None),
            or_(is_open, Promise.visit_id == visit_id, Promise.done_on == day),
        )
        .order_by(Promise.id)
    ).all()


def _plans(session: Session, customer_id: UUID, visit_id: UUID | None) -> Sequence[ImprovementPlan]:
    return session.scalars(
        select(ImprovementPlan)
        .where(
            ImprovementPlan.customer_id == customer_id,
            ImprovementPlan.deleted_at.is_(None),
            ImprovementPlan.target_state.is_not(None),
            or_(ImprovementPlan.self_reached.is_(None), ImprovementPlan.visit_id == visit_id),
        )
        .order_by(ImprovementPlan.id)
    ).all()


def _of_promise(row: Promise, day: date, visit_id: UUID | None, language: Language) -> AgreedStep:
    who = words.BY_SHOP if row.by_shop else words.BY_MANAGER
    state = _state(day, row.due_on, done=row.done_on is not None, new=row.visit_id == visit_id)
    return AgreedStep(row.text.strip(), who.of(language), row.due_on, state.of(language))


def _of_plan(
    plan: ImprovementPlan, day: date, visit_id: UUID | None, diagnosis: Diagnosis, language: Language
) -> Iterator[AgreedStep]:
    item = diagnosis.item(plan.item)
    if item is None or item.internal:
        return
    state = _state(day, plan.due_on, done=bool(plan.self_reached), new=plan.visit_id == visit_id)
    for code in plan.measures:
        measure = item.measure(code)
        if measure is not None and _may_be_printed(measure):
            who = words.BY_COMPANY if measure.support_request else words.BY_BOTH
            yield AgreedStep(measure.for_shop.of(language), who.of(language), plan.due_on, state.of(language))


def _may_be_printed(measure: Measure) -> bool:
    return not measure.internal and not measure.compliance


def _state(day: date, due: date | None, *, done: bool, new: bool) -> Text:
    if done:
        return words.IS_DONE
    if new:
        return words.IS_NEW
    return words.IS_OVERDUE if due is not None and due < day else words.IS_OPEN
