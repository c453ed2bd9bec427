"""What a step makes of a read that fails: a visit that has left is let pass, everything else is reported."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.problems import Problem, Refusal, RuleError
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.visit.left_visit import unless_left


def test_a_row_that_is_not_here_any_more_is_let_pass(qtbot: QtBot, tasks: TaskRunner) -> None:
    with qtbot.assertNotEmitted(tasks.failed):
        unless_left(tasks)(RuleError(Refusal(Problem.NOT_FOUND, "visit")))


@pytest.mark.parametrize(
    "error", [OSError("disk"), RuleError(Refusal(Problem.NOT_FOUND, "visit"), Refusal(Problem.BAD_VALUE, "note"))]
)
def test_any_other_failure_is_reported(qtbot: QtBot, tasks: TaskRunner, error: Exception) -> None:
    with qtbot.waitSignal(tasks.failed) as told:
        unless_left(tasks)(error)
    assert told.args == [error]
