"""The network of the model: it loses requests and answers, doubles them, and delivers some much too late."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from random import Random
from typing import TypeVar

from app.sync.core.applying import Cursor
from app.sync.core.deciding import Operation
from tests.sync.simulation.messages import Crash, NoConnection, Page, Trouble, Verdict
from tests.sync.simulation.office import Office
from tests.sync.simulation.office_push import push

T = TypeVar("T")


class Network:
    """Carries requests to head office and answers back."""

    def __init__(self, office: Office, random: Random) -> None:
        self.office = office
        self.random = random
        self.fair = False
        self.late: list[Callable[[], object]] = []
        """Pushes that arrive when their sender has long given up."""

    def push(self, replica: str, ops: Sequence[Operation]) -> tuple[int, Trouble | list[Verdict]]:
        """Carry operations, and the verdicts back."""
        return self._carry(partial(push, self.office, replica, ops), self.late)

    def pull(self, replica: str, cursors: Mapping[str, Cursor], limit: int) -> tuple[int, Trouble | Page]:
        """Carry cursors, and a page back."""
        return self._carry(partial(self._page, replica, cursors, limit), [])

    def _page(self, replica: str, cursors: Mapping[str, Cursor], limit: int) -> Trouble | Page:
        known = self.office.replicas.get(replica)
        if known is None or known.revoked:
            return Trouble("revoked" if known else "token")
        return self.office.pull(replica, cursors, limit)

    def _carry(self, serve: Callable[[], T], late: list[Callable[[], object]]) -> tuple[int, T]:
        fault = 1.0 if self.fair else self.random.random()
        if fault < 0.04:
            raise NoConnection
        if fault < 0.07:
            late.append(serve)
            raise NoConnection
        answer = serve()
        if fault < 0.12:
            raise NoConnection
        if fault < 0.16:
            late.append(serve)
        if fault < 0.20:
            answer = serve()
        if fault < 0.23:
            raise Crash
        return self.office.epoch, answer

    def deliver_late(self) -> None:
        """Deliver one request of long ago, whose answer nobody waits for."""
        if self.late:
            self.late.pop(self.random.randrange(len(self.late)))()
