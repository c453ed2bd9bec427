"""Two kinds of brand and of shop, told with their reasons; the manager's own word comes with one, and is taken back."""

import pytest

from app.domain.forecast_process import Sign, Steadiness
from app.domain.problems import Problem, RuleError
from app.services.forecast_desk import ForecastDesk
from app.services.forecast_views import KindRow, KindsView, SaidKind
from app.storage.database import Database
from tests.services.forecast_story import customer, product, row_of

DIFFICULT, STABLE = Steadiness.DIFFICULT, Steadiness.STABLE


def _brand(view: KindsView, code: str) -> KindRow:
    return next(row for row in view.brands if row.code == code)


def _shop(view: KindsView, code: str) -> KindRow:
    return next(row for row in view.shops if row.code == code)


def test_every_brand_and_shop_has_the_kind_that_the_desk_shows_with_what_led_to_it(desk: ForecastDesk) -> None:
    view, month = desk.kinds.view(), desk.overview()
    assert {row.code: row.kinded for row in view.brands} == {row.code: row.kind for row in month.rows}
    first = row_of(month, "P1")
    shops = {row.code: row.kind for row in desk.shops(first.product_id, month.month).shops if row.customer_id}
    assert {row.code: row.kinded for row in view.shops if row.code in shops} == shops
    assert len(view.shops) == 6
    assert Sign.SCARCE in _brand(view, "P4").kinded.signs
    assert _brand(view, "P4").ruled is DIFFICULT
    assert [row.monthly for row in view.brands] == sorted((row.monthly for row in view.brands), reverse=True)


def test_the_manager_s_word_stands_with_its_reason_and_gives_way_to_the_rule_again(
    desk: ForecastDesk, database: Database
) -> None:
    key = product(database, "P1")
    before, _ = desk.kinds.say(SaidKind(DIFFICULT, "told", "两户要停"), product_id=key)
    row = _brand(desk.kinds.view(), "P1")
    assert before is None
    assert (row.kinded.kind, row.ruled, row.kinded.by_hand) == (DIFFICULT, STABLE, True)
    assert row.said == SaidKind(DIFFICULT, "told", "两户要停")
    before, _ = desk.kinds.say(None, product_id=key)
    assert (_brand(desk.kinds.view(), "P1").said, before) == (None, row.said)
    desk.kinds.restore(before, product_id=key)
    assert _brand(desk.kinds.view(), "P1").said == row.said


def test_a_shop_is_called_volatile_at_every_sku_of_it(desk: ForecastDesk, database: Database) -> None:
    desk.kinds.say(SaidKind(DIFFICULT, "shop_change"), customer_id=customer(database, "C1"))
    assert _shop(desk.kinds.view(), "C1").kinded.by_hand
    view = desk.overview()
    for row in view.rows:
        found = [shop for shop in desk.shops(row.product_id, view.month).shops if shop.code == "C1"]
        assert all(shop.kind is not None and shop.kind.kind is DIFFICULT for shop in found)


@pytest.mark.parametrize("said", [SaidKind(DIFFICULT), SaidKind(DIFFICULT, "other"), SaidKind(DIFFICULT, "nonsense")])
def test_a_word_without_a_reason_is_refused(desk: ForecastDesk, database: Database, said: SaidKind) -> None:
    with pytest.raises(RuleError) as refused:
        desk.kinds.say(said, product_id=product(database, "P1"))
    assert [one.problem for one in refused.value.refusals] == [Problem.REASON_MISSING]
    assert _brand(desk.kinds.view(), "P1").said is None


def test_just_one_of_brand_and_shop_is_named(desk: ForecastDesk, database: Database) -> None:
    for keys in ({}, {"product_id": product(database, "P1"), "customer_id": customer(database, "C1")}):
        with pytest.raises(RuleError):
            desk.kinds.say(SaidKind(STABLE, "told"), **keys)
