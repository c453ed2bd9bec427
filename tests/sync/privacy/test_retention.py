"""What is older than its table is kept on laptops leaves them, whole and without traces; head office keeps it."""

from datetime import UTC, datetime, timedelta

from app.headoffice import people
from app.headoffice.retiring import retire
from app.runtime.ids import new_id
from app.sync.core.registry import build_registry
from tests.sync.both.laptops import Laptop, Office
from tests.sync.privacy.traces import traces_of
from tests.sync.tally import tally

MARK = "zqxretired"
NOW = datetime(2022, 4, 29, tzinfo=UTC)


def _visit(office: Office, day: str, note: str) -> None:
    visit = str(new_id())
    values = {"customer_id": office.shop, "day": day, "status": "done", "need_note": note}
    office.write("visit", visit, values, author="M1")
    count = {"visit_id": visit, "product_id": office.product, "on_hand": 1}
    office.write("stock_count", str(new_id()), count, author="M1")


def _order(office: Office, number: str, day: str) -> None:
    line = [office.product, 5, 500, None, None]
    office.write("purchase_order", number, {"customer_id": office.shop, "order_date": day, "lines": [line]})


def _task(office: Office, title: str, state: str, year: int = 2020) -> None:
    values = {"manager": "M1", "title": title, "assigned_by": "A", "assigned_at": f"{year}-01-01T08:00:00+00:00"}
    office.write("task", str(new_id()), {**values, "state": state})


def _present(office: Office) -> None:
    """Let the newest rows be of today: what is old is old beside them."""
    _visit(office, "2022-04-29", "of today")
    _order(office, "today", "2022-04-29")
    _task(office, "of this year", "done", 2022)


def test_old_rows_leave_the_laptop_and_stay_at_head_office(laptop: Laptop, office: Office) -> None:
    _visit(office, "2020-02-28", MARK)
    _visit(office, "2020-03-31", "young enough")
    _order(office, MARK, "2019-03-31")
    _order(office, "young", "2019-04-30")
    _task(office, MARK, "done")
    _task(office, "still to be done", "assigned")
    _present(office)
    laptop.sync()
    assert traces_of(MARK, laptop.database)
    assert retire(office.database, NOW) == 3
    laptop.sync()
    assert laptop.rows("SELECT need_note FROM visit") == [("young enough",), ("of today",)]
    assert laptop.one("SELECT count(*) FROM stock_count") == 2
    assert laptop.rows("SELECT order_no FROM purchase_order ORDER BY order_date") == [("young",), ("today",)]
    assert laptop.rows("SELECT title FROM task ORDER BY 1") == [("of this year",), ("still to be done",)]
    assert laptop.agrees()
    assert traces_of(MARK, laptop.database) == []
    assert office.one("SELECT count(*) FROM visit") == office.one("SELECT count(*) FROM purchase_order") == 3
    assert retire(office.database, NOW + timedelta(days=1)) == 0
    tally("retention: traces of old rows left on the laptop", 3)


def test_what_left_for_its_age_does_not_come_back_with_its_customer(laptop: Laptop, office: Office) -> None:
    _visit(office, "2020-02-28", MARK)
    _visit(office, "2022-04-29", "of today")
    assert retire(office.database, NOW) == 1
    laptop.sync()
    for territory in ("T2", "T1"):
        office.do(lambda session, to=territory: people.move_customers(session, ["C1"], to, office.now(), "office"))
        laptop.sync()
    assert laptop.one("SELECT count(*) FROM customer") == 1
    assert laptop.rows("SELECT need_note FROM visit") == [("of today",)]
    assert laptop.agrees()


def test_figures_of_an_earlier_year_stay_together(office: Office) -> None:
    _order(office, "first", "2020-05-01")
    _order(office, "last", "2022-04-29")
    assert retire(office.database, datetime(2031, 1, 1, tzinfo=UTC)) == 0


def test_every_table_says_why_it_is_kept_and_those_with_an_end_are_retired() -> None:
    from app.headoffice.retiring import _DATES, HANGING

    rules = build_registry({})
    hanging = {name for names, _ in HANGING.values() for name in names}
    assert all(rule.purpose for rule in rules.values())
    assert {name for name, rule in rules.items() if rule.keep_months} == {*_DATES, *hanging}


def test_an_old_submission_leaves_with_its_lines(laptop: Laptop, office: Office) -> None:
    for month, note in (("2020-02-01", MARK), ("2022-05-01", "of today")):
        submission = str(new_id())
        values = {"version": 1, "submitted_at": "2020-01-08T08:00:00+00:00", "based_on": "2019-12-31", "skus": 1}
        totals = {"model_total": 5, "final_total": 6, "corrected": 1, "month": month}
        office.write("forecast_submission", submission, values | totals, author="M1")
        line = {"submission_id": submission, "product_id": office.product, "model_value": 5, "final_value": 6}
        office.write("forecast_line", str(new_id()), line | {"reason": note}, author="M1")
    laptop.sync()
    assert retire(office.database, NOW) == 1
    laptop.sync()
    assert laptop.rows("SELECT reason FROM forecast_line") == [("of today",)]
    assert laptop.one("SELECT count(*) FROM forecast_submission") == 1
    assert laptop.agrees()
    assert traces_of(MARK, laptop.database) == []
    assert office.one("SELECT count(*) FROM forecast_line") == 2
