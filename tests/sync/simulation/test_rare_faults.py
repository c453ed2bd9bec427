"""Faults too rare for random histories, and those met while the protocol was drafted: each with its own story."""

import pytest

from app.sync.core.applying import Cursor
from tests.sync.simulation.faults import Mutant
from tests.sync.simulation.laptop import Base
from tests.sync.simulation.messages import RowKey
from tests.sync.simulation.world import World

SHOP = ("customer", "c1")
WU = "mgr:wu"


class Story:
    """One head office, one manager, one laptop and a good line; the territory `terr:a` is loaded."""

    def __init__(self, *mutants: Mutant) -> None:
        self.world = World(0, frozenset(mutants))
        self.office = self.world.office
        self.network = self.world.network
        self.network.fair = True
        self.witness = self.world.witness
        self.office.withdraw(WU, "terr:b")
        self.office.write(SHOP, {"note": "old"}, scope="terr:a")
        self.laptop = self.world.laptops[0]
        self.pull()

    def pull(self, limit: int = 100) -> bool:
        """Fetch a page and say whether it was the last."""
        return self.laptop.pull(self.network.pull, self.office.enrol, limit)

    def push(self) -> None:
        """Send all that waits."""
        self.laptop.push(self.network.push, self.office.enrol, 100)

    def agrees(self) -> bool:
        """Say whether the laptop holds exactly what head office holds for it."""
        granted = self.office.grants[WU]
        wanted = {key for key, row in self.office.rows.items() if row.scope in granted and not row.deleted}
        return set(self.laptop.base) == wanted

    def delete_and_forget(self, key: RowKey) -> None:
        """Delete a row and collect its tombstone."""
        self.office.write(key, {}, deleted=True)
        self.office.collect(self.office.rows[key].scope)


def _pages_of_an_interrupted_load(story: Story) -> int:
    for _ in range(5):
        story.world.new_customer("terr:b")
    story.delete_and_forget(story.world.new_customer("terr:b"))
    story.office.grant(WU, "terr:b")
    for page in range(1, 50):
        if story.pull(limit=1):
            return page
        story.laptop.crash()
    return 0


def test_a_first_load_that_is_interrupted_below_the_floor_comes_to_an_end() -> None:
    story = Story()
    assert _pages_of_an_interrupted_load(story)
    assert story.agrees()


def test_without_the_counter_where_it_began_such_a_load_would_never_end() -> None:
    assert not _pages_of_an_interrupted_load(Story(Mutant.NO_BOOT))


def _edit_while_the_territory_is_away(story: Story) -> None:
    story.office.withdraw(WU, "terr:a")
    story.laptop.save(SHOP, "patch", {"note": "new"})
    story.push()


def test_the_answer_to_a_push_never_removes_a_row() -> None:
    story = Story()
    _edit_while_the_territory_is_away(story)
    assert not story.laptop.outbox
    assert SHOP in story.laptop.base
    story.office.grant(WU, "terr:a")
    story.pull()
    assert story.agrees()
    assert [record.value for record in story.office.kept if record.rule == "moved" and record.name] == ["new"]


def test_an_answer_that_did_remove_rows_would_take_a_shop_away_outside_any_checkpoint() -> None:
    story = Story(Mutant.PUSH_ANSWER_REMOVES)
    _edit_while_the_territory_is_away(story)
    assert SHOP not in story.laptop.base


def test_a_tombstone_in_the_answer_to_a_push_waits_for_the_feed() -> None:
    story = Story()
    story.laptop.save(SHOP, "patch", {"note": "new"})
    story.office.write(SHOP, {}, deleted=True)
    story.push()
    assert SHOP in story.laptop.base
    story.pull()
    assert SHOP not in story.laptop.base


def _visit_follows_its_shop_into_a_scope_not_loaded(story: Story) -> RowKey:
    visit = ("visit", "v1")
    story.laptop.save(visit, "insert", {"customer_id": SHOP[1], "text": "seen"})
    story.office.grant(WU, "terr:b")
    story.office.move(SHOP, "terr:b")
    story.push()
    return visit


def test_a_row_from_an_answer_enters_only_a_scope_that_is_followed() -> None:
    story = Story()
    visit = _visit_follows_its_shop_into_a_scope_not_loaded(story)
    assert story.office.rows[visit].scope == "terr:b"
    assert visit not in story.laptop.base
    story.pull()
    assert story.agrees()
    assert visit in story.laptop.base


@pytest.mark.parametrize("scope", ["terr:b", "terr:nowhere"])
def test_rows_of_a_scope_that_is_not_followed_are_swept(scope: str) -> None:
    story = Story()
    story.laptop.base["customer", "ghost"] = Base(scope, 9, {})
    story.pull()
    assert story.agrees()


def _row_dies_before_its_scope_is_loaded(story: Story) -> None:
    visit = _visit_follows_its_shop_into_a_scope_not_loaded(story)
    story.delete_and_forget(visit)
    story.pull()


def test_a_row_that_died_before_its_scope_was_loaded_leaves_no_ghost() -> None:
    story = Story()
    _row_dies_before_its_scope_is_loaded(story)
    assert story.agrees()


def test_it_would_if_answers_went_anywhere_and_first_loads_swept_nothing() -> None:
    story = Story(Mutant.ANSWER_WITHOUT_CURSOR, Mutant.SOFT_FIRST_LOAD)
    _row_dies_before_its_scope_is_loaded(story)
    assert not story.agrees()


def _territory_is_away_for_a_moment(story: Story) -> None:
    story.office.withdraw(WU, "terr:a")
    story.delete_and_forget(SHOP)
    story.office.streams["terr:a"].floor = 0
    story.office.grant(WU, "terr:a")
    story.pull()


def test_a_first_load_sweeps_what_it_does_not_deliver() -> None:
    story = Story()
    _territory_is_away_for_a_moment(story)
    assert story.agrees()


def test_a_soft_first_load_would_leave_a_ghost() -> None:
    story = Story(Mutant.SOFT_FIRST_LOAD)
    _territory_is_away_for_a_moment(story)
    assert not story.agrees()


def _shop_leaves_and_comes_back(story: Story) -> None:
    story.office.move(SHOP, "terr:c")
    story.office.move(SHOP, "terr:a")
    story.pull()


def test_an_exit_leaves_a_row_alone_that_has_come_back() -> None:
    story = Story()
    _shop_leaves_and_comes_back(story)
    assert story.laptop.base[SHOP].version == story.office.rows[SHOP].version


def test_an_exit_without_version_would_remove_it() -> None:
    story = Story(Mutant.EXIT_WITHOUT_VERSION)
    _shop_leaves_and_comes_back(story)
    assert SHOP not in story.laptop.base


def test_an_operation_made_over_one_that_waits_carries_what_was_seen_then() -> None:
    story = Story()
    story.laptop.save(SHOP, "patch", {"phone": "1"})
    story.office.write(SHOP, {"phone": "2"})
    story.pull()
    assert story.laptop.base[SHOP].values["phone"] == "2"
    assert story.laptop.screen(SHOP)["phone"] == "1"
    assert story.laptop.save(SHOP, "patch", {"phone": "3"}).base < story.laptop.base[SHOP].version


def test_own_work_of_one_evening_does_not_clash_with_itself() -> None:
    story = Story()
    for note in ("first", "second", "third"):
        story.laptop.save(SHOP, "patch", {"note": note})
    story.push()
    assert not story.office.kept
    assert story.laptop.base[SHOP].values["note"] == "third"


def test_a_scope_whose_digest_differs_is_mended_by_a_reset_though_versions_are_equal() -> None:
    story = Story()
    row = story.laptop.base[SHOP]
    story.laptop.base[SHOP] = Base(row.scope, row.version, {**row.values, "note": "bit rot"})
    assert story.laptop.digest("terr:a") != story.office.streams["terr:a"].digest
    story.laptop.cursors["terr:a"] = Cursor(0, 0, 0)
    story.pull()
    assert story.laptop.base[SHOP].values["note"] == "old"


def test_of_two_laptops_with_one_disk_the_second_becomes_a_replica_of_its_own() -> None:
    story = Story()
    twin = story.world.laptops[1]
    twin.restore(story.laptop.backup())
    story.laptop.save(SHOP, "patch", {"note": "one"})
    twin.save(SHOP, "patch", {"phone": "two"})
    story.push()
    story.world.sync(twin, 100)
    assert twin.replica != story.laptop.replica
    assert story.office.rows[SHOP].values["note"] == "one"
    assert story.office.rows[SHOP].values["phone"] == "two"


def test_head_office_gets_back_from_the_laptop_what_its_backup_had_not() -> None:
    story = Story()
    copy = story.office.backup()
    story.laptop.save(SHOP, "patch", {"note": "evening"})
    story.world.sync(story.laptop, 100)
    story.office.restore(copy, 1)
    assert story.office.rows[SHOP].values["note"] == "old"
    story.world.sync(story.laptop, 100)
    story.world.sync(story.laptop, 100)
    assert story.office.rows[SHOP].values["note"] == "evening"
    assert story.laptop.base[SHOP].version == story.office.rows[SHOP].version
    assert not story.witness.violations


def test_after_a_restore_no_version_is_given_a_second_time() -> None:
    story = Story()
    copy = story.office.backup()
    story.office.write(SHOP, {"note": "lost"})
    lost = story.office.rows[SHOP].version
    story.office.restore(copy, 1)
    story.office.write(SHOP, {"note": "other"})
    assert story.office.rows[SHOP].version > lost


def _restored_into_another_territory(story: Story) -> None:
    """A shop came to the laptop with a territory; the backup of head office knows it in another one, and older."""
    shop = ("customer", "c-moved")
    story.office.write(shop, {"note": "moves"}, scope="terr:b")
    for _ in range(3):
        story.world.new_customer("terr:b")
    copy = story.office.backup()
    story.office.move(shop, "terr:a")
    story.pull()
    story.office.restore(copy, 1)
    story.office.withdraw(WU, "terr:a")
    story.office.grant(WU, "terr:b")
    while not story.pull(limit=1):
        story.laptop.apply_part()


def test_after_a_restore_a_load_in_parts_brings_what_a_territory_that_goes_held_with_a_higher_version() -> None:
    story = Story()
    _restored_into_another_territory(story)
    assert ("customer", "c-moved") in story.laptop.base
    assert story.agrees()
    assert not story.witness.violations


def test_a_part_that_gave_way_to_the_higher_version_would_lose_the_row() -> None:
    story = Story(Mutant.PART_TRUSTS_DROPPED)
    _restored_into_another_territory(story)
    assert not story.agrees()


def test_a_stolen_laptop_gets_nothing_and_forgets_everything() -> None:
    story = Story()
    story.office.revoke(story.laptop.replica)
    story.laptop.save(SHOP, "patch", {"note": "stolen"})
    story.push()
    assert story.laptop.wiped
    assert not story.laptop.base
    assert story.office.rows[SHOP].values["note"] == "old"


def _insert_under_a_strangers_key(story: Story) -> str:
    key = ("visit", "v-strange")
    story.office.write(("customer", "c-far"), {"note": "far"}, scope="terr:c")
    story.office.write(key, {"customer_id": "c-far", "text": "theirs"}, scope="terr:c", author="mgr:li")
    op = story.laptop.save(key, "insert", {"customer_id": SHOP[1], "text": "mine"})
    story.push()
    return op.id


def test_a_new_row_under_a_strangers_key_is_kept_apart() -> None:
    story = Story()
    op = _insert_under_a_strangers_key(story)
    assert story.office.statuses[op] == "parked"
    assert op in story.office.parked
    assert story.office.rows["visit", "v-strange"].values["text"] == "theirs"
    assert not story.witness.violations


def test_the_bug_that_takes_a_strangers_key_over_is_caught() -> None:
    story = Story(Mutant.KEY_TAKEN_OVER)
    _insert_under_a_strangers_key(story)
    assert story.office.rows["visit", "v-strange"].values["text"] == "mine"
