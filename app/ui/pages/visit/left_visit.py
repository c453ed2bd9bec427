"""What a step does when the visit that it reads has left this laptop: nothing, for the page itself tells so."""

from collections.abc import Callable
from functools import partial

from app.domain.problems import Problem, RuleError
from app.ui.background.task_runner import TaskRunner


def unless_left(tasks: TaskRunner) -> Callable[[BaseException], None]:
    """Return what takes the failure of a read: a row that is not here any more is let pass, the rest is reported."""
    return partial(_report, tasks)


def _report(tasks: TaskRunner, error: BaseException) -> None:
    if isinstance(error, RuleError) and all(one.problem is Problem.NOT_FOUND for one in error.refusals):
        return
    tasks.failed.emit(error)
