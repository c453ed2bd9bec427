"""What the state of head office counts, and how it is said."""

from app.cli.headoffice_words import status_lines
from app.cli.output import Output
from app.domain.text import Language
from app.headoffice.giving_back import give_back
from app.headoffice.overview import Overview, overview
from tests.headoffice.world import NOW, World, key

ZH = Output(Language.ZH, as_json=False)


def _found(world: World) -> Overview:
    with world.database.read() as session:
        return overview(session, world.now)


def test_what_waits_for_a_decision_is_not_called_refused(world: World) -> None:
    laptop = world.laptop()
    laptop.pull()
    laptop.do("patch", "customer", world.customers["C11"], {"shop_name": "New name"})
    laptop.do("insert", "stock_count", key(), {"visit_id": key(), "product_id": world.products[0], "on_hand": 4}, 0)
    laptop.push()
    found = _found(world)
    assert (found.open_proposals, found.parked) == (1, 1)
    [one] = [state for state in found.laptops if state.replica == laptop.replica]
    assert (one.operations, one.refused, one.parked) == (2, 0, 1)
    assert [refused.status for refused in found.refused] == []


def test_states_and_reasons_are_said_in_words(world: World) -> None:
    laptop = world.laptop()
    laptop.pull()
    laptop.do("patch", "product", world.products[0], {"name": "x"})
    laptop.push()
    with world.database.write() as session:
        give_back(session, laptop.replica, 0, NOW)
    found = _found(world)
    [line, refused, *_] = [one for one in status_lines(found, ZH) if laptop.replica in one or "#" in one]
    assert "已交还" in line
    assert "退回 1" in line
    assert "总部维护" in refused
    assert "read_only" not in refused
    assert "待办理 0 条（搁置 0，待阅 0），7 天内退回 1 条" in status_lines(found, ZH)[-1]
