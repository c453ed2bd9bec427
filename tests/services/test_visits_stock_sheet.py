"""What the stock and shelf steps show beside their fields."""

from datetime import date, timedelta
from uuid import UUID

from app.models.visit import ShelfCheck, StockCount
from app.services.shelf_reading import ShelfReading
from app.services.stock_sheets import LastCount, StockGroup, StockSheets
from app.storage.database import Database
from tests.builders import a_customer, a_product, a_visit, an_order

DAY = date(2022, 4, 29)


def days_ago(days: int) -> date:
    return DAY - timedelta(days=days)


def a_shop(database: Database) -> UUID:
    """Make a shop with a product of each kind and return its visit of today."""
    with database.write() as session:
        customer = a_customer(session, order_weekday=5)
        names = ("never", "slow", "small", "main", "key", "counted")
        never, slow, small, main, key, counted = (
            a_product(session, no=number, name=name, is_key=name == "key", retail_price=1200)
            for number, name in enumerate(names, 1)
        )
        for week in range(1, 60):
            lines = {main: 20}
            if week > 20:
                lines[slow] = 5
            if week % 4 == 0:
                lines[small] = 1
            an_order(session, customer, days_ago(7 * week), lines)
        earlier = a_visit(session, customer, days_ago(28), "done")
        last = a_visit(session, customer, days_ago(14), "done")
        session.add(StockCount(visit_id=earlier.id, product_id=main.id, on_hand=30, retail_price=1300, has_tag=True))
        session.add(StockCount(visit_id=last.id, product_id=main.id, on_hand=25, retail_price=1250, has_tag=False))
        session.add(StockCount(visit_id=earlier.id, product_id=small.id, on_hand=2, retail_price=1100))
        session.add(StockCount(visit_id=last.id, product_id=small.id, retail_price=1150))
        session.add(StockCount(visit_id=last.id, product_id=counted.id, on_hand=4))
        assert (never.name, key.name) == ("never", "key")
        return a_visit(session, customer, DAY).id


def test_what_matters_comes_first_and_the_rest_of_the_catalogue_last(database: Database) -> None:
    sheet = StockSheets(database).read(a_shop(database))
    assert [(line.name, line.group) for line in sheet.lines] == [
        ("main", StockGroup.MAIN),
        ("key", StockGroup.KEY),
        ("slow", StockGroup.SLOW),
        ("small", StockGroup.OTHER),
        ("counted", StockGroup.OTHER),
        ("never", StockGroup.CATALOGUE),
    ]


def test_the_last_count_purchases_since_and_the_estimate_stand_beside_a_sku(database: Database) -> None:
    lines = {line.name: line for line in StockSheets(database).read(a_shop(database)).lines}
    main = lines["main"]
    assert main.last == LastCount(days_ago(14), 25, 1250, False)
    assert (main.since_last, main.weekly_sale, main.estimate) == (40, 20.0, 25)
    assert main.weeks[-1] == 20
    assert len(main.weeks) == 12
    assert main.guide_price == 1200


def test_a_count_is_taken_from_the_last_visit_that_counted_the_price_from_the_last_that_saw_it(
    database: Database,
) -> None:
    lines = {line.name: line for line in StockSheets(database).read(a_shop(database)).lines}
    small = lines["small"].last
    assert small is not None
    assert (small.on_hand, small.retail_price) == (2, 1150)


def test_what_was_never_counted_or_bought_has_no_value_instead_of_0(database: Database) -> None:
    lines = {line.name: line for line in StockSheets(database).read(a_shop(database)).lines}
    never = lines["never"]
    assert (never.last, never.since_last, never.estimate, never.weekly_sale, never.weeks) == (
        None,
        None,
        None,
        None,
        (),
    )


def test_the_shelf_shows_what_was_seen_at_the_last_visit_that_looked(database: Database) -> None:
    with database.write() as session:
        customer = a_customer(session)
        looked = a_visit(session, customer, days_ago(30), "done")
        passed = a_visit(session, customer, days_ago(9), "done")
        today = a_visit(session, customer, DAY).id
        session.add(ShelfCheck(visit_id=looked.id, sku_on_sale=21, sku_shown=17, minors_sign=False))
        session.add(ShelfCheck(visit_id=passed.id, note="没进店"))
        session.add(ShelfCheck(visit_id=today, sku_on_sale=99))
    last = ShelfReading(database).last(today)
    assert last is not None
    assert last.day == days_ago(30)
    assert (last.counts["sku_shown"], last.counts["slots"], last.checks["minors_sign"]) == (17, None, False)
    with database.read():
        assert ShelfReading(database).last(looked.id) is None
