"""Looking ahead on the laptop: what goes and comes, how the line is measured, and that nothing is changed by it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from app.headoffice.estimate import estimate
from app.models.visit import Visit
from app.storage.facts import put_fact, write_fact
from app.sync.link import LINK, LinkMeter, LinkSpeed, keep_speed, read_speed
from app.sync.look_ahead import LookAhead, look_ahead
from app.sync.overview import read_overview
from app.sync.protocol import EstimateAnswer, EstimateRequest
from app.sync.state import PRACTICE
from app.sync.trouble import NoConnection, PracticeStore, TrustFlaw, Untrusted
from tests.sync.both.laptops import Laptop, Office

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SPEED = LinkSpeed(64_000, 125_000, 0.2, NOW)


class Asking:
    """The one call, answered by the real head office or by an error."""

    def __init__(self, office: Office, error: Exception | None = None, speed: LinkSpeed | None = SPEED) -> None:
        self.office, self.error, self._speed = office, error, speed
        self.asked: list[EstimateRequest] = []

    @property
    def speed(self) -> LinkSpeed | None:
        return self._speed

    def estimate(self, request: EstimateRequest) -> EstimateAnswer:
        self.asked.append(request)
        if self.error is not None:
            raise self.error
        return estimate(self.office.database, request, "M1")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def laptop(tmp_path: Path, office: Office) -> Laptop:
    return Laptop(tmp_path / "laptop", office)


def _look(laptop: Laptop, client: Asking) -> LookAhead:
    before = _facts(laptop)
    ahead = look_ahead(laptop.database, client)
    after = _facts(laptop)
    before.pop(LINK, None)
    after.pop(LINK, None)
    assert after == before
    return ahead


def _facts(laptop: Laptop) -> dict[str, str]:
    with laptop.database.look() as cursor:
        return dict(cursor.execute("SELECT key, value FROM store_fact").fetchall())


def test_a_first_load_is_told_and_then_nothing_more(laptop: Laptop, office: Office) -> None:
    ahead = _look(laptop, Asking(office))
    assert ahead.coming is not None
    assert ahead.coming.by_table == {"customer": 1, "product": 1}
    assert set(ahead.coming.loads) == {"mgr:M1", "ref:catalogue", "terr:T1"}
    laptop.sync()
    again = _look(laptop, Asking(office))
    assert again.coming is not None
    assert (again.going.operations, again.coming.rows, again.coming.loads) == (0, 0, ())


def test_what_goes_is_counted_by_kind_and_reckoned_packed(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    with laptop.database.write(actor="M1", source="visit") as session:
        for number in range(40):
            day, shop = date(2026, 3, 2), UUID(office.shop)
            session.add(Visit(customer_id=shop, day=day, status="done", serial=number + 1, need_note="要更多雅韵"))
    ahead = _look(laptop, Asking(office))
    assert ahead.going.by_kind == {"insert": 40}
    assert ahead.going.by_table == {"visit": 40}
    plain = read_overview(laptop.database, NOW).waiting_bytes
    assert 0 < ahead.going.packed < plain
    assert ahead.seconds == pytest.approx((ahead.going.packed / 64_000) + 0.2 * 5, rel=0.2)


def test_where_no_speed_is_known_a_probe_measures_the_line_and_is_kept(laptop: Laptop, office: Office) -> None:
    client = Asking(office)
    first, second = look_ahead(laptop.database, client), look_ahead(laptop.database, client)
    assert len(client.asked[0].probe) > 30_000
    assert client.asked[1].probe == "", "the speed is known by then"
    assert first.speed is not None
    assert (first.speed.up, second.speed) == (64_000, first.speed)


@pytest.mark.parametrize("error", [NoConnection("away"), Untrusted(TrustFlaw.AUTHORITY)])
def test_without_a_network_half_is_known_and_a_stranger_is_not_believed(
    laptop: Laptop, office: Office, error: Exception
) -> None:
    laptop.sync()
    client = Asking(office, error)
    if isinstance(error, Untrusted):
        with pytest.raises(Untrusted):
            look_ahead(laptop.database, client)
        return
    ahead = _look(laptop, client)
    assert (ahead.coming, ahead.seconds) == (None, None)


def test_a_practice_store_asks_nobody(laptop: Laptop, office: Office) -> None:
    write_fact(laptop.database, PRACTICE, "yes")
    client = Asking(office)
    with pytest.raises(PracticeStore):
        look_ahead(laptop.database, client)
    assert client.asked == []


def test_a_decision_that_waits_to_go_up_is_no_conflict_any_more(laptop: Laptop) -> None:
    laptop.sync()
    with laptop.database.write_plain() as cursor:
        columns = "id, revision, changed_at, manager, operation, tbl, pk, field, base_version, yours_by, yours_at"
        cursor.execute(
            f"INSERT INTO sync_conflict ({columns}, rule, kept, state) VALUES"  # noqa: S608
            " ('ab', 1, ?, 'M1', 'x', 'customer', 'y', 'phone_main', 1, 'M1', ?, 'field', 'theirs', 'open')",
            ("2026-03-02 08:00:00.000000",) * 2,
        )
    assert read_overview(laptop.database, NOW).conflicts == 1
    with laptop.database.write_plain() as cursor:
        cursor.execute(
            'INSERT INTO outbox (id, tbl, row_id, kind, base, "set", made_at, made_by, state)'
            " VALUES ('cd', 'sync_conflict', 'ab', 'command', 1, '{}', '2026-03-02 08:00:00.000000', 'M1', 'pending')"
        )
    assert read_overview(laptop.database, NOW).conflicts == 0


def _measured(*calls: tuple[int, float, int, float]) -> LinkSpeed | None:
    meter = LinkMeter()
    for call in calls:
        meter.note(*call)
    return meter.speed(NOW)


def test_small_calls_tell_the_way_there_and_back_and_large_ones_the_speed() -> None:
    assert _measured((300, 0.2, 400, 0.0)) is None
    speed = _measured((300, 0.2, 400, 0.0), (64_000, 1.2, 400, 0.0), (300, 0.2, 125_000, 1.0))
    assert speed is not None
    assert (speed.up, speed.down, speed.latency) == pytest.approx((64_000, 125_000, 0.2))


def test_a_way_that_was_not_measured_this_time_keeps_what_it_was(laptop: Laptop) -> None:
    def kept(deed: Callable[[object], object]) -> object:
        with laptop.database.note() as cursor:
            return deed(cursor)

    kept(lambda cursor: keep_speed(cursor, SPEED))
    kept(lambda cursor: keep_speed(cursor, LinkSpeed(32_000, None, 0.4, NOW)))
    assert kept(read_speed) == LinkSpeed(32_000, 125_000, 0.4, NOW)
    kept(lambda cursor: put_fact(cursor, LINK, "spoiled"))
    assert kept(read_speed) is None


def test_planned_stops_are_not_told_as_visits(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    with laptop.edit() as session:
        for status in ("planned", "planned", "done"):
            session.add(Visit(customer_id=UUID(office.shop), day=date(2022, 4, 29), status=status))
    assert _look(laptop, Asking(office)).going.by_table == {"planned_stop": 2, "visit": 1}
