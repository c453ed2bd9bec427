"""An open task goes with its shop to whoever has it now; nobody is left with a task whose shop is not theirs."""

from pathlib import Path
from uuid import UUID

import pytest

from app.headoffice import people
from app.models.exchange import Task
from app.runtime.ids import new_id
from app.services.sync_happenings import read_happenings
from tests.sync.both.laptops import Laptop, Office


def _give(office: Office, state: str = "assigned") -> str:
    key = str(new_id())
    values = {"manager": "M1", "customer_id": office.shop, "title": "核对价签", "state": state, "assigned_by": "office"}
    office.write("task", key, values | {"assigned_at": office.now().isoformat()})
    return key


def _move(office: Office, territory: str) -> None:
    office.do(lambda session: people.move_customers(session, ["C1"], territory, office.now(), "office"))


def _tasks(laptop: Laptop) -> list[tuple[str, str]]:
    return laptop.rows("SELECT manager, state FROM task WHERE deleted_at IS NULL")


@pytest.mark.parametrize("state", ["assigned", "accepted"])
def test_the_new_manager_gets_it_and_the_old_one_is_told(
    laptop: Laptop, office: Office, tmp_path: Path, state: str
) -> None:
    other = Laptop(tmp_path / "other", office, "M2")
    _give(office, state)
    laptop.sync()
    _move(office, "T2")
    laptop.sync()
    other.sync()
    assert _tasks(laptop) == []
    assert _tasks(other) == [("M2", "assigned")]
    assert laptop.one("SELECT count(*) FROM quarantine_row") == 0
    assert [one.counts for one in read_happenings(laptop.database)] == [{"moved": 1, "closed": 0, "tasks": 1}]
    assert laptop.agrees()
    assert other.agrees()
    assert office.one("SELECT count(*) FROM audit_log WHERE deed = 'move_tasks'") == 1
    _move(office, "T1")
    laptop.sync()
    assert _tasks(laptop) == [("M1", "assigned")], "it comes back with the shop"
    other.close()


@pytest.mark.parametrize("state", ["done", "cannot", "cancelled"])
def test_what_is_closed_stays_with_whoever_reported_on_it(office: Office, state: str) -> None:
    key = _give(office, state)
    _move(office, "T2")
    assert office.one("SELECT manager FROM task") == "M1"
    assert office.one("SELECT scope FROM sync_row WHERE pk = :key", key=key) == "mgr:M1"


@pytest.mark.parametrize("holders", [0, 2])
def test_where_it_is_not_clear_who_has_the_shop_it_stays(office: Office, holders: int) -> None:
    _give(office)
    if holders:
        office.do(lambda session: people.add_manager(session, "M3", "赵经理", "T2", office.now()))
    else:
        office.do(lambda session: people.withdraw(session, "M2", "terr:T2", office.now()))
    _move(office, "T2")
    assert office.one("SELECT manager FROM task") == "M1"


def test_a_report_that_had_not_gone_up_is_for_the_new_manager_to_decide(laptop: Laptop, office: Office) -> None:
    key = _give(office)
    laptop.sync()
    with laptop.edit() as session:
        session.get_one(Task, UUID(key)).state = "done"
    _move(office, "T2")
    result = laptop.sync()
    assert result.verdicts == {"moved": 1}
    assert office.one("SELECT yours FROM sync_conflict WHERE manager = 'M2'") == '"done"'
