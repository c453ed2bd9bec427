"""The first page, who has synced and who has not, and the page of one manager."""

from fastapi import Request, Response

from app.headoffice.console.desk import Looks, asked, page_number
from app.headoffice.console.readings import who
from app.headoffice.console.routing import console_router
from app.headoffice.day_checks import differences, ended

router = console_router()


@router.get("/")
def overview(request: Request, visitor: Looks) -> Response:
    """Show the figures and the managers."""
    show, text = asked(request, "show") or "all", asked(request, "q")
    with visitor.office.database.read() as session:
        counts = who.counts(session, visitor.reach, visitor.now)
        part = who.managers(session, visitor.reach, visitor.now, show, text, page_number(request))
        return visitor.page("overview.html", counts=counts, part=part, show=show, text=text, shown=who.SHOWN)


@router.get("/managers/{code}")
def manager(visitor: Looks, code: str) -> Response:
    """Show one manager."""
    with visitor.office.database.read() as session:
        found = who.manager(session, visitor.reach, code, visitor.now)
        return visitor.page("manager.html", found=found, check_ended=ended, check_differences=differences)
