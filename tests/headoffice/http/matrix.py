"""The authorisation matrix: one row for each call of head office, what it asks for, and which objects it can name."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.sync.core.registry import SCHEMA
from tests.headoffice.http.served import HttpLaptop
from tests.headoffice.world import key

CONSOLE = "/console"
"""Pages of the office have sessions and a matrix of their own."""
Call = tuple[str, str]
Asked = tuple[str, Any, dict[str, str]]
"""Path, body and headers of one request."""


@dataclass(frozen=True)
class Objects:
    """Keys and names of things that belong to one manager; for another they are as if they were nothing."""

    scope: str
    own_scope: str
    customer: str
    visit: str
    photo: str
    task: str
    count: str
    conflict: str
    proposal: str
    sha256: str
    upload: str
    replica: str
    operation: str
    day: str = "2026-03-02"


def nothing() -> Objects:
    """Return names of the same form that nothing bears."""
    return Objects(
        "terr:T9", "mgr:M9", key(), key(), key(), key(), key(), key(), key(),
        hashlib.sha256(key().encode()).hexdigest(), key().replace("-", ""), key(), key(),
    )  # fmt: skip


_Ask = Callable[[HttpLaptop, Objects], Asked]


def _op(table: str, kind: str, name: str, values: dict[str, Any], base: int = 1) -> _Ask:
    def ask(laptop: HttpLaptop, told: Objects) -> Asked:
        filled = {
            one: getattr(told, value[1:]) if str(value).startswith("@") else value for one, value in values.items()
        }
        row = key() if name == "new" else getattr(told, name)
        return "/v1/push", laptop.push_request(laptop.op(kind, table, row, filled, base)), {}

    return ask


def _cursors(path: str) -> _Ask:
    def ask(laptop: HttpLaptop, told: Objects) -> Asked:
        cursors = {told.scope: [1, 0, 0], told.own_scope: [1, 2, 0]}
        return path, {"replica": laptop.replica, "schema_version": SCHEMA, "cursors": cursors}, {}

    return ask


def _round(laptop: HttpLaptop, **changes: Any) -> Asked:
    body = {"replica": laptop.replica, "hello": laptop.hello_request(), "sent_no": 1 << 40, "offset": 0.0}
    parts = {"push": laptop.push_request(), "pull": laptop.pull_request()}
    return "/v1/round", body | parts | changes, {}


def _round_with(push: _Ask) -> _Ask:
    return lambda one, told: _round(one, hello=one.hello_request(epoch=one.epoch), push=push(one, told)[1])


def _receipt(laptop: HttpLaptop, told: Objects) -> Asked:
    visit = {"id": told.visit, "serial": 1, "rows": 1, "digest": "0", "photos": [told.sha256]}
    return "/v1/receipt", {"replica": laptop.replica, "day": told.day, "visits": [visit]}, {}


def _blob(laptop: HttpLaptop, told: Objects, *, size: int = 900) -> Asked:
    body = {"replica": laptop.replica, "sha256": told.sha256, "photo": told.photo, "kind": "full", "size": size}
    return "/v1/blobs", body, {}


def _of_replica(path: str, **more: Any) -> _Ask:
    return lambda _laptop, told: (path, {"replica": told.replica, **more}, {})


def _token(laptop: HttpLaptop, told: Objects) -> Asked:
    return "/v1/token", laptop.token_request() | {"replica": told.replica}, {}


@dataclass(frozen=True)
class Row:
    """One call: whether it needs an access token, an ordinary request, and those that name objects of others."""

    ask: Callable[[HttpLaptop], Asked]
    bearer: bool = True
    objects: dict[str, Callable[[HttpLaptop, Objects], Asked]] = field(default_factory=dict)  # pyright: ignore[reportUnknownVariableType]


_VISIT = {"customer_id": "@customer", "day": "2026-03-02", "status": "done", "serial": 1}
_PHOTO = {"visit_id": "@visit", "sha256": "@sha256", "added_at": "2026-03-02T08:00:00+00:00", "width": 1, "height": 1}
_HASH = hashlib.sha256(b"").hexdigest()
MATRIX: dict[Call, Row] = {
    ("GET", "/health"): Row(lambda _: ("/health", None, {}), bearer=False),
    ("GET", "/ready"): Row(lambda _: ("/ready", None, {}), bearer=False),
    ("GET", "/metrics"): Row(lambda _: ("/metrics", None, {}), bearer=False),
    ("GET", "/openapi.json"): Row(lambda _: ("/openapi.json", None, {}), bearer=False),
    ("HEAD", "/openapi.json"): Row(lambda _: ("/openapi.json", None, {}), bearer=False),
    ("POST", "/v1/enrol"): Row(
        lambda one: ("/v1/enrol", {"code": "AAAA-BBBB-CCCC", "public_key": one.public_key, "device": "x"}, {}),
        bearer=False,
    ),
    ("POST", "/v1/token"): Row(
        lambda one: ("/v1/token", one.token_request(), {}), bearer=False, objects={"replica": _token}
    ),
    ("POST", "/v1/ack-wipe"): Row(
        lambda one: ("/v1/ack-wipe", {"replica": one.replica}, {}),
        bearer=False,  # a token is one of two ways, and only a revoked laptop may use it
        objects={
            "replica": _of_replica("/v1/ack-wipe"),
            "replica by proof": lambda one, told: (
                "/v1/ack-wipe", one.token_request() | {"replica": told.replica}, {},
            ),
        },
    ),
    ("POST", "/v1/hello"): Row(
        lambda one: ("/v1/hello", one.hello_request(), {}),
        objects={"replica": lambda one, told: ("/v1/hello", one.hello_request(replica=told.replica), {})},
    ),
    ("POST", "/v1/push"): Row(
        lambda one: ("/v1/push", one.push_request(), {}),
        objects={
            "replica": lambda one, told: ("/v1/push", one.push_request(replica=told.replica), {}),
            "customer, patched": _op("customer", "patch", "customer", {"opening_hours": "0-24"}),
            "customer, deleted": _op("customer", "delete", "customer", {}),
            "customer, undeleted": _op("customer", "undelete", "customer", {}),
            "customer of a new visit": _op("visit", "insert", "new", _VISIT, 0),
            "visit, patched": _op("visit", "patch", "visit", {"wrap_note": "x"}),
            "visit, moved here": _op("visit", "patch", "visit", {"customer_id": "@customer"}),
            "visit, deleted": _op("visit", "delete", "visit", {}),
            "visit of a new count": _op("stock_count", "insert", "new", {"visit_id": "@visit", "on_hand": 1}, 0),
            "visit and hash of a new photo": _op("photo", "insert", "new", _PHOTO, 0),
            "count, patched": _op("stock_count", "patch", "count", {"on_hand": 7}),
            "photo, deleted": _op("photo", "delete", "photo", {}),
            "task, reported": _op("task", "patch", "task", {"state": "done"}),
            "conflict, decided": _op(
                "sync_conflict", "command", "conflict", {"command": "resolve_conflict", "choice": "yours"}, 0
            ),
            "proposal, patched": _op("change_proposal", "patch", "proposal", {"state": "accepted"}),
        },
    ),
    ("POST", "/v1/round"): Row(
        _round,
        objects={
            "replica": lambda one, told: _round(one, replica=told.replica),
            "replica of hello": lambda one, told: _round(one, hello=one.hello_request(replica=told.replica)),
            "replica of push": lambda one, told: _round(one, push=one.push_request(replica=told.replica)),
            "replica of pull": lambda one, told: _round(one, pull=one.pull_request(replica=told.replica)),
            "scopes": lambda one, told: _round(
                one, hello=one.hello_request(epoch=one.epoch), pull=_cursors("/v1/pull")(one, told)[1]
            ),
            "customer, patched": _round_with(_op("customer", "patch", "customer", {"opening_hours": "0-24"})),
            "visit of a new count": _round_with(
                _op("stock_count", "insert", "new", {"visit_id": "@visit", "on_hand": 1}, 0)
            ),
        },
    ),
    ("POST", "/v1/pull"): Row(
        lambda one: ("/v1/pull", one.pull_request(), {}),
        objects={
            "scopes": _cursors("/v1/pull"),
            "replica": lambda one, told: ("/v1/pull", one.pull_request(replica=told.replica), {}),
        },
    ),
    ("POST", "/v1/estimate"): Row(
        lambda one: ("/v1/estimate", one.pull_request(), {}),
        objects={
            "scopes": _cursors("/v1/estimate"),
            "replica": lambda one, told: ("/v1/estimate", one.pull_request(replica=told.replica), {}),
        },
    ),
    ("GET", "/v1/snapshot/{scope}"): Row(
        lambda _: ("/v1/snapshot/terr:T1", None, {}),
        objects={
            "territory": lambda _, told: (f"/v1/snapshot/{told.scope}", None, {}),
            "own list": lambda _, told: (f"/v1/snapshot/{told.own_scope}?grant=1&seq=0&boot=0", None, {}),
        },
    ),
    ("POST", "/v1/verdicts"): Row(
        lambda one: ("/v1/verdicts", {"replica": one.replica, "ids": []}, {}),
        objects={
            "operations": lambda one, told: ("/v1/verdicts", {"replica": one.replica, "ids": [told.operation]}, {}),
            "replica": _of_replica("/v1/verdicts", ids=[]),
        },
    ),
    ("POST", "/v1/receipt"): Row(
        lambda one: ("/v1/receipt", {"replica": one.replica, "day": "2026-03-02", "visits": []}, {}),
        objects={
            "visit": _receipt,
            "replica": _of_replica("/v1/receipt", day="2026-03-02", visits=[]),
        },
    ),
    ("POST", "/v1/renew"): Row(
        lambda one: ("/v1/renew", {"replica": one.replica}, {}), objects={"replica": _of_replica("/v1/renew")}
    ),
    ("POST", "/v1/diag"): Row(
        lambda one: ("/v1/diag", {"replica": one.replica, "app": "x", "counts": {}}, {}),
        objects={"replica": _of_replica("/v1/diag", app="x", counts={})},
    ),
    ("POST", "/v1/blobs"): Row(
        lambda one: (
            "/v1/blobs", {"replica": one.replica, "sha256": _HASH, "photo": key(), "kind": "full", "size": 5}, {},
        ),
        objects={
            "photo and hash": _blob,
            "photo and hash, another size": lambda one, told: _blob(one, told, size=5),
            "replica": lambda _, told: (
                "/v1/blobs",
                {"replica": told.replica, "sha256": told.sha256, "photo": told.photo, "kind": "full", "size": 9},
                {},
            ),
        },
    ),
    ("GET", "/v1/blobs/of/{photo}/{kind}"): Row(
        lambda _: (f"/v1/blobs/of/{key()}/thumb", None, {}),
        objects={
            "photo, small": lambda _, told: (f"/v1/blobs/of/{told.photo}/thumb", None, {}),
            "photo, original": lambda _, told: (f"/v1/blobs/of/{told.photo}/full", None, {}),
        },
    ),
    ("HEAD", "/v1/blobs/{upload}"): Row(
        lambda _: (f"/v1/blobs/{key()}", None, {}),
        objects={"upload": lambda _, told: (f"/v1/blobs/{told.upload}", None, {})},
    ),
    ("PATCH", "/v1/blobs/{upload}"): Row(
        lambda _: (f"/v1/blobs/{key()}", b"abc", {"Upload-Offset": "0"}),
        objects={
            "upload": lambda _, told: (f"/v1/blobs/{told.upload}", b"abc", {"Upload-Offset": "0"}),
            "upload, wrong offset": lambda _, told: (f"/v1/blobs/{told.upload}", b"abc", {"Upload-Offset": "70000"}),
        },
    ),
    ("GET", "/v1/blobs/{sha256}"): Row(
        lambda _: (f"/v1/blobs/{_HASH}", None, {}),
        objects={
            "hash": lambda _, told: (f"/v1/blobs/{told.sha256}", None, {}),
            "hash, a range": lambda _, told: (f"/v1/blobs/{told.sha256}", None, {"Range": "bytes=5-9"}),
        },
    ),
    ("POST", "/v1/farewell"): Row(  # the last one: whoever has said it is answered no more
        lambda one: ("/v1/farewell", one.token_request() | {"last_no": 0, "epoch": one.epoch}, {}),
        bearer=False,
        objects={
            "replica": lambda one, told: (
                "/v1/farewell",
                one.token_request() | {"replica": told.replica, "last_no": 0, "epoch": one.epoch},
                {},
            ),
        },
    ),
}  # fmt: skip


def calls_of(app: FastAPI) -> Iterator[Call]:
    """Yield each method and pattern that the application answers to."""
    for route in iter_route_contexts(app.routes):
        path = getattr(route, "path", None) or getattr(route, "path_format", "")
        for method in sorted(getattr(route, "methods", None) or {"GET"}):
            yield method, path
