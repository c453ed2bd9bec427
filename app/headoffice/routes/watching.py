"""What the machines that watch over head office ask: whether it lives, whether it can work, its figures."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.headoffice.database import newest_schema
from app.headoffice.office import office_of

router = APIRouter(tags=["watching"])
_METRICS = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/health")
async def health() -> JSONResponse:
    """Say that this worker lives; asks no database."""
    return JSONResponse({"status": "ok"})


@router.get("/ready", responses={503: {"description": "not now"}})
def ready(request: Request) -> JSONResponse:
    """Say whether the database can be reached and has the tables of this program."""
    office = office_of(request)
    if office.stopping:
        return JSONResponse({"status": "stopping"}, 503)
    found, wanted = office.database.schema_version(), newest_schema()
    if found != wanted:
        return JSONResponse({"status": "not migrated", "schema": found, "wanted": wanted}, 503)
    return JSONResponse({"status": "ready", "schema": found, "epoch": office.epoch()})


@router.get("/metrics", response_class=Response)
def metrics(request: Request) -> Response:
    """Give the figures in the form of Prometheus."""
    return Response(office_of(request).metrics.text(), media_type=_METRICS)
