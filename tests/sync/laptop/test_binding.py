"""Rows with empty values: each is bound once, with NULL where it is empty, whatever its neighbours hold."""

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from app.sync.binding import places, without_empty

rows = st.lists(st.tuples(*(st.none() | st.integers(0, 9) for _ in range(4))), max_size=30)


@given(rows)
def test_whatever_is_empty_the_table_holds_each_row_as_it_was(given_rows: list[tuple[int | None, ...]]) -> None:
    whole = [(at, -at, *row) for at, row in enumerate(given_rows)]
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a, b, c, d, e, f)")
    for empty, values in without_empty(list(zip(*whole, strict=True))):
        assert all(None not in row for row in values)
        connection.executemany(f"INSERT INTO t VALUES ({places(6, empty)})", values)  # noqa: S608
    assert connection.execute("SELECT * FROM t ORDER BY a").fetchall() == whole
    connection.close()
