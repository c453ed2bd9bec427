"""What the forecast gets to see of a store: demand with floors, closed shops, the calendar of the trade."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.trade import OrderLine
from app.playbooks.trade_calendar import load_trade_calendar
from app.services.market_reading import ReadMarket, TooFewMonths, read_market
from app.storage.database import Database
from tests.builders import a_customer, a_product, an_order

DAY = date(2026, 10, 31)
CHINA = load_trade_calendar("china")


def _fill(database: Database, *, keeps_holidays: bool = True, months: int = 15) -> None:
    """Two shops that order one SKU every Friday, the second of them closed; holidays kept or not."""
    with database.write() as session:
        product = a_product(session, 1, price_class="1")
        shops = [a_customer(session, "C1"), a_customer(session, "C2", status="cancelled")]
        for week in range(months * 52 // 12):
            friday = date(2026, 10, 30) - timedelta(days=7 * week)
            if not (keeps_holidays and friday in CHINA.off):
                for number, shop in enumerate(shops):
                    an_order(session, shop, friday, {product: 5 + number})


def _read(database: Database, day: date = DAY) -> ReadMarket:
    with database.look() as cursor:
        return read_market(cursor, day)


def test_demand_by_month_and_who_has_closed(database: Database) -> None:
    _fill(database)

    read = _read(database)

    market = read.market
    assert [shop.code for shop in read.shops] == ["C1", "C2"]
    assert market.closed is not None
    assert market.closed.tolist() == [False, True]
    assert market.values[:, -1].tolist() == [20, 24]  # four Fridays, one was a holiday
    assert market.late[0, -1].astype(float).tolist() == pytest.approx([0.25, 0.5], abs=1e-3)


def test_a_trade_that_keeps_the_holidays_has_their_calendar(database: Database) -> None:
    _fill(database)

    market = _read(database).market

    assert market.festivals is not None
    february = 12 * 2026 + 1 - market.first_month
    assert market.festivals[0, february] != 1
    assert market.exposure.days[12 * 2026 + 4 - market.first_month, :5].sum() == pytest.approx(19)  # May: 21 − 3 + 1


def test_a_trade_that_does_not_has_none(database: Database) -> None:
    _fill(database, keeps_holidays=False)

    market = _read(database).market

    assert market.festivals is None
    assert market.exposure.days[12 * 2026 + 4 - market.first_month, :5].sum() == 21


def test_what_was_asked_for_counts_and_a_limit_is_a_floor(database: Database) -> None:
    _fill(database)
    with database.write() as session:
        asked, limited = session.scalars(select(OrderLine).order_by(OrderLine.order_id).limit(2))
        asked.requested = 30
        limited.qty = limited.allowed = 1

    market = _read(database).market

    assert market.values[0, -1] == 15 + 30
    assert market.values[1, -1] > 18 + 1


def test_a_month_in_which_orders_began_late_is_no_whole_one(database: Database) -> None:
    _fill(database, keeps_holidays=False)
    begin = date(2026, 10, 30) - timedelta(days=7 * 64)
    assert begin == date(2025, 8, 8)

    market = _read(database).market

    assert market.first_month == 12 * 2025 + 8  # September
    assert market.values[0, 0] == 20


def test_two_months_are_too_few(database: Database) -> None:
    _fill(database, months=2)

    with pytest.raises(TooFewMonths):
        _read(database)
