"""Judges the forecasts on the store's own orders: what would have been said before each month, and what came."""

from datetime import date

from app.domain.forecasting.arrays import month_number
from app.domain.forecasting.judging import Judgement, judge
from app.services.market_reading import TooFewMonths, read_market
from app.storage.database import Database

_FEWEST_BEFORE = 6


def backtest_forecast(database: Database, since: date, until: date) -> tuple[int, list[Judgement]]:
    """Forecast each whole month between two days from the months before it.

    Returns how many months were judged, and one judgement by level. Raises TooFewMonths without a whole month in
    between, or with less than half a year of orders before it.
    """
    with database.look() as cursor:
        market = read_market(cursor, until).market
    end = market.first_month + market.months
    judged = end - month_number(since) - (since.day > 1)
    if judged < 1 or market.months - judged < _FEWEST_BEFORE:
        raise TooFewMonths(until.isoformat())
    return judged, list(judge(market, judged))
