"""The answer to a pull that is put together as text is the message of the protocol."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.headoffice.page import Page, Told, unbracketed
from app.sync.protocol import PAGE_BYTES, PullAnswer, ScopePage, TablePage

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_values = st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 63) - 1) | _texts | st.lists(_texts, max_size=2)
_rows = st.lists(st.tuples(_texts, st.integers(1, 9), st.integers(1, 9), st.booleans(), _values), max_size=3)
_exits = st.lists(st.tuples(_texts, _texts, st.integers(1, 9)), max_size=2)
_scopes, _tables = st.sampled_from(['terr:东"1', "mgr:M1"]), st.sampled_from(["visit", "photo"])
_colleagues = st.dictionaries(_texts, _texts, max_size=2)
_pieces = st.lists(st.tuples(_scopes, _tables, _rows, _exits, st.lists(_texts, max_size=2), _colleagues), max_size=4)


@given(_pieces, st.booleans(), _texts)
def test_what_is_put_together_as_text_is_the_message(pieces: list[Any], done: bool, word: str) -> None:
    page = Page(100, "M1", 2)
    page.drop, page.reset, page.done, page.left = (word,), ("a", word), done, 7
    page.cursors, page.digests = {word: (1, 2, 3)}, {word: str(1 << 64)}
    scopes: dict[str, ScopePage] = {}
    size = 0
    for scope, table, rows, exits, own, by in pieces:
        tables = {table: (("note",), unbracketed(rows))} if rows else {}
        told = Told(tables, unbracketed(exits), own, by, len(rows) + len(exits), len(rows))
        page.add(scope, told)
        size += told.size
        if rows or exits:
            part = scopes.setdefault(scope, ScopePage(rows={}, exits=[], own=[], by={}))
            if rows:
                part.rows.setdefault(table, TablePage(columns=("note",), rows=[])).rows.extend(map(list, rows))
            part.exits.extend(exits)
            part.own.extend(own)
            part.by.update(by)
    wanted = PullAnswer(
        drop=page.drop, reset=page.reset, scopes=scopes, cursors=page.cursors, done=done, digests=page.digests, left=7
    )  # fmt: skip
    assert json.loads(page.to_json()) == json.loads(wanted.model_dump_json())
    assert page.message() == wanted
    items = sum(len(rows) + len(exits) for _, _, rows, exits, _, _ in pieces)
    assert (page.rows_left, page.bytes_left) == (100 - items, PAGE_BYTES - size)
