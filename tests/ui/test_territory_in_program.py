"""The map of the territory in the real program: from the customers and from the plan, to a shop and back."""

from collections.abc import Generator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView, QRadioButton

from app.runtime.paths import DataFolder
from app.ui.widgets.segmented_choice import SegmentedChoice
from app.ui.widgets.territory_map import TerritoryMap
from tests.real_program import Program, copy_store, running
from tests.ui.scenes import customers, territory, territory_in_plan


@pytest.fixture(scope="module")
def program(
    practice_store: DataFolder, tmp_path_factory: pytest.TempPathFactory, _dressed: QApplication
) -> Generator[Program]:
    """The real window on a store of its own."""
    folder = copy_store(practice_store, tmp_path_factory.mktemp("territory") / "data")
    with running(folder) as program:
        yield program.open()


def test_the_map_of_all_customers_opens_one_and_is_there_again_on_the_way_back(program: Program) -> None:
    territory(program)
    map_ = program.find(TerritoryMap, "territoryMap")
    assert program.focused is map_
    program.key(Qt.Key.Key_A, ctrl=True)
    listed = program.find(QListView, "selectedShops").model()
    assert listed.rowCount() == len(map_.selected) == 60
    program.key(Qt.Key.Key_Escape)
    assert not map_.selected
    program.key(Qt.Key.Key_Right)
    for _ in range(12):
        if not program.is_shown("backToList"):
            program.key(Qt.Key.Key_Return)
            program.rest()
    program.click("backToList")
    program.wait(lambda: program.is_shown("territoryMap"), "the map")
    program.click("leaveMap")
    program.wait(lambda: program.is_shown("listFilter"), "the list")


def test_the_plan_shows_the_map_as_its_fourth_view(program: Program) -> None:
    territory_in_plan(program)
    assert program.is_shown("territoryMap")
    assert program.is_shown("wayDay")
    span = program.find(SegmentedChoice, "mapSpan")
    assert span.value == "map"
    program.click(span.findChildren(QRadioButton)[1])
    program.wait(lambda: program.is_shown("planSpan"), "the calendar")
    assert program.find(SegmentedChoice, "planSpan").value == "week"
    customers(program)
