"""The forecast desk of a made-up territory, on any day."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.runtime.clock import Clock
from app.services.forecast_desk import ForecastDesk
from app.storage.database import Database
from tests.services.forecast_story import TODAY, Desks, fill

if TYPE_CHECKING:
    from app.domain.playbook import Playbook


@pytest.fixture
def desks(database: Database, playbook: "Playbook") -> Desks:
    """Give the desk on any day of a territory that has ordered until then."""
    fill(database, TODAY)

    def on(day: date) -> ForecastDesk:
        return ForecastDesk(database, Clock(as_of=day), playbook)

    return on


@pytest.fixture
def desk(desks: Desks) -> ForecastDesk:
    """Give the desk of 12 April 2022."""
    return desks(TODAY)
