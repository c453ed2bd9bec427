"""`zoufang tasks [--date D]`: the tasks of head office, what is open first, as they stand on a day."""

import argparse
from typing import TYPE_CHECKING, Any

from app.bootstrap.application import Application
from app.cli.output import ExitCode, Output
from app.domain.tasks import Due, TaskState
from app.domain.text import Text

if TYPE_CHECKING:
    from app.services.tasks import TaskLine

_STATES = {
    TaskState.ASSIGNED: Text("待接收", "not accepted yet"),
    TaskState.ACCEPTED: Text("办理中", "accepted"),
    TaskState.DONE: Text("已办", "done"),
    TaskState.CANNOT: Text("办不了", "cannot be done"),
    TaskState.CANCELLED: Text("已取消", "called off"),
}
_DUES = {Due.OVERDUE: Text("逾期", "overdue"), Due.TODAY: Text("今天截止", "due today")}


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print what is open and what was reported in the last days; nothing is written."""
    del arguments
    lines = application.tasks.board(application.clock.today())
    output.result(
        {
            "date": application.clock.today(),
            "open": sum(line.state.is_open for line in lines),
            "overdue": sum(line.state.is_open and line.due is Due.OVERDUE for line in lines),
            "tasks": [_task(line) for line in lines],
        },
        _lines(lines, output),
    )
    return ExitCode.DONE


def _task(line: "TaskLine") -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "kind": line.kind or None,
        "customer": line.code or None,
        "shop": line.shop or None,
        "due_on": line.due_on,
        "state": line.state,
        "assigned_by": line.assigned_by,
        "assigned_on": line.assigned_on,
        "note": line.note or None,
        "reason": line.reason or None,
        "photos": line.photos,
        "waiting": line.is_waiting,
    }


def _lines(lines: "tuple[TaskLine, ...]", output: Output) -> list[str]:
    if not lines:
        return [output.say("没有总部任务", "no tasks from head office")]
    return [_line(line, output) for line in lines]


def _line(line: "TaskLine", output: Output) -> str:
    due = _DUES.get(line.due) if line.state.is_open else None
    words = [
        str(line.due_on or "----------"),
        _STATES[line.state].of(output.language),
        line.title,
        f"{line.code} {line.shop}".strip(),
        "" if due is None else due.of(output.language),
        line.reason or line.note,
        output.say("待上传", "waits to be sent") if line.is_waiting else "",
    ]
    return " · ".join(word for word in words if word)
