"""How head office of the model takes operations in: each once, each with a verdict, nothing thrown away."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.sync.core.deciding import Decision, Operation, Status, Surroundings, decide
from tests.sync.simulation.faults import Mutant
from tests.sync.simulation.messages import RULES, Trouble, Verdict, parts
from tests.sync.simulation.office import Kept, Office, OfficeRow, Replica


def push(office: Office, name: str, ops: Sequence[Operation]) -> Trouble | list[Verdict]:
    """Take operations in one transaction; the answer is made of what is committed."""
    replica = office.replicas.get(name)
    if replica is None:
        return Trouble("token")
    if replica.revoked:
        return Trouble("revoked")
    for op in ops:
        forked = op.no <= replica.last and office.numbers.get((name, op.no)) != op.id
        if forked and Mutant.NO_FORK_CHECK not in office.mutants:
            return Trouble("forked")
    fresh = [op for op in ops if op.no > replica.last]
    if fresh and fresh[0].no != replica.last + 1:
        return Trouble("gap", replica.last)
    forgets = Mutant.NO_IDEMPOTENCY in office.mutants
    for op in ops if forgets else fresh:
        office.numbers[name, op.no] = op.id
        replica.last = max(op.no, replica.last)
        if op.id not in office.statuses or forgets:
            _take(office, op, replica)
    return [_verdict(office, op, replica.manager) for op in ops]


def retry_parked(office: Office) -> None:
    """Try again what could not be placed: what it belongs to may have come."""
    for op, name in list(office.parked.values()):
        del office.parked[op.id]
        _take(office, op, office.replicas[name], again=True)


def _verdict(office: Office, op: Operation, manager: str) -> Verdict:
    status = office.statuses.get(op.id, Status.APPLIED)
    row = office.rows.get((op.table, op.key))
    if row is None or row.scope not in office.grants[manager]:
        return Verdict(op.no, op.id, status)
    return Verdict(op.no, op.id, status, row.version, row.scope, row.deleted, dict(row.values))


def _take(office: Office, op: Operation, replica: Replica, *, again: bool = False) -> None:
    key = (op.table, op.key)
    row = _known_to(office, office.rows.get(key), replica.manager)
    parent = _parent(office, op, row)
    granted = office.grants[replica.manager]
    place = row if row is not None else parent
    around = Surroundings(
        replica.manager,
        may_write=place is not None and place.scope in granted,
        parents_known=_known_to(office, parent, replica.manager) is not None,
        writer="" if Mutant.WRITER_NOT_TOLD in office.mutants else replica.id,
        late=again and Mutant.PARKED_IS_PUNCTUAL not in office.mutants,
    )
    decision = decide(op, row.state() if row else None, RULES[op.table], around)
    if Mutant.WHOLE_ROW in office.mutants and op.kind == "patch" and row is not None and not row.deleted:
        decision = Decision(Status.APPLIED, write=op.set)
    strange = row is None and key in office.rows and Mutant.KEY_TAKEN_OVER not in office.mutants
    if strange and decision.status is Status.APPLIED:
        decision = Decision(Status.PARKED, reason="unknown_parent")
    if not again:
        office.taken.append((replica.id, op.no, op.id))
    office.statuses[op.id] = decision.status
    _keep(office, op, decision, replica)
    _watch(office, op, row, decision)
    writers = {name: decision.writer_of(name, replica.id) for name in decision.write}
    if Mutant.JOINED_IS_OWN in office.mutants:
        writers = dict.fromkeys(writers, replica.id)
    new = row is None and decision.status is Status.APPLIED
    if new and parent is not None:
        office.write(key, decision.write, scope=parent.scope, author=replica.manager, writers=writers)
    elif decision.write or decision.deleted is not None:
        office.write(key, decision.write, deleted=decision.deleted, writers=writers)


def _known_to(office: Office, row: OfficeRow | None, manager: str) -> OfficeRow | None:
    """Return a row only if the manager made it, or follows or once followed its scope."""
    if row is None or (row.author != manager and row.scope not in office.ever[manager]):
        return None
    return row


def _parent(office: Office, op: Operation, row: OfficeRow | None) -> OfficeRow | None:
    customer = (row.values if row else op.set).get("customer_id")
    return office.rows.get(("customer", customer)) if customer else None


def _keep(office: Office, op: Operation, decision: Decision, replica: Replica) -> None:
    if decision.status is Status.PARKED:
        office.parked[op.id] = (op, replica.id)
    elif decision.reason:
        office.kept.append(Kept(op.id, "", None, None, decision.reason))
    office.kept += [Kept(op.id, one.name, one.yours, one.theirs, one.rule) for one in decision.clashes]
    for rule, values in (("proposal", decision.proposals), ("refused", decision.refused)):
        office.kept += [Kept(op.id, name, value, None, rule) for name, value in values.items()]


def _watch(office: Office, op: Operation, row: OfficeRow | None, decision: Decision) -> None:
    """Check that no value goes unseen and unkept: neither one that is written over, nor one that is not written."""
    records = [(clash.name, value) for clash in decision.clashes for value in (clash.theirs, clash.yours)]
    saw = office.witness.saw[op.id]
    before: Mapping[str, Any] = row.values if row else {}
    after = {**before, **decision.write}
    key = (op.table, op.key)
    for name, old in before.items():
        left = None if decision.deleted else after.get(name)
        lost = _missing(old, left, (value for field, value in records if field == name))
        if lost and (lost := office.witness.unseen(lost, saw.get(name))):
            office.witness.blame("I4", f"{lost} of {name} of {key} went without a trace by {op.kind} {op.id}")
    if decision.status is Status.PARKED:
        return
    aside = [*records, *decision.proposals.items(), *decision.refused.items()]
    for name, wanted in op.set.items():
        if lost := _missing(wanted, after.get(name), (value for field, value in aside if field == name)):
            office.witness.blame("I2", f"{lost} for {name} of {key} by {op.kind} {op.id} is nowhere")


def _missing(old: Any, new: Any, kept: Iterable[Any]) -> list[Any]:
    """Return the parts of a value that are neither in the new one nor kept."""
    present = {*parts(new), *(part for value in kept for part in parts(value))}
    return [part for part in parts(old) if part not in present]
