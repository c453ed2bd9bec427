"""Counts what an import does and keeps what it refuses: the first rows to show, all of them in a file if wanted."""

from dataclasses import dataclass, field

from app.domain.changes import Changes, Kind
from app.lists.reasons import RefusedRow
from app.lists.refused_file import RefusedFile
from app.lists.targets import Target

SHOWN = 1000
"""Refused rows that a result carries; a file with all of them can be written beside."""
_KINDS = {Target.CUSTOMERS: Kind.CUSTOMER, Target.PRODUCTS: Kind.PRODUCT, Target.ORDERS: Kind.ORDER}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file. `read` = added + changed + unchanged + refused."""

    target: Target
    profile: str
    dry_run: bool
    read: int
    added: int
    changed: int
    unchanged: int
    refused: int
    kept: int
    """Values that stayed as the manager had entered them."""
    refusals: tuple[RefusedRow, ...]
    """The first refused rows, at most 1,000."""
    unread: tuple[str, ...]
    """Headings of the file that the profile does not speak of."""

    @property
    def changes(self) -> Changes:
        """What open pages should hear of."""
        if self.dry_run or not self.added + self.changed:
            return Changes()
        return Changes.of(_KINDS[self.target])


@dataclass(slots=True)
class Tally:
    """The counts while an import runs."""

    sink: RefusedFile | None = None
    read: int = 0
    added: int = 0
    changed: int = 0
    refused: int = 0
    kept: int = 0
    refusals: list[RefusedRow] = field(default_factory=list[RefusedRow])
    unread: tuple[str, ...] = ()

    def refuse(self, row: RefusedRow) -> None:
        """Count a refused row and keep it."""
        self.refused += 1
        if len(self.refusals) < SHOWN:
            self.refusals.append(row)
        if self.sink is not None:
            self.sink.add(row)

    def result(self, target: Target, profile: str, *, dry_run: bool) -> ImportResult:
        """Return the counts as plain data."""
        return ImportResult(
            target=target,
            profile=profile,
            dry_run=dry_run,
            read=self.read,
            added=self.added,
            changed=self.changed,
            unchanged=self.read - self.added - self.changed - self.refused,
            refused=self.refused,
            kept=self.kept,
            refusals=tuple(self.refusals),
            unread=self.unread,
        )
