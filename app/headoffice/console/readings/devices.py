"""Laptops for the office to look at and to revoke, and the log of deeds."""

from typing import Any

from sqlalchemy import Row, and_, case, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.headoffice.audit import OFFICE
from app.headoffice.console.drawing import Part
from app.headoffice.console.looking import CHAIN
from app.headoffice.console.reach import Reach
from app.headoffice.console.readings.lists import like, part_of
from app.headoffice.models import AuditEntry, Manager, Replica
from app.headoffice.problems import NotFound

STATES = ("active", "left", "revoked", "forked", "all")
_COPY = aliased(Replica)
_state_shown = case(
    (
        and_(
            Replica.state == "active",
            exists(select(_COPY.id).where(_COPY.forked_from == Replica.id, _COPY.created_at >= Replica.last_seen)),
        ),
        "forked",
    ),
    else_=Replica.state,
)
"""A laptop whose restored copy took a new identity is in use under that one, unless it came again itself."""
_LAPTOP = select(Replica, Manager.name, Manager.territory, _state_shown).join(Manager, Manager.code == Replica.manager)


def devices(session: Session, reach: Reach, show: str, text: str, number: int) -> Part[Row[Any]]:
    """Return one page of laptops, the newest first: rows of replica, name and territory of its manager, state."""
    query = _LAPTOP.where(reach.of_manager(Replica.manager)).order_by(Replica.created_at.desc(), Replica.id)
    if show != "all":
        query = query.where(_state_shown == show)
    if text:
        fields = (Replica.manager, Manager.name, Manager.territory, Replica.device, Replica.id)
        query = query.where(or_(*(one.ilike(like(text), escape="\\") for one in fields)))
    return part_of(session, query, number)


def device(session: Session, reach: Reach, replica: str) -> tuple[Replica, str, str]:
    """Return one laptop. Raises NotFound, for one of another territory's manager too."""
    found = session.execute(_LAPTOP.where(Replica.id == replica)).one_or_none()
    if found is None:
        raise NotFound(replica)
    laptop, name, territory, _ = found
    reach.check_manager(session, laptop.manager)
    return laptop, name, territory


def deeds(session: Session, actor: str, deed: str, chains: str, number: int) -> Part[Row[Any]]:
    """Return one page of the log, the newest first: the office's deeds, who `looks` at what, or `all` chains."""
    query = select(AuditEntry).order_by(AuditEntry.at.desc(), AuditEntry.chain, AuditEntry.no.desc())
    if chains == "looks":
        query = query.where(AuditEntry.chain.startswith(CHAIN, autoescape=True))
    elif chains != "all":
        query = query.where(AuditEntry.chain == OFFICE)
    if actor:
        query = query.where(AuditEntry.actor.ilike(like(actor), escape="\\"))
    if deed:
        query = query.where(AuditEntry.deed == deed)
    return part_of(session, query, number, 50)
