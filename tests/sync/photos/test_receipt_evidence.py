"""A photo that also proves a task is one photo: on the page, on paper, at the command line and at head office."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.cli.receipt_words import receipt_lines
from app.domain.day_receipt import DayReceipt
from app.domain.tasks import evidence_item
from app.domain.text import Language
from app.headoffice.models import DayReceipt as KeptReceipt
from app.models.visit import Photo, Visit
from app.reports.day_receipt_pdf import day_receipt_pdf
from app.runtime.clock import Clock
from app.services.sync_inbox import SyncInbox
from app.sync.receipt import kept_receipt
from tests.sync.photos.both_sides import DAY, Laptop, OfficeSide, a_picture

TASK, OTHER_TASK = UUID(int=7), UUID(int=8)


@pytest.fixture
def receipt(laptop: Laptop) -> DayReceipt:
    """Return the receipt of a visit with three pictures: one proves two tasks, one is for a task, one is plain."""
    laptop.visit([a_picture(1), a_picture(2), a_picture(3)])
    with laptop.database.write() as session:
        first, second, _ = session.scalars(select(Photo).order_by(Photo.sha256)).all()
        for task in (TASK, OTHER_TASK):
            again = {name: getattr(first, name) for name in ("visit_id", "sha256", "byte_size", "width", "height")}
            session.add(Photo(**again, added_at=first.added_at, item=evidence_item(task)))
        second.item, second.place = evidence_item(TASK), None
    laptop.push_rows()
    laptop.send_photos()
    return laptop.ask()


def test_both_sides_count_pictures_and_name_those_that_prove_a_task(
    receipt: DayReceipt, laptop: Laptop, office: OfficeSide
) -> None:
    assert receipt.complete
    assert (receipt.photos, receipt.evidence) == ((3, 3), 2)
    (line,) = receipt.lines
    assert (line.rows, line.photos_confirmed, line.photos_total, line.evidence) == (10, 3, 3, 2)
    with office.database.read() as session:
        assert session.scalars(select(KeptReceipt.photos)).one() == 3
    assert kept_receipt(laptop.database, DAY) == receipt


def test_the_number_of_today_is_that_of_the_receipt(receipt: DayReceipt, laptop: Laptop) -> None:
    day = SyncInbox(laptop.database, Clock(as_of=DAY)).day()
    with laptop.database.read() as session:
        sizes = {row.sha256: row.byte_size for row in session.scalars(select(Photo))}
    assert (day.photos, day.photo_bytes) == (receipt.photos[1], sum(sizes.values()))


def test_words_and_paper_say_the_same(receipt: DayReceipt) -> None:
    said = "\n".join(receipt_lines(receipt, Language.ZH))
    assert "照片 3/3" in said
    assert "照片中 2 张是任务凭证" in said
    paper = PdfReader(BytesIO(day_receipt_pdf(receipt, Language.EN))).pages[0].extract_text()
    assert "photos 3 / 3" in paper
    assert "Of the photos 2 prove a task" in paper


def test_words_and_paper_tell_head_office_s_moment_by_the_clock_of_this_place(receipt: DayReceipt) -> None:
    answered = "2026-03-02T15:30:20+05:30"
    here = datetime.fromisoformat(answered).astimezone()
    told = replace(receipt, office_time=answered)
    assert f"总部答复时间 {here:%Y-%m-%d %H:%M:%S}" in receipt_lines(told, Language.ZH)
    paper = PdfReader(BytesIO(day_receipt_pdf(told, Language.EN))).pages[0].extract_text()
    assert f"Head office time {here:%Y-%m-%d %H:%M}" in paper


def test_a_day_without_tasks_says_nothing_of_them(laptop: Laptop) -> None:
    laptop.visit([a_picture(1)])
    laptop.push_rows()
    laptop.send_photos()
    receipt = laptop.ask()
    assert receipt.evidence == 0
    assert "task" not in "\n".join(receipt_lines(receipt, Language.EN))
    assert "task" not in PdfReader(BytesIO(day_receipt_pdf(receipt, Language.EN))).pages[0].extract_text()


@pytest.mark.parametrize("language", list(Language))
def test_neither_words_nor_paper_call_delivered_what_was_changed_since(
    receipt: DayReceipt, laptop: Laptop, language: Language
) -> None:
    with laptop.database.write() as session:
        session.scalars(select(Visit)).one().need_note = "more lighters"
    kept = kept_receipt(laptop.database, DAY)
    assert kept is not None
    assert kept.is_outdated
    paper = PdfReader(BytesIO(day_receipt_pdf(kept, language))).pages[0].extract_text()
    words = "\n".join(receipt_lines(kept, language, 1, is_fresh=False))
    changed, claims = {
        Language.ZH: ("待重新核对", ("双方一致", "当日完成", "回执号")),
        Language.EN: ("compared again", ("Both hold", "both agree", "Day complete", receipt.number)),
    }[language]
    for told in (paper, words):
        assert changed in told.replace("\n", " ")
        assert [claim for claim in claims if claim in told] == []
