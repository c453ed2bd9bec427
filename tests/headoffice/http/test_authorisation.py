"""What a colleague has does not exist for others, and nothing secret lies about; test_matrix.py asks every call."""

import hashlib

from sqlalchemy import select

from app.headoffice.access_models import AccessToken
from app.headoffice.models import Replica
from tests.headoffice.http.served import HttpLaptop, Served
from tests.headoffice.world import NOW, key, visit_values

_HASH = hashlib.sha256(b"").hexdigest()


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
