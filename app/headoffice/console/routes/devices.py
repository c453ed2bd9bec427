"""Laptops: enrolment codes, revoking with or without a wipe; and the log of deeds."""

import io
from urllib.parse import urlsplit

import segno
from fastapi import Request, Response
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.headoffice import people
from app.headoffice.console.deeds import told_deeds
from app.headoffice.console.desk import (
    DeviceOrder,
    HasDevices,
    ReadsAudit,
    Visitor,
    asked,
    go,
    language_of,
    page_number,
)
from app.headoffice.console.problems import Refused
from app.headoffice.console.readings import devices as readings
from app.headoffice.console.routing import console_router
from app.headoffice.giving_back import LEFT
from app.headoffice.models import Replica
from app.headoffice.problems import NotFound
from app.sync.enrol_payload import write_payload

router = console_router()
ADDRESS = "laptop_url"
"""The setting that holds the address under which the laptops reach head office; the command line keeps it too."""
_DOT = 5


@router.get("/devices")
def devices(request: Request, visitor: HasDevices) -> Response:
    """Show the laptops."""
    show, text = asked(request, "show"), asked(request, "q")
    show = show if show in readings.STATES else "active"
    with visitor.office.database.read() as session:
        part = readings.devices(session, visitor.reach, show, text, page_number(request))
        return visitor.page("devices.html", part=part, show=show, text=text, shown=readings.STATES)


@router.get("/devices/code")
def code_form(request: Request, visitor: HasDevices) -> Response:
    """Show the form of an enrolment code."""
    return _code_page(visitor, asked(request, "manager"), _address(visitor))


@router.post("/devices/code")
def make_code(sent: DeviceOrder) -> Response:
    """Make a code and show it, this once."""
    visitor, manager, url = sent.visitor, sent.text("manager", 100), sent.text("url", 300).rstrip("/")
    office, now = visitor.office, visitor.now
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return _code_page(visitor, manager, url, "refused.bad_address")

    def issue(session: Session) -> str:
        visitor.reach.check_manager(session, manager)
        return people.enrol_code(session, manager, now, visitor.person.actor)

    try:
        code = office.database.transaction(issue)
    except NotFound:
        return _code_page(visitor, manager, url, "refused.no_manager", code=manager)
    if visitor.reach.is_everywhere and url != office.database.setting(ADDRESS):
        office.database.put_setting(ADDRESS, url)
    until = now + people.CODE_HOLDS
    return visitor.page(
        "code.html", manager=manager, code=code, url=url, until=until, picture=_drawn(write_payload(url, code))
    )  # fmt: skip


@router.get("/devices/{replica}")
def device(visitor: HasDevices, replica: str) -> Response:
    """Show one laptop, and what revoking it means."""
    with visitor.office.database.read() as session:
        return visitor.page("device.html", found=readings.device(session, visitor.reach, replica))


@router.post("/devices/{replica}/revoke")
def revoke(sent: DeviceOrder, replica: str) -> Response:
    """Shut a laptop out."""
    visitor, wipe = sent.visitor, sent.text("wipe")
    if wipe not in {"yes", "no"}:
        raise Refused("refused.wipe_missing")

    def shut_out(session: Session) -> None:
        visitor.reach.check_laptop(session, replica)
        if session.get_one(Replica, replica).state == LEFT:
            raise Refused("refused.laptop_left")
        people.revoke(session, replica, visitor.now, visitor.person.actor, wipe=wipe == "yes")

    visitor.office.database.transaction(shut_out)
    return go("/console/devices", "revoked_wipe" if wipe == "yes" else "revoked")


@router.get("/audit")
def audit(request: Request, visitor: ReadsAudit) -> Response:
    """Show the log of deeds."""
    actor, deed, chains = asked(request, "actor"), asked(request, "deed"), asked(request, "chains")
    with visitor.office.database.read() as session:
        part = readings.deeds(session, actor, deed, chains, page_number(request))
        deeds = told_deeds(session, [row[0] for row in part.rows], language_of(request))
        return visitor.page("audit.html", part=part, deeds=deeds, actor=actor, deed=deed, chains=chains)


def _address(visitor: Visitor) -> str:
    known = visitor.office.database.setting(ADDRESS)
    return known or str(visitor.request.base_url).rstrip("/")


def _code_page(visitor: Visitor, manager: str, url: str, problem: str = "", **facts: str) -> Response:
    status = 409 if problem else 200
    return visitor.page("code_new.html", status, manager=manager, url=url, problem=problem, facts=facts)


def _drawn(payload: str) -> Markup:
    """Return the QR code as SVG; the payload is in its dots alone."""
    drawn = io.BytesIO()
    segno.make(payload, error="m", micro=False).save(
        drawn, kind="svg", scale=_DOT, border=4, xmldecl=False, svgns=True, svgclass="qr", light="white",
    )  # fmt: skip
    return Markup(drawn.getvalue().decode())  # noqa: S704  drawn by us from dots
