"""Calls without an access token: enrolment by a code, tokens by a proof, the receipt of a wipe, a farewell."""

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.headoffice import people, preparing, security
from app.headoffice.giving_back import give_back
from app.headoffice.http_problems import EpochChanged
from app.headoffice.messages import Done, WipeReceipt
from app.headoffice.models import Replica
from app.headoffice.office import Body, answer, note, office_of, read_message
from app.headoffice.problems import Revoked, TokenProblem
from app.headoffice.routes.documented import ERRORS, takes
from app.sync.protocol import EnrolAnswer, EnrolRequest, FarewellRequest, TokenAnswer, TokenRequest

router = APIRouter(prefix="/v1", tags=["enrolment"], responses=ERRORS)


@router.post("/enrol", response_model=EnrolAnswer, openapi_extra=takes(EnrolRequest))
def enrol(request: Request, body: Body) -> Response:
    """Take a one-time code and the public key of a laptop; give it its replica and its refresh token."""
    office = office_of(request)
    office.guard_tries()
    message = read_message(EnrolRequest, body)
    security.check_public_key(message.public_key)
    now = office.now()
    try:
        enrolled = office.database.transaction(
            lambda session: people.enrol(session, message.code, message.public_key, message.device, now)
        )
    except TokenProblem:
        office.throttle.failed()
        raise
    note(request, replica=enrolled.replica)
    return answer(
        request,
        EnrolAnswer(
            replica=enrolled.replica,
            manager=enrolled.manager,
            manager_name=enrolled.manager_name,
            territory=enrolled.territory,
            refresh_token=enrolled.refresh_token,
            office_key=preparing.handover_public_key(office.database),
            epoch=office.epoch(),
        ),
    )


@router.post("/token", response_model=TokenAnswer, openapi_extra=takes(TokenRequest))
def token(request: Request, body: Body) -> Response:
    """Take a refresh token and a proof of the laptop's key; give an access token of fifteen minutes."""
    office = office_of(request)
    message = read_message(TokenRequest, body)
    now = office.now()

    def work(session: Session) -> str:
        replica = people.refresh(session, message.replica, message.refresh_token)
        security.check_proof(session, replica, message.moment, message.proof, now)
        return security.give_access(session, replica.id, now)

    office.epoch()
    access = office.database.transaction(work)
    note(request, replica=message.replica)
    return answer(
        request,
        TokenAnswer(access_token=access, seconds=security.ACCESS_SECONDS, server_time=now.isoformat()),
    )


@router.post("/ack-wipe", response_model=Done, openapi_extra=takes(TokenRequest))
def ack_wipe(request: Request, body: Body) -> Response:
    """Note that a revoked laptop has wiped itself.

    It shows the token that it still holds, or a token request that it signed before it erased its key.
    """
    office = office_of(request)
    bearer = request.headers.get("authorization", "")
    message = read_message(TokenRequest if b'"proof"' in body else WipeReceipt, body)
    now = office.now()

    def work(session: Session) -> None:
        if isinstance(message, TokenRequest):
            replica = _revoked(session, message)
            security.check_proof(session, replica, message.moment, message.proof, now)
        else:
            caller = security.caller_of(session, bearer, now, revoked_too=True)
            replica = _own(session, caller.replica, message.replica)
        if replica.wiped_at is None:
            people.wiped(session, replica.id, now)

    office.epoch()
    office.database.transaction(work)
    note(request, replica=message.replica)
    return answer(request, Done())


@router.post("/farewell", response_model=Done, openapi_extra=takes(FarewellRequest))
def farewell(request: Request, body: Body) -> Response:
    """Note that a laptop, all of whose work is here, is given back; it is served no more."""
    office = office_of(request)
    message = read_message(FarewellRequest, body)
    now, present = office.now(), office.epoch()
    if message.epoch != present:
        raise EpochChanged(present)

    def work(session: Session) -> None:
        replica = people.known_by(session, message.replica, message.refresh_token)
        security.check_proof(session, replica, message.moment, message.proof, now)
        give_back(session, replica.id, message.last_no, now)

    office.database.transaction(work)
    note(request, replica=message.replica)
    return answer(request, Done())


def _revoked(session: Session, message: TokenRequest) -> Replica:
    try:
        people.refresh(session, message.replica, message.refresh_token)
    except Revoked:
        return _own(session, message.replica, message.replica)
    raise TokenProblem("not revoked")


def _own(session: Session, replica: str, named: str) -> Replica:
    row = session.get(Replica, replica)
    if row is None or replica != named or row.state != "revoked":
        raise TokenProblem("not revoked")
    return row
