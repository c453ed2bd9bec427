"""Tasks: what is given, how far it is, what was reported; new ones, and calling one off."""

import re
from datetime import date

from fastapi import Request, Response

from app.headoffice.console import carrying_out
from app.headoffice.console.carrying_out import TaskForm
from app.headoffice.console.desk import Decision, Looks, MayDecide, Sent, asked, go, page_number
from app.headoffice.console.problems import Refused
from app.headoffice.console.readings import tasks as readings
from app.headoffice.console.readings.lists import today_of
from app.headoffice.console.routing import console_router
from app.headoffice.operations import is_key
from app.headoffice.problems import NotFound

router = console_router()
_LIST = "/console/tasks"
_BETWEEN = re.compile(r"[\s,;，；、]+")


@router.get("/tasks")
def tasks(request: Request, visitor: Looks) -> Response:
    """Show the tasks."""
    show, manager, text = asked(request, "show"), asked(request, "manager"), asked(request, "q")
    show = show if show in readings.SHOWN else "open"
    with visitor.office.database.read() as session:
        part = readings.tasks(session, visitor.reach, show, manager, text, today_of(visitor.now), page_number(request))
    return visitor.page("tasks.html", part=part, show=show, manager=manager, text=text, shown=readings.SHOWN)


@router.get("/tasks/new")
def new_task(request: Request, visitor: MayDecide) -> Response:
    """Show the form of a new task."""
    given = {"managers": asked(request, "manager"), "customers": asked(request, "customer")}
    return visitor.page("task_new.html", given=given, problem="", facts={})


@router.post("/tasks/new")
def give(sent: Decision) -> Response:
    """Give tasks; a form that does not fit comes back as it was filled in."""
    visitor = sent.visitor
    try:
        form = _form(sent)
        given = visitor.office.database.transaction(
            lambda session: carrying_out.give_tasks(session, form, visitor.person, visitor.now)
        )
    except Refused as problem:
        return visitor.page("task_new.html", 409, given=sent.fields, problem=problem.word, facts=problem.facts)
    return go(_LIST, "tasks_given" if given else "tasks_known", n=given)


@router.get("/tasks/{task}")
def task(visitor: Looks, task: str) -> Response:
    """Show one task and what was reported."""
    with visitor.office.database.read() as session:
        return visitor.page("task.html", found=readings.task(session, visitor.reach, task, today_of(visitor.now)))


@router.post("/tasks/{task}/cancel")
def cancel(sent: Decision, task: str) -> Response:
    """Call a task off."""
    visitor = sent.visitor
    if not is_key(task):
        raise NotFound(task[:40])
    visitor.office.database.transaction(
        lambda session: carrying_out.cancel_task(session, task, visitor.person, visitor.now)
    )
    return go(_LIST, "task_cancelled")


def _form(sent: Sent) -> TaskForm:
    title, due = sent.text("title", 200), sent.text("due_on", 10)
    if not title:
        raise Refused("refused.title_missing")
    try:
        due_on = date.fromisoformat(due) if due else None
    except ValueError:
        raise Refused("refused.bad_day") from None
    return TaskForm(
        title, sent.text("body", 5000), due_on, _codes(sent.text("managers", 20_000)),
        _codes(sent.text("customers", 20_000)),
    )  # fmt: skip


def _codes(text: str) -> tuple[str, ...]:
    return tuple(one for one in _BETWEEN.split(text) if one)
