"""Tables of the HTTP door: tokens, the last proof of each laptop, its use of the day, who is in the console."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.headoffice.models import OfficeBase, SyncOperation


class AccessToken(OfficeBase):
    """A token of fifteen minutes, kept only as its hash; in the database, so that every worker knows it."""

    __tablename__ = "access_token"
    __table_args__ = (Index("ix_access_token_expires_at", "expires_at"),)

    hash: Mapped[str] = mapped_column(primary_key=True)
    replica: Mapped[str] = mapped_column(ForeignKey("replica.id"))
    expires_at: Mapped[datetime]


class ReplicaProof(OfficeBase):
    """The newest moment that a laptop signed, so that an old proof does not serve again."""

    __tablename__ = "replica_proof"

    replica: Mapped[str] = mapped_column(ForeignKey("replica.id"), primary_key=True)
    moment: Mapped[datetime]


class ReplicaUsage(OfficeBase):
    """What a laptop used in one day; above its quota it is served slowly, never refused for good."""

    __tablename__ = "replica_usage"

    replica: Mapped[str] = mapped_column(ForeignKey("replica.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    operations: Mapped[int] = mapped_column(default=0)
    bytes: Mapped[int] = mapped_column(default=0)
    loads: Mapped[int] = mapped_column(default=0)
    """First loads of a scope."""
    slowed_at: Mapped[datetime | None]
    """When it was last served although it was above its quota."""


class ConsoleSession(OfficeBase):
    """A person of the office who is in the console; the token of the cookie is kept only as its hash."""

    __tablename__ = "console_session"
    __table_args__ = (Index("ix_console_session_ends_at", "ends_at"),)

    hash: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(ForeignKey("office_user.name"))
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    """It ends then, or earlier where nothing was asked for a while."""


class ConsoleTry(OfficeBase):
    """Wrong passwords for one name in a row; the name is kept as its hash, since people mistype it as the password."""

    __tablename__ = "console_try"
    __table_args__ = (Index("ix_console_try_last_at", "last_at"),)

    hash: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    next_at: Mapped[datetime]
    """The next try is looked at only then."""


# What was not taken is a small part of all operations, and all that the office's lists look for.
NOT_TAKEN = text("status NOT IN ('applied', 'merged')")
Index(
    "ix_sync_op_not_taken", SyncOperation.received_at, sqlite_where=NOT_TAKEN, postgresql_where=NOT_TAKEN
)  # fmt: skip
