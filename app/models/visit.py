"""A visit and everything that is recorded in it."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, SyncedRow


class Visit(SyncedRow, Base):
    """One planned or made call at a customer; it ends done, moved, closed, refused or cancelled."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_day", "day"),
        Index("ix_visit_customer_id_day", "customer_id", "day"),
    )

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    serial: Mapped[int | None] = mapped_column(unique=True)
    """Running number on this laptop, given when the visit starts, so that head office can see gaps."""
    day: Mapped[date]
    seq: Mapped[int | None]
    planned_at: Mapped[time | None]
    status: Mapped[str]
    reasons: Mapped[list[str] | None]
    started_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    met: Mapped[str | None]
    met_note: Mapped[str | None]
    end_reason: Mapped[str | None]
    end_note: Mapped[str | None]
    moved_to: Mapped[date | None]
    playbook_version: Mapped[str | None]
    planned_items: Mapped[list[str] | None]
    """The diagnosis items to judge in this visit; empty means all fourteen."""
    need_note: Mapped[str | None]
    wrap_note: Mapped[str | None]
    read_back: Mapped[bool | None]
    next_visit_on: Mapped[date | None]
    locked: Mapped[bool | None]
    """A person fixed its day: planning moves it no more."""
    due_by: Mapped[date | None]
    """The last day on which it is what it was planned for."""
    need_key: Mapped[str | None]
    """Which visit that is owed it answers (`planning.problem.Need`); empty where a person put it in."""
    planned_on: Mapped[date | None]
    """The day that it had when it was planned first; stays when it is moved."""
    paper_entered_at: Mapped[datetime | None]
    """When it was entered from a paper form, where it was; the other moments are those on the paper."""
    onboarding_done: Mapped[list[str] | None]
    """The steps with a new customer that were done at this visit."""


class StockCount(SyncedRow, Base):
    """One SKU counted at a visit: on hand, retail price seen (minor units per pack), price tag yes or no."""

    __tablename__ = "stock_count"
    __table_args__ = (UniqueConstraint("visit_id", "product_id"),)

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("product.id"))
    on_hand: Mapped[int | None]
    retail_price: Mapped[int | None]
    has_tag: Mapped[bool | None]
    taken_over: Mapped[bool | None]
    """The last value was taken over without a new count."""


class ShelfCheck(SyncedRow, Base):
    """Shelf and price tags of one visit: counts, fixtures, the signs that the law wants."""

    __tablename__ = "shelf_check"

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), unique=True)
    sku_on_sale: Mapped[int | None]
    sku_shown: Mapped[int | None]
    sku_tagged: Mapped[int | None]
    slots: Mapped[int | None]
    fixture_ok: Mapped[bool | None]
    position_ok: Mapped[bool | None]
    in_order: Mapped[bool | None]
    fresh: Mapped[bool | None]
    license_shown: Mapped[bool | None]
    minors_sign: Mapped[bool | None]
    tags_complete: Mapped[bool | None]
    price_as_tagged: Mapped[bool | None]
    note: Mapped[str | None]


class DiagnosisRating(SyncedRow, Base):
    """One of the fourteen items judged at a visit: three criteria, the state, and why."""

    __tablename__ = "diagnosis_rating"
    __table_args__ = (UniqueConstraint("visit_id", "item"),)

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    item: Mapped[str]
    k1: Mapped[str | None]
    k2: Mapped[str | None]
    k3: Mapped[str | None]
    hard_fail: Mapped[bool | None]
    suggested: Mapped[str | None]
    state: Mapped[str | None]
    override_reason: Mapped[str | None]
    taken_over: Mapped[bool | None]
    """The state of last time was taken over without looking again."""
    note: Mapped[str | None]


class AdviceLine(SyncedRow, Base):
    """One line of the order guidance given at a visit; a suggestion, never an order."""

    __tablename__ = "advice_line"
    __table_args__ = (UniqueConstraint("visit_id", "product_id"),)

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("product.id"))
    on_hand: Mapped[int | None]
    cycle_sale: Mapped[float | None]
    safety: Mapped[float | None]
    allowed: Mapped[int | None]
    suggested: Mapped[int | None]
    agreed: Mapped[int | None]
    """What manager and shopkeeper settled on; empty while the suggestion stands."""
    engine: Mapped[str | None]


class ImprovementPlan(SyncedRow, Base):
    """One line of 《营销分析与计划执行评估表》: lift one item of one customer to a better state."""

    __tablename__ = "improvement_plan"
    __table_args__ = (Index("ix_improvement_plan_customer_id", "customer_id"),)

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    item: Mapped[str]
    current_state: Mapped[str]
    target_state: Mapped[str | None]
    measures: Mapped[list[str]] = mapped_column(JSON, default=list)
    support_requested: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date | None]
    actions_done: Mapped[str | None]
    self_reached: Mapped[bool | None]
    cause_kind: Mapped[str | None]
    cause_note: Mapped[str | None]
    assessed_at: Mapped[datetime | None]


class Promise(SyncedRow, Base):
    """One step that shop or manager agreed to (约定), carried from visit to visit until it is settled."""

    __tablename__ = "promise"
    __table_args__ = (Index("ix_promise_customer_id", "customer_id"),)

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    text: Mapped[str]
    by_shop: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    dropped_reason: Mapped[str | None]


class Photo(SyncedRow, Base):
    """A photo of a visit; its bytes lie encrypted beside the store, found by their hash."""

    __tablename__ = "photo"
    __table_args__ = (Index("ix_photo_visit_id", "visit_id"),)

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    item: Mapped[str | None]
    place: Mapped[str | None]
    caption: Mapped[str | None]
    sha256: Mapped[str]
    byte_size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime]
