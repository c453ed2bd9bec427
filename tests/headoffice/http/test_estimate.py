"""The estimate: what a pull would bring is told without bringing it, and only of what this manager was given."""

import gzip
import json
import secrets
from contextlib import ExitStack
from typing import Any

import pytest

from app.headoffice.admission import Admission, Lane
from app.headoffice.http_problems import NoPlace
from app.sync.protocol import ASKED_HEADER, BY_A_PERSON
from tests.headoffice.http.served import HttpLaptop, Served
from tests.headoffice.world import customer_values, key


def _told(laptop: HttpLaptop, **changes: Any) -> dict[str, Any]:
    response = laptop.post("/v1/estimate", laptop.pull_request(**changes))
    assert response.status_code == 200, response.text
    return response.json()


def _pulled(laptop: HttpLaptop, cursors: dict[str, Any] | None = None) -> dict[str, Any]:
    return laptop.post("/v1/pull", laptop.pull_request(cursors=cursors or {})).json()


def _counts(answer: dict[str, Any]) -> dict[str, dict[str, int]]:
    scopes: dict[str, dict[str, Any]] = answer["scopes"]
    return {scope: {t: len(page["rows"]) for t, page in one["rows"].items()} for scope, one in scopes.items()}


def test_the_estimate_counts_what_the_pull_then_brings(served: Served, laptop: HttpLaptop) -> None:
    first = _told(laptop)
    brought = _pulled(laptop)
    assert {scope: one["rows"] for scope, one in first["scopes"].items() if one["rows"]} == _counts(brought)
    assert all(one["reset"] for one in first["scopes"].values())
    served.world.put("customer", served.world.customers["C11"], {"opening_hours": "7-21"})
    served.world.move("C12", "T2")
    again = _told(laptop, cursors=brought["cursors"])
    assert again["scopes"] == {"terr:T1": {"rows": {"customer": 1}, "exits": 1, "reset": False}}
    assert len(_pulled(laptop, brought["cursors"])["scopes"]["terr:T1"]["exits"]) == 1


def test_asking_changes_nothing_and_gives_the_probe_back(served: Served, laptop: HttpLaptop) -> None:
    probe = secrets.token_urlsafe(24 << 10)
    before = served.world.rows("terr:T1", "ref:catalogue", "mgr:M1")
    told = [_told(laptop, probe=probe) for _ in range(2)]
    assert told[0] == told[1]
    assert told[0]["probe"] == probe
    assert served.world.rows("terr:T1", "ref:catalogue", "mgr:M1") == before


def test_the_bytes_are_near_to_those_that_come(on_sqlite: Served) -> None:
    world = on_sqlite.world
    for number in range(90):
        world.put("customer", key(), customer_values(f"N{number}"), scope="terr:T1")
    laptop = on_sqlite.laptop()
    told = _told(laptop)
    brought = laptop.post("/v1/pull", laptop.pull_request(), headers={"Accept-Encoding": "identity"}).content
    assert told["bytes"] == pytest.approx(len(brought), rel=0.15)
    assert told["packed"] == pytest.approx(len(gzip.compress(brought, 5)), rel=0.25)


def test_nothing_is_told_of_what_was_not_given(served: Served, laptop: HttpLaptop) -> None:
    foreign = {"terr:T2": (1, 0, 0), "mgr:M2": (1, 0, 0), "terr:nowhere": (1, 0, 0)}
    alone, asked = _told(laptop), _told(laptop, cursors=foreign)
    assert asked["scopes"] == alone["scopes"]
    assert (asked["bytes"], asked["packed"]) == (alone["bytes"], alone["packed"])
    assert asked["drop"] == sorted(foreign)  # as a pull says it, of a scope that exists and of one that does not
    before = _told(laptop)
    for number in range(20):
        served.world.put("customer", key(), customer_values(f"F{number}"), scope="terr:T2")
    assert _told(laptop) == before
    assert "terr:T2" not in json.dumps(before["scopes"])


def test_a_laptop_in_front_of_which_a_person_waits_has_places_of_its_own() -> None:
    admission = Admission(8)
    with ExitStack() as inside:
        for _ in range(6):
            inside.enter_context(admission.enter(Lane.PUSH))
        with pytest.raises(NoPlace):
            inside.enter_context(admission.enter(Lane.PUSH))
        for _ in range(2):
            inside.enter_context(admission.enter(Lane.FIRST_LOAD, asked=True))
        with pytest.raises(NoPlace):
            inside.enter_context(admission.enter(Lane.PUSH, asked=True))
        assert admission.taken == 8
    assert admission.taken == 0
    with ExitStack() as inside:  # where the places of everybody are free, persons may take them too
        for _ in range(8):
            inside.enter_context(admission.enter(Lane.PUSH, asked=True))


def test_the_header_opens_the_kept_places_to_push_pull_and_estimate(on_sqlite: Served) -> None:
    laptop = on_sqlite.laptop()
    on_sqlite.office.admission = Admission(4)
    asked = {ASKED_HEADER: BY_A_PERSON}
    calls = {"push": laptop.push_request(), "pull": laptop.pull_request(), "estimate": laptop.pull_request()}
    with ExitStack() as inside:
        for _ in range(3):
            inside.enter_context(on_sqlite.office.admission.enter(Lane.PUSH))
        for path, body in calls.items():
            assert laptop.post(f"/v1/{path}", body).status_code == 503, path
            assert laptop.post(f"/v1/{path}", body, headers={ASKED_HEADER: "robot"}).status_code == 503, path
            assert laptop.post(f"/v1/{path}", body, headers=asked).status_code == 200, path
