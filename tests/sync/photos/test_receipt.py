"""The receipt of a day between a laptop and head office: it is only given when both hold the same."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.cli.receipt_words import receipt_lines
from app.domain.text import Language
from app.headoffice.models import AuditEntry
from app.headoffice.models import DayReceipt as KeptReceipt
from app.headoffice.receipt import missing_serials
from app.headoffice.writer import SyncWriter
from app.models.visit import Photo, Promise, StockCount, Visit
from app.sync.receipt import build_summary, kept_receipt
from app.sync.trouble import NoConnection, Refused
from tests.sync.photos.both_sides import DAY, NOW, Laptop, OfficeSide, a_picture

NEXT_DAY = date(2022, 4, 30)


def test_a_day_is_complete_when_rows_digests_and_photos_are_the_same_on_both_sides(
    laptop: Laptop, office: OfficeSide
) -> None:
    laptop.visit([a_picture(1), a_picture(2)])
    laptop.visit([])
    laptop.push_rows()
    laptop.send_photos()
    receipt = laptop.ask()
    assert receipt.complete
    assert receipt.number.startswith("20220429-")
    assert [(line.serial, line.rows, line.verdict) for line in receipt.lines] == [(1, 7, "same"), (2, 5, "same")]
    assert receipt.photos == (2, 2)
    assert laptop.ask().number == receipt.number
    assert kept_receipt(laptop.database, DAY) == laptop.ask()
    with office.database.read() as session:
        kept = session.scalars(select(KeptReceipt)).one()
        assert (kept.number, kept.visits, kept.photos, kept.manager) == (receipt.number, 2, 2, "M1")


def test_head_office_sums_its_own_rows_and_gets_the_laptops_digest(laptop: Laptop) -> None:
    laptop.visit([a_picture(1)])
    laptop.push_rows()
    laptop.send_photos()
    with laptop.database.read() as session:
        here = build_summary(session, DAY, laptop.replica)
    there = laptop.link.receipt(here)
    assert there.visits == here.visits
    assert int(here.visits[0].digest) > 0


def test_without_the_photo_the_day_is_not_complete(laptop: Laptop, office: OfficeSide) -> None:
    laptop.visit([a_picture(1)])
    laptop.push_rows()
    laptop.send_photos(thumbs_only=True)
    receipt = laptop.ask()
    assert (receipt.complete, receipt.number, receipt.photos) == (False, "", (0, 1))
    assert len(receipt.missing_photos) == 1
    with office.database.read() as session:
        assert session.scalars(select(KeptReceipt)).all() == []
        told = session.scalars(select(AuditEntry).where(AuditEntry.deed == "receipt")).one()
        assert told.detail["missing_photos"] == 1
    laptop.send_photos()
    assert laptop.ask().complete


def test_a_visit_that_waits_is_missing_at_head_office(laptop: Laptop) -> None:
    laptop.visit([])
    laptop.push_rows()
    waiting = laptop.visit([])
    receipt = laptop.ask()
    assert not receipt.complete
    assert [(line.visit, line.verdict) for line in receipt.lines if line.verdict != "same"] == [
        (str(waiting), "not_there")
    ]
    assert receipt.missing_serials == (2,)
    laptop.push_rows()
    assert laptop.ask().complete


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("visit", {"need_note": "别的话"}),
        ("stock_count", {"on_hand": 13}),
        ("promise", {"text": "别的"}),
        ("photo", {"caption": "门头"}),
    ],
)
def test_one_changed_value_at_head_office_makes_the_day_differ(
    laptop: Laptop, office: OfficeSide, table: str, change: dict[str, object]
) -> None:
    laptop.visit([a_picture(1)])
    laptop.push_rows()
    laptop.send_photos()
    models = {"visit": Visit, "stock_count": StockCount, "promise": Promise, "photo": Photo}
    with laptop.database.read() as session:
        key = str(session.scalars(select(models[table].id)).one())
    with office.database.write() as session:
        SyncWriter(session, NOW, "office").put(table, key, change)
    receipt = laptop.ask()
    assert (receipt.complete, [line.verdict for line in receipt.lines]) == (False, ["differs"])
    with laptop.database.read() as session:
        answer = laptop.link.receipt(build_summary(session, DAY, laptop.replica))
    assert (answer.agreed, answer.number, len(answer.differing_visits)) == (False, "", 1)


def test_a_row_that_head_office_lost_makes_the_day_differ(laptop: Laptop, office: OfficeSide) -> None:
    laptop.visit([])
    laptop.push_rows()
    with laptop.database.read() as session:
        key = str(session.scalars(select(StockCount.id)).one())
    with office.database.write() as session:
        SyncWriter(session, NOW, "office").put("stock_count", key, {}, deleted=True)
    assert [line.verdict for line in laptop.ask().lines] == ["differs"]


def test_a_visit_that_the_laptop_lost_is_told(laptop: Laptop) -> None:
    lost = laptop.visit([])
    laptop.visit([])
    laptop.push_rows()
    with laptop.database.deliver("test") as session:
        for table in ("stock_count", "shelf_check", "diagnosis_rating", "promise"):
            session.connection().exec_driver_sql(f"DELETE FROM {table} WHERE visit_id = '{lost.hex}'")  # noqa: S608
        session.connection().exec_driver_sql(f"DELETE FROM visit WHERE id = '{lost.hex}'")  # noqa: S608
    receipt = laptop.ask()
    assert not receipt.complete
    assert {line.visit: line.verdict for line in receipt.lines}[str(lost)] == "not_here"


def test_a_serial_that_never_came_is_found(laptop: Laptop, office: OfficeSide) -> None:
    laptop.visit([])
    laptop.visit([], serial=4)
    laptop.push_rows()
    receipt = laptop.ask()
    assert (receipt.complete, receipt.missing_serials) == (False, (2, 3))
    assert [line.verdict for line in receipt.lines] == ["same", "same"]
    with office.database.read() as session:
        assert missing_serials(session, laptop.replica) == (2, 3)


def test_a_gap_of_an_earlier_day_is_told_but_does_not_hold_up_this_day(laptop: Laptop) -> None:
    laptop.visit([], day=date(2022, 4, 28))
    laptop.visit([], day=date(2022, 4, 28), serial=3)
    laptop.visit([])
    laptop.push_rows()
    receipt = laptop.ask()
    assert receipt.complete
    assert receipt.missing_serials == (2,)


def test_a_visit_taken_back_is_no_gap(laptop: Laptop) -> None:
    laptop.visit([])
    void = laptop.visit([])
    laptop.visit([])
    with laptop.database.write() as session:
        session.get_one(Visit, void).deleted_at = NOW
    laptop.push_rows()
    receipt = laptop.ask()
    assert (receipt.complete, receipt.missing_serials, len(receipt.lines)) == (True, (), 2)


def test_a_colleagues_visit_in_the_same_territory_does_not_hold_up_the_day(
    laptop: Laptop, office: OfficeSide, tmp_path: Path
) -> None:
    colleague = Laptop(office, tmp_path / "other", "M2")
    theirs = colleague.visit([])
    colleague.push_rows()
    colleague.close()
    laptop.visit([])
    laptop.push_rows()
    with laptop.database.deliver("head office") as session:
        session.add(Visit(id=theirs, customer_id=office.customer, day=DAY, status="done", revision=1))
    receipt = laptop.ask()
    assert receipt.complete
    assert sorted(line.verdict for line in receipt.lines) == ["colleague", "same"]


def test_another_managers_replica_and_visits_are_not_told(laptop: Laptop, office: OfficeSide, tmp_path: Path) -> None:
    laptop.visit([a_picture(1)])
    laptop.push_rows()
    laptop.send_photos()
    with laptop.database.read() as session:
        request = build_summary(session, DAY, laptop.replica)
    stranger = Laptop(office, tmp_path / "stranger", "M9")
    with pytest.raises(Refused):
        stranger.link.receipt(request)
    answer = stranger.link.receipt(request.model_copy(update={"replica": stranger.replica}))
    assert (answer.visits, answer.agreed) == ((), False)
    assert answer.missing_visits == (request.visits[0].id,)
    stranger.close()


def test_a_receipt_does_not_tell_whether_a_colleague_has_sent_a_picture(
    laptop: Laptop, office: OfficeSide, tmp_path: Path
) -> None:
    laptop.visit([a_picture(1)])
    laptop.push_rows()
    laptop.send_photos()
    other = Laptop(office, tmp_path / "other", "M2")
    other.visit([a_picture(1)])
    other.push_rows()
    assert other.ask().photos == (0, 1)
    other.send_photos()
    assert other.ask().photos == (1, 1)
    other.close()


def test_a_day_that_was_complete_and_is_changed_is_complete_no_more(laptop: Laptop) -> None:
    laptop.visit([])
    laptop.push_rows()
    assert laptop.ask().complete
    with laptop.database.write() as session:
        session.scalars(select(Visit)).one().wrap_note = "补记"
    kept = kept_receipt(laptop.database, DAY)
    assert kept is not None
    assert (kept.complete, kept.number) == (False, "")
    assert not laptop.ask().complete
    assert kept_receipt(laptop.database, NEXT_DAY) is None


def test_without_a_network_the_last_receipt_stays(laptop: Laptop) -> None:
    laptop.visit([])
    laptop.push_rows()
    number = laptop.ask().number

    def cut(_request: object) -> object:
        raise NoConnection

    laptop.link.receipt = cut  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(NoConnection):
        laptop.ask()
    kept = kept_receipt(laptop.database, DAY)
    assert kept is not None
    assert kept.number == number


def test_the_receipt_reads_well_in_both_languages(laptop: Laptop) -> None:
    laptop.visit([a_picture(1)])
    laptop.push_rows()
    before = receipt_lines(laptop.ask(), Language.ZH)
    assert "当日尚未完成：双方还不一致" in before
    assert any("总部还缺 1 张照片" in line for line in before)
    laptop.send_photos()
    receipt = laptop.ask()
    assert f"当日完成，双方一致。回执号 {receipt.number}" in receipt_lines(receipt, Language.ZH)
    assert f"Day complete, both agree. Receipt {receipt.number}" in receipt_lines(receipt, Language.EN)
    assert any("#1 C1 老周食杂店 · 6 条 · 照片 1/1 · 一致" in line for line in receipt_lines(receipt, Language.ZH))


def test_an_empty_day_agrees(laptop: Laptop) -> None:
    receipt = laptop.ask()
    assert receipt.complete
    assert receipt.lines == ()
    assert "当日没有拜访" in receipt_lines(receipt, Language.ZH)
    assert "No visits on this day" in receipt_lines(receipt, Language.EN)
