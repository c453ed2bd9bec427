"""Enrolment, secrets, the lock and the timetable."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.storage.database import Database
from app.storage.facts import PRACTICE, write_fact
from app.sync.enrolment import client_for, enrol
from app.sync.protocol import EnrolAnswer, EnrolRequest
from app.sync.schedule import LONGEST, SHORTEST, after_failure, after_success, back_off
from app.sync.secrets import MOST_CHARACTERS, Secrets, forget_secrets, keep_secrets, new_key, read_secrets
from app.sync.single_flight import single_flight
from app.sync.state import lease_of, read_identity
from app.sync.trouble import AnotherPerson, NotEnrolled, PracticeStore, RoundUnderWay, SecretsMissing

NOW = datetime(2022, 4, 29, 10, tzinfo=UTC)


def _office(manager: str = "M1") -> EnrolAnswer:
    return EnrolAnswer(
        replica="R1", manager=manager, manager_name="王经理", territory="T1", refresh_token="t" * 43, office_key="k",
        epoch="e",
    )  # fmt: skip


def _enrol(database: Database, manager: str = "M1") -> None:
    enrol(database, "https://o/", " ABC-DEF ", now=NOW, use_keyring=False, call=lambda _request: _office(manager))


def test_an_enrolled_store_knows_who_it_is_and_keeps_its_secrets(database: Database) -> None:
    asked: list[EnrolRequest] = []

    def call(request: EnrolRequest) -> EnrolAnswer:
        asked.append(request)
        return _office()

    enrol(database, "https://o/", " ABC-DEF ", now=NOW, use_keyring=False, call=call)
    assert asked[0].code == "ABC-DEF"
    assert len(asked[0].public_key) == 44
    assert read_identity(database).url == "https://o"
    assert read_secrets(database).refresh_token == "t" * 43
    assert lease_of(database, NOW).days_left == 14
    client_for(database).close()


def test_a_practice_store_can_never_be_enrolled_or_synced(database: Database) -> None:
    write_fact(database, PRACTICE, "yes")
    with pytest.raises(PracticeStore):
        _enrol(database)
    with pytest.raises(PracticeStore):
        client_for(database)


def test_a_store_that_was_never_enrolled_says_so(database: Database) -> None:
    with pytest.raises(NotEnrolled):
        client_for(database)


def test_the_code_of_another_manager_does_not_take_over_what_lies_here(database: Database) -> None:
    _enrol(database)
    with database.note() as cursor:
        cursor.execute("INSERT INTO row_state VALUES ('customer', 'x', 'terr:T1', 1, 2, 0, 0, NULL)")
    with pytest.raises(AnotherPerson):
        _enrol(database, "M2")
    assert read_identity(database).manager == "M1"


def test_secrets_go_into_the_keyring_and_stay_small(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    held: dict[tuple[str, str], str] = {}

    def put(service: str, account: str, text: str) -> None:
        held[service, account] = text

    def take(service: str, account: str) -> str | None:
        return held.get((service, account))

    def drop(service: str, account: str) -> None:
        del held[service, account]

    monkeypatch.setattr(keyring, "set_password", put)
    monkeypatch.setattr(keyring, "get_password", take)
    monkeypatch.setattr(keyring, "delete_password", drop)
    private, _ = new_key()
    secrets = Secrets("t" * 43, private)
    keep_secrets(database, "R1", secrets)
    assert len(next(iter(held.values()))) < MOST_CHARACTERS
    assert read_secrets(database) == secrets
    forget_secrets(database)
    assert not held
    with pytest.raises(SecretsMissing):
        read_secrets(database)


def test_two_rounds_of_one_store_do_not_run_at_once(tmp_path: Path) -> None:
    store = tmp_path / "zoufang.db"
    with single_flight(store), pytest.raises(RoundUnderWay), single_flight(store):
        pass
    with single_flight(store):
        pass


def test_the_wait_grows_with_each_failure_and_is_spread() -> None:
    assert back_off(1, 0.0) == SHORTEST
    assert [back_off(n, 1.0) for n in (1, 2, 3)] == [10.0, 20.0, 40.0]
    assert back_off(50, 1.0) == LONGEST
    assert back_off(3, 1.0, retry_after=60) == 90
    assert after_failure(NOW, 1, 0.5).at > NOW
    assert after_success(NOW, 0.0).reason == "timer"
