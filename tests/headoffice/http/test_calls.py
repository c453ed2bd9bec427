"""Every call of the protocol over HTTP, on both databases, as a laptop makes them in an evening."""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.headoffice import parked, people
from app.headoffice.models import AuditEntry, Replica
from app.sync.protocol import EPOCH_HEADER, EnrolAnswer, HelloAnswer, PullAnswer, PushAnswer, ReceiptAnswer
from tests.headoffice.http.served import HttpLaptop, Served
from tests.headoffice.world import NOW, key, visit_values


def test_a_one_time_code_gives_a_laptop_its_identity(served: Served) -> None:
    laptop = HttpLaptop(served)
    with served.world.database.write() as session:
        code = people.enrol_code(session, "M1", NOW)
    told = EnrolAnswer.model_validate(laptop.enrol(code.lower()))
    assert (told.manager, told.manager_name, told.territory) == ("M1", "Li", "T1")
    assert len(base64.b64decode(told.office_key)) == 32
    assert told.epoch == served.world.database.epoch()
    again = laptop.post("/v1/enrol", {"code": code, "public_key": laptop.public_key, "device": "x"})
    assert (again.status_code, again.json()["error"]) == (401, "token")


def test_hello_tells_limits_time_slot_and_lease_and_notes_the_clock(served: Served, laptop: HttpLaptop) -> None:
    late = {"wall": (NOW - timedelta(hours=3)).isoformat(), "mono": 0}
    response = laptop.post("/v1/hello", laptop.hello_request(clock=late))
    told = HelloAnswer.model_validate(response.json())
    assert told.epoch == response.headers[EPOCH_HEADER] == served.world.database.epoch()
    assert datetime.fromisoformat(told.server_time) == NOW
    assert datetime.fromisoformat(told.lease_until) == NOW + timedelta(days=14)
    assert 0 <= told.slot_seconds < 45 * 60
    assert told.limits.operations == 500
    with served.world.database.read() as session:
        row = session.get_one(Replica, laptop.replica)
        assert (row.clock_offset, row.app) == (3 * 3600, "0.1.0")


def test_a_visit_that_is_pushed_comes_down_to_the_manager_s_other_laptop(served: Served, laptop: HttpLaptop) -> None:
    visit, customer = key(), served.world.customers["C11"]
    op = laptop.op("insert", "visit", visit, visit_values(customer))
    pushed = PushAnswer.model_validate(laptop.post("/v1/push", laptop.push_request(op), packed=True).json())
    assert [result.status for result in pushed.results] == ["applied"]
    other = served.laptop()
    response = other.post("/v1/pull", other.pull_request())
    assert response.headers["content-encoding"] == "gzip"
    page = PullAnswer.model_validate(response.json())
    assert page.done
    assert visit in {row[0] for row in page.scopes["terr:T1"].rows["visit"].rows}


def test_the_same_push_again_over_the_line_has_the_same_verdict(served: Served, laptop: HttpLaptop) -> None:
    body = laptop.push_request(laptop.op("insert", "visit", key(), visit_values(served.world.customers["C11"])))
    first, second = (laptop.post("/v1/push", body).json() for _ in range(2))
    assert first == second


def test_a_first_load_of_one_scope_comes_page_by_page_and_ends_with_a_cursor(
    served: Served, laptop: HttpLaptop
) -> None:
    seen: list[str] = []
    query, done, cursor = "limit=1", False, (0, 0, 0)
    while not done:
        page = PullAnswer.model_validate(laptop.call("GET", f"/v1/snapshot/terr:T1?{query}").json())
        assert set(page.scopes) <= {"terr:T1"}
        assert set(page.cursors) == {"terr:T1"}
        assert page.done or page.cursors["terr:T1"] > cursor
        seen += [row[0] for row in page.scopes["terr:T1"].rows["customer"].rows] if page.scopes else []
        done, cursor = page.done, page.cursors["terr:T1"]
        query = "limit=1&grant={}&seq={}&boot={}".format(*cursor)
    assert sorted(seen) == sorted(served.world.customers[code] for code in ("C11", "C12"))
    whole = PullAnswer.model_validate(laptop.post("/v1/pull", laptop.pull_request()).json())
    assert cursor == whole.cursors["terr:T1"]


def _photo(served: Served, laptop: HttpLaptop, picture: bytes) -> str:
    """Push a visit with a photo row; return the photo's key."""
    visit, photo = key(), key()
    digest = hashlib.sha256(picture).hexdigest()
    values = {
        "visit_id": visit, "sha256": digest, "added_at": NOW.isoformat(), "width": 10, "height": 10,
        "byte_size": len(picture),
    }  # fmt: skip
    ops = [
        laptop.op("insert", "visit", visit, visit_values(served.world.customers["C11"])),
        laptop.op("insert", "photo", photo, values),
    ]
    results = laptop.post("/v1/push", laptop.push_request(*ops)).json()["results"]
    assert [result["status"] for result in results] == ["applied", "applied"], results
    return photo


def test_a_photo_goes_up_in_chunks_from_where_it_stands_and_comes_down_in_ranges(
    served: Served, laptop: HttpLaptop
) -> None:
    picture = bytes(range(256)) * 600
    digest = hashlib.sha256(picture).hexdigest()
    photo = _photo(served, laptop, picture)
    body = {"replica": laptop.replica, "sha256": digest, "photo": photo, "kind": "full", "size": len(picture)}
    upload = laptop.post("/v1/blobs", body).json()["upload"]
    first = laptop.call("PATCH", f"/v1/blobs/{upload}", picture[:65536], {"Upload-Offset": "0"})
    assert first.json() == {"upload": upload, "offset": 65536, "stored": False}
    assert laptop.call("HEAD", f"/v1/blobs/{upload}").headers["upload-offset"] == "65536"
    wrong = laptop.call("PATCH", f"/v1/blobs/{upload}", picture[:65536], {"Upload-Offset": "0"})
    assert (wrong.status_code, wrong.json()) == (409, {"error": "offset", "offset": 65536})
    last = laptop.call("PATCH", f"/v1/blobs/{upload}", picture[65536:], {"Upload-Offset": "65536"})
    assert last.json()["stored"] is True
    assert laptop.post("/v1/blobs", body).json()["stored"] is True
    assert laptop.call("GET", f"/v1/blobs/{digest}").content == picture
    part = laptop.call("GET", f"/v1/blobs/{digest}", headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, picture[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(picture)}"
    rest = laptop.call("GET", f"/v1/blobs/{digest}", headers={"Range": "bytes=153000-"})
    assert (rest.status_code, rest.content) == (206, picture[153000:])


def test_the_receipt_names_a_visit_that_never_came(laptop: HttpLaptop) -> None:
    missing = key()
    visits = [{"id": missing, "serial": 1, "rows": 1, "digest": "0", "photos": []}]
    body = {"replica": laptop.replica, "day": "2026-03-02", "visits": visits}
    told = ReceiptAnswer.model_validate(laptop.post("/v1/receipt", body).json())
    assert not told.agreed
    assert told.missing_visits == (missing,)


def test_a_laptop_asks_what_became_of_a_record_that_was_parked(served: Served, laptop: HttpLaptop) -> None:
    visit = laptop.op("insert", "visit", key(), visit_values(key()), 0)
    [parked_one] = laptop.post("/v1/push", laptop.push_request(visit)).json()["results"]
    asked = {"replica": laptop.replica, "ids": [parked_one["id"], key()]}
    waits = {"id": parked_one["id"], "status": "parked", "reason": "unknown_parent"}
    assert laptop.post("/v1/verdicts", asked).json() == {"results": [waits]}
    with served.world.database.write() as session:
        parked.drop(session, laptop.replica, parked_one["no"], "重复")
    told = waits | {"status": "invalid", "reason": "dropped_by_office: 重复"}
    assert laptop.post("/v1/verdicts", asked).json() == {"results": [told]}
    assert laptop.post("/v1/verdicts", asked | {"ids": [key()] * 501}).status_code == 422


def test_a_laptop_gets_another_replica_after_a_fork_and_goes_on_with_the_same_key(
    served: Served, laptop: HttpLaptop
) -> None:
    old = laptop.replica
    laptop.replica = laptop.post("/v1/renew", {"replica": old}).json()["replica"]
    assert laptop.replica != old
    laptop.take_token()
    assert laptop.post("/v1/hello", laptop.hello_request()).status_code == 200
    body = laptop.push_request(laptop.op("insert", "visit", key(), visit_values(served.world.customers["C11"])))
    assert laptop.post("/v1/push", body).json()["last"] == 1


def test_diagnostics_are_numbers_and_nothing_else(laptop: HttpLaptop) -> None:
    body = {"replica": laptop.replica, "app": "0.1.0", "counts": {"outbox": 3, "quarantine": 0}}
    assert laptop.post("/v1/diag", body).json() == {}
    assert laptop.post("/v1/diag", body | {"counts": {"outbox": "王先生"}}).status_code == 422


@pytest.mark.parametrize("shows", ["its token", "its proof", "both"])
def test_a_revoked_laptop_is_told_to_wipe_and_its_receipt_is_taken(
    served: Served, laptop: HttpLaptop, shows: str
) -> None:
    with served.world.database.write() as session:
        people.revoke(session, laptop.replica, NOW, "chief", wipe=True)
    told = laptop.post("/v1/hello", laptop.hello_request())
    assert (told.status_code, told.json()) == (403, {"error": "revoked", "wipe": True})
    request = laptop.token_request()
    if shows == "its proof":
        laptop.access_token = ""
        refused = laptop.post("/v1/token", request)
        assert (refused.status_code, refused.json()) == (403, {"error": "revoked", "wipe": True})
    assert laptop.post("/v1/ack-wipe", {"replica": laptop.replica} if shows == "its token" else request).json() == {}
    with served.world.database.read() as session:
        assert session.get_one(Replica, laptop.replica).wiped_at == NOW


def test_a_laptop_that_was_not_revoked_cannot_say_that_it_has_wiped_itself(laptop: HttpLaptop) -> None:
    assert laptop.post("/v1/ack-wipe", {"replica": laptop.replica}).status_code == 401
    request = laptop.token_request()
    laptop.access_token = ""
    assert laptop.post("/v1/ack-wipe", request).status_code == 401


def _farewell(laptop: HttpLaptop, **changes: Any) -> dict[str, Any]:
    epoch = laptop.served.world.database.epoch()
    return laptop.token_request() | {"last_no": laptop.next_no - 1, "epoch": epoch} | changes


def test_a_laptop_that_is_given_back_is_served_no_more_and_may_say_so_again(served: Served, laptop: HttpLaptop) -> None:
    laptop.post("/v1/push", laptop.push_request(laptop.op("patch", "customer", served.world.customers["C11"], {})))
    again = laptop.post("/v1/renew", {"replica": laptop.replica}).json()["replica"]
    for _ in range(2):
        assert laptop.post("/v1/farewell", _farewell(laptop)).json() == {}
    with served.world.database.read() as session:
        states = {one: session.get_one(Replica, one) for one in (laptop.replica, again)}
        assert [(one.state, one.left_at) for one in states.values()] == [("left", NOW)] * 2
        deeds = session.scalars(select(AuditEntry.deed).where(AuditEntry.subject == laptop.replica)).all()
        assert deeds.count("leave") == 1
    assert laptop.post("/v1/hello", laptop.hello_request()).status_code == 401, "its token is dead"
    for replica in (laptop.replica, again):
        request = laptop.token_request() | {"replica": replica}
        assert laptop.post("/v1/token", request).status_code == 401, "and there is no other one"


def test_a_farewell_is_not_taken_while_head_office_lacks_something(served: Served, laptop: HttpLaptop) -> None:
    told = laptop.post("/v1/farewell", _farewell(laptop, last_no=7))
    assert (told.status_code, told.json()) == (409, {"error": "gap", "last": 0})
    told = laptop.post("/v1/farewell", _farewell(laptop, epoch="of another day"))
    assert (told.status_code, told.json()["error"]) == (410, "epoch_changed")
    assert laptop.post("/v1/farewell", _farewell(laptop, refresh_token="x" * 43)).status_code == 401
    assert laptop.post("/v1/farewell", _farewell(laptop, proof="")).status_code == 401
    with served.world.database.read() as session:
        assert session.get_one(Replica, laptop.replica).state == "active"
    assert laptop.post("/v1/hello", laptop.hello_request()).status_code == 200


def test_a_laptop_that_is_to_wipe_itself_hears_so_at_its_farewell(served: Served, laptop: HttpLaptop) -> None:
    with served.world.database.write() as session:
        people.revoke(session, laptop.replica, NOW, "chief", wipe=True)
    told = laptop.post("/v1/farewell", _farewell(laptop))
    assert (told.status_code, told.json()) == (403, {"error": "revoked", "wipe": True})


def test_openapi_lists_every_call_and_its_messages(on_sqlite: Served) -> None:
    told = on_sqlite.http.get("/openapi.json").json()
    calls = {
        "/v1/enrol", "/v1/token", "/v1/hello", "/v1/push", "/v1/pull", "/v1/snapshot/{scope}", "/v1/blobs",
        "/v1/blobs/{upload}", "/v1/blobs/{sha256}", "/v1/receipt", "/v1/renew", "/v1/ack-wipe", "/v1/diag",
        "/health", "/ready", "/metrics",
        "/v1/round", "/v1/farewell", "/v1/estimate", "/v1/verdicts", "/v1/blobs/of/{photo}/{kind}",
    }  # fmt: skip
    assert calls == set(told["paths"])
    body = told["paths"]["/v1/push"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/PushRequest"}
    references = {part.split('"')[0] for part in json.dumps(told).split("#/components/schemas/")[1:]}
    assert references <= set(told["components"]["schemas"])


def test_whoever_watches_sees_life_readiness_and_figures(served: Served, laptop: HttpLaptop) -> None:
    laptop.post("/v1/push", laptop.push_request())
    assert served.http.get("/health").json() == {"status": "ok"}
    assert served.http.get("/ready").json()["status"] == "ready"
    figures = served.http.get("/metrics").text
    assert 'zoufang_requests_total{call="POST /v1/push",status="200"} 1.0' in figures


def test_answers_are_packed_only_for_those_who_take_them_so(laptop: HttpLaptop) -> None:
    plain = laptop.post("/v1/pull", laptop.pull_request(), headers={"Accept-Encoding": "identity"})
    packed = laptop.post("/v1/pull", laptop.pull_request(), headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.json() == packed.json()


def test_a_proof_with_the_clock_of_2031_is_taken_and_one_used_before_tells_the_time(
    laptop: HttpLaptop,
) -> None:
    laptop.take_token(datetime(2031, 1, 1, tzinfo=UTC))
    laptop.take_token(datetime(2031, 1, 2, tzinfo=UTC))
    replayed = laptop.post("/v1/token", laptop.token_request(datetime(2031, 1, 1, tzinfo=UTC)))
    assert replayed.status_code == 401
    told = replayed.json()["detail"].removeprefix("moment ")
    laptop.take_token(datetime.fromisoformat(told))
