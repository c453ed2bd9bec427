"""A laptop that is enrolled at a head office that listens, with one visit that waits."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.bootstrap.application import Application
from app.bootstrap.sync_rounds import SyncRounds
from app.domain.text import Language
from app.headoffice import people
from app.models.visit import Visit
from app.runtime.cancel import CancelToken, no_report
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.storage.database import Database
from app.sync.enrolment import enrol
from tests.headoffice.http.served import Served
from tests.served_office import office_template, served

__all__ = ["enrolled", "office_template", "served"]


@pytest.fixture
def enrolled(
    served: Served, database: Database, data_folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> Application:
    """Return the program on a store whose first round is made, with a visit that waits."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with served.world.database.write() as session:
        code = people.enrol_code(session, "M1", served.world.now)
    enrol(database, served.url, code, now=datetime.now(UTC), use_keyring=False)
    application = Application(data_folder, Clock(), Language.EN, database, closed_cleanly=True)
    SyncRounds(application).run(CancelToken(), no_report)
    with database.write(actor="M1", source="visit") as session:
        shop = UUID(served.world.customers["C11"])
        session.add(Visit(customer_id=shop, day=date(2026, 3, 2), status="in_progress", serial=1))
    return application
