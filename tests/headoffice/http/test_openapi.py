"""The published OpenAPI against the real service: whatever it allows is answered, in the closed set, in its shape."""

import contextlib
import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.headoffice.admission import Throttle
from app.headoffice.app import create_app
from app.headoffice.settings import OfficeSettings
from app.sync.core.registry import SCHEMA
from app.sync.protocol import Trouble
from tests.headoffice.http.matrix import CONSOLE
from tests.headoffice.http.served import HttpLaptop, Served
from tests.headoffice.world import NOW, key, visit_values
from tests.sync.soak import tries
from tests.sync.tally import tally

_SCHEMA: dict[str, Any] = create_app(OfficeSettings("sqlite:///unused", Path("unused"))).openapi()
_CALLS = sorted(
    (path, method.upper()) for path, item in _SCHEMA["paths"].items() for method in item if not path.startswith(CONSOLE)
)
_ALLOWED = {200, 206, 401, 403, 404, 409, 410, 413, 416, 422, 426, 429}
"""Not 503: one laptop alone never fills the places, so it would be a fault that was not foreseen."""
_SHAPE = [
    status_code_conformance, content_type_conformance, response_schema_conformance, response_headers_conformance,
    not_a_server_error,
]  # fmt: skip
_EXAMPLES = tries(4, 600, "ZOUFANG_OPENAPI_EXAMPLES")


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "odd"])
def test_every_call_keeps_its_own_description(on_sqlite: Served, mode: GenerationMode) -> None:
    on_sqlite.settings(day_loads=1 << 30, day_bytes=1 << 60, day_operations=1 << 30)
    on_sqlite.office.throttle = Throttle(1 << 30)
    laptop = on_sqlite.laptop()
    true = _true_things(laptop)
    schema = schemathesis.openapi.from_dict(_SCHEMA)
    tried: Counter[int] = Counter()
    for path, method in _CALLS:
        _ask(schema[path][method], mode, laptop, true, tried)
    assert {200, 401, 404, 422} <= set(tried) if mode is GenerationMode.POSITIVE else {401, 422} <= set(tried)
    tally("OpenAPI: requests made from the description", tried.total())


def _ask(
    operation: schemathesis.APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    laptop: HttpLaptop,
    true: dict[str, Any],
    tried: Counter[int],
) -> None:
    """Make requests of one call by chance and hold each answer against its description."""

    @settings(
        max_examples=_EXAMPLES, deadline=None, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode), st.sampled_from(["stranger", "known", "true", "true"]))
    def one(case: schemathesis.Case[Any], who: str) -> None:
        _as_if_from(case, who, laptop, true)
        response = case.call(base_url=laptop.served.url, timeout=20)
        tried[response.status_code] += 1
        assert response.status_code in _ALLOWED, (response.status_code, response.text)
        if response.status_code >= 400 and response.content and response.status_code != 416:
            Trouble.model_validate_json(response.content)
        case.validate_response(response, checks=_SHAPE)

    with contextlib.suppress(Unsatisfiable):  # a call that takes nothing has no odd form
        one()


def _true_things(laptop: HttpLaptop) -> dict[str, Any]:
    """Return values that head office knows, by the names of fields and parameters."""
    world, visit, photo = laptop.served.world, key(), key()
    digest = hashlib.sha256(b"x" * 70_000).hexdigest()
    values = {"visit_id": visit, "sha256": digest, "added_at": NOW.isoformat(), "width": 1, "height": 1}
    ops = [
        laptop.op("insert", "visit", visit, visit_values(world.customers["C11"])),
        laptop.op("insert", "photo", photo, values | {"byte_size": 70_000}),
    ]
    assert laptop.post("/v1/push", laptop.push_request(*ops)).status_code == 200
    told = {"replica": laptop.replica, "sha256": digest, "photo": photo, "kind": "full", "size": 70_000}
    return told | {
        "upload": laptop.post("/v1/blobs", told).json()["upload"],
        "scope": "terr:T1", "schema_version": SCHEMA, "protocol": 1, "table": "visit", "key": visit, "id": visit,
        "wall": NOW.isoformat(), "made_at": NOW.isoformat(), "moment": NOW.isoformat(), "day": "2026-03-02",
        "refresh_token": laptop.refresh_token, "public_key": laptop.public_key, "no": 3, "Upload-Offset": "0",
        "cursors": {"terr:T1": [1, 0, 0]}, "digest": "0",
    }  # fmt: skip


def _as_if_from(case: schemathesis.Case[Any], who: str, laptop: HttpLaptop, true: dict[str, Any]) -> None:
    """Let the request come from a stranger, from a laptop that is known, or from one that names true things."""
    headers = {name: value for name, value in (case.headers or {}).items() if name.lower() != "authorization"}
    if who != "stranger":
        headers["Authorization"] = f"Bearer {laptop.access_token}"
    if who == "true":
        case.path_parameters = _filled(case.path_parameters or {}, true)
        headers = _filled(headers, true)
        case.body = _filled(case.body, true)
    elif who == "known" and isinstance(case.body, dict) and "replica" in case.body:
        case.body = {**case.body, "replica": laptop.replica}
    case.headers.clear()
    case.headers.update(headers)


def _filled(value: Any, true: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: true[name] if name in true else _filled(inner, true) for name, inner in value.items()}
    return [_filled(inner, true) for inner in value] if isinstance(value, list) else value
