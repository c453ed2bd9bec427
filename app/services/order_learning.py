"""What the order guidance has learnt from this territory: kept in the store, learnt anew when it is a week old."""

import json
from collections.abc import Mapping
from datetime import date

from app.domain.replenishment.learnt import Learnt
from app.runtime.clock import Clock
from app.storage.database import Database
from app.storage.facts import ORDER_LEARNT, read_fact, write_fact

_DAYS_GOOD = 7


class OrderLearning:
    """Keeps what was learnt fresh."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def renew(self) -> bool:
        """Learn anew if what is kept is older than a week; return whether that was done. Takes seconds."""
        today = self._clock.today()
        if self._is_fresh(today):
            return False
        from app.services.backtests_orders import learn_orders  # noqa: PLC0415 - only once a week

        learnt = learn_orders(self._database, today)
        kept = {} if learnt is None else {"drift": learnt.drift, "spread": learnt.spread}
        write_fact(self._database, ORDER_LEARNT, json.dumps({"day": today.isoformat(), **kept}))
        return True

    def _is_fresh(self, today: date) -> bool:
        text = read_fact(self._database, ORDER_LEARNT)
        if text is None:
            return False
        return abs((today - date.fromisoformat(json.loads(text)["day"])).days) < _DAYS_GOOD


def learnt_of(facts: Mapping[str, str]) -> Learnt | None:
    """Return what a store has learnt; None where it is nothing."""
    kept = json.loads(facts.get(ORDER_LEARNT, "{}"))
    return Learnt(tuple(kept["drift"]), tuple(kept["spread"])) if "drift" in kept else None
