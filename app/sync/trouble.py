"""What can stop a round of sync; the engine turns each into a result, no part of the program shows a traceback."""

from collections.abc import Callable
from enum import StrEnum

from app.sync.protocol import Trouble


class SyncError(Exception):
    """Something stops the round; what is on disk is whole, and the next round goes on from it."""


class NoConnection(SyncError):  # noqa: N818 - it is the normal state of a laptop in the field, not an error
    """Head office was not reached, or something answered in its place (the page of a hotel)."""


class TrustFlaw(StrEnum):
    """Why what answered is not believed to be head office."""

    AUTHORITY = "authority"
    """Its certificate comes from an authority that is not trusted here, as that of a proxy that reads along."""
    TIME = "time"
    """Its certificate has ended or not begun; or this laptop's clock is wrong."""
    NAME = "name"
    """Its certificate is for another name."""
    KEY = "key"
    """Its key is none of those that are pinned."""
    OLD_TLS = "old_tls"
    """It speaks no TLS 1.2 or newer."""
    PLAIN = "plain"
    """Its address is without TLS."""


class Untrusted(NoConnection):
    """Something answered that did not prove to be head office; nothing was sent to it."""

    def __init__(self, flaw: TrustFlaw) -> None:
        super().__init__(f"untrusted: {flaw}")
        self.flaw = flaw


class LineLost(NoConnection):
    """The line was lost on the way, after it had carried something: what went stays, the next try need not be late."""


class Refused(SyncError):  # noqa: N818
    """Head office answered with one of the errors of the closed set."""

    def __init__(self, trouble: Trouble, retry_after: float | None = None) -> None:
        super().__init__(f"{trouble.error}: {trouble.detail}" if trouble.detail else trouble.error)
        self.trouble = trouble
        self.retry_after = retry_after
        """Seconds that head office asks to wait."""


class PracticeStore(SyncError):  # noqa: N818
    """A store of invented shops never syncs."""


class NotEnrolled(SyncError):  # noqa: N818
    """The store has no identity at head office yet."""


class SecretsMissing(SyncError):  # noqa: N818
    """The keys of this laptop are gone from the keyring: it must be enrolled again."""


class RoundUnderWay(SyncError):  # noqa: N818
    """Another round of this store goes on, perhaps in another program."""


class AnotherPerson(SyncError):  # noqa: N818
    """The code belongs to another manager than the one whose work lies in this store."""


def unless_too_old(step: Callable[[], None]) -> Refused | None:
    """Take a step; return the refusal if it is that this program is too old."""
    try:
        step()
    except Refused as refused:
        if refused.trouble.error != "upgrade_required":
            raise
        return refused
    return None
