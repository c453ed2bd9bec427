"""A forecast is its manager's: nobody else reads it, changes it or hangs anything onto it."""

from app.headoffice.models import TABLES
from tests.headoffice.world import NOW, World, key


def _entry(world: World, **more: object) -> dict[str, object]:
    return {
        "month": "2026-04-01", "product_id": world.products[0], "customer_id": world.customers["C11"],
        "model_value": 20.5, "manager_value": 30, "reason": "festival", **more,
    }  # fmt: skip


def _submission(**more: object) -> dict[str, object]:
    return {
        "month": "2026-04-01", "version": 1, "submitted_at": NOW.isoformat(), "based_on": "2026-02-28",
        "model_total": 20, "final_total": 30, "skus": 1, "corrected": 1, **more,
    }  # fmt: skip


def test_a_colleague_neither_sees_nor_changes_a_forecast(world: World) -> None:
    mine, colleague = world.laptop("M1"), world.laptop("M2")
    entry = mine.insert("forecast_entry", _entry(world))
    submission = mine.insert("forecast_submission", _submission())
    assert [one.status for one in mine.push().results] == ["applied", "applied"]
    colleague.do("patch", "forecast_entry", entry, {"manager_value": 999})
    colleague.do("delete", "forecast_submission", submission, {})
    line = {"submission_id": submission, "product_id": world.products[0], "model_value": 1, "final_value": 2}
    colleague.do("insert", "forecast_line", key(), line, 0)
    assert [(one.status, one.version) for one in colleague.push().results] == [("parked", None)] * 3
    colleague.pull()
    assert not [at for at in colleague.rows if at[0].startswith("forecast")]
    assert world.value("forecast_entry", entry, "manager_value") == 30
    mine.pull()
    assert {("forecast_entry", entry), ("forecast_submission", submission)} <= mine.rows.keys()


def test_a_forecast_for_a_shop_elsewhere_stays_with_who_wrote_it(world: World) -> None:
    mine, colleague = world.laptop("M1"), world.laptop("M2")
    mine.insert("forecast_entry", _entry(world, customer_id=world.customers["C21"]))
    assert [one.status for one in mine.push().results] == ["applied"]
    colleague.pull()
    assert not [at for at in colleague.rows if at[0] == "forecast_entry"]


def test_a_forecast_of_an_unknown_product_waits_for_it(world: World) -> None:
    mine, product = world.laptop("M1"), key()
    mine.insert("forecast_entry", _entry(world, product_id=product))
    assert [(one.status, one.reason) for one in mine.push().results] == [("parked", "unknown_parent")]
    world.put("product", product, {"sku_code": "P9", "name": "新品"})
    with world.database.read() as session:
        assert len(session.execute(TABLES["forecast_entry"].select()).all()) == 1
