"""Builds the application of one worker: its office, its routes, and what it says when something is wrong."""

import asyncio
import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from app import __version__
from app.headoffice.admission import Admission, Throttle
from app.headoffice.blob_store import open_store
from app.headoffice.console.console import add_console
from app.headoffice.database import OfficeDatabase
from app.headoffice.door import Door
from app.headoffice.errors import answer_for
from app.headoffice.farewell import announced_stop
from app.headoffice.log import LOG, start_logging
from app.headoffice.metrics import Metrics
from app.headoffice.office import Office
from app.headoffice.problems import Malformed, NotFound, OfficeProblem
from app.headoffice.routes import enrolment, photos, pictures, rounds, together, watching
from app.headoffice.routes.documented import describe
from app.headoffice.settings import OfficeSettings, settings_from_environment
from app.headoffice.upkeep import keep_up_daily

_NOT_ALLOWED = 405


def create_app(settings: OfficeSettings) -> FastAPI:
    """Return the application; its database must have its tables already."""
    office = Office(
        settings,
        OfficeDatabase(settings.database_url, pool_size=settings.pool_size),
        open_store(settings.blobs, settings.blob_folder),
        Admission(settings.at_work, settings.wait_seconds),
        Throttle(settings.enrol_tries),
        Metrics(),
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        LOG.info("started", extra={"facts": {"version": __version__, "postgres": office.database.is_postgres}})
        upkeep = asyncio.create_task(keep_up_daily(office.database, office.store, office.now, settings.upkeep_seconds))
        with announced_stop(office, settings.farewell_seconds):
            yield
        upkeep.cancel()
        await asyncio.wait([upkeep])
        office.database.dispose()
        LOG.info("stopped")

    app = FastAPI(
        title="Zoufang head office",
        version=__version__,
        description="Sync protocol 1; app/sync/spec.md says what each call means.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.office = office
    for routes in (enrolment, rounds, together, photos, pictures, watching):
        app.include_router(routes.router)
    add_console(app, office.database)
    app.add_exception_handler(OfficeProblem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_bad_parameter)
    app.add_exception_handler(HTTPException, _on_no_route)
    app.add_middleware(Door, office=office)
    app.openapi = partial(describe, app)
    return app


def app_of_worker() -> FastAPI:
    """Return the application of a worker process, whose settings stand in its environment."""
    start_logging()
    # A push makes thousands of objects that all go when it is answered: looked through as often as usual, they cost a
    # tenth of the time.
    gc.set_threshold(50_000, 20, 20)
    return create_app(settings_from_environment())


async def _on_problem(_request: Request, problem: Exception) -> Response:
    return answer_for(problem if isinstance(problem, OfficeProblem) else OfficeProblem())


async def _on_bad_parameter(_request: Request, error: Exception) -> Response:
    places = error.errors() if isinstance(error, RequestValidationError) else []
    return answer_for(Malformed(", ".join(str(item["loc"][-1])[:40] for item in places)))


async def _on_no_route(_request: Request, error: Exception) -> Response:
    response = answer_for(NotFound())
    if isinstance(error, HTTPException) and error.status_code == _NOT_ALLOWED:
        response.status_code = _NOT_ALLOWED
        response.headers.update(error.headers or {})
    return response
