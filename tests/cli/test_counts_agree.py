"""One store, counted by the window, by Today, by the command line, by the receipt and by head office: the same."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.bootstrap.application import Application
from app.bootstrap.sync_desk import SyncDesk
from app.cli.headoffice_words import status_lines
from app.cli.output import Output
from app.domain.text import Language
from app.headoffice import people
from app.headoffice.console.reach import EVERYWHERE
from app.headoffice.console.readings.who import counts
from app.headoffice.overview import overview
from app.models.trade import Product
from app.models.visit import StockCount, Visit
from app.runtime.clock import Clock
from app.services.maintenance import Maintenance
from app.storage.store import close_store, open_store
from app.storage.vault import Vault
from app.sync.receipt import kept_receipt
from tests.cli.program import Zoufang
from tests.conftest import PASSWORD
from tests.headoffice.http.served import Served
from tests.served_office import office_template, served
from tests.sync.photos.both_sides import a_picture

__all__ = ["office_template", "served"]
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
TODAY = Clock().today()


@contextmanager
def _opened(zoufang: Zoufang) -> Generator[Application]:
    key = Vault(zoufang.folder.vault, use_keyring=False).unlock(PASSWORD)
    database = open_store(zoufang.folder, key).database
    yield Application(zoufang.folder, Clock(), Language.EN, database, closed_cleanly=True)
    close_store(database)


@pytest.fixture
def worked(zoufang: Zoufang, served: Served) -> Zoufang:
    """Give an enrolled store after a visit with a count and a photo, and a stop that the rule of the day planned."""
    with served.world.database.write() as session:
        code = people.enrol_code(session, "M1", served.world.now)
    zoufang("enrol", "--url", served.url, "--code", code).worked()
    zoufang("sync", "--no-photos").worked()
    with _opened(zoufang) as application:
        shops = served.world.customers
        with application.database.write(actor="M1", source="visit") as session:
            visit = Visit(customer_id=UUID(shops["C11"]), day=TODAY, status="in_progress", serial=1)
            session.add(visit)
            session.flush()
            session.add(StockCount(visit_id=visit.id, product_id=UUID(served.world.products[0]), on_hand=3))
            visit_id = visit.id
        with application.database.write(actor="M1", source="day rule") as session:
            stop = Visit(customer_id=UUID(shops["C12"]), day=TODAY, status="planned", reasons=["order_day_today"])
            session.add(stop)
        photos = application.photos
        photos.add(visit_id, photos.prepare(a_picture()), place="counter")
        with application.database.write(actor="M1", source="visit") as session:
            session.get_one(Visit, visit_id).status = "done"
    return zoufang


def _counted(zoufang: Zoufang) -> dict[str, tuple[int, int]]:
    """Return records and photos that wait, by who counts them."""
    with _opened(zoufang) as application:
        window = SyncDesk(application, use_keyring=False).standing()
        sheet = application.days.show(TODAY)
        cards = Maintenance(application.database, zoufang.folder).waiting()
    told = zoufang("sync", "--dry-run", "--json").data
    today = zoufang("today", "--json").data
    assert sum(told["waits_by_table"].values()) == told["waits"]
    assert sum(cards.by_table.values()) == cards.total
    return {
        "the status element and the sync page": (window.waiting, window.photos_waiting),
        "the page of what waits": (cards.total, window.photos_waiting),
        "Today": (sheet.waiting, sheet.photos_waiting),
        "zoufang sync": (told["waits"], told["photos_waiting"]),
        "zoufang today": (today["waits"], today["photos_waiting"]),
    }


def test_what_waits_is_the_same_number_everywhere_before_between_and_after_rounds(worked: Zoufang) -> None:
    assert set(_counted(worked).values()) == {(3, 1)}, _counted(worked)  # visit, count and photo; no planned stop
    worked("sync", "--no-photos")
    assert set(_counted(worked).values()) == {(0, 1)}, _counted(worked)
    words = worked("today", lang="zh").out
    assert "已访 1 户，待上传 0 条记录、1 张照片" in words
    assert "待上传 0 条记录、1 张照片" in worked("sync", "--no-photos", lang="zh").out
    worked("sync").worked()
    assert set(_counted(worked).values()) == {(0, 0)}, _counted(worked)
    assert "没有待上传" in worked("sync", lang="zh").out


def test_synced_is_said_only_where_nothing_waits(worked: Zoufang) -> None:
    first = worked("sync", "--no-photos", lang="zh").out.splitlines()
    assert first[0] == "已上传的总部都已确认"
    assert first[1].startswith("  已上传 4 条记录，已接收 ")
    last = worked("sync", lang="zh").out.splitlines()
    assert last[0] == "已同步"
    assert last[1].startswith("  已上传 0 条记录、1 张照片，")


def test_the_receipt_counts_visits_and_what_waits_as_the_rest_does(worked: Zoufang) -> None:
    worked("sync", "--no-photos")
    told = worked("receipt", "--json").data
    assert (told["visits"], told["waiting"], told["photos_confirmed"], told["photos"]) == (1, 0, 0, 1)
    assert (told["complete"], told["waits"], told["photos_waiting"]) == (False, 0, 1)
    worked("sync").worked()
    told = worked("receipt", "--json").worked().data
    today = worked("today", "--json").data
    assert (told["complete"], told["visits"]) == (True, today["served"])
    assert "当日完成，双方一致" in worked("receipt", lang="zh").out
    with _opened(worked) as application:
        with application.database.write(actor="M1", source="archive") as session:
            shop = session.scalars(select(Visit.customer_id)).first()
            session.add(Visit(customer_id=shop, day=TODAY + timedelta(days=1), status="planned", reasons=["pinned"]))
        kept = kept_receipt(application.database, TODAY)
        assert kept is not None
        assert kept.complete
    words = worked("receipt", lang="zh").out
    assert "拜访已完成" in words
    assert "另有 1 条待上传" in words


def test_what_was_refused_is_the_same_number_on_both_sides(worked: Zoufang, served: Served) -> None:
    with _opened(worked) as application, application.database.write(actor="M1", source="archive") as session:
        session.scalars(select(Product)).first().name = "x"  # pyright: ignore[reportOptionalMemberAccess]
    told = worked("sync", "--json").data
    with _opened(worked) as application:
        window = SyncDesk(application, use_keyring=False).standing()
    now = datetime.now(UTC)
    with served.world.database.read() as session:
        found, console = overview(session, now), counts(session, EVERYWHERE, now)
    assert told["refused"] == window.refused == found.refused_of_week == console.refused == 1
    assert window.needs_you == 1
    assert found.to_settle == console.parked
    assert (found.open_conflicts, found.open_proposals) == (console.conflicts, console.proposals)
    assert "7 天内退回 1 条" in status_lines(found, Output(Language.ZH, as_json=False))[-1]
    assert "退回 1 条" in worked("sync", lang="zh").out
