"""What all tables share: naming of constraints, times in UTC, the columns of a row that syncs."""

from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect, MetaData, String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from app.runtime.ids import new_id


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC; a time without a zone is refused."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The base of all mapped classes."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {  # pyright: ignore[reportIncompatibleVariableOverride]
        datetime: UtcDateTime(),
        UUID: Uuid(),
        str: String(),
        list[str]: JSON(none_as_null=True),
    }


class SyncedRow:
    """The columns of every row that head office and laptop share."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    revision: Mapped[int] = mapped_column(default=0)
    """Given by head office; 0 while it has never seen the row."""
    changed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
