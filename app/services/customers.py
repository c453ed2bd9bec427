"""The customer archive as a person uses it: look through the list, change a field, see who changed what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.domain.archive import ArchiveField, Owner
from app.domain.changes import Changes, Kind
from app.domain.playbook import Playbook
from app.domain.problems import Problem, Refusal, RuleError
from app.models.customer import Customer, CustomerChange
from app.runtime.clock import Clock
from app.services.archive_values import Typed, is_unusual, read_value, stored_value
from app.services.customer_list import CustomerFilter, CustomerRow, ListOverview, list_keys, list_rows, read_overview
from app.services.recording import load
from app.services.search_index import CUSTOMER_FIELDS, reindex_customers
from app.services.similar_customers import ShopIdentity, SimilarCustomer, similar_customers
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One change of a field: who, when, from what, to what, and where it came from."""

    field: str
    old: str | None
    new: str | None
    source: str
    by: str
    at: datetime
    is_proposal: bool
    """Head office has to confirm it."""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """What came of changing a field; `changes` is empty when the value was the same."""

    changes: Changes
    is_proposal: bool = False
    is_unusual: bool = False
    """Kept, but not in the usual form of the field."""
    similar: tuple[SimilarCustomer, ...] = ()
    """Customers that may be the same shop."""


TAKEN_BACK = "taken back"
"""The source of a change that gives back the value before another one."""
_IDENTITY = frozenset({"shop_name", "phone_main"})


class Customers:
    """Lists customers and changes their archive."""

    def __init__(self, database: Database, clock: Clock, playbook: Playbook) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook

    def keys(self, wanted: CustomerFilter) -> tuple[str, ...]:
        """Return the keys of the customers that pass the filter, in order."""
        with self._database.read() as session:
            return list_keys(session, wanted, self._clock.today())

    def rows(self, keys: Sequence[str]) -> dict[str, CustomerRow]:
        """Return the lines of some keys."""
        with self._database.read() as session:
            return list_rows(session, keys, self._clock.today())

    def overview(self) -> ListOverview:
        """Return what the list needs to know of the whole territory."""
        with self._database.read() as session:
            return read_overview(session)

    def id_of(self, code: str) -> UUID:
        """Return the customer with that code; raises RuleError with NOT_FOUND."""
        with self._database.read() as session:
            found = session.scalar(select(Customer.id).where(Customer.cust_code == code, Customer.deleted_at.is_(None)))
        if found is None:
            raise RuleError(Refusal(Problem.NOT_FOUND, code))
        return found

    def change_field(
        self, customer_id: UUID, field: str, value: Typed, *, source: str = "visit", actor: str = "manager"
    ) -> ChangedField:
        """Change one field of the archive.

        Raises RuleError with READ_ONLY_FIELD where head office is the owner, or BAD_VALUE. A field of owner CM* goes
        up as a proposal.
        """
        known = self._field(field)
        if not known.owner.editable:
            raise RuleError(Refusal(Problem.READ_ONLY_FIELD, field))
        new = read_value(known, value, self._playbook.enumerations)
        with self._database.write(actor, source) as session:
            customer = load(session, Customer, customer_id)
            if getattr(customer, field) == new:
                return ChangedField(Changes())
            setattr(customer, field, new)
            session.flush()
            if field in CUSTOMER_FIELDS:
                reindex_customers(session, [customer_id])
            similar: tuple[SimilarCustomer, ...] = ()
            if field in _IDENTITY and new is not None:
                typed = ShopIdentity(name=str(new)) if field == "shop_name" else ShopIdentity(phone=str(new))
                similar = similar_customers(session, typed, customer_id)
        return ChangedField(
            Changes.of(Kind.CUSTOMER, customer_id),
            known.owner is Owner.MANAGER_PROPOSES,
            is_unusual(known, new),
            similar,
        )

    def take_back(self, change_id: int, *, actor: str = "manager") -> ChangedField:
        """Give a field the value it had before a change; that is a change of its own, and both stay on record.

        Raises RuleError with NOT_FOUND, READ_ONLY_FIELD, or CHANGED_AGAIN where the field has another value by now.
        """
        with self._database.read() as session:
            change = session.get(CustomerChange, change_id)
            if change is None:
                raise RuleError(Refusal(Problem.NOT_FOUND, str(change_id)))
            customer_id, field = change.customer_id, self._field(change.field)
            old, new = (stored_value(field, text) for text in (change.old, change.new))
        if not field.owner.editable:
            raise RuleError(Refusal(Problem.READ_ONLY_FIELD, field.key))
        with self._database.write(actor, TAKEN_BACK) as session:
            customer = load(session, Customer, customer_id)
            if getattr(customer, field.key) != new:
                raise RuleError(Refusal(Problem.CHANGED_AGAIN, field.key))
            setattr(customer, field.key, old)
            session.flush()
            if field.key in CUSTOMER_FIELDS:
                reindex_customers(session, [customer_id])
        return ChangedField(Changes.of(Kind.CUSTOMER, customer_id), field.owner is Owner.MANAGER_PROPOSES)

    def field_changes(self, customer_id: UUID, field: str | None = None, limit: int = 50) -> tuple[FieldChange, ...]:
        """Return who changed what, newest first; of one field or of all."""
        query = (
            select(CustomerChange)
            .where(CustomerChange.customer_id == customer_id)
            .order_by(CustomerChange.changed_at.desc(), CustomerChange.id.desc())
            .limit(limit)
        )
        if field is not None:
            query = query.where(CustomerChange.field == field)
        with self._database.read() as session:
            return tuple(
                FieldChange(
                    row.field, row.old, row.new, row.source, row.changed_by, row.changed_at, self._proposes(row.field)
                )
                for row in session.scalars(query)
            )

    def similar(self, shop: ShopIdentity, besides: UUID | None = None) -> tuple[SimilarCustomer, ...]:
        """Return customers that may be the same shop as the one being typed."""
        with self._database.read() as session:
            return similar_customers(session, shop, besides)

    def _field(self, key: str) -> ArchiveField:
        field = self._playbook.archive.field(key)
        if field is None or key not in Customer.__table__.columns:
            raise RuleError(Refusal(Problem.NOT_FOUND, key))
        return field

    def _proposes(self, key: str) -> bool:
        field = self._playbook.archive.field(key)
        return field is not None and field.owner is Owner.MANAGER_PROPOSES
