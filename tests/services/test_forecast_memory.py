"""The system's forecast is large: it is let go of when nobody looks at it, and read anew when somebody does."""

import gc
import weakref
from datetime import date

from app.runtime.clock import Clock
from app.services.forecast_store import ForecastStore
from app.storage.database import Database
from tests.services.forecast_story import TODAY, fill


def test_a_forecast_that_nobody_asks_for_is_let_go_of_and_read_anew(database: Database) -> None:
    fill(database, TODAY)
    store = ForecastStore(database, Clock(as_of=TODAY))
    run = store.run()
    made_at, held = run.made_at, weakref.ref(run)
    del run
    store.rest()  # it was asked for since the store was made
    gc.collect()
    assert held() is not None
    store.rest()
    gc.collect()
    assert held() is None
    assert store.run().made_at == made_at


def test_a_forecast_of_an_earlier_month_tells_its_skus_as_it_did(database: Database) -> None:
    fill(database, TODAY)
    before = ForecastStore(database, Clock(as_of=date(2022, 3, 12))).run()
    earlier = ForecastStore(database, Clock(as_of=TODAY)).earlier()
    assert earlier is not None
    assert earlier.sku_keys == before.sku_keys
    assert earlier.skus.expected.tolist() == before.skus.expected.tolist()
    assert len(earlier.demand) == 0 < len(before.demand)
