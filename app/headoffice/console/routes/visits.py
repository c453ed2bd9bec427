"""The visits of a day, one visit, and its photos."""

from datetime import date
from typing import Literal

from fastapi import Request, Response

from app.headoffice import blobs
from app.headoffice.console import looking
from app.headoffice.console.desk import Looks, SeesValues, asked, page_number
from app.headoffice.console.readings import visits as readings
from app.headoffice.console.readings.lists import today_of
from app.headoffice.console.routing import console_router

router = console_router()
_KINDS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"RIFF": "image/webp"}
# A browser that shows a picture alone puts a style of its own around it; nothing else may run or be asked for.
_PHOTO_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
    ),
}


@router.get("/visits")
def visits(request: Request, visitor: Looks) -> Response:
    """Show the visits of a day; without one, of today."""
    manager, text = asked(request, "manager"), asked(request, "q")
    with visitor.office.database.read() as session:
        day = _day(asked(request, "day")) or today_of(visitor.now)
        newest = readings.newest_day(session, visitor.reach)
        states = readings.states_of(session, visitor.reach, day)
        part = readings.visits_of(session, visitor.reach, day, manager, text, page_number(request))
    return visitor.page(
        "visits.html", day=day, newest=newest, states=states, part=part, manager=manager, text=text
    )  # fmt: skip


@router.get("/visits/{visit}")
def visit(visitor: Looks, visit: str) -> Response:
    """Show one visit."""
    database = visitor.office.database
    with database.read() as session:
        found = readings.visit(session, visitor.reach, visit)
    looking.note_visit(database, visitor.person, visitor.now, found.key)
    return visitor.page("visit.html", found=found)


@router.get("/photos/{photo}/{kind}")
def photo(visitor: SeesValues, photo: str, kind: Literal["thumb", "full"]) -> Response:
    """Give a picture; no proxy keeps it, and what is no picture is not shown as one."""
    database = visitor.office.database
    with database.read() as session:
        visit = readings.visit_of(session, visitor.reach, photo)
    content = blobs.read_photo(database, visitor.office.store, photo, kind)
    looking.note_photo(database, visitor.person, visitor.now, photo, kind, visit)
    known = next((name for start, name in _KINDS.items() if content.startswith(start)), None)
    if known is None:
        headers = _PHOTO_HEADERS | {"Content-Disposition": "attachment; filename=photo.bin"}
        return Response(content, media_type="application/octet-stream", headers=headers)
    return Response(content, media_type=known, headers=_PHOTO_HEADERS)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
