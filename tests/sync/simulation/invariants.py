"""What must hold when everybody is quiet; the invariants that hold at every step are watched where they could break."""

from collections import Counter
from collections.abc import Sequence

from app.sync.core.digest import row_digest
from tests.sync.simulation.laptop import Laptop
from tests.sync.simulation.messages import Witness
from tests.sync.simulation.office import Office

EXPLAINED = {"conflict", "gone", "moved", "forbidden", "invalid", "review"}


def check_quiet(office: Office, laptops: Sequence[Laptop], witness: Witness) -> None:
    """Compare everything with everything."""
    for laptop in laptops:
        if not laptop.wiped:
            _check_converged(office, laptop, witness)
            _check_delivered(office, laptop, witness)
    _check_once(office, witness)
    _check_order(office, witness)
    _check_explained(office, witness)
    _check_digests(office, laptops, witness)


def _check_converged(office: Office, laptop: Laptop, witness: Witness) -> None:
    granted = office.grants[laptop.manager]
    wanted = {
        key: (row.scope, row.version, row.values)
        for key, row in office.rows.items()
        if row.scope in granted and not row.deleted
    }
    held = {key: (row.scope, row.version, row.values) for key, row in laptop.base.items()}
    if wanted != held:
        differing = [key for key in {*wanted, *held} if wanted.get(key) != held.get(key)]
        witness.blame("I1", f"{laptop.replica} differs in {sorted(differing)}")
    for key, row in laptop.base.items():
        parent = ("customer", str(row.values.get("customer_id")))
        gone = parent not in office.rows or office.rows[parent].deleted
        if key[0] == "visit" and parent not in laptop.base and not gone:
            witness.blame("I6", f"{laptop.replica} holds {key} without its {parent}")


def _check_delivered(office: Office, laptop: Laptop, witness: Witness) -> None:
    if laptop.outbox:
        witness.blame("I12", f"{laptop.replica} still has {len(laptop.outbox)} operations to send")
    for _, op in laptop.sent:
        if op.id not in office.statuses:
            witness.blame("I2", f"{op.kind} {op.id} of {op.table} {op.key} left the laptop and never arrived")


def _check_once(office: Office, witness: Witness) -> None:
    for op, times in Counter(op for _, _, op in office.taken).items():
        if times > 1:
            witness.blame("I3", f"{op} took effect {times} times")


def _check_order(office: Office, witness: Witness) -> None:
    last: dict[str, int] = {}
    for replica, no, _ in office.taken:
        if no <= last.get(replica, 0):
            witness.blame("I8", f"number {no} of {replica} took effect after {last[replica]}")
        last[replica] = no
    for key, row in office.rows.items():
        if key[0] == "visit" and ("customer", row.values["customer_id"]) not in office.rows:
            witness.blame("I8", f"{key} came before its customer")


def _check_explained(office: Office, witness: Witness) -> None:
    kept = {record.op for record in office.kept}
    for op, status in office.statuses.items():
        if status == "parked" and op not in office.parked:
            witness.blame("I2", f"{op} was parked and is not there")
        if status in EXPLAINED and op not in kept:
            witness.blame("I2", f"{op} was answered {status} and nothing is kept of it")


def _check_digests(office: Office, laptops: Sequence[Laptop], witness: Witness) -> None:
    for scope, stream in office.streams.items():
        alive = [(key, row) for key, row in office.rows.items() if row.scope == scope and not row.deleted]
        total = sum(row_digest(*key, row.version, row.values) for key, row in alive) % (1 << 64)
        if total != stream.digest:
            witness.blame("I13", f"the digest of {scope} at head office is not that of its rows")
        for laptop in laptops:
            if scope in laptop.cursors and laptop.digest(scope) != total:
                witness.blame("I13", f"{laptop.replica} has another digest of {scope}")
