"""What every page of the console works with: who asks, what a form holds, how a page is drawn."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from app.domain.text import Language
from app.headoffice.console.problems import BadForm, NotAllowed, NotSignedIn
from app.headoffice.console.reach import Reach
from app.headoffice.console.rights import Right
from app.headoffice.console.sessions import Person, person_of
from app.headoffice.limits import read_body
from app.headoffice.office import Office, office_of
from app.headoffice.problems import Malformed

if TYPE_CHECKING:
    from app.headoffice.console.drawing import Drawing

HOME = "/console/"
LOGIN = "/console/login"
SESSION_COOKIE = "zoufang_console"
LANGUAGE_COOKIE = "zoufang_language"
_LARGEST_FORM = 64 << 10
_MOST_FIELDS = 60
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at a page."""

    person: Person
    request: Request

    @property
    def office(self) -> Office:
        """The office whose page it is."""
        return office_of(self.request)

    @property
    def now(self) -> datetime:
        """The time now."""
        return self.office.now()

    @property
    def reach(self) -> Reach:
        """The territories of the person."""
        return self.person.reach

    def may(self, right: Right) -> bool:
        """Return whether the role allows it."""
        return right in self.person.rights

    def page(self, template: str, /, status: int = 200, **facts: Any) -> Response:
        """Return a page."""
        return draw(self.request, template, status, person=self.person, **facts)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that a page of this session has sent."""

    visitor: Visitor
    fields: Mapping[str, str]

    def text(self, name: str, most: int = 2000) -> str:
        """Return a field without the blanks around it. Raises BadForm where it is longer than the page allows."""
        found = self.fields.get(name, "").strip()
        if len(found) > most:
            raise BadForm(name)
        return found


def language_of(request: Request) -> Language:
    """Return the language: as asked for now or before, else that of the browser; Chinese where it says neither."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    if chosen in set(Language):
        return Language(chosen)
    wanted = request.headers.get("accept-language", "").lower()
    return Language.EN if wanted.startswith("en") else Language.ZH


def draw(request: Request, template: str, status: int = 200, /, **facts: Any) -> Response:
    """Return a page, whoever looks at it."""
    drawing: Drawing = request.app.state.console.drawing
    language = language_of(request)
    facts.setdefault("person", getattr(request.state, "person", None))
    response = drawing.page(template, language, request.url.path, request.query_params, facts)
    response.status_code = status
    if request.query_params.get("lang") == language.value:
        set_cookie(request, response, LANGUAGE_COOKIE, language.value, _YEAR)
    return response


def set_cookie(request: Request, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie that no script reads and no other site causes to be sent."""
    response.set_cookie(
        name, value, max_age=seconds, path="/console", secure=request.url.scheme == "https", httponly=True,
        samesite="strict",
    )  # fmt: skip


def go(path: str, done: str = "", **facts: str | int) -> Response:
    """Return the way to another page, which says what was done."""
    query = urlencode(({"done": done} if done else {}) | facts)
    return RedirectResponse(f"{path}?{query}" if query else path, 303)


def _visitor(request: Request) -> Visitor:
    office = office_of(request)
    person = person_of(office.database, request.cookies.get(SESSION_COOKIE, ""), office.now())
    if person is None:
        raise NotSignedIn
    request.state.person = person
    return Visitor(person, request)


def needs(right: Right) -> Callable[[Visitor], Visitor]:
    """Return the dependency of a page that asks for a right."""

    def check(visitor: Annotated[Visitor, Depends(_visitor)]) -> Visitor:
        if not visitor.may(right):
            raise NotAllowed(right.value)
        return visitor

    return check


async def form_fields(request: Request) -> Mapping[str, str]:
    """Return the fields of the form in the body, none of what is no form of ours: it lacks the word of the session.

    The body is read before anybody is turned away, or the browser would not hear the answer.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return read_fields(kind, await read_body(request, office_of(request).settings.body_seconds, _LARGEST_FORM))


def read_fields(kind: str, body: bytes) -> Mapping[str, str]:
    """Return the fields of a body of this kind, none where it is no form."""
    if kind != "application/x-www-form-urlencoded":
        return {}
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )  # fmt: skip
    except ValueError:
        return {}
    return {} if any("\0" in name or "\0" in value for name, value in pairs) else dict(pairs)


def check_csrf(request: Request, fields: Mapping[str, str], wanted: str) -> None:
    """Raise BadForm unless the form was drawn for whoever sends it, by a page of this site."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    given = fields.get("csrf", "")
    if site not in {"same-origin", "none"} or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise BadForm("csrf")


def sent_by(right: Right) -> Callable[..., Sent]:
    """Return the dependency of a form that asks for a right."""

    def check(
        request: Request,
        fields: Annotated[Mapping[str, str], Depends(form_fields)],
        visitor: Annotated[Visitor, Depends(needs(right))],
    ) -> Sent:
        check_csrf(request, fields, visitor.person.csrf)
        return Sent(visitor, fields)

    return check


def page_number(request: Request) -> int:
    """Return which page of a long list is asked for, from 1."""
    text = request.query_params.get("page", "1")
    return min(max(1, int(text)), 100_000) if text.isascii() and text.isdigit() and len(text) < 7 else 1  # noqa: PLR2004


def asked(request: Request, name: str, most: int = 100) -> str:
    """Return a filter of the address. Raises Malformed where it is too long or holds NUL."""
    text = request.query_params.get(name, "").strip()
    if len(text) > most or "\0" in text:
        raise Malformed(name)
    return text


Looks = Annotated[Visitor, Depends(needs(Right.LOOK))]
SeesValues = Annotated[Visitor, Depends(needs(Right.VALUES))]
MayDecide = Annotated[Visitor, Depends(needs(Right.DECIDE))]
HasDevices = Annotated[Visitor, Depends(needs(Right.DEVICES))]
ReadsAudit = Annotated[Visitor, Depends(needs(Right.AUDIT))]
Decision = Annotated[Sent, Depends(sent_by(Right.DECIDE))]
DeviceOrder = Annotated[Sent, Depends(sent_by(Right.DEVICES))]
FromAnyone = Annotated[Sent, Depends(sent_by(Right.LOOK))]
