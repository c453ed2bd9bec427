"""Giving a laptop back: erased only when head office has everything."""

from collections.abc import Generator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from app.bootstrap.application import Application
from app.bootstrap.leaving import leave
from app.bootstrap.sync_rounds import SyncRounds
from app.domain.text import Language
from app.headoffice import people
from app.models.visit import Visit
from app.runtime.cancel import CancelToken, no_report
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.storage.database import Database
from app.storage.facts import write_fact
from app.sync.engine import Outcome
from app.sync.enrolment import enrol
from app.sync.state import URL
from tests.headoffice.http.served import Served
from tests.ui.sync_person import listening, prepared_office

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def served(tmp_path: Path) -> Generator[Served]:
    folder = tmp_path / "office"
    folder.mkdir()
    with listening(prepared_office(tmp_path), folder) as one:
        yield one


@pytest.fixture
def laptop(served: Served, database: Database, data_folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Application:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with served.world.database.write() as session:
        code = people.enrol_code(session, "M1", served.world.now)
    enrol(database, served.url, code, now=datetime.now(UTC), use_keyring=False)
    application = Application(data_folder, Clock(), Language.EN, database, closed_cleanly=True)
    SyncRounds(application).run(CancelToken(), no_report)
    with database.write(actor="M1", source="visit") as session:
        shop = UUID(served.world.customers["C11"])
        session.add(Visit(customer_id=shop, day=date(2026, 3, 2), status="done", serial=1))
    return application


def test_everything_goes_up_before_anything_is_erased(laptop: Application, served: Served) -> None:
    end = leave(laptop, SyncRounds(laptop), CancelToken(), no_report)
    assert end.is_erased
    with served.world.database.read() as session:
        assert session.scalars(select(Visit.day)).all() == [date(2026, 3, 2)]
    assert not laptop.folder.store.exists()
    assert not laptop.folder.vault.exists()
    assert not (laptop.folder.root / "unsent.journal").exists()


def test_without_head_office_nothing_is_erased(laptop: Application) -> None:
    write_fact(laptop.database, URL, "http://127.0.0.1:9")
    end = leave(laptop, SyncRounds(laptop), CancelToken(), no_report)
    assert (end.is_erased, end.outcome, end.records) == (False, Outcome.OFFLINE, 1)
    with laptop.database.read() as session:
        assert session.scalars(select(Visit.serial)).all() == [1]
