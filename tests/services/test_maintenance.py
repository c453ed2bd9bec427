"""The care of the store: facts, what waits, backups, the check, the password; and the door before it is open."""

from datetime import date

import pytest

from app.domain.problems import Problem, TroubleError
from app.runtime.paths import DataFolder
from app.services.maintenance import Maintenance
from app.services.opening import DoorState, StoreDoor
from app.storage.database import Database
from app.storage.facts import TERRITORY, write_fact
from app.storage.store import OpenedStore, close_store
from tests.builders import a_customer, a_product, a_visit, an_order
from tests.conftest import CHEAP, PASSWORD


@pytest.fixture
def maintenance(database: Database, data_folder: DataFolder) -> Maintenance:
    """The care of a store with a customer, a product, an order, a visit and a planned stop."""
    with database.write() as session:
        customer = a_customer(session)
        product = a_product(session)
        an_order(session, customer, date(2022, 4, 20), {product: 3})
        a_visit(session, customer, date(2022, 4, 29))
        a_visit(session, customer, date(2022, 4, 30), "planned")
    return Maintenance(database, data_folder, CHEAP)


def test_it_tells_what_the_store_is_and_holds(maintenance: Maintenance, database: Database) -> None:
    assert maintenance.info().territory is None
    write_fact(database, TERRITORY, "T3")
    info = maintenance.info()
    assert (info.territory, info.customers, info.products, info.orders, info.visits) == ("T3", 1, 1, 1, 1)
    assert info.last_order == date(2022, 4, 20)
    assert info.size > 0
    assert info.free > 0


def test_it_counts_by_table_what_head_office_has_not_got(maintenance: Maintenance) -> None:
    waiting = maintenance.waiting()
    assert waiting.by_table == {"customer": 1, "product": 1, "visit": 1}
    assert waiting.total == 3
    assert waiting.oldest is not None


def test_a_backup_is_listed_with_what_it_holds(maintenance: Maintenance) -> None:
    assert maintenance.backups() == ()
    made = maintenance.back_up()
    assert made.rows["customer"] == 1
    assert maintenance.backups() == (made,)


def test_a_backup_file_that_cannot_be_read_is_left_out_of_the_list(
    maintenance: Maintenance, data_folder: DataFolder
) -> None:
    made = maintenance.back_up()
    (data_folder.backups / f"99999999-000000-000000{made.file.suffix}").write_bytes(b"torn")
    assert maintenance.backups() == (made,)


def test_the_check_of_a_whole_store_tells_what_it_holds(maintenance: Maintenance) -> None:
    assert maintenance.check().customers == 1


def test_the_check_finds_a_damaged_page(maintenance: Maintenance, database: Database) -> None:
    database.close()
    content = bytearray(database.path.read_bytes())
    place = (len(content) // 2) // 4096 * 4096
    content[place : place + 64] = b"\xff" * 64
    database.path.write_bytes(bytes(content))
    with pytest.raises(TroubleError) as found:
        maintenance.check()
    assert found.value.problem is Problem.STORE_DAMAGED


def test_only_the_right_password_is_confirmed(maintenance: Maintenance) -> None:
    maintenance.confirm_password(PASSWORD)
    with pytest.raises(TroubleError) as refused:
        maintenance.confirm_password("wrong horse")
    assert refused.value.problem is Problem.WRONG_PASSWORD


def test_a_too_short_new_password_is_refused(maintenance: Maintenance) -> None:
    with pytest.raises(TroubleError) as refused:
        maintenance.change_password(PASSWORD, "short")
    assert refused.value.problem is Problem.PASSWORD_TOO_SHORT


def _door(folder: DataFolder) -> StoreDoor[OpenedStore]:
    return StoreDoor(folder, _as_it_is, use_keyring=False, cost=CHEAP)


def _as_it_is(opened: OpenedStore) -> OpenedStore:
    return opened


def test_the_door_knows_an_empty_a_locked_and_a_broken_folder(data_folder: DataFolder) -> None:
    door = _door(data_folder)
    assert door.state() is DoorState.EMPTY
    close_store(door.create(PASSWORD).database)
    assert door.state() is DoorState.LOCKED
    data_folder.vault.rename(data_folder.vault.with_suffix(".away"))
    assert door.state() is DoorState.BROKEN


def test_a_missing_store_of_which_there_are_backups_is_damage_and_not_a_first_start(data_folder: DataFolder) -> None:
    door = _door(data_folder)
    opened = door.create(PASSWORD)
    Maintenance(opened.database, data_folder).back_up()
    close_store(opened.database)
    data_folder.store.unlink()
    assert door.state() is DoorState.BROKEN
    with pytest.raises(TroubleError) as refused:
        door.unlock(PASSWORD)
    assert refused.value.problem is Problem.STORE_DAMAGED


def test_a_lost_vault_comes_back_with_the_backup(data_folder: DataFolder) -> None:
    door = _door(data_folder)
    opened = door.create(PASSWORD)
    with opened.database.write() as session:
        a_customer(session)
    Maintenance(opened.database, data_folder).back_up()
    close_store(opened.database)
    data_folder.vault.unlink()
    restored = door.restore(door.backups()[0], PASSWORD)
    assert Maintenance(restored.database, data_folder).info().customers == 1
    close_store(restored.database)


def test_a_first_start_that_failed_half_way_can_be_tried_again_with_another_password(data_folder: DataFolder) -> None:
    door = _door(data_folder)
    close_store(door.create(PASSWORD).database)
    data_folder.store.unlink()
    close_store(door.create("another good one").database)
    close_store(door.unlock("another good one").database)
