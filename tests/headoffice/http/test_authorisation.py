"""Every call against everybody who must not make it: without a token that holds, revoked, a colleague."""

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from app.headoffice import people
from app.headoffice.access_models import AccessToken
from app.headoffice.models import Replica
from tests.headoffice.http.served import HttpLaptop, Served
from tests.headoffice.world import NOW, key, visit_values

_HASH = hashlib.sha256(b"").hexdigest()
_Ask = Callable[[HttpLaptop, str], tuple[str, str, Any]]
CALLS: dict[str, _Ask] = {
    "hello": lambda one, who: ("POST", "/v1/hello", one.hello_request(replica=who)),
    "push": lambda one, who: ("POST", "/v1/push", one.push_request(replica=who)),
    "pull": lambda one, who: ("POST", "/v1/pull", one.pull_request(replica=who)),
    "blobs": lambda _, who: (
        "POST", "/v1/blobs", {"replica": who, "sha256": _HASH, "photo": key(), "kind": "full", "size": 5},
    ),
    "receipt": lambda _, who: ("POST", "/v1/receipt", {"replica": who, "day": "2026-03-02", "visits": []}),
    "renew": lambda _, who: ("POST", "/v1/renew", {"replica": who}),
    "diag": lambda _, who: ("POST", "/v1/diag", {"replica": who, "app": "x", "counts": {}}),
    "snapshot": lambda *_: ("GET", "/v1/snapshot/terr:T1", None),
    "offset": lambda *_: ("HEAD", f"/v1/blobs/{key()}", None),
    "append": lambda *_: ("PATCH", f"/v1/blobs/{key()}", b"abc"),
    "fetch": lambda *_: ("GET", f"/v1/blobs/{_HASH}", None),
}  # fmt: skip
ABOUT_ITSELF = ("hello", "push", "pull", "blobs", "receipt", "renew", "diag")


def _ask(laptop: HttpLaptop, call: str, who: str | None = None) -> tuple[int, str]:
    method, path, body = CALLS[call](laptop, who or laptop.replica)
    response = laptop.call(method, path, body, {"Upload-Offset": "0"})
    return response.status_code, response.json()["error"] if response.content else ""


def _without(laptop: HttpLaptop) -> None:
    laptop.access_token = ""


def _wrong(laptop: HttpLaptop) -> None:
    laptop.access_token = laptop.access_token[:-1] + ("A" if laptop.access_token[-1] != "A" else "B")


def _refresh_token_instead(laptop: HttpLaptop) -> None:
    laptop.access_token = laptop.refresh_token


def _worn_out(laptop: HttpLaptop) -> None:
    laptop.served.set_clock(NOW + timedelta(seconds=901))


STATES: dict[str, Callable[[HttpLaptop], None]] = {
    "no token": _without, "wrong token": _wrong, "refresh token": _refresh_token_instead, "worn out": _worn_out,
}  # fmt: skip


def test_no_call_is_answered_to_those_whose_token_does_not_hold(served: Served) -> None:
    for state, spoil in STATES.items():
        served.set_clock(NOW)
        laptop = served.laptop()
        spoil(laptop)
        for call in CALLS:
            status, error = _ask(laptop, call)
            assert (status, error or "token") == (401, "token"), (state, call)


def test_no_call_is_answered_to_a_revoked_laptop(served: Served, laptop: HttpLaptop) -> None:
    with served.world.database.write() as session:
        people.revoke(session, laptop.replica, NOW, "chief", wipe=True)
    for call in CALLS:
        status, error = _ask(laptop, call)
        assert (status, error or "revoked") == (403, "revoked"), call


def test_nobody_speaks_for_another_laptop(served: Served, laptop: HttpLaptop) -> None:
    colleague, own_second = served.laptop("M2"), served.laptop("M1")
    for call in ABOUT_ITSELF:
        for other in (colleague.replica, own_second.replica, key()):
            assert _ask(laptop, call, other) == (401, "token"), call


def test_a_colleague_s_scope_does_not_exist_for_others(served: Served, laptop: HttpLaptop) -> None:
    for scope in ("terr:T2", "mgr:M2", "terr:NoSuch"):
        response = laptop.call("GET", f"/v1/snapshot/{scope}")
        assert (response.status_code, response.json()) == (404, {"error": "not_found"})
    page = laptop.post("/v1/pull", laptop.pull_request(cursors={"terr:T2": [1, 0, 0], "mgr:M2": [1, 0, 0]})).json()
    assert page["drop"] == ["mgr:M2", "terr:T2"]
    assert set(page["scopes"]) <= {"terr:T1", "mgr:M1", "ref:catalogue"}
    text = laptop.post("/v1/pull", laptop.pull_request()).text
    assert served.world.customers["C21"] not in text
    assert "Shop C2" not in text


def test_a_colleague_s_customer_cannot_be_changed_nor_its_existence_be_found_out(
    served: Served, laptop: HttpLaptop
) -> None:
    theirs, nobody_s = served.world.customers["C21"], key()
    ops = [laptop.op("patch", "customer", one, {"opening_hours": "0-24"}, 1) for one in (theirs, nobody_s)]
    results = laptop.post("/v1/push", laptop.push_request(*ops)).json()["results"]
    told = [{name: value for name, value in result.items() if name not in {"no", "id"}} for result in results]
    nothing = {"version": None, "row": None, "scope": None, "deleted": False, "conflicts": []}
    assert told[0] == told[1] == nothing | {"status": "parked", "reason": "unknown_row"}
    assert served.world.value("customer", theirs, "opening_hours") == "8-20"


def test_a_colleague_s_upload_and_photo_do_not_exist_for_others(served: Served, laptop: HttpLaptop) -> None:
    colleague = served.laptop("M2")
    picture = b"a picture" * 100
    digest = hashlib.sha256(picture).hexdigest()
    visit, photo = key(), key()
    values = {
        "visit_id": visit,
        "sha256": digest,
        "added_at": NOW.isoformat(),
        "width": 1,
        "height": 1,
        "byte_size": 900,
    }
    ops = [
        colleague.op("insert", "visit", visit, visit_values(served.world.customers["C21"])),
        colleague.op("insert", "photo", photo, values),
    ]
    assert colleague.post("/v1/push", colleague.push_request(*ops)).status_code == 200
    body = {"sha256": digest, "photo": photo, "kind": "full", "size": len(picture)}
    upload = colleague.post("/v1/blobs", body | {"replica": colleague.replica}).json()["upload"]
    assert laptop.post("/v1/blobs", body | {"replica": laptop.replica}).status_code == 404
    assert laptop.call("HEAD", f"/v1/blobs/{upload}").status_code == 404
    assert laptop.call("PATCH", f"/v1/blobs/{upload}", picture, {"Upload-Offset": "0"}).status_code == 404
    stored = colleague.call("PATCH", f"/v1/blobs/{upload}", picture, {"Upload-Offset": "0"})
    assert stored.json()["stored"] is True
    assert laptop.call("GET", f"/v1/blobs/{digest}").status_code == 404
    assert laptop.call("GET", f"/v1/blobs/{_HASH}").status_code == 404


def test_a_token_needs_the_refresh_token_and_the_key_together(served: Served, laptop: HttpLaptop) -> None:
    request, colleague = laptop.token_request(), served.laptop("M2")
    foreign_key = Ed25519PrivateKey.generate().sign(f"{laptop.replica}\x1f{request['moment']}".encode())
    tries = [
        {"refresh_token": colleague.refresh_token},
        {"refresh_token": ""},
        {"proof": base64.b64encode(foreign_key).decode()},
        {"proof": "not base64 ☃"},
        {"moment": (NOW + timedelta(seconds=1)).isoformat()},
        {"replica": colleague.replica},
        {"replica": key()},
    ]
    for change in tries:
        told = laptop.post("/v1/token", request | change)
        assert (told.status_code, told.json()["error"]) == (401, "token"), change


def test_nothing_secret_lies_in_the_database_as_it_was_given(served: Served, laptop: HttpLaptop) -> None:
    with served.world.database.read() as session:
        held = session.scalars(select(AccessToken.hash)).all()
        row = session.get_one(Replica, laptop.replica)
        assert laptop.access_token not in held
        assert laptop.refresh_token != row.refresh_hash
        assert all(len(one) == 64 for one in held)


def test_tokens_fit_into_the_keyring_of_every_system(laptop: HttpLaptop) -> None:
    assert len(laptop.refresh_token) < 100
    assert len(laptop.access_token) < 100
