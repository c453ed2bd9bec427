"""The bugs that the simulation must catch: each is a switch of the model, off in every other run."""

from enum import StrEnum


class Mutant(StrEnum):
    """A bug put into the model on purpose."""

    NO_IDEMPOTENCY = "no_idempotency"
    """Head office does not know an operation again that comes a second time."""
    NO_FORK_CHECK = "no_fork_check"
    """Head office knows an operation by its number alone."""
    WHOLE_ROW = "whole_row"
    """The laptop sends whole rows and the last one wins."""
    EXIT_WITHOUT_VERSION = "exit_without_version"
    """An exit removes a row that has come back."""
    SEQUENCE_GAP = "sequence_gap"
    """A change becomes visible after one with a higher number."""
    CURSOR_BEFORE_APPLY = "cursor_before_apply"
    """The laptop keeps the cursor of a page before what the page holds."""
    NO_FLOOR = "no_floor"
    """Tombstones are collected without raising the floor."""
    NO_BOOT = "no_boot"
    """A cursor does not remember where its load began."""
    PUSH_ANSWER_REMOVES = "push_answer_removes"
    """The answer to a push removes rows."""
    SOFT_FIRST_LOAD = "soft_first_load"
    """A first load adds, and sweeps nothing."""
    ANSWER_WITHOUT_CURSOR = "answer_without_cursor"
    """The answer to a push adds rows to scopes that the laptop does not follow."""
    VERSIONS_AGAIN = "versions_again"
    """After head office was restored from a backup it gives version numbers a second time."""
    RESET_KEEPS_HIGHER = "reset_keeps_higher"
    """In a scope that is reset a row is replaced only by a higher version."""
    BASE_OF_ROW = "base_of_row"
    """An operation carries the row's version although another one that waits hides what came with it."""
    PARKED_IS_PUNCTUAL = "parked_is_punctual"
    """An operation that was parked is decided as if it came in its turn."""
    JOINED_IS_OWN = "joined_is_own"
    """Two lists that head office joined count as written by the laptop, which has not seen the whole."""
    WRITER_NOT_TOLD = "writer_not_told"
    """The rules are not told which replica writes, so that two laptops of one manager are one."""
    PART_FORGOTTEN = "part_forgotten"
    """At the end of a load that was applied in parts the laptop sweeps what the parts have brought."""
    PART_TRUSTS_DROPPED = "part_trusts_dropped"
    """A part of a load gives way to a higher version in a scope that goes, from before head office was restored."""
    KEY_TAKEN_OVER = "key_taken_over"
    """A new row under the key of a row that its writer may not know is taken in."""


COMMON = (
    Mutant.NO_IDEMPOTENCY,
    Mutant.NO_FORK_CHECK,
    Mutant.WHOLE_ROW,
    Mutant.EXIT_WITHOUT_VERSION,
    Mutant.SEQUENCE_GAP,
    Mutant.CURSOR_BEFORE_APPLY,
    Mutant.NO_FLOOR,
    Mutant.NO_BOOT,
    Mutant.VERSIONS_AGAIN,
    Mutant.RESET_KEEPS_HIGHER,
    Mutant.BASE_OF_ROW,
    Mutant.PARKED_IS_PUNCTUAL,
    Mutant.JOINED_IS_OWN,
    Mutant.WRITER_NOT_TOLD,
    Mutant.PART_FORGOTTEN,
)
"""Those that random histories must meet; the others are rare and have tests of their own."""
NONE: frozenset[Mutant] = frozenset()
