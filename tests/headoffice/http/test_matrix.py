"""Every call × everybody who might make it × everything it can name: a stranger's things are as if they were not."""

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.headoffice import people
from app.sync.core.registry import Policy
from app.sync.protocol import Trouble
from tests.headoffice.http.matrix import CONSOLE, MATRIX, Asked, Objects, calls_of, nothing
from tests.headoffice.http.served import HttpLaptop, Served
from tests.headoffice.world import NOW, declare_policy, key, visit_values
from tests.sync.tally import tally

MARK = "王芳13900001111"
"""Stands in everything of the other manager."""
# Who is not signed in may sign in, and leave (which then does nothing); what the pages are drawn with is no secret.
_OPEN = tuple(f"{CONSOLE}/{one}" for one in ("login", "logout", "static", "assets"))
_BEARER = [call for call, row in MATRIX.items() if row.bearer]


def _send(laptop: HttpLaptop, method: str, asked: Asked) -> httpx2.Response:
    path, body, headers = asked
    return laptop.call(method, path, body, headers)


# ---- the matrix is whole ---------------------------------------------------------------------------------------------
def test_every_call_of_head_office_has_its_row_in_the_matrix(on_sqlite: Served) -> None:
    app = on_sqlite.app
    found = {call for call in calls_of(app) if not call[1].startswith(CONSOLE)}
    assert found == set(MATRIX)


def test_pages_of_the_office_are_for_those_who_have_signed_in(on_sqlite: Served) -> None:
    laptop = on_sqlite.laptop()
    for method, path in calls_of(on_sqlite.app):
        if not path.startswith(CONSOLE) or path.startswith(_OPEN):
            continue
        for headers in ({}, {"Authorization": f"Bearer {laptop.access_token}"}, {"Cookie": "session=x"}):
            told = on_sqlite.http.request(method, re.sub(r"\{[^}]*\}", key(), path), headers=headers)
            assert told.status_code in {302, 303, 307, 401, 403}, (method, path, told.status_code)
            if told.status_code in {302, 303, 307}:
                assert f"{CONSOLE}/login" in told.headers["location"], (method, path)


# ---- who asks --------------------------------------------------------------------------------------------------------
def _without(laptop: HttpLaptop) -> None:
    laptop.access_token = ""


def _wrong(laptop: HttpLaptop) -> None:
    laptop.access_token = laptop.access_token[:-1] + ("A" if laptop.access_token[-1] != "A" else "B")


def _refresh_token_instead(laptop: HttpLaptop) -> None:
    laptop.access_token = laptop.refresh_token


def _worn_out(laptop: HttpLaptop) -> None:
    laptop.served.set_clock(NOW + timedelta(seconds=901))


def _as_a_person_of_the_office(laptop: HttpLaptop) -> None:
    """Have a name and a password in the place of the token: they are for the pages of the office alone."""
    with laptop.served.world.database.write() as session:
        people.add_office_user(session, "chief", "a long password", "chief", NOW)
    laptop.access_token = base64.b64encode(b"chief:a long password").decode()


WHO: dict[str, tuple[Callable[[HttpLaptop], None], str]] = {
    "no token": (_without, "token"),
    "wrong token": (_wrong, "token"),
    "refresh token": (_refresh_token_instead, "token"),
    "worn out": (_worn_out, "token"),
    "people of the office": (_as_a_person_of_the_office, "token"),
    "revoked": (lambda one: _revoke(one, wipe=False), "revoked"),
    "revoked, to be wiped": (lambda one: _revoke(one, wipe=True), "revoked"),
    "revoked and worn out": (lambda one: (_revoke(one, wipe=True), _worn_out(one))[0], "revoked"),
}


def _revoke(laptop: HttpLaptop, *, wipe: bool) -> None:
    with laptop.served.world.database.write() as session:
        people.revoke(session, laptop.replica, NOW, "chief", wipe=wipe)


@pytest.mark.parametrize("who", WHO)
def test_whoever_may_not_ask_gets_one_word_and_nothing_else(on_sqlite: Served, who: str) -> None:
    state, word = WHO[who]
    laptop = on_sqlite.laptop()
    state(laptop)
    before = on_sqlite.world.rows("terr:T1", "mgr:M1")
    for call in _BEARER:
        told = _send(laptop, call[0], MATRIX[call].ask(laptop))
        assert told.status_code == {"token": 401, "revoked": 403}[word], call
        if call[0] != "HEAD":
            said = told.json()
            assert said.pop("error") == word, call
            assert set(said) <= {"detail", "wipe"}, call
            assert said.get("detail", "") in {"", "no token", "unknown", "expired"}, call
    assert on_sqlite.world.rows("terr:T1", "mgr:M1") == before
    tally(f"authorisation: {who}", len(_BEARER))


def test_the_owner_is_answered_by_every_call(on_sqlite: Served) -> None:
    laptop = on_sqlite.laptop()
    for (method, path), row in MATRIX.items():
        wanted = {"/v1/enrol": {401}, "/v1/ack-wipe": {401}}.get(path, {404} if "/blobs" in path else {200})
        told = _send(laptop, method, row.ask(laptop))
        assert told.status_code in wanted, (path, told.status_code, told.text)
        if path == "/v1/renew":  # the laptop goes on under another name
            laptop.replica = told.json()["replica"]
            laptop.take_token()


def test_no_token_is_given_for_a_wrong_proof_or_a_stranger_s_refresh_token(on_sqlite: Served) -> None:
    laptop, colleague = on_sqlite.laptop(), on_sqlite.laptop("M2")
    request = laptop.token_request()
    foreign = Ed25519PrivateKey.generate().sign(f"{laptop.replica}\x1f{request['moment']}".encode())
    tries: list[dict[str, Any]] = [
        {"proof": base64.b64encode(foreign).decode()},
        {"proof": ""},
        {"proof": colleague.token_request()["proof"]},
        {"refresh_token": colleague.refresh_token},
        {"refresh_token": ""},
        {"moment": (NOW + timedelta(seconds=1)).isoformat()},
        {"replica": colleague.replica},
        {"replica": colleague.replica, "refresh_token": colleague.refresh_token},
    ]
    for change in tries:
        told = laptop.post("/v1/token", request | change)
        assert (told.status_code, told.json()["error"]) == (401, "token"), change
    tally("authorisation: wrong proof of the key", len(tries))


def test_a_code_that_was_used_is_old_or_never_was_is_refused_in_the_same_words(on_sqlite: Served) -> None:
    with on_sqlite.world.database.write() as session:
        codes = [people.enrol_code(session, one, NOW) for one in ("M1", "M2")]
        old = people.enrol_code(session, "M2", NOW - timedelta(days=2))
    stranger = HttpLaptop(on_sqlite)
    stranger.enrol(codes[0])
    body = {"public_key": stranger.public_key, "device": "x"}
    told = [stranger.post("/v1/enrol", body | {"code": code}) for code in (codes[0], old, "AAAA-BBBB-CCCC")]
    assert {one.status_code for one in told} == {401}
    assert len({one.content for one in told}) == 1
    assert stranger.enrol(codes[1])["manager"] == "M2"  # nobody's guessing uses it up


# ---- what is named ---------------------------------------------------------------------------------------------------
def _things_of_m2(served: Served) -> Objects:
    """Have the other manager own one of everything, with a mark in each text; return the names."""
    world, colleague = served.world, served.laptop("M2")
    customer = world.customers["C21"]
    world.put("customer", customer, {"shop_name": MARK, "opening_hours": MARK, "mnemonic": MARK})
    picture = MARK.encode() * 100
    digest = hashlib.sha256(picture).hexdigest()
    visit, photo, waiting, count, task = key(), key(), key(), key(), key()
    shown = {"visit_id": visit, "added_at": NOW.isoformat(), "width": 1, "height": 1}
    ops = [
        colleague.op("insert", "visit", visit, visit_values(customer, need_note=MARK)),
        colleague.op("insert", "stock_count", count, {"visit_id": visit, "product_id": world.products[0]}),
        colleague.op("insert", "photo", photo, shown | {"sha256": digest, "byte_size": len(picture)}),
        colleague.op("insert", "photo", waiting, shown | {"sha256": "0" * 64, "byte_size": 200_000}),
        colleague.op("patch", "customer", customer, {"opening_hours": f"{MARK}2"}, 1),
        colleague.op("patch", "customer", customer, {"shop_name": f"{MARK}2"}, 1),
    ]
    results = colleague.post("/v1/push", colleague.push_request(*ops)).json()["results"]
    told = {"replica": colleague.replica, "kind": "full"}
    upload = _announced(colleague, told | {"photo": photo, "sha256": digest, "size": len(picture)})
    assert colleague.call("PATCH", f"/v1/blobs/{upload}", picture, {"Upload-Offset": "0"}).json()["stored"]
    open_one = _announced(colleague, told | {"photo": waiting, "sha256": "0" * 64, "size": 200_000})
    world.put("task", task, {"manager": "M2", "title": MARK, "assigned_by": "chief", "assigned_at": NOW.isoformat()})
    held = world.rows("terr:T2", "mgr:M2")
    found = {table: row for table, row in held if table in {"sync_conflict", "change_proposal"}}
    assert {one["status"] for one in results} == {"applied", "merged", "review"}, results
    assert (
        colleague.post("/v1/receipt", {"replica": colleague.replica, "day": "2026-03-02", "visits": []}).status_code
        == 200
    )
    return Objects(
        "terr:T2", "mgr:M2", customer, visit, photo, task, count, found["sync_conflict"], found["change_proposal"],
        digest, open_one, colleague.replica, results[0]["id"],
    )  # fmt: skip


def _announced(laptop: HttpLaptop, body: dict[str, Any]) -> str:
    return laptop.post("/v1/blobs", body).json()["upload"]


def _told(response: httpx2.Response, laptop: HttpLaptop, named: Objects) -> tuple[object, ...]:
    """Return what an answer tells, without what the request itself said, its number or its moment."""
    text = response.text
    for name in Objects.__dataclass_fields__:
        text = text.replace(getattr(named, name), f"<{name}>")
    text = text.replace(laptop.replica, "<me>")
    text = re.sub(r'"(no|last|last_no|slot_seconds)":\d+', '"no":0', text)
    text = re.sub(r"^[0-9a-f]{8} ", "", text, flags=re.MULTILINE)  # checksums of lines
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<id>", text)
    headers = {name for name in response.headers if name not in {"date", "x-request-id"}}
    return response.status_code, text, frozenset(headers)


def test_what_belongs_to_another_manager_is_answered_as_if_it_were_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare_policy(monkeypatch, "shop_name", Policy.REVIEW)
    theirs = _things_of_m2(served)
    before = served.world.rows("terr:T2", "mgr:M2")
    laptop, other = served.laptop(), served.laptop()
    tried = 0
    for (method, path), row in MATRIX.items():
        for thing, ask in row.objects.items():
            none = nothing()
            foreign, unknown = _send(laptop, method, ask(laptop, theirs)), _send(other, method, ask(other, none))
            assert _told(foreign, laptop, theirs) == _told(unknown, other, none), (path, thing)
            assert MARK not in foreign.text, (path, thing)
            if foreign.status_code >= 400 and foreign.content:
                Trouble.model_validate_json(foreign.content)
            tried += 1
    assert served.world.rows("terr:T2", "mgr:M2") == before
    tally("authorisation: a stranger's object is named", tried)


def test_the_hash_of_a_stranger_s_picture_in_an_own_photo_tells_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare_policy(monkeypatch, "shop_name", Policy.REVIEW)
    theirs, laptop = _things_of_m2(served), served.laptop()
    visit, answers = key(), []
    push = laptop.push_request(laptop.op("insert", "visit", visit, visit_values(served.world.customers["C11"])))
    assert laptop.post("/v1/push", push).status_code == 200
    for digest in (theirs.sha256, nothing().sha256):
        photo = key()
        values = {
            "visit_id": visit,
            "sha256": digest,
            "added_at": NOW.isoformat(),
            "width": 1,
            "height": 1,
            "byte_size": 9,
        }
        assert (
            laptop.post("/v1/push", laptop.push_request(laptop.op("insert", "photo", photo, values))).status_code == 200
        )
        body = {"replica": laptop.replica, "sha256": digest, "photo": photo, "kind": "full", "size": 900}
        told = laptop.post("/v1/blobs", body).json()
        answers.append((told["stored"], told["offset"]))
        assert laptop.call("GET", f"/v1/blobs/{digest}").status_code == 404
    assert answers == [(False, 0), (False, 0)]
