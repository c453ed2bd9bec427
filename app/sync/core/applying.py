"""When a laptop takes over what head office sends, and when a cursor no longer holds (spec, 4)."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Local:
    """What a laptop knows of a row: where it belongs, its version, and the schema it was received with."""

    scope: str
    version: int
    schema: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a laptop has read a scope, and the counter when its load began."""

    grant: int
    seq: int
    boot: int


class Effect(StrEnum):
    """What an item does to the local row."""

    NOTHING = "nothing"
    REPLACE = "replace"
    REMOVE = "remove"


def effect_of_row(local: Local | None, version: int, schema: int, *, deleted: bool) -> Effect:
    """Say what a row of the feed does; a tombstone of a row that is not here does nothing."""
    if deleted:
        return Effect.REMOVE if local is not None and version > local.version else Effect.NOTHING
    if local is None or (version, schema) > (local.version, local.schema):
        return Effect.REPLACE
    return Effect.NOTHING


def effect_of_exit(local: Local | None, scope: str, version: int) -> Effect:
    """Say what an exit does: a row that has come back, or now belongs elsewhere, stays."""
    if local is None or local.scope != scope or local.version >= version:
        return Effect.NOTHING
    return Effect.REMOVE


def takes_answer(cursor: Cursor | None, local: Local | None, version: int, *, deleted: bool) -> bool:
    """Say whether a row returned by a push is applied: only into a scope that is followed, and never a removal."""
    if cursor is None or deleted:
        return False
    return local is None or version > local.version


def is_stale(cursor: Cursor | None, grant: int, floor: int) -> bool:
    """Say whether a scope must be loaded anew: unknown, granted anew, or behind a tombstone that was collected."""
    if cursor is None or cursor.grant != grant:
        return True
    return floor > max(cursor.seq, cursor.boot)
