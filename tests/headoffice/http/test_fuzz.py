"""Bodies by chance, from nearly right to nonsense: whatever comes, head office answers with one of its errors."""

import json
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.sync.protocol import Trouble
from tests.headoffice.http.served import HttpLaptop, Served
from tests.headoffice.world import key, visit_values
from tests.sync.tally import tally

_ALLOWED = {200, 401, 403, 404, 409, 410, 413, 422, 426, 429, 503}
_TABLES = (
    "customer", "visit", "photo", "task", "product", "purchase_order", "allocation", "stock_count", "promise",
    "sync_conflict", "change_proposal", "replica", "audit_log", "sqlite_master", "no_such",
)  # fmt: skip
_NUMBERS = st.one_of(
    st.integers(-2, 5), st.sampled_from([1 << 31, 1 << 53, (1 << 63) - 1, 1 << 63, 1 << 64, -(1 << 63), 10**30])
)
_TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", "'; DROP TABLE visit; --", "../x", "2026-02-30", "9999-12-31T23:59:59+14:00", "\ud800"]),
)  # fmt: skip
_PLAIN = st.one_of(st.none(), st.booleans(), _NUMBERS, st.floats(), _TEXTS)
_VALUES = st.recursive(
    _PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_TEXTS, inner, max_size=4)),
    max_leaves=12,
)
_FIELDS = st.sampled_from(
    ["customer_id", "day", "status", "serial", "opening_hours", "cust_name", "gis_lat", "state", "tier", "lines",
     "visit_id", "product_id", "on_hand", "sha256", "added_at", "planned_at", "reasons", "command", "id", "revision"]
)  # fmt: skip
_CALLS = ("hello", "push", "pull", "receipt", "blobs", "renew", "diag", "token", "enrol", "ack-wipe", "farewell")
SOAK = bool(os.environ.get("ZOUFANG_SOAK"))
_CALM = settings(
    max_examples=1_000 if SOAK else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _answer(laptop: HttpLaptop, method: str, path: str, body: Any, headers: dict[str, str] | None = None) -> int:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    response = laptop.call(method, path, content, headers)
    assert response.status_code in _ALLOWED, response.text
    if response.status_code != 200:
        Trouble.model_validate_json(response.content)
    tally("fuzz: a body that no laptop would send", 1)
    return response.status_code


@_CALM
@given(st.sampled_from(_CALLS), _VALUES)
def test_any_json_at_all(on_sqlite: Served, call: str, body: Any) -> None:
    assert _answer(_laptop(on_sqlite), "POST", f"/v1/{call}", body) != 503


@_CALM
@given(st.sampled_from(_CALLS), st.binary(max_size=300), st.sampled_from(["identity", "gzip"]))
def test_any_bytes_at_all(on_sqlite: Served, call: str, body: bytes, coding: str) -> None:
    status = _answer(_laptop(on_sqlite), "POST", f"/v1/{call}", body, {"Content-Encoding": coding})
    assert status != 503


@_CALM
@given(
    st.sampled_from(_TABLES),
    st.one_of(st.sampled_from(["C11", "C21", "new", "visit"]), _TEXTS),
    st.sampled_from(["insert", "patch", "delete", "undelete", "command"]),
    _NUMBERS,
    st.dictionaries(st.one_of(_FIELDS, _TEXTS), st.one_of(_VALUES, st.just("customer")), max_size=6),
)
def test_any_operation_has_a_verdict_or_a_refusal_and_never_stops_the_queue(
    served: Served, table: str, row: str, kind: str, base: int, values: dict[str, Any]
) -> None:
    laptop = _laptop(served)
    customers = served.world.customers
    filled = {name: customers["C11"] if value == "customer" else value for name, value in values.items()}
    where = customers.get(row, key() if row in {"new", "visit"} else row)
    more = visit_values(customers["C11"]) if row == "visit" else {}
    operation = laptop.op(kind, table, where, more | filled, base)
    status = _answer(laptop, "POST", "/v1/push", laptop.push_request(operation))
    assert status in {200, 422, 413}
    if status != 200:
        laptop.next_no -= 1
    sound = laptop.op("insert", "visit", key(), visit_values(customers["C11"]))
    told = laptop.post("/v1/push", laptop.push_request(sound))
    assert told.json()["results"][-1]["status"] == "applied"


@_CALM
@given(
    st.dictionaries(st.one_of(st.sampled_from(["terr:T1", "terr:T2", "ref:catalogue"]), _TEXTS), _VALUES, max_size=3)
)
def test_any_cursor_is_answered_or_refused(on_sqlite: Served, cursors: dict[str, Any]) -> None:
    laptop = _laptop(on_sqlite)
    assert _answer(laptop, "POST", "/v1/pull", laptop.pull_request(cursors=cursors)) in {200, 422, 413}


@_CALM
@given(
    st.lists(st.lists(st.one_of(_NUMBERS.filter(lambda one: one >= 0)), min_size=3, max_size=3), min_size=1, max_size=2)
)
def test_any_numbers_in_a_cursor_are_answered_or_refused(on_sqlite: Served, numbers: list[list[int]]) -> None:
    laptop = _laptop(on_sqlite)
    cursors = dict(zip(("terr:T1", "ref:catalogue"), numbers, strict=False))
    assert _answer(laptop, "POST", "/v1/pull", laptop.pull_request(cursors=cursors)) in {200, 422}


def _laptop(served: Served) -> HttpLaptop:
    """Return one laptop for all examples of a test."""
    held = served.__dict__.setdefault("laptop_of_fuzz", None)
    if held is None:
        held = served.__dict__["laptop_of_fuzz"] = served.laptop()
    assert isinstance(held, HttpLaptop)
    return held


@pytest.mark.parametrize("day", ["2026-13-45", "0000-00-00", "9999-99-99"])
def test_a_day_that_is_none_is_malformed(on_sqlite: Served, day: str) -> None:
    laptop = on_sqlite.laptop()
    assert _answer(laptop, "POST", "/v1/receipt", {"replica": laptop.replica, "day": day, "visits": []}) == 422
