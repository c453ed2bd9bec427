"""What head office answers instead of doing its work; each becomes one error of the protocol's closed set."""


class OfficeProblem(Exception):  # noqa: N818  the protocol calls them problems
    """The base of everything head office refuses as a whole; a refused operation is none of these."""


class TokenProblem(OfficeProblem):
    """Whoever asks is not known, or its proof, code or token is wrong or worn out."""


class Revoked(OfficeProblem):
    """The replica was revoked; `wipe` asks it to delete what it holds."""

    def __init__(self, *, wipe: bool) -> None:
        super().__init__("revoked")
        self.wipe = wipe


class Forked(OfficeProblem):
    """The replica used a number twice for different operations: it was restored from a backup or copied."""


class Gap(OfficeProblem):
    """The first new operation does not follow the last one that is known."""

    def __init__(self, last: int) -> None:
        super().__init__(f"gap after {last}")
        self.last = last


class Malformed(OfficeProblem):
    """The request breaks the protocol; nothing of it was applied."""


class UpgradeRequired(OfficeProblem):
    """The laptop's schema is older than the two before ours."""

    def __init__(self, least: int) -> None:
        super().__init__(f"schema {least} at least")
        self.least = least


class Busy(OfficeProblem):
    """The database could not be had in the number of tries that are allowed."""


class NotFound(OfficeProblem):
    """There is no such thing, or it is not for whoever asks."""
