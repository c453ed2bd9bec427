"""A round that is opened by one call comes to the same as one whose calls are made one by one, come what may."""

import random
from collections.abc import Generator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest
from sqlalchemy.orm import Session
from typing_extensions import override

from app.headoffice.writer import SyncWriter
from app.runtime.ids import new_id
from app.storage.facts import put_fact
from app.sync.engine import Outcome
from app.sync.state import OFFSET, read_identity
from tests.sync.faults.field_work import FieldLaptop, FieldOffice
from tests.sync.faults.test_faulty_transport import over_the_wire, served

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


class _Watched(httpx2.BaseTransport):
    """Writes down which calls are made; `unknown` are such as this head office does not have."""

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self._inner = inner
        self.calls: list[str] = []
        self.unknown = ""
        self.twice = ""
        self.from_memory = ""
        self._memory: dict[str, httpx2.Response] = {}

    @override
    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        name = request.url.path.removeprefix("/v1/")
        self.calls.append(name)
        if name == self.unknown:
            return httpx2.Response(404, json={"error": "not_found"}, request=request)
        if name == self.from_memory:
            kept = self._memory[name]
            return httpx2.Response(200, headers=kept.headers, content=kept.extensions["raw"], request=request)
        if name == self.twice:
            self._inner.handle_request(request).read()
        return self._kept(name, self._inner.handle_request(request))

    def _kept(self, name: str, response: httpx2.Response) -> httpx2.Response:
        raw = b"".join(cast("httpx2.SyncByteStream", response.stream))
        told = httpx2.Response(response.status_code, headers=response.headers, stream=httpx2.ByteStream(raw))
        told.extensions["raw"] = raw
        self._memory.setdefault(name, told)
        return told

    @override
    def close(self) -> None:
        self._inner.close()

    def taken(self) -> list[str]:
        """Return the calls of rows and forget them."""
        taken = [name for name in self.calls if name in {"round", "hello", "push", "pull", "renew"}]
        self.calls.clear()
        return taken


@pytest.fixture
def field(tmp_path: Path) -> Generator[tuple[FieldLaptop, FieldOffice, _Watched]]:
    """A laptop that has already sent something, so that its rounds are opened by one call."""
    draw = random.Random(1)  # noqa: S311
    with (
        served(tmp_path / "office") as (office, port),
        over_the_wire(tmp_path / "laptop", office, port, draw) as laptop,
    ):
        wire = laptop.wire.inner = _Watched(laptop.wire.inner)
        laptop.round()
        laptop.make_visit("first")
        laptop.round()
        wire.taken()
        yield laptop, office, wire


def _held(office: FieldOffice) -> list[str]:
    notes: Any = office.one("SELECT group_concat(need_note) FROM (SELECT need_note FROM visit ORDER BY need_note)")
    return str(notes).split(",")


def _new_shops(office: FieldOffice, count: int) -> None:
    def put(session: Session) -> None:
        writer = SyncWriter(session, office.now(), "office")
        for number in range(count):
            writer.put("customer", str(new_id()), {"cust_code": f"N{number}", "cust_name": "新店"}, scope="terr:T1")

    office.do(put)


def test_what_goes_up_and_what_comes_down_take_one_call(field: tuple[FieldLaptop, FieldOffice, _Watched]) -> None:
    laptop, office, wire = field
    _new_shops(office, 900)
    laptop.make_visit("second")
    result = laptop.round()
    assert wire.taken() == ["round"]
    assert result.verdicts == {"applied": 2}
    assert result.received >= 902
    assert laptop.agrees()
    assert laptop.one("SELECT count(*) FROM customer") == 901
    assert laptop.round().outcome is Outcome.DONE  # nothing waits, nothing is new
    assert wire.taken() == ["round"]


def test_what_is_saved_while_the_round_is_under_way_goes_up_and_is_told_after(
    field: tuple[FieldLaptop, FieldOffice, _Watched],
) -> None:
    laptop, office, wire = field
    laptop.make_visit("second")
    sent = laptop.client.open_round

    def late(request: Any, take: Any) -> None:
        laptop.make_visit("third")
        sent(request, take)

    laptop.client.open_round = late
    assert laptop.round().verdicts == {"applied": 4}
    assert wire.taken() == ["round", "push", "pull"]
    assert _held(office) == ["first", "second", "third"]
    assert laptop.agrees()


def test_a_head_office_that_does_not_know_the_call_is_asked_one_by_one(
    field: tuple[FieldLaptop, FieldOffice, _Watched],
) -> None:
    laptop, office, wire = field
    wire.unknown = "round"
    laptop.make_visit("second")
    assert laptop.round().verdicts == {"applied": 2}
    assert wire.taken() == ["round", "hello", "push", "pull"]
    assert _held(office) == ["first", "second"]
    assert laptop.agrees()


def test_a_restored_store_is_found_out_before_anything_of_it_is_taken(
    field: tuple[FieldLaptop, FieldOffice, _Watched], tmp_path: Path
) -> None:
    laptop, office, wire = field
    laptop.copy_to(tmp_path / "backup")
    laptop.make_visit("lost with the disk", serial=2)
    laptop.round()
    laptop.restore_from(tmp_path / "backup")
    old = read_identity(laptop.database).replica
    laptop.make_visit("after the backup")
    wire.taken()
    assert laptop.sync().verdicts == {"applied": 2}
    assert wire.taken()[:3] == ["round", "renew", "hello"]
    assert read_identity(laptop.database).replica != old
    assert _held(office) == ["after the backup", "first", "lost with the disk"]
    assert laptop.one("SELECT count(*) FROM sync_log WHERE event = 'renewed'") == 1
    assert laptop.agrees()


def test_a_head_office_restored_from_a_backup_takes_nothing_before_everything_is_offered_again(
    field: tuple[FieldLaptop, FieldOffice, _Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, office, wire = field
    monkeypatch.setattr("app.headoffice.office._EPOCH_SECONDS", -1)
    office.database.renew_epoch()
    laptop.client.epoch = ""  # as in a round of its own
    laptop.make_visit("second")
    result = laptop.round()
    assert result.outcome is Outcome.DONE
    assert wire.taken()[:3] == ["round", "renew", "push"]
    assert _held(office) == ["first", "second"]
    assert laptop.agrees()


def test_a_clock_that_was_put_wrong_since_is_measured_before_anything_is_taken(
    field: tuple[FieldLaptop, FieldOffice, _Watched],
) -> None:
    laptop, office, wire = field
    with laptop.database.write_plain() as cursor:
        put_fact(cursor, OFFSET, str(timedelta(hours=-2).total_seconds()))
    laptop.make_visit("second")
    assert laptop.round().verdicts == {"applied": 2}
    assert wire.taken() == ["round", "push", "pull"]
    made = office.one("SELECT max(made_at) FROM sync_op WHERE tbl = 'visit'")
    assert abs(datetime.fromisoformat(made) - office.now()) < timedelta(hours=1)


def test_a_round_that_the_wire_delivers_twice_leaves_what_it_sent_frozen(
    field: tuple[FieldLaptop, FieldOffice, _Watched],
) -> None:
    laptop, office, wire = field
    visit = laptop.make_visit("second")
    wire.twice, wire.unknown = "round", "renew"
    laptop.round()
    wire.twice = wire.unknown = ""
    laptop.type_note(visit, "typed on")

    assert laptop.round().outcome is Outcome.DONE

    assert _held(office) == ["first", "typed on"]
    assert laptop.agrees()


def test_an_old_answer_from_the_memory_of_a_proxy_is_a_cut(field: tuple[FieldLaptop, FieldOffice, _Watched]) -> None:
    laptop, _office, wire = field
    laptop.make_visit("second")
    assert laptop.round().outcome is Outcome.DONE
    wire.unknown, wire.from_memory = "round", "pull"

    laptop.make_visit("third")
    result = laptop.round()

    assert (result.outcome, result.detail) == (Outcome.OFFLINE, "an answer to another call")
    assert laptop.one("SELECT count(*) FROM visit") == 3
    wire.unknown = wire.from_memory = ""
    assert laptop.round().outcome is Outcome.DONE
    assert laptop.agrees()
