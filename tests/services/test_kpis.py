"""The figures of a month: counted by hand on a small territory, shop by shop, against targets of both sides."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.domain.kpi.effect import Giver, KpiLine
from app.domain.kpi.registry import KPIS
from app.domain.kpi.tallies import NoValue
from app.domain.problems import RuleError
from app.models.local import OutboxEntry
from app.models.target import OfficeTarget
from app.models.trade import Allocation, OrderLine
from app.models.visit import ImprovementPlan, ShelfCheck, StockCount
from app.runtime.clock import Clock
from app.runtime.ids import new_id
from app.services.kpis import KpiMonth, Kpis
from app.storage.database import Database
from tests.builders import a_customer, a_product, a_visit, an_order

TODAY = date(2026, 6, 15)
JUNE, MAY = date(2026, 6, 1), date(2026, 5, 1)
VOLUME = "F05:volume:month:"


def test_every_figure_of_the_trade_has_a_value_or_a_reason(database: Database) -> None:
    view = Kpis(database, Clock(TODAY)).month(JUNE)
    assert {line.kpi for line in view.lines} == set(KPIS)
    assert all(line.value is None and line.empty is not None for line in view.lines)


@pytest.fixture
def kpis(database: Database) -> Kpis:
    """Give the figures of two shops: a key SKU and a plain one, orders of this year and last, one visit."""
    with database.write() as session:
        key = a_product(
            session,
            1,
            price_class="1",
            is_key=True,
            wholesale_price=20_000,
            retail_price=2_400,
            name="青山",
            brand="青山",
        )
        plain = a_product(session, 2, price_class="3", wholesale_price=10_000, retail_price=1_100, name="云岭")
        one = a_customer(session, "C1", "一号店", county_unit="河东", is_sample=True)
        two = a_customer(session, "C2", "二号店", county_unit="河西")
        a_customer(session, "C3", "已停业", county_unit="河南", exit_date=date(2026, 5, 31))
        an_order(session, one, date(2026, 6, 2), {key: 4, plain: 6})
        an_order(session, one, date(2026, 6, 9), {plain: 10})
        an_order(session, two, date(2026, 6, 3), {plain: 20})
        an_order(session, one, date(2026, 5, 5), {key: 2, plain: 8})
        an_order(session, two, date(2026, 5, 20), {plain: 30})  # after the 15th: not among the days compared
        an_order(session, one, date(2026, 1, 10), {plain: 5})
        an_order(session, one, date(2025, 6, 4), {key: 2, plain: 6})
        an_order(session, two, date(2025, 6, 12), {plain: 7})
        an_order(session, two, date(2025, 6, 25), {plain: 99})
        visit = a_visit(session, one, date(2026, 6, 10), "done")
        earlier = a_visit(session, one, date(2026, 6, 1), "done")
        counts = ((earlier, key, 1, None), (visit, key, 0, 2_640), (visit, plain, 8, None))
        for where, product, on_hand, price in counts:
            session.add(StockCount(visit_id=where.id, product_id=product.id, on_hand=on_hand, retail_price=price))
        session.add(ShelfCheck(visit_id=visit.id, sku_on_sale=10, sku_shown=8, sku_tagged=6))
        for due, reached in ((10, True), (12, False), (25, True)):  # the last is not due yet
            session.add(
                ImprovementPlan(
                    customer_id=one.id, visit_id=visit.id, item="D01", current_state="C", target_state="B",
                    due_on=date(2026, 6, due), self_reached=reached,
                )
            )  # fmt: skip
        session.add(
            Allocation(customer_id=two.id, product_id=key.id, valid_from=JUNE, valid_to=date(2026, 6, 30), allowed=5)
        )
        session.add(
            Allocation(customer_id=one.id, product_id=key.id, valid_from=JUNE, valid_to=date(2026, 6, 30), allowed=5)
        )
        for line in session.scalars(select(OrderLine).where(OrderLine.order_id == 1)):
            line.requested, line.allowed = (10, 4) if line.product_no == 1 else (6, None)
    return Kpis(database, Clock(TODAY))


WORKED = (
    ("F05:volume:month:", 40, None),
    ("F05:key:month:", 4, None),
    ("F05:value:month:", 10_000, None),
    ("F05:customers:month:", 2, None),
    ("F05:volume:year:", 85, None),
    ("F05:key:year:", 6, None),
    ("F06::month:", 1, 2),
    ("F07:volume:month:", 40, 8),  # the 12th and 25th of June last year come after the 9th, the newest order
    ("F07:key:month:", 4, 2),
    ("F07:customers:month:", 2, 1),
    ("F07:volume:month:brand:青山", 4, 2),
    ("F08::month:", 4, 40),
    ("F08::month:class:1", 4, 4),
    ("F10::month:", 0, 1),
    ("F10b::month:", 1, 2),
    ("F10c::month:", 1, 2),
    ("F10d::month:", 1, 2),
    ("F11::month:", 1, 1),
    ("F12::month:", 4, 10),
    ("F15::month:", 1, 2),
    ("F16::month:", 2, 2),
    ("F16b::month:", 20, 10),
    ("F16c::month:", 2, 2),
    ("F17::month:", 5, 5),  # one on the first, four ordered, none on the tenth
    ("F18::month:", 0, 2),
    ("F19::month:", 1, 1),
    ("F21::month:", 4, 4),
    ("F22::month:", 1, 1),
    ("F23::month:", 4, 4),
    ("F24::month:", 1, 2),
    ("F25::month:", 10, 16),
    ("F26::month:", 1, 2),
    ("F31::month:", 8, 20),
    ("F33::month:", 400_000, 40),
    ("F33b::month:", 4 * 4_000 + 36 * 1_000, 4 * 24_000 + 36 * 11_000),
    ("F37::month:", 8, 10),
    ("F37b::month:", 6, 8),
    ("F38::month:", 26_400 * 2, 24_000 * 2),
)


@pytest.mark.parametrize(("line_key", "upper", "lower"), WORKED)
def test_the_parts_of_a_figure_are_those_counted_by_hand(
    kpis: Kpis, line_key: str, upper: float, lower: float | None
) -> None:
    line = _line(kpis.month(JUNE), line_key)
    assert line.numerator == pytest.approx(upper)
    assert line.denominator == (None if lower is None else pytest.approx(lower))
    if lower is not None:
        assert line.value == pytest.approx(KPIS[line.kpi].of_sums(upper, lower))


def test_days_out_of_stock_are_those_of_the_counts(kpis: Kpis) -> None:
    assert _line(kpis.month(JUNE), "F20::month:").value == 1


def test_a_figure_is_that_of_the_shops_behind_it(kpis: Kpis) -> None:
    view = kpis.month(JUNE)
    opened = 0
    for line in view.lines:
        shops = view.shops_behind(line.key)
        opened += bool(shops)
        if shops and line.kpi != "F05":
            assert sum(shop.numerator for shop in shops) == pytest.approx(line.numerator), line.key
            lower = [shop.denominator for shop in shops if shop.denominator is not None]
            assert not lower or sum(lower) == pytest.approx(line.denominator), line.key
    assert opened > 25


def test_the_shops_come_with_the_largest_upper_part_first(kpis: Kpis) -> None:
    view = kpis.month(JUNE)
    assert [(shop.name, shop.numerator) for shop in view.shops_behind(VOLUME)] == [("一号店", 20), ("二号店", 20)]
    assert [shop.value for shop in view.shops_behind("F08::month:")] == [0.2, 0]


def test_a_month_that_is_over_is_compared_to_its_last_day(kpis: Kpis) -> None:
    view = kpis.month(MAY)
    assert (view.is_over, view.until) == (True, date(2026, 5, 31))
    assert _line(view, VOLUME).actual == 40
    assert _line(view, "F06::month:").empty is NoValue.NO_PLANS


def test_a_month_under_way_is_counted_up_to_its_newest_order(kpis: Kpis) -> None:
    """What head office has not sent yet is no fall against last year."""
    view = kpis.month(JUNE)
    assert (view.is_over, view.until) == (False, date(2026, 6, 9))


def test_a_target_tells_how_far_it_is_and_how_far_it_should_be(kpis: Kpis) -> None:
    kpis.set_target(JUNE, _line(kpis.month(JUNE), VOLUME), 100)
    line = _line(kpis.month(JUNE), VOLUME)
    assert (line.value, line.attainment, line.expected) == (0.4, 0.4, 0.3)
    assert (line.numerator, line.denominator, line.empty) == (40, 100, None)
    assert _line(kpis.month(MAY), VOLUME).target is None


def test_a_target_of_the_year_counts_in_each_of_its_months(kpis: Kpis) -> None:
    kpis.set_target(JUNE, _line(kpis.month(JUNE), "F05:volume:year:"), 170)
    line = _line(kpis.month(JUNE), "F05:volume:year:")
    assert (line.attainment, line.expected) == (0.5, pytest.approx(5.3 / 12))
    assert _line(kpis.month(MAY), "F05:volume:year:").target is not None


def test_a_target_that_is_taken_away_and_set_again_is_one_row(kpis: Kpis, database: Database) -> None:
    for value in (100.0, None, 120.0):
        kpis.set_target(JUNE, _line(kpis.month(JUNE), VOLUME), value)
        target = _line(kpis.month(JUNE), VOLUME).target
        assert (None if target is None else target.value) == value
    with database.read() as session:
        rows = session.scalars(select(OutboxEntry).where(OutboxEntry.table == "kpi_target")).all()
    assert len({row.row_id for row in rows}) == 1
    assert rows[0].values["kpi"] == "F05.volume"


def test_head_offices_target_stands_and_the_managers_is_kept_beside(kpis: Kpis, database: Database) -> None:
    kpis.set_target(JUNE, _line(kpis.month(JUNE), "F08::month:class:1"), 0.5)
    given = OfficeTarget(
        id=new_id(), manager="M1", month=JUNE, period="month", kpi="F08", scope="class:1", value=Decimal("0.8"),
        changed_at=datetime.now(UTC),
    )  # fmt: skip
    with database.deliver("sync") as session:
        session.add(given)
    target = _line(kpis.month(JUNE), "F08::month:class:1").target
    assert target is not None
    assert (target.value, target.giver, target.own) == (0.8, Giver.OFFICE, 0.5)


@pytest.mark.parametrize("value", [0, -5, 1e12])
def test_a_target_that_is_none_is_refused(kpis: Kpis, value: float) -> None:
    with pytest.raises(RuleError):
        kpis.set_target(JUNE, _line(kpis.month(JUNE), VOLUME), value)


def test_a_target_shows_before_it_is_read_again(kpis: Kpis) -> None:
    view = kpis.month(JUNE)
    line = _line(view, VOLUME)
    kpis.set_target(JUNE, line, 80)
    assert view.with_target(line, 80).lines == kpis.month(JUNE).lines
    assert view.with_target(line, 80).with_target(line, None).lines == view.lines


def test_thirteen_months_end_with_the_one_that_is_shown(kpis: Kpis) -> None:
    points = dict(kpis.month(JUNE).series[VOLUME])
    assert len(points) == 13
    assert [points[month] for month in (202506, 202604, 202605, 202606)] == [114, None, 40, 40]


def test_the_months_go_from_the_running_one_to_the_first_order(kpis: Kpis) -> None:
    months = kpis.months()
    assert (months[0], months[-1], len(months)) == (JUNE, date(2025, 6, 1), 13)


def _line(view: KpiMonth, key: str) -> KpiLine:
    line = view.line(key)
    assert line is not None, key
    return line
