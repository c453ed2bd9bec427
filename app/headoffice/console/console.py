"""The console of one worker: its templates, its door, its routes."""

from dataclasses import dataclass

from fastapi import FastAPI

from app.headoffice.console.drawing import Drawing
from app.headoffice.console.routes import (
    decisions,
    devices,
    entrance,
    forecasts,
    overview,
    records,
    target_files,
    targets,
    tasks,
    visits,
)
from app.headoffice.console.sessions import Doorkeeper
from app.headoffice.database import OfficeDatabase


@dataclass(frozen=True, slots=True)
class Console:
    """What the pages of one worker share."""

    drawing: Drawing
    doorkeeper: Doorkeeper


def add_console(app: FastAPI, database: OfficeDatabase) -> None:
    """Add the pages of the office to the application."""
    app.state.console = Console(Drawing(), Doorkeeper(database))
    for routes in (entrance, overview, visits, records, decisions, tasks, forecasts, target_files, targets, devices):
        app.include_router(routes.router)
