"""Records that were refused, and those that wait: let in or dropped with a reason."""

from fastapi import Request, Response

from app.headoffice.console import carrying_out
from app.headoffice.console.desk import Decision, Looks, asked, go, page_number
from app.headoffice.console.readings import records as readings
from app.headoffice.console.routing import console_router
from app.headoffice.problems import NotFound

router = console_router()
_LIST = "/console/records"
_BEYOND = 1 << 53


@router.get("/records")
def records(request: Request, visitor: Looks) -> Response:
    """Show what waits, or what was refused."""
    show = "refused" if asked(request, "show") == "refused" else "parked"
    manager = asked(request, "manager")
    read = readings.refused if show == "refused" else readings.parked
    with visitor.office.database.read() as session:
        part = read(session, visitor.reach, manager, page_number(request))
    return visitor.page("records.html", part=part, show=show, manager=manager)


@router.post("/records/{replica}/{no}/apply")
def apply(sent: Decision, replica: str, no: int) -> Response:
    """Have a record that waits decided now."""
    visitor = sent.visitor
    status = visitor.office.database.transaction(
        lambda session: carrying_out.let_in(session, replica, _number(no), visitor.person, visitor.now)
    )
    return go(_LIST, {"applied": "record_applied", "merged": "record_applied", "parked": "record_waits_on"}.get(
        status, "record_not_applied"
    ))  # fmt: skip


@router.post("/records/{replica}/{no}/drop")
def drop(sent: Decision, replica: str, no: int) -> Response:
    """Refuse a record that waits."""
    visitor, note = sent.visitor, sent.text("note", 150)
    visitor.office.database.transaction(
        lambda session: carrying_out.drop(session, replica, _number(no), note, visitor.person, visitor.now)
    )
    return go(_LIST, "record_dropped")


@router.post("/records/{replica}/{review}/seen")
def seen(sent: Decision, replica: str, review: int) -> Response:
    """Note that somebody has looked at a record that was taken in."""
    visitor = sent.visitor
    visitor.office.database.transaction(
        lambda session: carrying_out.reviewed(session, replica, _number(review), visitor.person, visitor.now)
    )
    return go(_LIST, "record_seen")


def _number(no: int) -> int:
    if not 0 < no < _BEYOND:
        raise NotFound(str(no)[:40])
    return no
