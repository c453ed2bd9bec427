"""The tables of head office alone (sync design, 3.5), and the metadata that holds them beside the synced tables."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.models import customer, exchange, forecast, plan, target, trade, visit
from app.models.base import Base, UtcDateTime

METADATA = MetaData(naming_convention=Base.metadata.naming_convention)
"""Head office's own tables and its copies of the synced ones; what lives on laptops only is not in it."""

EPOCH_NO = "epoch_no"
"""The setting that rises with each restore; versions begin a million of them above."""
_WIDE = BigInteger().with_variant(Integer(), "sqlite")


class OfficeBase(DeclarativeBase):
    """The base of head office's own classes."""

    metadata = METADATA
    type_annotation_map: ClassVar = {datetime: UtcDateTime(), int: _WIDE}  # pyright: ignore[reportIncompatibleVariableOverride]


class SyncStream(OfficeBase):
    """The counter of one scope: locked from the taking of a number to the commit, so numbers commit in order."""

    __tablename__ = "sync_stream"

    scope: Mapped[str] = mapped_column(primary_key=True)
    head: Mapped[int] = mapped_column(default=0)
    floor: Mapped[int] = mapped_column(default=0)
    """The newest number whose tombstone or exit was collected."""
    digest: Mapped[int] = mapped_column(default=0)
    """64 bits, held as a signed number."""


class SyncRow(OfficeBase):
    """The index of every synced row: where it belongs, its number there, its version, who changed it last."""

    __tablename__ = "sync_row"
    __table_args__ = (
        UniqueConstraint("scope", "seq"),
        Index("ix_sync_row_root", "root"),
    )

    tbl: Mapped[str] = mapped_column(primary_key=True)
    pk: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    seq: Mapped[int | None]
    """None once its tombstone was collected: known, but delivered no more."""
    version: Mapped[int]
    deleted: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
    root: Mapped[str | None]
    """The customer it hangs off, and moves with."""
    author: Mapped[str | None]
    writer: Mapped[str]
    """The replica or the person of the office that changed it last."""
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Where laptops may write: field -> [version, moment, writer] of its last change; "" for all that are not named."""
    digest: Mapped[int]


class SyncExit(OfficeBase):
    """A row left a scope: those who hold it there let it go."""

    __tablename__ = "sync_exit"
    __table_args__ = (Index("ix_sync_exit_tbl_pk", "tbl", "pk"),)

    scope: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    tbl: Mapped[str]
    pk: Mapped[str]
    version: Mapped[int]
    left_at: Mapped[datetime]


class SyncGrant(OfficeBase):
    """The right of a manager to a scope; `number` rises when it is given again."""

    __tablename__ = "sync_grant"

    manager: Mapped[str] = mapped_column(ForeignKey("manager.code"), primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class Manager(OfficeBase):
    """A customer manager, who works with a laptop."""

    __tablename__ = "manager"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    territory: Mapped[str]
    created_at: Mapped[datetime]


class OfficeUser(OfficeBase):
    """A person of the office: role `reader`, `clerk` or `chief`."""

    __tablename__ = "office_user"

    name: Mapped[str] = mapped_column(primary_key=True)
    password_hash: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    territories: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """What the person works for; None is every territory, an empty list none."""


class EnrolCode(OfficeBase):
    """A one-time code, kept only as its hash."""

    __tablename__ = "enrol_code"

    hash: Mapped[str] = mapped_column(primary_key=True)
    manager: Mapped[str] = mapped_column(ForeignKey("manager.code"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Replica(OfficeBase):
    """One installation on one laptop."""

    __tablename__ = "replica"
    __table_args__ = (Index("ix_replica_manager", "manager"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    manager: Mapped[str] = mapped_column(ForeignKey("manager.code"))
    device: Mapped[str]
    public_key: Mapped[str]
    refresh_hash: Mapped[str]
    state: Mapped[str] = mapped_column(default="active")
    """active, revoked, forked (another replica took its place), or left (given back by its manager)"""
    wipe: Mapped[bool] = mapped_column(default=False)
    wiped_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    """When the laptop said that it is given back."""
    last_no: Mapped[int] = mapped_column(default=0)
    acked_no: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    last_seen: Mapped[datetime | None]
    app: Mapped[str | None]
    schema: Mapped[int | None]
    clock_offset: Mapped[float | None]
    """Seconds by which its clock is behind ours."""
    forked_from: Mapped[str | None]


class SyncOperation(OfficeBase):
    """One operation under the number it came with, and its verdict; `repeat` marks a known id under a new number."""

    __tablename__ = "sync_op"
    __table_args__ = (
        Index("ix_sync_op_tbl_pk", "tbl", "pk"),
        Index("ix_sync_op_received_at", "received_at"),
    )

    replica: Mapped[str] = mapped_column(ForeignKey("replica.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]
    manager: Mapped[str]
    repeat: Mapped[bool] = mapped_column(default=False)
    tbl: Mapped[str]
    pk: Mapped[str]
    kind: Mapped[str]
    base: Mapped[int]
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What it set; kept 90 days."""
    made_at: Mapped[str]
    """When it was made by our clock."""
    received_at: Mapped[datetime]
    status: Mapped[str]
    version: Mapped[int | None]
    reason: Mapped[str]
    conflicts: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


# One id has one effect, whoever brings it and however many workers take it in at the same moment.
Index(
    "uq_sync_op_id_once",
    SyncOperation.id,
    unique=True,
    sqlite_where=text("repeat = 0"),
    postgresql_where=text("NOT repeat"),
)


class SyncParked(OfficeBase):
    """An operation that waits for the row it belongs to, or that was taken in and shall be looked at."""

    __tablename__ = "sync_parked"
    __table_args__ = (Index("ix_sync_parked_waits_tbl_waits_pk", "waits_tbl", "waits_pk"),)

    replica: Mapped[str] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    waits_tbl: Mapped[str]
    """Empty where a person of the office decides, as for a lost laptop; `review` for one that was taken in."""
    waits_pk: Mapped[str]
    """The row's key; of one that was taken in, why it shall be looked at."""
    parked_at: Mapped[datetime]


class Blob(OfficeBase):
    """The bytes of a photo that are whole and verified."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    stored_at: Mapped[datetime]


class BlobUse(OfficeBase):
    """Which photo shows which bytes."""

    __tablename__ = "blob_use"
    __table_args__ = (Index("ix_blob_use_sha256", "sha256"),)

    photo: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    """thumb or full"""
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    manager: Mapped[str]
    stored_at: Mapped[datetime]


class BlobUpload(OfficeBase):
    """An upload that is not finished."""

    __tablename__ = "blob_upload"
    __table_args__ = (Index("ix_blob_upload_expires_at", "expires_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    manager: Mapped[str]
    replica: Mapped[str]
    photo: Mapped[str]
    kind: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]


class DayReceipt(OfficeBase):
    """A day on which laptop and head office agreed."""

    __tablename__ = "day_receipt"

    number: Mapped[str] = mapped_column(primary_key=True)
    replica: Mapped[str]
    manager: Mapped[str]
    day: Mapped[str]
    visits: Mapped[int]
    photos: Mapped[int]
    digest: Mapped[str]
    given_at: Mapped[datetime]


class DayCheck(OfficeBase):
    """How the newest comparison of a day with one laptop ended; unlike a receipt it does not outlive a difference."""

    __tablename__ = "day_check"

    replica: Mapped[str] = mapped_column(ForeignKey("replica.id"), primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime]
    agreed: Mapped[bool]
    """Whether all is the same but for visits that are under way on both sides; nor do the counts tell of those."""
    number: Mapped[str] = mapped_column(default="")
    """Of the receipt; empty where the day is not complete."""
    visits: Mapped[int]
    missing_visits: Mapped[int] = mapped_column(default=0)
    differing_visits: Mapped[int] = mapped_column(default=0)
    missing_photos: Mapped[int] = mapped_column(default=0)
    missing_serials: Mapped[int] = mapped_column(default=0)


class AuditHead(OfficeBase):
    """The end of one chain of the audit log, locked while an entry is added."""

    __tablename__ = "audit_head"

    chain: Mapped[str] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(default="")


class AuditEntry(OfficeBase):
    """One deed; each entry holds the hash of the one before it in its chain.

    The office has one chain and each replica its own: one chain for all would let only one push be taken at a time.
    """

    __tablename__ = "audit_log"
    __table_args__ = (Index("ix_audit_log_at", "at"),)

    chain: Mapped[str] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    deed: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str]


class Setting(OfficeBase):
    """What this head office is: its epoch and its keys."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


_CLASSES = (
    trade.Product,
    customer.Customer,
    trade.Allocation,
    trade.PurchaseOrder,
    trade.OrderLine,
    visit.Visit,
    visit.StockCount,
    visit.ShelfCheck,
    visit.DiagnosisRating,
    visit.AdviceLine,
    visit.ImprovementPlan,
    visit.Promise,
    visit.Photo,
    exchange.Task,
    exchange.SyncConflict,
    exchange.ChangeProposal,
    forecast.ForecastEntry,
    forecast.ForecastSubmission,
    forecast.ForecastLine,
    forecast.ForecastCause,
    forecast.ForecastKind,
    target.KpiTarget,
    target.OfficeTarget,
    plan.CadenceChoice,
    plan.DayOff,
)
_EVIDENCE = {"visit", "stock_count", "shelf_check", "diagnosis_rating", "advice_line"}
"""Where something is unique on one laptop, but not where many laptops' evidence comes together."""


def _copied(source: Table) -> Table:
    table = source.to_metadata(METADATA)
    if table.name in _EVIDENCE:
        for constraint in [one for one in table.constraints if isinstance(one, UniqueConstraint)]:
            table.constraints.discard(constraint)
            for column in constraint.columns:
                column.unique = None
    if "visit_id" in table.columns and not any("visit_id" in index.columns for index in table.indexes):
        Index(f"ix_{table.name}_visit_id", table.columns["visit_id"])
    for column in table.columns:
        if isinstance(column.type, Integer):
            column.type = _WIDE
    if "revision" not in table.columns and table.name == "purchase_order":
        table.append_column(Column("revision", _WIDE, nullable=False))
        table.append_column(Column("deleted_at", UtcDateTime(), nullable=True))
    return table


def _copy_all() -> dict[str, Table]:
    return {table.name: table for table in (_copied(c.__table__) for c in _CLASSES)}  # pyright: ignore[reportArgumentType]


TABLES: dict[str, Table] = _copy_all()
"""The synced tables as head office holds them, parents before children."""
