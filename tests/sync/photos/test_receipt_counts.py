"""What counts as a visit on a receipt: those that were made; planned stops, open visits and shops handed on apart."""

from uuid import UUID

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.cli.receipt_words import receipt_lines
from app.domain.day_receipt import HANDED_ON, NOT_HERE, SAME, DayReceipt, Stand
from app.domain.text import Language
from app.headoffice import people
from app.headoffice.models import DayReceipt as KeptReceipt
from app.models.base import SyncedRow
from app.models.visit import DiagnosisRating, Promise, ShelfCheck, StockCount, Visit
from app.reports.day_receipt_pdf import day_receipt_pdf
from app.sync.receipt import kept_receipt, wants_comparing
from tests.sync.photos.both_sides import DAY, NOW, Laptop, OfficeSide

_CHILDREN: tuple[type[SyncedRow], ...] = (StockCount, ShelfCheck, DiagnosisRating, Promise)


def _plan(laptop: Laptop, status: str = "planned") -> None:
    with laptop.database.write() as session:
        session.add(Visit(customer_id=laptop.office.customer, day=DAY, seq=1, status=status))
    laptop.push_rows()


def _set_status(laptop: Laptop, key: UUID, status: str) -> None:
    with laptop.database.write() as session:
        session.get_one(Visit, key).status = status
    laptop.push_rows()


def _hand_on(laptop: Laptop) -> None:
    """Let the shop go to a colleague and its rows from the laptop, as a pull does."""
    office = laptop.office
    with office.database.write() as session:
        people.move_customers(session, ["C1"], "T9", NOW, "office")
    with laptop.database.deliver("head office") as session:
        _forget(session)


def _forget(session: Session) -> None:
    for model in (*_CHILDREN, Visit):
        session.execute(delete(model))


def _counts(receipt: DayReceipt) -> dict[Stand, int]:
    return {stand: receipt.count(stand) for stand in Stand if receipt.count(stand)}


def test_planned_stops_agree_but_are_no_visits(laptop: Laptop, office: OfficeSide) -> None:
    for _ in range(3):
        _plan(laptop)
    laptop.visit([])
    laptop.push_rows()
    receipt = laptop.ask()
    assert receipt.complete
    assert _counts(receipt) == {Stand.MADE: 1, Stand.PLANNED: 3}
    assert [line.verdict for line in receipt.lines] == [SAME] * 4
    assert [line.serial for line in receipt.shown] == [1]
    assert receipt_lines(receipt, Language.ZH)[2].startswith("拜访 1 次，记录 8 条")
    with office.database.read() as session:
        assert session.scalars(select(KeptReceipt.visits)).one() == 1


def test_a_day_of_plans_alone_is_a_day_without_visits(laptop: Laptop) -> None:
    _plan(laptop)
    receipt = laptop.ask()
    assert receipt.is_empty
    assert receipt_lines(receipt, Language.EN)[1] == "No visits on this day"


def test_a_plan_that_differs_is_shown(laptop: Laptop) -> None:
    _plan(laptop)
    laptop.visit([])
    with laptop.database.deliver("head office") as session:
        session.execute(delete(Visit).where(Visit.seq == 1))
    laptop.push_rows()
    receipt = laptop.ask()
    assert not receipt.complete
    assert [(line.stand, line.verdict) for line in receipt.shown] == [(Stand.MADE, SAME), (Stand.PLANNED, NOT_HERE)]


def test_a_day_with_a_visit_in_progress_is_not_complete(laptop: Laptop, office: OfficeSide) -> None:
    laptop.visit([])
    key = laptop.visit([])
    _set_status(laptop, key, "in_progress")
    receipt = laptop.ask()
    assert (receipt.complete, receipt.number) == (False, "")
    assert _counts(receipt) == {Stand.MADE: 1, Stand.UNDER_WAY: 1}
    assert all(line.verdict == SAME for line in receipt.lines), "what is there already is the same on both sides"
    assert "Day not complete: a visit is still in progress" in receipt_lines(receipt, Language.EN)
    with office.database.read() as session:
        assert session.scalars(select(KeptReceipt)).all() == []
    _set_status(laptop, key, "done")
    assert laptop.ask().complete


def test_a_visit_that_ended_otherwise_is_told_apart(laptop: Laptop) -> None:
    _set_status(laptop, laptop.visit([]), "closed")
    receipt = laptop.ask()
    assert receipt.complete
    assert _counts(receipt) == {Stand.OTHERWISE: 1}
    assert receipt_lines(receipt, Language.ZH)[2].startswith("拜访 0 次，未拜访成 1 户")


@pytest.mark.parametrize("compared_before", [True, False])
def test_visits_of_a_shop_that_was_handed_on_are_head_offices(laptop: Laptop, *, compared_before: bool) -> None:
    laptop.visit([])
    _plan(laptop)
    laptop.push_rows()
    if compared_before:
        assert laptop.ask().complete
    _hand_on(laptop)
    if compared_before:
        kept = kept_receipt(laptop.database, DAY)
        assert kept is not None
        assert kept.complete
    receipt = laptop.ask()
    assert receipt.complete
    assert [(line.verdict, line.stand) for line in receipt.shown] == [(HANDED_ON, Stand.MADE)]
    assert receipt.shown[0].shop == ("老周食杂店" if compared_before else "")
    kept = kept_receipt(laptop.database, DAY)
    assert kept is not None
    assert kept.complete
    assert "客户已移交" in receipt_lines(receipt, Language.ZH)[3]


def test_a_visit_that_ended_after_it_was_compared_and_was_then_handed_on_is_compared_again(laptop: Laptop) -> None:
    visit = laptop.visit([])
    _plan(laptop)
    _set_status(laptop, visit, "in_progress")
    assert laptop.ask().count(Stand.UNDER_WAY) == 1
    _set_status(laptop, visit, "refused")
    _hand_on(laptop)
    assert wants_comparing(laptop.database, DAY, laptop.replica)
    receipt = laptop.ask()
    assert receipt.complete
    assert [(line.verdict, line.shop, line.stand) for line in receipt.shown] == [
        (HANDED_ON, "老周食杂店", Stand.OTHERWISE)
    ]
    assert not wants_comparing(laptop.database, DAY, laptop.replica)


def test_an_outdated_receipt_is_renewed_although_only_planned_stops_are_left(laptop: Laptop) -> None:
    _plan(laptop)
    visit = laptop.visit([])
    laptop.push_rows()
    laptop.ask()
    _set_status(laptop, visit, "refused")
    with laptop.database.deliver("head office") as session:
        session.execute(delete(Visit).where(Visit.seq == 1))
    _hand_on(laptop)
    _plan(laptop)
    kept = kept_receipt(laptop.database, DAY)
    assert kept is not None
    assert kept.is_outdated
    assert wants_comparing(laptop.database, DAY, laptop.replica)
    laptop.ask()
    assert not wants_comparing(laptop.database, DAY, laptop.replica)


def test_a_day_that_was_never_compared_and_has_no_visits_is_left_alone(laptop: Laptop) -> None:
    _plan(laptop)
    assert not wants_comparing(laptop.database, DAY, laptop.replica)


def test_a_visit_that_was_lost_although_its_shop_is_still_here_is_missed(laptop: Laptop) -> None:
    laptop.visit([])
    laptop.push_rows()
    with laptop.database.deliver("head office") as session:
        _forget(session)
    receipt = laptop.ask()
    assert not receipt.complete
    assert [line.verdict for line in receipt.lines] == [NOT_HERE]


@pytest.mark.parametrize("language", Language)
def test_every_stand_can_be_printed(laptop: Laptop, language: Language) -> None:
    _set_status(laptop, laptop.visit([]), "in_progress")
    _set_status(laptop, laptop.visit([]), "refused")
    laptop.visit([])
    assert day_receipt_pdf(laptop.ask(), language).startswith(b"%PDF")
