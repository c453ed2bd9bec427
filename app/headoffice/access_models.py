"""Tables of the HTTP door: access tokens, the last proof of each laptop, what each laptop used today."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.headoffice.models import OfficeBase


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
