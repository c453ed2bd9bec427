"""What a laptop takes over of the feed and of push answers, and when its cursor no longer holds."""

import pytest

from app.sync.core.applying import Cursor, Effect, Local, effect_of_exit, effect_of_row, is_stale, takes_answer

HERE = Local("terr:a", 5, 2)
FOLLOWED = Cursor(1, 10, 0)


@pytest.mark.parametrize(
    ("local", "version", "schema", "effect"),
    [
        (None, 1, 2, Effect.REPLACE),
        (HERE, 6, 2, Effect.REPLACE),
        (HERE, 6, 1, Effect.REPLACE),
        (HERE, 5, 3, Effect.REPLACE),
        (HERE, 5, 2, Effect.NOTHING),
        (HERE, 5, 1, Effect.NOTHING),
        (HERE, 4, 3, Effect.NOTHING),
    ],
)
def test_a_row_replaces_an_older_one_or_the_same_with_more_columns(
    local: Local | None, version: int, schema: int, effect: Effect
) -> None:
    assert effect_of_row(local, version, schema, deleted=False) is effect


@pytest.mark.parametrize(
    ("local", "version", "effect"),
    [(None, 9, Effect.NOTHING), (HERE, 6, Effect.REMOVE), (HERE, 5, Effect.NOTHING), (HERE, 4, Effect.NOTHING)],
)
def test_a_tombstone_removes_only_an_older_row(local: Local | None, version: int, effect: Effect) -> None:
    assert effect_of_row(local, version, 3, deleted=True) is effect


@pytest.mark.parametrize(
    ("local", "scope", "version", "effect"),
    [
        (HERE, "terr:a", 6, Effect.REMOVE),
        (HERE, "terr:a", 5, Effect.NOTHING),
        (HERE, "terr:b", 6, Effect.NOTHING),
        (None, "terr:a", 6, Effect.NOTHING),
    ],
)
def test_an_exit_removes_only_an_older_row_of_that_scope(
    local: Local | None, scope: str, version: int, effect: Effect
) -> None:
    assert effect_of_exit(local, scope, version) is effect


@pytest.mark.parametrize(
    ("cursor", "local", "version", "deleted", "taken"),
    [
        (FOLLOWED, None, 1, False, True),
        (FOLLOWED, HERE, 6, False, True),
        (FOLLOWED, HERE, 5, False, False),
        (FOLLOWED, HERE, 6, True, False),
        (None, None, 1, False, False),
        (None, HERE, 6, False, False),
    ],
)
def test_a_row_of_an_answer_enters_only_a_followed_scope_and_never_removes(
    cursor: Cursor | None, local: Local | None, version: int, deleted: bool, taken: bool
) -> None:
    assert takes_answer(cursor, local, version, deleted=deleted) is taken


@pytest.mark.parametrize(
    ("cursor", "grant", "floor", "stale"),
    [
        (None, 1, 0, True),
        (Cursor(1, 10, 0), 1, 10, False),
        (Cursor(1, 10, 0), 1, 11, True),
        (Cursor(1, 3, 11), 1, 11, False),
        (Cursor(1, 3, 11), 1, 12, True),
        (Cursor(1, 10, 0), 2, 0, True),
        (Cursor(0, 0, 0), 1, 0, True),
    ],
)
def test_a_cursor_holds_until_something_it_has_not_read_was_collected(
    cursor: Cursor | None, grant: int, floor: int, stale: bool
) -> None:
    assert is_stale(cursor, grant, floor) is stale
