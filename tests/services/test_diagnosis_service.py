"""What the data know before a person judges: the facts of a visit's shop, read from a real store."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from app.domain.diagnosis import State
from app.domain.diagnosis_facts import ComputedFact
from app.domain.formulas import ChannelHint
from app.domain.playbook import Playbook
from app.models.customer import Customer
from app.models.trade import Allocation, Product
from app.models.visit import DiagnosisRating, ShelfCheck, StockCount, Visit
from app.services.diagnoses import Diagnoses, DiagnosisSheet
from app.services.peer_width import Peers
from app.storage.database import Database
from app.storage.facts import CURRENCY, set_fact
from tests.builders import a_customer, a_product, a_visit, an_order

DAY = date(2022, 4, 29)
A, B, C = State.A, State.B, State.C


class Shop:
    """A shop that orders every Friday, with a visit today; counts and checks are added by the tests."""

    def __init__(self, database: Database, *, skus: int = 10, weeks: int = 20, **fields: Any) -> None:
        self._database = database
        with database.deliver(source="trade") as session:
            customer = a_customer(session, "C1", order_weekday=5, **fields)
            self.products = [
                a_product(session, no=n, name=f"品规{n}", pack_sticks=20, is_key=n in (1, 9), is_new=False)
                for n in range(1, skus + 3)
            ]
            self.ids = [product.id for product in self.products]
            self.customer = customer.id
            for week in range(1, weeks + 1):
                an_order(session, customer, DAY - timedelta(weeks=week), dict.fromkeys(self.products[:skus], 4))
            self.visit = a_visit(session, customer, DAY).id

    def count(self, *on_hand: int | None, **fields: object) -> None:
        with self._database.deliver(source="trade") as session:
            for product, quantity in zip(self.ids, on_hand, strict=False):
                session.add(StockCount(visit_id=self.visit, product_id=product, on_hand=quantity, **fields))

    def check_shelf(self, **fields: object) -> None:
        with self._database.deliver(source="trade") as session:
            session.add(ShelfCheck(visit_id=self.visit, **fields))


def a_peer(session: Session, code: str, width: int, products: list[Product], **fields: object) -> Customer:
    peer = a_customer(session, code, name=f"店{code}", **fields)
    an_order(session, peer, DAY - timedelta(days=20), dict.fromkeys(products[:width], 1))
    return peer


@pytest.fixture
def diagnoses(database: Database, playbook: Playbook) -> Diagnoses:
    return Diagnoses(database, playbook)


def fact(sheet: DiagnosisSheet, criterion: str) -> ComputedFact:
    return sheet.facts[criterion]


def test_a_shop_without_any_order_has_no_facts_from_orders(database: Database, diagnoses: Diagnoses) -> None:
    shop = Shop(database, weeks=0)
    sheet = diagnoses.read(shop.visit)
    assert sheet.facts == {}
    assert sheet.sku_count is None
    assert sheet.last == {}


def test_display_and_tag_rates_come_from_the_shelf_check_with_both_counts(
    database: Database, diagnoses: Diagnoses
) -> None:
    shop = Shop(database)
    shop.check_shelf(sku_on_sale=21, sku_shown=19, sku_tagged=17, slots=8)
    sheet = diagnoses.read(shop.visit)
    shown, tagged, slots = fact(sheet, "D02.k1"), fact(sheet, "D13.k1"), fact(sheet, "D01.k2")
    assert (shown.numerator, shown.denominator, shown.value, shown.formula_id) == (19, 21, Decimal("90.5"), "F37")
    assert (tagged.numerator, tagged.denominator, tagged.value, tagged.state) == (17, 19, Decimal("89.5"), B)
    assert (slots.numerator, slots.denominator, slots.state) == (8, 10, B)


def test_tags_ticked_on_the_stock_step_count_where_the_shelf_was_not_counted(
    database: Database, diagnoses: Diagnoses
) -> None:
    shop = Shop(database)
    shop.count(5, 5, 5, has_tag=True)
    with database.deliver(source="trade") as session:
        session.add(StockCount(visit_id=shop.visit, product_id=shop.ids[3], on_hand=5, has_tag=False))
    tagged = fact(diagnoses.read(shop.visit), "D13.k1")
    assert (tagged.numerator, tagged.denominator, tagged.state) == (3, 4, C)
    assert "D02.k1" not in diagnoses.read(shop.visit).facts


def test_slots_of_the_archive_stand_in_until_the_shelf_is_counted(database: Database, diagnoses: Diagnoses) -> None:
    shop = Shop(database, slot_count=10)
    assert fact(diagnoses.read(shop.visit), "D01.k2").value == Decimal("1.00")


def test_answers_of_the_shelf_step_settle_a_criterion_only_where_they_say_enough(
    database: Database, diagnoses: Diagnoses
) -> None:
    shop = Shop(database)
    shop.check_shelf(fixture_ok=True, in_order=False, minors_sign=True)
    seen = diagnoses.read(shop.visit).seen
    assert (seen["D01.k1"].state, seen["D02.k2"].state) == (A, None)
    assert (seen["D14.k3"].state, seen["D14.k3"].hard_fail) == (None, False)
    assert "D01.k3" not in seen


def test_a_missing_sign_against_sale_to_minors_fails_hard(database: Database, diagnoses: Diagnoses) -> None:
    shop = Shop(database)
    shop.check_shelf(minors_sign=False)
    seen = diagnoses.read(shop.visit).seen["D14.k3"]
    assert (seen.state, seen.hard_fail) == (C, True)


def test_main_skus_are_told_out_of_stock_by_name_once_all_of_them_are_counted(
    database: Database, diagnoses: Diagnoses
) -> None:
    shop = Shop(database)
    shop.count(0, 8, 8)
    sheet = diagnoses.read(shop.visit)
    assert "D04.k1" not in sheet.facts
    assert (sheet.main_counted, sheet.main_skus) == (3, 6)
    with database.deliver(source="trade") as session:
        for product in shop.ids[3:8]:
            session.add(StockCount(visit_id=shop.visit, product_id=product, on_hand=0))
    sheet = diagnoses.read(shop.visit)
    assert (fact(sheet, "D04.k1").value, fact(sheet, "D04.k1").state) == (4, C)
    assert sheet.names["D04.k1"] == ("品规1", "品规4", "品规5", "品规6")


def test_cover_is_stock_over_the_sales_of_a_cycle_of_what_was_counted(database: Database, diagnoses: Diagnoses) -> None:
    shop = Shop(database)
    shop.count(*[6] * 10)
    cover = fact(diagnoses.read(shop.visit), "D04.k2")
    assert (cover.numerator, cover.denominator, cover.value, cover.state) == (60, 40, Decimal("1.50"), A)
    assert cover.formula_id == "F31"


def test_a_few_counted_skus_give_no_cover_of_the_shop(database: Database, diagnoses: Diagnoses) -> None:
    shop = Shop(database)
    shop.count(6, 6, 6)
    assert "D04.k2" not in diagnoses.read(shop.visit).facts


def test_width_is_measured_by_the_shops_of_the_same_class(database: Database, diagnoses: Diagnoses) -> None:
    own: dict[str, Any] = {"format": "grocery", "market_type": "town", "size_class": "medium"}
    shop = Shop(database, **own)
    with database.deliver(source="trade") as session:
        products = [session.get_one(Product, one) for one in shop.ids]
        for number in range(9):
            a_peer(session, f"P{number}", 8 if number < 5 else 12, products, **own)
        for number in range(20):
            a_peer(session, f"Q{number}", 2, products, **own | {"format": "supermarket"})
    sheet = diagnoses.read(shop.visit)
    assert sheet.target is not None
    assert (sheet.target.width, sheet.target.shops, sheet.target.peers) == (8, 9, Peers.SAME_CLASS)
    assert (fact(sheet, "D03.k1").value, fact(sheet, "D03.k1").state) == (Decimal("25.0"), B)
    assert sheet.sku_count == 10


def test_too_small_a_class_falls_back_to_shops_of_the_same_size_and_then_to_all(
    database: Database, diagnoses: Diagnoses
) -> None:
    shop = Shop(database, format="grocery", market_type="town", size_class="small")
    with database.deliver(source="trade") as session:
        products = [session.get_one(Product, one) for one in shop.ids]
        a_peer(session, "P1", 3, products, format="grocery", market_type="town", size_class="small")
    target = diagnoses.read(shop.visit).target
    assert target is not None
    assert (target.width, target.peers) == (3, Peers.ALL)
    with database.deliver(source="trade") as session:
        products = [session.get_one(Product, one) for one in shop.ids]
        for number in range(9):
            a_peer(session, f"S{number}", 5, products, format="supermarket", market_type="town", size_class="small")
    target = diagnoses.read(shop.visit).target
    assert target is not None
    assert (target.width, target.peers) == (5, Peers.SAME_SIZE)


def test_key_skus_are_in_the_shop_by_the_count_else_by_the_purchases(database: Database, diagnoses: Diagnoses) -> None:
    shop = Shop(database)
    sheet = diagnoses.read(shop.visit)
    assert fact(sheet, "D03.k2").value == Decimal("100.0")
    shop.count(0)
    sheet = diagnoses.read(shop.visit)
    assert (fact(sheet, "D03.k2").numerator, fact(sheet, "D03.k2").denominator) == (1, 2)
    assert sheet.names["D03.k2"] == ("品规1",)


def test_a_key_sku_that_the_shop_may_not_order_is_not_missing(database: Database, diagnoses: Diagnoses) -> None:
    shop = Shop(database, skus=8)
    assert fact(diagnoses.read(shop.visit), "D03.k2").denominator == 2
    with database.deliver(source="trade") as session:
        valid = {"valid_from": DAY - timedelta(days=3), "valid_to": DAY + timedelta(days=3)}
        session.add(Allocation(customer_id=shop.customer, product_id=shop.ids[0], allowed=5, **valid))
    sheet = diagnoses.read(shop.visit)
    assert (fact(sheet, "D03.k2").numerator, fact(sheet, "D03.k2").denominator) == (1, 1)


def test_what_lies_still_counts_among_what_is_carried_unless_it_was_counted_as_gone(
    database: Database, diagnoses: Diagnoses
) -> None:
    shop = Shop(database, skus=8)
    with database.deliver(source="trade") as session:
        customer = session.get_one(Customer, shop.customer)
        old = [session.get_one(Product, one) for one in shop.ids[8:10]]
        an_order(session, customer, DAY - timedelta(weeks=19), dict.fromkeys(old, 2))
    slow = fact(diagnoses.read(shop.visit), "D03.k3")
    assert (slow.numerator, slow.denominator, slow.state) == (2, 10, C)
    with database.deliver(source="trade") as session:
        session.add(StockCount(visit_id=shop.visit, product_id=shop.ids[8], on_hand=0))
    sheet = diagnoses.read(shop.visit)
    assert (fact(sheet, "D03.k3").numerator, fact(sheet, "D03.k3").denominator) == (1, 9)
    assert sheet.names["D03.k3"] == ("品规10",)


def test_orders_on_time_count_the_last_eight_cycles(database: Database, diagnoses: Diagnoses) -> None:
    punctual = fact(diagnoses.read(Shop(database).visit), "D12.k1")
    assert (punctual.numerator, punctual.denominator, punctual.state, punctual.formula_id) == (8, 8, A, "P15")


def test_credit_and_penalties_of_the_archive_judge_the_standing_with_the_law(
    database: Database, diagnoses: Diagnoses
) -> None:
    assert fact(diagnoses.read(Shop(database, penalty_count=0, credit_level="B").visit), "D10.k3").state is B


def test_a_bad_credit_level_fails_hard(database: Database, diagnoses: Diagnoses) -> None:
    standing = fact(diagnoses.read(Shop(database, credit_level="D").visit), "D10.k3")
    assert (standing.state, standing.hard_fail) == (C, True)


def test_purchases_far_above_the_buyers_are_a_neutral_hint(database: Database, diagnoses: Diagnoses) -> None:
    shop = Shop(database, daily_buyers_band="20-49")
    sheet = diagnoses.read(shop.visit)
    # 10 SKUs of 4 cartons every week against 35 buyers a day who take 126 cartons a month.
    assert fact(sheet, "D10.k2").denominator == Decimal(126)
    assert sheet.channel is ChannelHint.IN_BAND
    with database.deliver(source="trade") as session:
        session.get_one(Customer, shop.customer).daily_buyers_band = "lt20"
    assert diagnoses.read(shop.visit).channel is ChannelHint.BUYS_MORE


def test_a_band_of_buyers_without_an_end_gives_no_ratio(database: Database, diagnoses: Diagnoses) -> None:
    assert "D10.k2" not in diagnoses.read(Shop(database, daily_buyers_band="ge200").visit).facts


def test_a_price_above_the_legal_cap_fails_hard_by_name(database: Database, diagnoses: Diagnoses) -> None:
    shop = Shop(database)
    shop.count(5, retail_price=10_000)
    assert "D13.k3" not in diagnoses.read(shop.visit).facts
    with database.deliver(source="trade") as session:
        session.add(StockCount(visit_id=shop.visit, product_id=shop.ids[1], on_hand=1, retail_price=10_001))
    sheet = diagnoses.read(shop.visit)
    assert (fact(sheet, "D13.k3").hard_fail, fact(sheet, "D13.k3").state) == (True, C)
    assert sheet.names["D13.k3"] == ("品规2",)


def test_the_cap_in_yuan_says_nothing_about_prices_in_dollars(database: Database, diagnoses: Diagnoses) -> None:
    shop = Shop(database)
    shop.count(5, retail_price=99_999)
    with database.deliver(source="trade") as session:
        set_fact(session, CURRENCY, "USD")
    assert "D13.k3" not in diagnoses.read(shop.visit).facts


def test_the_last_rating_of_each_item_is_that_of_the_newest_earlier_visit(
    database: Database, diagnoses: Diagnoses
) -> None:
    shop = Shop(database)

    def rate(visit: UUID, item: str, state: str, k1: str | None = None) -> None:
        with database.deliver(source="trade") as session:
            session.add(DiagnosisRating(visit_id=visit, item=item, state=state, k1=k1))

    with database.deliver(source="trade") as session:
        customer = session.get_one(Customer, shop.customer)
        older = a_visit(session, customer, DAY - timedelta(days=60), "done").id
        newer = a_visit(session, customer, DAY - timedelta(days=20), "done").id
        later = a_visit(session, customer, DAY + timedelta(days=5), "done").id
        gone = a_visit(session, customer, DAY - timedelta(days=3), "done")
        gone.deleted_at = gone.changed_at
    rate(older, "D01", "C")
    rate(older, "D02", "C")
    rate(newer, "D01", "B", k1="A")
    rate(later, "D01", "A")
    rate(gone.id, "D01", "A")
    rate(shop.visit, "D02", "A")
    last = diagnoses.read(shop.visit).last
    assert (last["D01"].state, last["D01"].day, last["D01"].criteria) == (B, DAY - timedelta(days=20), (A, None, None))
    assert (last["D02"].state, last["D02"].day) == (C, DAY - timedelta(days=60))
    assert set(last) == {"D01", "D02"}


def test_reading_the_facts_writes_nothing(database: Database, diagnoses: Diagnoses) -> None:
    shop = Shop(database)
    diagnoses.read(shop.visit)
    with database.read() as session:
        visit = session.get_one(Visit, shop.visit)
        assert (visit.status, visit.started_at) == ("in_progress", None)
