"""How a page of the console is answered: problems become pages, and every answer carries the headers of safety."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect
from typing_extensions import override

from app.headoffice.console.desk import HOME, LOGIN, SESSION_COOKIE, draw
from app.headoffice.console.problems import BadForm, ConsoleProblem, NotAllowed, NotSignedIn, Refused
from app.headoffice.console.words import known
from app.headoffice.http_problems import TooLarge
from app.headoffice.log import LOG
from app.headoffice.problems import Malformed, NotFound, OfficeProblem

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ConsoleRoute(APIRoute):
    """A page or form of the console."""

    @override
    def get_route_handler(self) -> _Handler:
        """Return the handler, which answers a person instead of a laptop."""
        handle = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                response = await handle(request)
            except (ConsoleProblem, OfficeProblem, RequestValidationError) as problem:
                response = _page_of(request, problem)
            except ClientDisconnect:
                raise
            except Exception as error:  # noqa: BLE001 - as at the door of the service: it is logged, nothing was changed
                LOG.error("unforeseen", exc_info=True, extra={"facts": {"page": request.scope["route"].path}})
                response = _page_of(request, error)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return answered


def console_router() -> APIRouter:
    """Return a router whose routes are pages: OpenAPI, which is for laptops, does not tell of them."""
    return APIRouter(prefix="/console", route_class=ConsoleRoute, include_in_schema=False)


def _page_of(request: Request, problem: Exception) -> Response:
    if isinstance(problem, NotSignedIn):
        return _to_login(request)
    if isinstance(problem, Refused):
        return _told(request, 409, problem.word, problem.facts)
    if isinstance(problem, Malformed) and known(f"problem.{problem}"):
        return _told(request, 409, f"problem.{problem}")
    status, word = next(((code, word) for kind, code, word in _PLAIN if isinstance(problem, kind)), _UNFORESEEN)
    response = _told(request, status, f"problem.{word}")
    if status == _UNFORESEEN[0]:
        response.headers["Retry-After"] = "5"
    return response


_PLAIN: tuple[tuple[type[Exception], int, str], ...] = (
    (NotAllowed, 403, "not_allowed"),
    (BadForm, 400, "bad_form"),
    (NotFound, 404, "not_found"),
    (RequestValidationError, 404, "not_found"),
    (Malformed, 400, "malformed"),
    (TooLarge, 413, "too_large"),
)
_UNFORESEEN = (503, "busy")


def _told(request: Request, status: int, word: str, facts: dict[str, str | int] | None = None) -> Response:
    return draw(request, "problem.html", status, word=word, facts=facts or {}, back=_back(request))


def _back(request: Request) -> str:
    """Return the list that a deed belongs to."""
    parts = request.url.path.split("/")
    return "/".join(parts[:3]) if len(parts) > 3 else HOME  # noqa: PLR2004


def _to_login(request: Request) -> Response:
    asked_for = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = {"back": asked_for} if request.method == "GET" and request.url.path != HOME else {}
    ended = {"ended": "1"} if request.cookies.get(SESSION_COOKIE) else {}
    query = urlencode(ended | back)
    return RedirectResponse(f"{LOGIN}?{query}" if query else LOGIN, 303)
