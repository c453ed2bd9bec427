"""What a deed changed, as plain data that every open page can hear."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID


class Kind(StrEnum):
    """The kinds of records that pages listen for."""

    CUSTOMER = "customer"
    PRODUCT = "product"
    ORDER = "order"
    VISIT = "visit"
    PHOTO = "photo"
    PLAN = "plan"
    TASK = "task"
    FORECAST = "forecast"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds and ids of the records that one deed changed; an empty `ids` means many."""

    kinds: frozenset[Kind] = frozenset()
    ids: frozenset[UUID] = frozenset()

    @classmethod
    def of(cls, kind: Kind, *ids: UUID) -> Self:
        """Return the change of some records of one kind."""
        return cls(frozenset({kind}), frozenset(ids))
