"""Conflicts to decide, and changes that managers propose."""

from fastapi import Request, Response

from app.headoffice.console import carrying_out
from app.headoffice.console.desk import Decision, SeesValues, asked, go, page_number
from app.headoffice.console.problems import BadForm
from app.headoffice.console.readings import decisions as readings
from app.headoffice.console.routing import console_router
from app.headoffice.operations import is_key
from app.headoffice.problems import NotFound

router = console_router()


@router.get("/conflicts")
def conflicts(request: Request, visitor: SeesValues) -> Response:
    """Show conflicts: open, decided by a person, or merged by a rule."""
    state, manager = asked(request, "show"), asked(request, "manager")
    state = state if state in readings.CONFLICTS else "open"
    with visitor.office.database.read() as session:
        part = readings.conflicts(session, visitor.reach, state, manager, visitor.now, page_number(request))
    return visitor.page("conflicts.html", part=part, show=state, manager=manager, shown=readings.CONFLICTS)


@router.post("/conflicts/{conflict}")
def resolve(sent: Decision, conflict: str) -> Response:
    """Let one of the two values stand."""
    visitor, choice = sent.visitor, sent.text("choice")
    if choice not in {"theirs", "yours"}:
        raise BadForm("choice")
    visitor.office.database.transaction(
        lambda session: carrying_out.resolve(session, _key(conflict), choice, visitor.person, visitor.now)
    )
    return go("/console/conflicts", "conflict_theirs" if choice == "theirs" else "conflict_yours")


@router.get("/proposals")
def proposals(request: Request, visitor: SeesValues) -> Response:
    """Show proposals: open or decided."""
    state, manager = asked(request, "show"), asked(request, "manager")
    state = state if state in readings.PROPOSALS else "open"
    with visitor.office.database.read() as session:
        part = readings.proposals(session, visitor.reach, state, manager, page_number(request))
    return visitor.page("proposals.html", part=part, show=state, manager=manager, shown=readings.PROPOSALS)


@router.post("/proposals/{proposal}")
def decide(sent: Decision, proposal: str) -> Response:
    """Accept a change, or decline it with a reason."""
    visitor, choice, note = sent.visitor, sent.text("choice"), sent.text("note", 500)
    if choice not in {"accept", "decline"}:
        raise BadForm("choice")
    accept, person, now = choice == "accept", visitor.person, visitor.now
    visitor.office.database.transaction(
        lambda session: carrying_out.decide_proposal(
            session, _key(proposal), person, now, accept=accept, note=note
        )
    )  # fmt: skip
    return go("/console/proposals", "proposal_accepted" if accept else "proposal_declined")


def _key(text: str) -> str:
    if not is_key(text):
        raise NotFound(text[:40])
    return text
