"""Which territories a person of the office works for, and whether a row, a manager or a record lies among them.

A row belongs to the territory that its scope names; what is one manager's own (tasks) to the manager's territory; what
is refused or waits to the territory of the manager who sent it. Everything else is to this person as if it were not
there.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, exists, literal, or_, select, true
from sqlalchemy.orm import Session

from app.headoffice.models import TABLES, Manager, Replica, SyncRow
from app.headoffice.operations import is_key
from app.headoffice.problems import NotFound
from app.headoffice.registry import rules
from app.headoffice.rows import among
from app.headoffice.writer import RETIRED, Key
from app.sync.core.registry import Home

_CONFLICT = "sync_conflict"
Operations = Collection[Row[Any]]
"""Operations of laptops: rows with `tbl`, `pk` and `body`."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The territories of a person; None: all there are, those to come included."""

    territories: frozenset[str] | None = None

    @property
    def is_everywhere(self) -> bool:
        """Whether nothing is out of reach."""
        return self.territories is None

    def has(self, territory: str) -> bool:
        """Return whether a territory is among them."""
        return self.territories is None or territory in self.territories

    # ---- as part of a query ------------------------------------------------------------------------------------------
    def of_manager(self, code: Any) -> ColumnElement[bool]:
        """Return the condition that the manager with the code in this column is of these territories."""
        if self.territories is None:
            return true()
        return code.in_(select(Manager.code).where(self._is_near()))

    def of_row(self, table: Any, key: Any) -> ColumnElement[bool]:
        """Return the condition that a row lies in reach; `table` and `key` are columns or texts, as the index has."""
        if self.territories is None:
            return true()
        row = SyncRow.__table__.alias()
        return exists(select(row.c.pk).where(row.c.tbl == table, row.c.pk == key, self._lies_in(row.c.scope)))

    # ---- one by one --------------------------------------------------------------------------------------------------
    def check_manager(self, session: Session, code: str) -> None:
        """Raise NotFound for a manager of another territory, as for one that there is not."""
        found = session.get(Manager, code)
        if found is None or not self.has(found.territory):
            raise NotFound(code)

    def check_laptop(self, session: Session, replica: str) -> None:
        """Raise NotFound for the laptop of another territory's manager."""
        found = session.get(Replica, replica)
        if found is None:
            raise NotFound(replica)
        self.check_manager(session, found.manager)

    def check_row(self, session: Session, table: str, key: str) -> None:
        """Raise NotFound for a row out of reach."""
        if not self.is_everywhere and not session.scalar(select(self.of_row(literal(table), literal(key)))):
            raise NotFound(key)

    def check_conflict(self, session: Session, key: str) -> None:
        """Raise NotFound for a conflict about a row out of reach, whoever keeps the record."""
        for target in _targets(session, [key]).values():
            self.check_row(session, *target)

    def check_proposal(self, session: Session, key: str) -> None:
        """Raise NotFound for a proposal about a customer out of reach."""
        table = TABLES["change_proposal"]
        for found in session.scalars(select(table.c.customer_id).where(table.c.id == UUID(key))):
            self.check_row(session, "customer", str(found))

    def nearby(self, session: Session, keys: Iterable[Key]) -> set[Key]:
        """Return those of these rows that are not known to lie in another territory."""
        wanted = set(keys)
        return wanted if self.territories is None else wanted - self._elsewhere(session, wanted)

    def elsewhere(self, session: Session, operations: Operations) -> set[Key]:
        """Return table and key of the operations that touch a row known to lie in another territory."""
        if self.territories is None:
            return set()
        touched = _touched(session, operations)
        out = self._elsewhere(session, {key for keys in touched.values() for key in keys})
        return {at for at, keys in touched.items() if keys & out}

    def _elsewhere(self, session: Session, keys: Iterable[Key]) -> set[Key]:
        wanted = set(keys)
        row = SyncRow.__table__
        asked = select(row.c.tbl, row.c.pk).where(
            among(session, row.c.pk, sorted({pk for _, pk in wanted})), ~self._lies_in(row.c.scope)
        )
        return {(found.tbl, found.pk) for found in session.execute(asked)} & wanted

    # ---- what it means -----------------------------------------------------------------------------------------------
    def _is_near(self) -> ColumnElement[bool]:
        return Manager.__table__.c.territory.in_(sorted(self.territories or ()))

    def _lies_in(self, scope: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition that a scope is of these territories; the catalogue is everybody's."""
        lands = [f"{kept}terr:{one}" for kept in ("", RETIRED) for one in sorted(self.territories or ())]
        own = [
            select(literal(f"{kept}mgr:") + Manager.__table__.c.code).where(self._is_near()) for kept in ("", RETIRED)
        ]
        return or_(scope.in_(lands), *(scope.in_(one) for one in own), scope.startswith("ref:"))


EVERYWHERE = Reach()


def _touched(session: Session, operations: Operations) -> dict[Key, set[Key]]:
    """Return by table and key of each operation its row, what that hangs off, and what a decision is about."""
    touched: dict[Key, set[Key]] = {}
    for op in operations:
        body, rule = op.body or {}, rules().get(op.tbl)
        keys = {(op.tbl, op.pk)}
        if rule is not None and rule.home is Home.TERRITORY:
            above = ((one.table, body.get(one.column)) for one in rule.parents)
            keys |= {(table, key) for table, key in above if isinstance(key, str)}
        touched.setdefault((op.tbl, op.pk), set()).update(keys)
    decided = [key for table, key in touched if table == _CONFLICT]
    for key, target in _targets(session, decided).items():
        touched[_CONFLICT, key].add(target)
    return touched


def _targets(session: Session, conflicts: Iterable[str]) -> dict[str, Key]:
    """Return the row that each conflict is about."""
    table = TABLES[_CONFLICT]
    keys = [UUID(key) for key in sorted(set(conflicts)) if is_key(key)]
    if not keys:
        return {}
    asked = select(table.c.id, table.c.tbl, table.c.pk).where(among(session, table.c.id, keys))
    return {str(row.id): (row.tbl, row.pk) for row in session.execute(asked)}
