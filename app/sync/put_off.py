"""What a long load puts off: work on more than the rows of a part is done every 20,000 rows and at its end.

Done with each part, it would be done over and over for the same customers.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Self

from app.storage.facts import fact_of, put_fact

ROWS = 20_000
_FACT = "sync_put_off"


@dataclass(slots=True)
class PutOff:
    """What was put off by the parts of a load before this one; it lies in the store as long as it is not done."""

    rows: int = 0
    months: dict[str, str] = field(default_factory=dict[str, str])
    """Customers whose months are to be added up again, with the first day that changed."""
    is_begun: bool = False

    @classmethod
    def read(cls, cursor: Any) -> Self:
        """Return what lies in the store."""
        body = fact_of(cursor, _FACT)
        return cls(**json.loads(body), is_begun=True) if body else cls()

    def is_due(self, rows: int, *, complete: bool) -> bool:
        """Return whether it is done with this part of so many rows: the first, the last, or 20,000 rows on."""
        return complete or not self.is_begun or self.rows + rows >= ROWS

    def take(self, cursor: Any, rows: int, months: dict[str, str], *, complete: bool) -> dict[str, str]:
        """Take in what a part changed and return the months to be added up with it, none where they are put off."""
        whole = self.months | {
            customer: min(day, self.months.get(customer, day)) for customer, day in months.items()
        }  # fmt: skip
        is_due = self.is_due(rows, complete=complete)
        if not complete:
            left = {"rows": 0, "months": {}} if is_due else {"rows": self.rows + rows, "months": whole}
            put_fact(cursor, _FACT, json.dumps(left))
        elif self.is_begun:
            put_fact(cursor, _FACT, "")
        return whole if is_due else {}
