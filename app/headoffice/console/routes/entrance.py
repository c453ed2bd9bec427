"""Signing in and out, and the files that the pages use."""

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from app.headoffice.console.desk import (
    HOME,
    LOGIN,
    SESSION_COOKIE,
    FromAnyone,
    check_csrf,
    draw,
    form_fields,
    set_cookie,
)
from app.headoffice.console.routing import console_router
from app.headoffice.console.sessions import Doorkeeper, SlowDownPlease, csrf_of, person_of, sign_out
from app.headoffice.office import office_of
from app.headoffice.problems import NotFound

if TYPE_CHECKING:
    from app.headoffice.console.drawing import Drawing

router = console_router()
_BEFORE_COOKIE = "zoufang_entrance"
"""Holds the secret of the form of somebody who is not signed in yet."""
_YEAR = "public, max-age=31536000, immutable"
_LONGEST_BACK = 500


@router.get("")
def without_slash() -> Response:
    """Lead to the first page."""
    return RedirectResponse(LOGIN, 303)


@router.get("/login")
def login(request: Request) -> Response:
    """Show the form, or lead on whoever is signed in already."""
    office = office_of(request)
    if person_of(office.database, request.cookies.get(SESSION_COOKIE, ""), office.now()) is not None:
        return RedirectResponse(_back(request), 303)
    return _form(request)


@router.post("/login")
def sign_in(request: Request, fields: Annotated[Mapping[str, str], Depends(form_fields)]) -> Response:
    """Begin a session; a wrong password makes the next try wait, a little longer each time."""
    held = request.cookies.get(_BEFORE_COOKIE, "")
    if not held:
        return _form(request, 400, "login.cookies")
    check_csrf(request, fields, csrf_of(held))
    office = office_of(request)
    doorkeeper: Doorkeeper = request.app.state.console.doorkeeper
    name = fields.get("name", "").strip()
    try:
        token = doorkeeper.sign_in(name, fields.get("password", ""), office.now())
    except SlowDownPlease as wait:
        response = _form(request, 429, "login.wait", name=name, seconds=wait.seconds)
        response.headers["Retry-After"] = str(wait.seconds)
        return response
    if token is None:
        return _form(request, 403, "login.wrong", name=name)
    sign_out(office.database, request.cookies.get(SESSION_COOKIE, ""))
    response = RedirectResponse(_back(request), 303)
    set_cookie(request, response, SESSION_COOKIE, token)
    response.delete_cookie(_BEFORE_COOKIE, path="/console")
    return response


@router.post("/logout")
def leave(request: Request, sent: FromAnyone) -> Response:
    """End the session."""
    sign_out(sent.visitor.office.database, request.cookies.get(SESSION_COOKIE, ""))
    response = RedirectResponse(LOGIN, 303)
    response.delete_cookie(SESSION_COOKIE, path="/console")
    return response


@router.get("/static/{name}")
def asset(request: Request, name: str) -> Response:
    """Give a file of the pages."""
    drawing: Drawing = request.app.state.console.drawing
    found = drawing.assets.get(name)
    if found is None:
        raise NotFound(name)
    is_present = request.query_params.get("v") == found.mark
    return Response(
        found.content, media_type=found.kind, headers={"Cache-Control": _YEAR if is_present else "no-cache"}
    )


def _form(request: Request, status: int = 200, word: str = "", name: str = "", seconds: int = 0) -> Response:
    held = request.cookies.get(_BEFORE_COOKIE, "") or secrets.token_urlsafe(24)
    shown = word or ("login.ended" if request.query_params.get("ended") else "")
    response = draw(
        request, "login.html", status, word=shown, name=name, seconds=seconds, csrf=csrf_of(held), back=_back(request)
    )  # fmt: skip
    set_cookie(request, response, _BEFORE_COOKIE, held)
    return response


def _back(request: Request) -> str:
    """Return where to go on: only to a page of the console."""
    back = request.query_params.get("back", "")
    is_ours = back.startswith(HOME) and len(back) <= _LONGEST_BACK and back.isprintable() and "\\" not in back
    return back if is_ours and not back.startswith(LOGIN) else HOME
