"""What head office answers to bytes that do not fit."""

from app.headoffice.problems import Busy, OfficeProblem


class WrongOffset(OfficeProblem):
    """The chunk does not begin where the upload stands; `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"offset {offset}")
        self.offset = offset


class BlobTooLarge(OfficeProblem):
    """The chunk or the picture is larger than is taken."""


class StoreAway(Busy):
    """The object store cannot be reached or refuses us; the laptop keeps its photo and comes again."""
