"""The closed set of errors: each one as a laptop meets it, with what it needs to go on."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from app.headoffice import errors, usage
from app.headoffice.admission import Admission, Lane, Throttle
from app.headoffice.http_problems import NoPlace
from app.headoffice.problems import OfficeProblem
from app.headoffice.registry import OLDEST_SCHEMA, PUSHED_LONGER
from app.sync.protocol import EPOCH_HEADER, Trouble
from tests.headoffice.http.served import HttpLaptop, Served
from tests.headoffice.world import NOW, key, visit_values


def _visit(served: Served, laptop: HttpLaptop) -> dict[str, object]:
    return laptop.op("insert", "visit", key(), visit_values(served.world.customers["C11"]))


def test_another_operation_under_a_known_number_is_a_fork(served: Served, laptop: HttpLaptop) -> None:
    laptop.post("/v1/push", laptop.push_request(_visit(served, laptop)))
    laptop.next_no = 1
    told = laptop.post("/v1/push", laptop.push_request(_visit(served, laptop)))
    assert (told.status_code, told.json()) == (409, {"error": "forked"})


def test_a_gap_tells_the_last_number_that_is_known(served: Served, laptop: HttpLaptop) -> None:
    laptop.next_no = 5
    told = laptop.post("/v1/push", laptop.push_request(_visit(served, laptop)))
    assert (told.status_code, told.json()) == (409, {"error": "gap", "last": 0})


def test_the_epoch_of_another_database_is_answered_with_the_present_one(laptop: HttpLaptop) -> None:
    told = laptop.post("/v1/pull", laptop.pull_request(), headers={EPOCH_HEADER: "of before"})
    assert told.status_code == 410
    assert told.json() == {"error": "epoch_changed", "epoch": told.headers[EPOCH_HEADER]}


def test_a_restored_database_is_seen_by_a_laptop_that_holds_a_token(served: Served, laptop: HttpLaptop) -> None:
    before = laptop.post("/v1/pull", laptop.pull_request()).headers[EPOCH_HEADER]
    served.world.database.renew_epoch()
    served.office.forget_epoch()
    assert laptop.post("/v1/pull", laptop.pull_request()).headers[EPOCH_HEADER] != before
    assert laptop.post("/v1/pull", laptop.pull_request(), headers={EPOCH_HEADER: before}).status_code == 410


@pytest.mark.parametrize("packed", [True, False])
def test_a_body_above_the_limit_is_too_large_and_tells_the_limits(laptop: HttpLaptop, packed: bool) -> None:
    told = laptop.post("/v1/push", b" " * ((1 << 20) + 1), packed=packed)
    assert told.status_code == 413
    assert told.json()["error"] == "too_large"
    assert told.json()["limits"] == {
        "operations": 500, "bytes": 1 << 20, "rows": 5000, "chunk": 256 << 10, "blob": 8 << 20,
    }  # fmt: skip


def test_what_breaks_the_protocol_is_malformed_and_nothing_of_it_is_applied(served: Served, laptop: HttpLaptop) -> None:
    good, bad = _visit(served, laptop), _visit(served, laptop)
    told = laptop.post("/v1/push", laptop.push_request(good, bad | {"kind": "drop"}))
    assert (told.status_code, told.json()) == (
        422, {"error": "malformed", "detail": "ops.1.kind: literal_error"},
    )  # fmt: skip
    laptop.next_no = 1
    assert laptop.post("/v1/push", laptop.push_request(_visit(served, laptop))).status_code == 200


def test_a_text_in_a_malformed_request_is_not_repeated_to_anybody(
    laptop: HttpLaptop, caplog: pytest.LogCaptureFixture
) -> None:
    told = laptop.post("/v1/hello", laptop.hello_request(protocol="王芳的店"))
    assert told.status_code == 422
    assert "王芳" not in told.text + caplog.text


@pytest.mark.parametrize(
    ("change", "least"), [({"protocol": 2}, 1), ({"schema_version": OLDEST_SCHEMA - PUSHED_LONGER - 1}, OLDEST_SCHEMA)]
)
def test_a_laptop_that_is_too_old_or_speaks_another_protocol_must_upgrade(
    laptop: HttpLaptop, change: dict[str, int], least: int
) -> None:
    told = laptop.post("/v1/hello", laptop.hello_request(**change))
    assert (told.status_code, told.json()) == (426, {"error": "upgrade_required", "min": least})


def test_above_its_quota_a_laptop_is_served_once_a_minute_and_nothing_is_lost(
    served: Served, laptop: HttpLaptop
) -> None:
    served.settings(day_operations=0, slow_seconds=60)
    bodies = [laptop.push_request(_visit(served, laptop)) for _ in range(3)]
    assert laptop.post("/v1/push", bodies[0]).status_code == 200
    assert laptop.post("/v1/push", bodies[1]).status_code == 200
    told = laptop.post("/v1/push", bodies[2])
    assert (told.status_code, told.json(), told.headers["retry-after"]) == (429, {"error": "slow_down"}, "60")
    served.set_clock(served.world.tick(61))
    assert laptop.post("/v1/push", bodies[2]).json()["last"] == 3


def test_guessing_codes_is_slowed_down(served: Served) -> None:
    served.office.throttle = Throttle(3)
    laptop = HttpLaptop(served)
    body = {"code": "AAAA-BBBB-CCCC", "public_key": laptop.public_key, "device": "x"}
    assert [laptop.post("/v1/enrol", body).status_code for _ in range(4)] == [401, 401, 401, 429]


def test_without_a_place_a_request_is_told_to_come_again(served: Served, laptop: HttpLaptop) -> None:
    served.office.admission = Admission(2)
    body = laptop.push_request(_visit(served, laptop))
    with served.office.admission.enter(Lane.PUSH), served.office.admission.enter(Lane.PUSH):
        told = laptop.post("/v1/push", body)
        assert (told.status_code, told.json()) == (503, {"error": "busy"})
        assert int(told.headers["retry-after"]) >= 1
    assert laptop.post("/v1/push", body).status_code == 200


def test_too_many_open_requests_are_turned_away_at_the_door(served: Served, laptop: HttpLaptop) -> None:
    served.settings(open_requests=0)
    told = laptop.post("/v1/hello", laptop.hello_request())
    assert (told.status_code, told.json()) == (503, {"error": "busy"})
    assert told.headers[EPOCH_HEADER]


def test_an_unforeseen_error_is_busy_and_its_log_names_the_request_and_no_data(
    served: Served, laptop: HttpLaptop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("王芳")

    monkeypatch.setattr(usage, "count", broken)
    told = laptop.post("/v1/push", laptop.push_request(_visit(served, laptop)))
    assert (told.status_code, told.json()) == (503, {"error": "busy"})
    record = next(one for one in caplog.records if one.getMessage() == "unforeseen")
    assert record.__dict__["facts"]["request"] == told.headers["x-request-id"]


def test_what_is_no_call_is_not_found(on_sqlite: Served) -> None:
    assert on_sqlite.http.get("/v1/nothing").json() == {"error": "not_found"}
    wrong = on_sqlite.http.delete("/v1/push")
    assert (wrong.status_code, wrong.json(), wrong.headers["allow"]) == (405, {"error": "not_found"}, "POST")
    assert on_sqlite.http.get("/../../etc/passwd").status_code == 404


def test_every_error_that_head_office_can_answer_belongs_to_the_closed_set() -> None:
    for kind in _kinds(OfficeProblem):
        problem = kind.__new__(kind)
        problem.__dict__.update({"last": 1, "wipe": True, "least": 1, "after": 1.0, "offset": 1, "epoch": "e"})
        Trouble.model_validate_json(bytes(errors.answer_for(problem).body))


def _kinds(kind: type[OfficeProblem]) -> list[type[OfficeProblem]]:
    return [kind, *(one for below in kind.__subclasses__() for one in _kinds(below))]


def test_photos_leave_room_for_the_day_s_work() -> None:
    admission = Admission(10)
    with ExitStack() as inside:
        for _ in range(3):
            inside.enter_context(admission.enter(Lane.PHOTO))
        with pytest.raises(NoPlace):
            inside.enter_context(admission.enter(Lane.PHOTO))
        for _ in range(5):  # two of the ten are kept for laptops in front of which a person waits
            inside.enter_context(admission.enter(Lane.PUSH))
        with pytest.raises(NoPlace):
            inside.enter_context(admission.enter(Lane.PUSH))
    assert admission.taken == 0


def test_eight_rounds_at_once_wait_for_their_turn_and_none_is_refused() -> None:
    admission, all_inside = Admission(12, patience=60), threading.Event()

    def one_round() -> bool:
        with admission.enter(Lane.PULL):
            return all_inside.wait(60)

    with ThreadPoolExecutor(8) as crew:
        rounds = [crew.submit(one_round) for _ in range(8)]
        while (admission.taken, admission.waiting) != (6, 2):
            threading.Event().wait(0.005)
        all_inside.set()
        assert all(one.result(60) for one in rounds)
    assert (admission.taken, admission.waiting) == (0, 0)


def test_of_those_who_wait_there_are_few_and_not_for_ever() -> None:
    admission, over = Admission(4, patience=60), threading.Event()

    def one_photo() -> bool:
        with admission.enter(Lane.PHOTO):
            return over.wait(60)

    with ThreadPoolExecutor(3) as crew:
        photos = [crew.submit(one_photo) for _ in range(3)]
        while (admission.taken, admission.waiting) != (1, 2):
            threading.Event().wait(0.005)
        with pytest.raises(NoPlace), admission.enter(Lane.PHOTO):
            pass
        with admission.enter(Lane.PUSH):  # the day's work does not stand behind them
            over.set()
        assert all(one.result(60) for one in photos)
    brief = Admission(1, patience=0.01)
    with brief.enter(Lane.PUSH), pytest.raises(NoPlace), brief.enter(Lane.PUSH):
        pass


def test_the_wait_grows_with_those_who_were_turned_away_and_is_spread() -> None:
    admission = Admission(1)
    waits: list[float] = []
    with admission.enter(Lane.PUSH):
        for _ in range(200):
            with pytest.raises(NoPlace) as problem, admission.enter(Lane.PUSH):
                pass
            waits.append(problem.value.after)
    assert max(waits[-50:]) > max(waits[:5])
    assert min(waits) >= 0.5
    assert len(set(waits[-50:])) == 50


def test_a_revoked_laptop_is_refused_by_every_call(served: Served, laptop: HttpLaptop) -> None:
    from app.headoffice import people

    with served.world.database.write() as session:
        people.revoke(session, laptop.replica, NOW, "chief")
    for path in ("hello", "push", "pull", "blobs", "receipt", "renew", "diag"):
        told = laptop.post(f"/v1/{path}", {})
        assert (told.status_code, told.json()) == (403, {"error": "revoked", "wipe": False})


def test_many_laptops_at_once_meet_nothing_but_a_polite_503_and_all_get_through(served: Served) -> None:
    served.office.admission = Admission(2)
    laptops = [served.laptop() for _ in range(6)]

    def evening(laptop: HttpLaptop) -> list[int]:
        """Push one visit, again and again until it is taken, as a laptop does after each Retry-After."""
        body, met = laptop.push_request(_visit(served, laptop)), [0]
        while met[-1] != 200:
            response = laptop.post("/v1/push", body)
            met.append(response.status_code)
            assert response.status_code == 200 or int(response.headers["retry-after"]) >= 1
        return met[1:]

    with ThreadPoolExecutor(len(laptops)) as pool:
        met = [status for statuses in pool.map(evening, laptops) for status in statuses]
    assert set(met) <= {200, 503}
    assert met.count(200) == len(laptops)
    visits = [row for table, row in served.world.rows("terr:T1") if table == "visit"]
    assert len(visits) == len(laptops)
