"""Turns what head office refuses into the closed set of errors of the protocol (spec, 2)."""

import math
from typing import Any, Literal

from fastapi.responses import JSONResponse

from app.headoffice.blob_problems import BlobTooLarge, WrongOffset
from app.headoffice.http_problems import EpochChanged, NoPlace, SlowDown, TooLarge
from app.headoffice.problems import (
    Forked,
    Gap,
    Malformed,
    NotFound,
    OfficeProblem,
    Revoked,
    TokenProblem,
    UpgradeRequired,
)
from app.sync.protocol import Limits

_A_WHILE = 5.0
_Name = Literal[
    "token", "revoked", "forked", "gap", "epoch_changed", "too_large", "malformed", "upgrade_required",
    "slow_down", "busy", "offset", "not_found",
]  # fmt: skip


def answer_for(problem: OfficeProblem, *, close: bool = False) -> JSONResponse:
    """Return the answer to a problem; one that is not known is `busy`, since coming again harms nobody."""
    known = ((status, name) for kind, status, name in _PLAIN if isinstance(problem, kind))
    status, name = next(known, _BUSY)
    headers: dict[str, str] = {}
    if name in {"busy", "slow_down"}:
        after = problem.after if isinstance(problem, NoPlace | SlowDown) else _A_WHILE
        headers["Retry-After"] = str(max(1, math.ceil(after)))
    if close:
        headers["Connection"] = "close"
    if name == "token":
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse({"error": name, **_facts(problem)}, status, headers)


_PLAIN: tuple[tuple[type[OfficeProblem], int, _Name], ...] = (
    (TokenProblem, 401, "token"),
    (Revoked, 403, "revoked"),
    (NotFound, 404, "not_found"),
    (Forked, 409, "forked"),
    (Gap, 409, "gap"),
    (WrongOffset, 409, "offset"),
    (EpochChanged, 410, "epoch_changed"),
    (TooLarge, 413, "too_large"),
    (BlobTooLarge, 413, "too_large"),
    (Malformed, 422, "malformed"),
    (UpgradeRequired, 426, "upgrade_required"),
    (SlowDown, 429, "slow_down"),
)
_BUSY: tuple[int, _Name] = (503, "busy")


def _facts(problem: OfficeProblem) -> dict[str, Any]:
    """Return what the answer says besides its name."""
    facts: dict[str, Any] = {}
    match problem:
        case Revoked():
            facts["wipe"] = problem.wipe
        case Gap():
            facts["last"] = problem.last
        case WrongOffset():
            facts["offset"] = problem.offset
        case EpochChanged():
            facts["epoch"] = problem.epoch
        case UpgradeRequired():
            facts["min"] = problem.least
        case TooLarge() | BlobTooLarge():
            facts["limits"] = Limits().model_dump()
        case TokenProblem() | Malformed() if str(problem):
            facts["detail"] = str(problem)
        case _:
            pass
    return facts
