"""Outlines of areas on the map: drawn from the shops that lie in them, switched by button and key, named."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.ui.background.task_runner import TaskRunner
from tests.ui.test_territory_view import FakePlans, Person, shop


@pytest.fixture
def plans() -> FakePlans:
    """Five shops of a village, the last with a place that is presumed; two of a street."""
    plans = FakePlans()
    village = [shop(number, area="桥头村", presumed=number == 5) for number in range(1, 6)]
    plans.shops = (*village, shop(6, area="学府路"), shop(7, area="学府路"))
    return plans


@pytest.fixture
def person(qtbot: QtBot, plans: FakePlans, tasks: TaskRunner, playbook: Playbook) -> Person:
    return Person(qtbot, plans, tasks, playbook)


def _switch(person: Person) -> QAbstractButton:
    found = person.find("showAreas")
    assert isinstance(found, QAbstractButton)
    return found


def test_an_area_of_three_shops_with_a_place_has_an_outline(person: Person) -> None:
    (outline,) = person.view.map._scene.outlines
    assert outline.name == "桥头村"
    assert len(outline.corners) == 4, "the presumed place says nothing"


def test_button_and_key_switch_the_outlines(person: Person) -> None:
    plain = person.view.map.grab().toImage()
    person.press("showAreas")
    outlined = person.view.map.grab().toImage()
    assert outlined != plain
    assert person.view.map.is_outlined
    person.view.map.setFocus()
    QTest.keyClick(person.view.map, Qt.Key.Key_G)
    assert not _switch(person).isChecked()
    assert person.view.map.grab().toImage().pixel(QPoint(5, 5)) == plain.pixel(QPoint(5, 5))
    assert not person.view.map.is_outlined


def test_without_areas_there_is_nothing_to_switch(qtbot: QtBot, tasks: TaskRunner, playbook: Playbook) -> None:
    person = Person(qtbot, FakePlans(), tasks, playbook)
    assert not _switch(person).isVisible()
    QTest.keyClick(person.view.map, Qt.Key.Key_G)
    assert not person.view.map.is_outlined
