"""The calls to head office as the laptop sees them; the way they travel is `http_client.py`, or a test's own."""

from collections.abc import Callable
from typing import Protocol

from app.sync.protocol import (
    BlobAnswer,
    BlobRequest,
    EnrolAnswer,
    EnrolRequest,
    EstimateAnswer,
    EstimateRequest,
    HelloAnswer,
    HelloRequest,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    ReceiptAnswer,
    ReceiptRequest,
    RenewAnswer,
    RenewRequest,
    RoundPart,
    RoundRequest,
    VerdictsAnswer,
    VerdictsRequest,
)


class OfficeClient(Protocol):
    """One method a call. Each raises NoConnection, Refused, or CancelledError where somebody asked to stop."""

    def hello(self, request: HelloRequest) -> HelloAnswer:
        """Open a round."""
        ...

    def push(self, request: PushRequest) -> PushAnswer:
        """Send operations."""
        ...

    def verdicts(self, request: VerdictsRequest) -> VerdictsAnswer:
        """Ask what became of operations that were parked."""
        ...

    def open_round(self, request: RoundRequest, take: Callable[[RoundPart], object]) -> None:
        """Make hello, push and pull one call; `take` gets each part as it comes, on the thread that calls this."""
        ...

    def pull(self, request: PullRequest) -> PullAnswer:
        """Ask for what is new."""
        ...

    def estimate(self, request: EstimateRequest) -> EstimateAnswer:
        """Ask how much a pull would bring; changes nothing."""
        ...

    def renew(self, request: RenewRequest) -> RenewAnswer:
        """Ask for another replica id after a fork; the calls that follow are made under it."""
        ...

    def receipt(self, request: ReceiptRequest) -> ReceiptAnswer:
        """Compare a day."""
        ...

    def announce_blob(self, request: BlobRequest) -> BlobAnswer:
        """Announce the bytes of a photo."""
        ...

    def blob_offset(self, upload: str) -> int:
        """Ask how much of an upload has arrived."""
        ...

    def append_blob(self, upload: str, offset: int, chunk: bytes) -> BlobAnswer:
        """Send bytes at an offset."""
        ...

    def read_blob(self, sha256: str, start: int = 0) -> bytes:
        """Return the bytes of a photo from `start` on."""
        ...

    def farewell(self, last_no: int, epoch: str) -> None:
        """Say that this laptop is given back; `last_no` is the highest number it has sent. May be said again."""
        ...

    def ack_wipe(self, replica: str) -> None:
        """Say that this laptop has wiped itself."""
        ...

    def close(self) -> None:
        """Let go of the connections."""
        ...


Enrol = Callable[[EnrolRequest], EnrolAnswer]
"""The one call that needs no identity."""
