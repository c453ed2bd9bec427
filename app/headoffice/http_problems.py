"""What only the door of head office refuses: too much, too often, or with the epoch of another database."""

from app.headoffice.problems import Busy, OfficeProblem


class TooLarge(OfficeProblem):
    """The request passes a limit; nothing of it was looked at."""


class NoPlace(Busy):
    """All places of this worker are taken; `after` says when there may be one."""

    def __init__(self, after: float) -> None:
        super().__init__("no place")
        self.after = after


class SlowDown(OfficeProblem):
    """So much was brought today, or so many wrong tries were made, that the next may come only after a while."""

    def __init__(self, after: float) -> None:
        super().__init__("slow down")
        self.after = after


class EpochChanged(OfficeProblem):
    """The laptop speaks of a database that was restored since."""

    def __init__(self, epoch: str) -> None:
        super().__init__("epoch changed")
        self.epoch = epoch
