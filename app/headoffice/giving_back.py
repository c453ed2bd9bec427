"""A laptop that is given back: it says so once head office has all of its work, and is served no more (spec, 2)."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.headoffice import audit
from app.headoffice.access_models import AccessToken
from app.headoffice.models import Replica
from app.headoffice.problems import Gap, Revoked, TokenProblem

LEFT = "left"
"""The state of a laptop that was given back."""


def give_back(session: Session, replica: str, last_no: int, now: datetime) -> None:
    """Note that a laptop is given back, with every identity that its key ever had; said again, it changes nothing.

    `last_no` is the highest number that the laptop has sent. Raises Gap where head office does not have it, Revoked
    where the laptop is to do something else, TokenProblem for one that there is not.
    """
    found = session.get(Replica, replica, with_for_update=True)
    if found is None:
        raise TokenProblem("no such replica")
    if found.state == "revoked":
        raise Revoked(wipe=found.wipe)
    if last_no > found.last_no:
        raise Gap(found.last_no)
    if found.state == LEFT:
        return
    same = select(Replica).where(Replica.public_key == found.public_key, Replica.state != "revoked")
    for one in session.scalars(same.order_by(Replica.id).with_for_update()):
        one.state, one.left_at = LEFT, now
        session.execute(delete(AccessToken).where(AccessToken.replica == one.id))
    session.flush()
    audit.append(session, now, found.manager, "leave", replica, {"operations": found.last_no})
