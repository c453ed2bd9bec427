"""Where the arrow keys lead on the board."""

from datetime import date, timedelta

from app.ui.pages.plan.plan_shown import Days, Span, Spot, columns, day_of

_WEEK = 7


def spot_after(span: Span, days: Days, spot: Spot, step: tuple[int, int]) -> Spot:
    """Return the place a step (days, visits) away: sideways to another day, up and down through the visits of a day.

    Above the first visit is the day itself; in a month one goes on from there to the week above or below.
    """
    by_days, by_visits = step
    if by_days:
        return Spot(_day_after(span, days, spot.day, by_days))
    day = day_of(days, spot.day)
    ids = () if day is None else tuple(stop.visit_id for stop in day.stops)
    at = ids.index(spot.visit_id) if spot.visit_id in ids else -1
    to = at + by_visits
    if 0 <= to < len(ids):
        return Spot(spot.day, ids[to])
    if at >= 0 and to < 0:
        return Spot(spot.day)
    if span is Span.MONTH and not (by_visits < 0 <= at):
        return _week_after(days, spot, by_visits)
    return spot


def _day_after(span: Span, days: Days, day: date, by: int) -> date:
    """Return the next day that has a column."""
    after = day + timedelta(days=by)
    if span is Span.DAY or day_of(days, after) is None:
        return after
    shown = columns(days, day)
    while after.isoweekday() not in shown:
        after += timedelta(days=by)
    return after


def _week_after(days: Days, spot: Spot, by: int) -> Spot:
    after = spot.day + timedelta(days=_WEEK * by)
    found = day_of(days, after)
    if found is None:
        return spot
    return Spot(after, found.stops[-1].visit_id if by < 0 and found.stops else None)
