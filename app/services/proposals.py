"""The changes of the archive that head office decides: how far they are, which were decided since, taking one back."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.domain.changes import Changes, Kind
from app.domain.playbook import Playbook
from app.domain.problems import Problem, Refusal, RuleError
from app.domain.proposals import ProposalState
from app.runtime.clock import Clock
from app.runtime.ids import new_id
from app.services.proposals_reading import Proposal, base_of, read_proposals
from app.storage.database import Database
from app.storage.facts import fact_of, put_fact

__all__ = ["Proposal", "ProposalCounts", "Proposals"]

_SEEN = "proposals_seen"


@dataclass(frozen=True, slots=True)
class ProposalCounts:
    """How many proposals there are of each kind that a page says something about."""

    open: int
    fresh: int
    """Decided by head office since the person looked last."""
    declined: int
    """Those of the fresh ones that were not accepted."""


class Proposals:
    """Reads proposals and takes them back."""

    def __init__(self, database: Database, clock: Clock, playbook: Playbook, actor: str = "manager") -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook
        self._actor = actor

    def of_customer(self, customer_id: UUID) -> tuple[Proposal, ...]:
        """Return the proposals of a customer: the open ones first, then the newest decision."""
        with self._database.look() as cursor:
            return read_proposals(cursor, self._playbook.archive, customer_id)

    def everything(self) -> tuple[Proposal, ...]:
        """Return the proposals of all customers: the open ones first, then the newest decision."""
        with self._database.look() as cursor:
            return read_proposals(cursor, self._playbook.archive)

    def fresh(self) -> tuple[Proposal, ...]:
        """Return what head office has decided since the person looked through the proposals."""
        with self._database.look() as cursor:
            return _fresh(cursor, read_proposals(cursor, self._playbook.archive))

    def counts(self) -> ProposalCounts:
        """Return how many are open, and how many were decided since the person looked."""
        with self._database.look() as cursor:
            found = read_proposals(cursor, self._playbook.archive)
            fresh = _fresh(cursor, found)
        declined = sum(one.state is ProposalState.DECLINED for one in fresh)
        return ProposalCounts(sum(one.state.is_open for one in found), len(fresh), declined)

    def look_through(self) -> None:
        """Remember that the person has seen every decision until now."""
        with self._database.note() as cursor:
            newest = cursor.execute("SELECT max(decided_at) FROM change_proposal").fetchone()[0]
            if newest:
                put_fact(cursor, _SEEN, newest)

    def withdraw(self, proposal: Proposal) -> Changes:
        """Take a proposal back: here while it waits, at head office as long as nobody has decided it.

        Raises RuleError with CHANGED_AGAIN where it is on its way or decided.
        """
        if proposal.id is None:
            self._undo(proposal)
        else:
            self._ask_to_withdraw(proposal.id)
        return Changes.of(Kind.CUSTOMER, proposal.customer_id)

    def _undo(self, proposal: Proposal) -> None:
        from app.models.customer import Customer  # noqa: PLC0415  reading needs no SQLAlchemy
        from app.services.customers import TAKEN_BACK  # noqa: PLC0415
        from app.services.recording import load  # noqa: PLC0415
        from app.services.search_index import CUSTOMER_FIELDS, reindex_customers  # noqa: PLC0415
        from app.storage.database import cursor_of  # noqa: PLC0415

        field = proposal.field
        with self._database.write(self._actor, TAKEN_BACK) as session:
            customer = load(session, Customer, proposal.customer_id)
            cursor = cursor_of(session)
            on_its_way = any(
                field.key in json.loads(held)
                for (held,) in cursor.execute(
                    "SELECT \"set\" FROM outbox WHERE tbl = 'customer' AND row_id = ? AND state <> 'pending'",
                    (customer.id.hex,),
                ).fetchall()
            )
            if on_its_way or getattr(customer, field.key) != proposal.new:
                raise RuleError(Refusal(Problem.CHANGED_AGAIN, field.key))
            setattr(customer, field.key, base_of(cursor, customer.id, field))
            session.flush()
            if field.key in CUSTOMER_FIELDS:
                reindex_customers(session, [customer.id])

    def _ask_to_withdraw(self, key: UUID) -> None:
        with self._database.write_plain() as cursor:
            found = cursor.execute("SELECT state, revision FROM change_proposal WHERE id = ?", (key.hex,)).fetchone()
            if found is None or found[0] != "open":
                raise RuleError(Refusal(Problem.CHANGED_AGAIN, "decided"))
            if cursor.execute("SELECT 1 FROM outbox WHERE row_id = ?", (key.hex,)).fetchone():
                return
            now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
            cursor.execute(
                'INSERT INTO outbox (id, tbl, row_id, kind, base, "set", made_at, made_by, state)'
                " VALUES (?, 'change_proposal', ?, 'command', ?, ?, ?, ?, 'pending')",
                (new_id().hex, key.hex, found[1], json.dumps({"command": "withdraw_proposal"}), now, self._actor),
            )


def _fresh(cursor: Any, found: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    seen = fact_of(cursor, _SEEN)
    until = datetime.fromisoformat(seen).replace(tzinfo=UTC) if seen else datetime.min.replace(tzinfo=UTC)
    decided = {ProposalState.ACCEPTED, ProposalState.DECLINED}
    return tuple(one for one in found if one.state in decided and one.decided_at and one.decided_at > until)
