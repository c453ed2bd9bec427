"""A laptop of the model: what it shows, what waits, what it has staged; each public step is one stored transaction."""

import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.sync.core.applying import Cursor, Effect, Local, effect_of_exit, effect_of_row, takes_answer
from app.sync.core.deciding import Operation
from app.sync.core.digest import changed, row_digest
from app.sync.core.registry import SCHEMA
from tests.sync.simulation.faults import NONE, Mutant
from tests.sync.simulation.messages import Item, NoConnection, Page, RowKey, Trouble, Verdict, Witness

Push = Callable[[str, Sequence[Operation]], tuple[int, Trouble | list[Verdict]]]
Pull = Callable[[str, Mapping[str, Cursor], int], tuple[int, Trouble | Page]]
DONE = frozenset({"applied", "merged"})


@dataclass(slots=True)
class Base:
    """A row as head office last gave it."""

    scope: str
    version: int
    values: Mapping[str, Any]

    def local(self) -> Local:
        """Return what the rules ask of it."""
        return Local(self.scope, self.version, SCHEMA)


@dataclass
class Laptop:
    """All that a laptop has on its disk."""

    witness: Witness
    manager: str
    replica: str
    mutants: frozenset[Mutant] = NONE
    epoch: int = 0
    wiped: bool = False
    next_no: int = 1
    base: dict[RowKey, Base] = field(default_factory=dict[RowKey, Base])
    cursors: dict[str, Cursor] = field(default_factory=dict[str, Cursor])
    outbox: list[Operation] = field(default_factory=list[Operation])
    sent: list[tuple[str, Operation]] = field(default_factory=list[tuple[str, Operation]])
    """What was answered for good, with the replica it went under."""
    staged: list[Item] = field(default_factory=list[Item])
    staged_cursors: dict[str, Cursor] = field(default_factory=dict[str, Cursor])
    resets: set[str] = field(default_factory=set[str])
    drops: set[str] = field(default_factory=set[str])
    delivered: set[RowKey] = field(default_factory=set[RowKey])
    """What parts of a load that were applied already have brought."""

    # ---- a person at work --------------------------------------------------------------------------------------------
    def screen(self, key: RowKey) -> dict[str, Any]:
        """Return a row as the person sees it: the base, and on it what waits."""
        row = self.base.get(key)
        shown = dict(row.values) if row else {}
        for op in self.outbox:
            if (op.table, op.key) == key:
                shown.update(op.set)
        return shown

    def save(self, key: RowKey, kind: str, values: Mapping[str, Any], skew: int = 0) -> Operation:
        """Save a change: it is in the queue when this returns."""
        shown = self.screen(key)
        if Mutant.WHOLE_ROW in self.mutants and kind == "patch":
            values = {**shown, **values}
        number = self.witness.number()
        base = self._seen_version(key, values or shown)
        op = Operation(self.next_no, f"op{number}", *key, kind, base, values, self.witness.moment(skew))
        self.witness.made(op, shown, [one for one in self._history() if (one.table, one.key) == key])
        self.next_no += 1
        self.outbox.append(op)
        return op

    def _seen_version(self, key: RowKey, touched: Mapping[str, Any]) -> int:
        """Return the version that the person had before his eyes: what waits hides what has come since."""
        row = self.base.get(key)
        hiding = [op.base for op in self.outbox if (op.table, op.key) == key and not op.set.keys().isdisjoint(touched)]
        return min([row.version if row else 0, *([] if Mutant.BASE_OF_ROW in self.mutants else hiding)])

    def _history(self) -> list[Operation]:
        return [*(op for _, op in self.sent), *self.outbox]

    # ---- push --------------------------------------------------------------------------------------------------------
    def push(self, call: Push, enrol: Callable[[str], str], batch: int) -> None:
        """Send what waits, oldest first, and take the verdicts.

        A second batch is on its way before those on the first are taken. If the line is cut then, none are taken: it is
        as if the program had died.
        """
        replica = self.replica
        answers = [call(replica, tuple(self.outbox[:batch]))]
        if isinstance(answers[0][1], list) and answers[0][0] == self.epoch and len(self.outbox) > batch:
            answers.append(call(replica, tuple(self.outbox[batch : 2 * batch])))
        for epoch, answer in answers:
            self._hear(replica, epoch, answer, enrol)

    def _hear(self, replica: str, epoch: int, answer: Trouble | list[Verdict], enrol: Callable[[str], str]) -> None:
        if epoch != self.epoch:
            self.meet_epoch(epoch, enrol)
        elif isinstance(answer, list):
            self.take_verdicts(replica, answer)
        elif answer.error == "revoked":
            self.wipe()
        elif answer.error != "gap" or not self._goes_back_to(answer.last):
            self.fork(enrol)

    def take_verdicts(self, replica: str, verdicts: Sequence[Verdict]) -> None:
        """Remove what has its verdict and apply the rows that came with it, in one transaction."""
        waiting = {op.no: op for op in self.outbox}
        for verdict in verdicts:
            op = waiting.get(verdict.no)
            if op is None or op.id != verdict.id:
                continue
            self.outbox.remove(op)
            self.sent.append((replica, op))
            self._take_row((op.table, op.key), verdict)

    def _take_row(self, key: RowKey, verdict: Verdict) -> None:
        if verdict.scope is None or verdict.version is None or verdict.values is None:
            if Mutant.PUSH_ANSWER_REMOVES in self.mutants:
                self.base.pop(key, None)
            return
        row = self.base.get(key)
        cursor = self.cursors.get(verdict.scope)
        if Mutant.ANSWER_WITHOUT_CURSOR in self.mutants:
            cursor = Cursor(0, 0, 0)
        if takes_answer(cursor, row.local() if row else None, verdict.version, deleted=verdict.deleted):
            self.base[key] = Base(verdict.scope, verdict.version, verdict.values)
        now = self.base.get(key)
        if cursor is not None and not verdict.deleted and verdict.status in DONE:
            if now is None or now.version < verdict.version:
                self.witness.blame("I7", f"{key} is not shown after it was confirmed")
        elif verdict.deleted and Mutant.PUSH_ANSWER_REMOVES in self.mutants:
            self.base.pop(key, None)

    def _goes_back_to(self, last: int) -> bool:
        """Offer sent operations again from a number on; say whether all of them are still there."""
        own = {op.no: op for name, op in self.sent if name == self.replica and op.no > last}
        first = self.outbox[0].no if self.outbox else self.next_no
        if sorted(own) != list(range(last + 1, first)):
            return False
        self.sent = [(name, op) for name, op in self.sent if not (name == self.replica and op.no > last)]
        self.outbox = [*(own[no] for no in sorted(own)), *self.outbox]
        return True

    def fork(self, enrol: Callable[[str], str]) -> None:
        """Become a new replica: new numbers, the same ids."""
        self.replica = enrol(self.manager)
        self.outbox = [replace(op, no=no) for no, op in enumerate(self.outbox, 1)]
        self.next_no = len(self.outbox) + 1

    def meet_epoch(self, epoch: int, enrol: Callable[[str], str]) -> None:
        """Head office went back to a backup: offer again what was sent, and load everything anew."""
        self.epoch = epoch
        self.clear_stage()
        # No grant has the number 0: each scope is dropped or reset, and rows of verdicts still find their scope.
        self.cursors = dict.fromkeys(self.cursors, Cursor(0, 0, 0))
        same = all(name == self.replica for name, _ in self.sent)
        self.outbox = [*(op for _, op in self.sent), *self.outbox]
        self.sent = []
        if not same:
            self.fork(enrol)

    def wipe(self) -> None:
        """Forget everything."""
        self.wiped = True
        self.base, self.cursors, self.outbox, self.sent = {}, {}, [], []
        self.clear_stage()

    # ---- pull --------------------------------------------------------------------------------------------------------
    def pull(self, call: Pull, enrol: Callable[[str], str], limit: int) -> bool:
        """Fetch and stage a page; say whether it was the last, which is then applied."""
        cursors = {**self.cursors, **self.staged_cursors}
        epoch, page = call(self.replica, {name: at for name, at in cursors.items() if name not in self.drops}, limit)
        if epoch != self.epoch:
            self.meet_epoch(epoch, enrol)
            return False
        if isinstance(page, Trouble):
            if page.error == "revoked":
                self.wipe()
            else:
                self.fork(enrol)
            return self.wiped
        self.stage(page)
        if page.done:
            self.apply()
            self.verify(page.digests)
        elif self.witness.counter % 3 == 0:
            self.apply_part()
        return page.done

    def stage(self, page: Page) -> None:
        """Store a page with the cursors it leads to."""
        for scope in (*page.drop, *page.reset):
            self.staged = [item for item in self.staged if item.scope != scope]
            self.staged_cursors.pop(scope, None)
            self.delivered -= {key for key in self.delivered if key in self.base and self.base[key].scope == scope}
        self.resets.update(page.reset)
        self.drops.update(page.drop)
        self.drops.difference_update(page.reset)
        self.resets.difference_update(page.drop)
        self.staged += page.items
        self.staged_cursors.update(page.cursors)
        if Mutant.CURSOR_BEFORE_APPLY in self.mutants:
            self.cursors.update(page.cursors)

    def apply_part(self) -> None:
        """Apply what is staged of scopes that are loaded, before their load is at its end; nothing is swept yet."""
        old = self.resets if Mutant.PART_TRUSTS_DROPPED in self.mutants else self.resets | self.drops
        marked = {key for key, row in self.base.items() if row.scope in old} - self.delivered
        for item in self.staged:
            if item.scope in self.resets:
                self._apply_item(item, marked)
                row = self.base.get(item.key)
                stands = row is not None and (row.scope, row.version) == (item.scope, item.version)
                if stands and Mutant.PART_FORGOTTEN not in self.mutants:
                    self.delivered.add(item.key)
        self.staged = [item for item in self.staged if item.scope not in self.resets]

    def apply(self) -> None:
        """Apply all that is staged together with the cursors: all of it or nothing."""
        marked = {key for key, row in self.base.items() if row.scope in self.resets | self.drops}
        marked -= {key for key in self.delivered if key in self.base and self.base[key].scope not in self.drops}
        for item in self.staged:
            self._apply_item(item, marked)
        for key in marked:
            soft = Mutant.SOFT_FIRST_LOAD in self.mutants and self.base[key].scope not in self.drops
            if not soft:
                del self.base[key]
        for scope in self.drops:
            self.cursors.pop(scope, None)
        for scope, cursor in self.staged_cursors.items():
            old = self.cursors.get(scope)
            if old is not None and scope not in self.resets and cursor.seq < old.seq:
                self.witness.blame("I5", f"the cursor of {scope} went back from {old} to {cursor}")
        self.cursors.update(self.staged_cursors)
        self.base = {key: row for key, row in self.base.items() if row.scope in self.cursors}
        self.clear_stage()

    def _apply_item(self, item: Item, marked: set[RowKey]) -> None:
        row = self.base.get(item.key)
        unknown = row is None or (item.key in marked and Mutant.RESET_KEEPS_HIGHER not in self.mutants)
        local = None if unknown or row is None else row.local()
        if item.values is not None:
            effect = effect_of_row(local, item.version, SCHEMA, deleted=item.deleted)
        elif Mutant.EXIT_WITHOUT_VERSION in self.mutants:
            effect = Effect.REMOVE if local is not None and local.scope == item.scope else Effect.NOTHING
        else:
            effect = effect_of_exit(local, item.scope, item.version)
        if effect is Effect.REPLACE and item.values is not None:
            self.base[item.key] = Base(item.scope, item.version, item.values)
            marked.discard(item.key)
        elif effect is Effect.REMOVE:
            del self.base[item.key]
            marked.discard(item.key)
        elif item.key in marked and not unknown and not item.deleted:
            marked.discard(item.key)

    def verify(self, digests: Mapping[str, int]) -> None:
        """Compare the scopes with head office: right after applying they cannot differ."""
        for scope, digest in digests.items():
            if self.digest(scope) != digest:
                self.witness.blame("I13", f"the digest of {scope} differs right after it was applied")

    def digest(self, scope: str) -> int:
        """Return the digest of a scope as it lies here."""
        total = 0
        for key, row in self.base.items():
            if row.scope == scope:
                total = changed(total, 0, row_digest(*key, row.version, row.values))
        return total

    def clear_stage(self) -> None:
        """Throw the staged pages away."""
        self.staged, self.staged_cursors = [], {}
        self.resets, self.drops, self.delivered = set(), set(), set()

    # ---- accidents ---------------------------------------------------------------------------------------------------
    def crash(self) -> None:
        """Lose what is not on the disk: nothing, unless cursors are kept before what belongs to them."""
        if Mutant.CURSOR_BEFORE_APPLY in self.mutants:
            self.clear_stage()

    def backup(self) -> bytes:
        """Return all that is on the disk."""
        return pickle.dumps({name: value for name, value in vars(self).items() if name not in {"witness", "mutants"}})

    def restore(self, copy: bytes) -> None:
        """Go back to a backup, as if nothing had happened since."""
        vars(self).update(pickle.loads(copy))  # noqa: S301 - our own bytes of a moment ago

    def round(self, push: Push, pull: Pull, enrol: Callable[[str], str], batch: int, limit: int) -> None:
        """Send everything that waits, then fetch everything that is new."""
        for _ in range(100):
            if self.wiped or not self.outbox:
                break
            self.push(push, enrol, batch)
        for _ in range(200):
            if self.wiped or self.pull(pull, enrol, limit):
                return
        raise NoConnection
