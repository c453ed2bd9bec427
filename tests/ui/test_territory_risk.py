"""Who may run out, over a whole territory: the person sees how far it is, stops it, and goes on with it."""

from collections.abc import Iterable
from threading import Event
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QProgressBar
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.ui.background.task_runner import TaskRunner
from app.ui.territory.territory_view_model import Coloring
from tests.ui.test_territory_view import FakePlans, Person, shop


@pytest.fixture
def person(qtbot: QtBot, tasks: TaskRunner, playbook: Playbook) -> Person:
    plans = FakePlans()
    plans.shops = tuple(shop(number) for number in range(1, 13))
    return Person(qtbot, plans, tasks, playbook)


def _button(person: Person) -> QAbstractButton:
    button = person.find("riskStop")
    assert isinstance(button, QAbstractButton)
    return button


def _progress(person: Person) -> tuple[str, str]:
    line = person.find("riskProgress")
    assert isinstance(line, QProgressBar)
    return line.accessibleName(), line.accessibleDescription()


def test_the_computing_is_stopped_and_gone_on_with(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    go, asked = Event(), Person._ask_risks

    def ask(one: Person, shops: Iterable[UUID], day: object) -> dict[UUID, int | None]:
        go.wait(10)
        return asked(one, shops, day)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(person.model._risks, "_ask", lambda shops, day: ask(person, shops, day))
    person.model.color_by(Coloring.RISK)
    assert _progress(person) == ("Looking at stocks", "0 of 12 shops")
    QTest.mouseClick(_button(person), Qt.MouseButton.LeftButton)
    go.set()
    person.rest()
    assert person.asked == [UUID(int=number) for number in range(1, 5)], "what was under way is kept"
    assert _progress(person) == ("Stopped", "4 of 12 shops")
    assert _button(person).text() == "Go on"
    QTest.mouseClick(_button(person), Qt.MouseButton.LeftButton)
    person.rest()
    assert person.asked == [UUID(int=number) for number in range(1, 13)]
    assert not person.find("riskProgress").isVisible()


def test_another_colour_shows_no_progress_and_coming_back_computes_again(person: Person) -> None:
    person.model.color_by(Coloring.RISK)
    person.model.stop_risks()
    person.model.color_by(Coloring.CADENCE)
    assert not person.find("riskProgress").isVisible()
    person.model.color_by(Coloring.RISK)
    person.rest()
    assert len(person.asked) == 12
