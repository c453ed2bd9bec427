"""`zoufang sync` over a network that is paid by volume: what waits and why, and the word that sends all."""

import subprocess
import sys
from uuid import UUID

import pytest
from sqlalchemy import select

from app.bootstrap import link_allowance
from app.bootstrap.application import Application
from app.bootstrap.link_allowance import photo_megabytes
from app.domain.text import Language
from app.headoffice import people
from app.headoffice.models import Blob
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.runtime.settings import Settings, save_settings
from app.storage.store import close_store, open_store
from app.storage.vault import Vault
from tests.cli.program import ROOT, Zoufang
from tests.conftest import PASSWORD
from tests.headoffice.http.served import Served
from tests.served_office import office_template, served
from tests.sync.photos.both_sides import a_picture

__all__ = ["office_template", "served"]
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def on_a_hotspot(zoufang: Zoufang, served: Served) -> Zoufang:
    """Give the program on an enrolled store with one photo, whose person works over a hotspot without originals."""
    with served.world.database.write() as session:
        code = people.enrol_code(session, "M1", served.world.now)
    zoufang("enrol", "--url", served.url, "--code", code).worked()
    zoufang("sync", "--no-photos").worked()
    key = Vault(zoufang.folder.vault, use_keyring=False).unlock(PASSWORD)
    database = open_store(zoufang.folder, key).database
    with database.write(actor="M1", source="visit") as session:
        shop = UUID(served.world.customers["C11"])
        visit = Visit(customer_id=shop, day=Clock().today(), status="in_progress", serial=1)
        session.add(visit)
        session.flush()
        visit_id = visit.id
    photos = Application(zoufang.folder, Clock(), Language.EN, database, closed_cleanly=True).photos
    photos.add(visit_id, photos.prepare(a_picture()), place="counter")
    close_store(database)
    save_settings(zoufang.folder.settings, Settings(saves_data=True, photo_megabytes=0))
    return zoufang


def sizes(served: Served) -> list[int]:
    with served.world.database.read() as session:
        return sorted(session.scalars(select(Blob.size)))


def test_over_a_hotspot_only_the_small_picture_goes_and_the_words_say_why(
    on_a_hotspot: Zoufang, served: Served
) -> None:
    ahead = on_a_hotspot("sync", "--dry-run", "--json").worked().data
    assert ahead["goes"]["photos"] == 1
    assert ahead["goes"]["photo_bytes"] <= 20_000, "the dry run knows of the budget too"
    told = on_a_hotspot("sync", "--json").worked().data
    assert told["photos"] == {"stored": 1, "waiting": 1, "held_for": "data_plan", "bytes_left_today": 0}
    assert len(sizes(served)) == 1
    words = on_a_hotspot("sync", lang="zh").worked().out
    assert "按流量计费" in words
    assert "--all-photos" in words


def test_all_photos_sends_them_whatever_the_network_costs(on_a_hotspot: Zoufang, served: Served) -> None:
    told = on_a_hotspot("sync", "--all-photos", "--json").worked().data
    assert told["photos"] == {"stored": 2, "waiting": 0, "held_for": "", "bytes_left_today": None}
    assert len(sizes(served)) == 2


def test_a_photo_whose_record_went_without_it_still_waits(on_a_hotspot: Zoufang, served: Served) -> None:
    told = on_a_hotspot("sync", "--no-photos", "--json").worked().data
    assert (told["waits"], told["photos_waiting"], sizes(served)) == (0, 1, [])


def test_all_and_none_at_once_make_no_sense(on_a_hotspot: Zoufang) -> None:
    refused = on_a_hotspot("sync", "--no-photos", "--all-photos")
    assert refused.code == 2
    assert "not allowed with" in refused.err


@pytest.mark.parametrize(
    ("says_person", "says_system", "most"), [(False, False, None), (True, False, 7), (False, True, 7)]
)
def test_a_network_is_paid_by_volume_where_the_person_or_the_system_says_so(
    zoufang: Zoufang, monkeypatch: pytest.MonkeyPatch, says_person: bool, says_system: bool, most: int | None
) -> None:
    save_settings(zoufang.folder.settings, Settings(saves_data=says_person, photo_megabytes=7))
    monkeypatch.setattr(link_allowance, "_system_says_metered", lambda: says_system)
    assert photo_megabytes(zoufang.folder) == most


def test_the_system_is_asked_without_a_window(zoufang: Zoufang) -> None:
    asks = (
        "from app.ui.shell.link_kind import is_metered; print(is_metered());"
        "from PySide6.QtWidgets import QApplication; QApplication([]); print(is_metered())"
    )
    done = subprocess.run(
        [sys.executable, "-c", asks], cwd=ROOT, env=zoufang.environment(), capture_output=True, timeout=60, check=True
    )
    assert done.stdout.split() == [b"False"] * 2, "no machine of the tests pays by volume; a window may follow"
