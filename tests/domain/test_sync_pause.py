"""How long a pause of sync holds: an hour, until midnight, until the person goes on, never past a later day's start."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.sync_pause import Pause, PauseFor, read_pause

AT = datetime(2026, 3, 2, 10, 30).astimezone()  # in the time of this machine, whichever that is
MIDNIGHT = datetime(2026, 3, 3).astimezone()
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("kind", "now", "holds", "at_start"),
    [
        (PauseFor.HOUR, AT, True, True),
        (PauseFor.HOUR, AT + timedelta(minutes=59), True, True),
        (PauseFor.HOUR, AT + timedelta(hours=1), False, False),
        (PauseFor.TOMORROW, MIDNIGHT - MINUTE, True, True),
        (PauseFor.TOMORROW, MIDNIGHT, False, False),
        (PauseFor.OPEN, MIDNIGHT - MINUTE, True, True),
        (PauseFor.OPEN, MIDNIGHT + timedelta(hours=9), True, False),
        (PauseFor.OPEN, MIDNIGHT + timedelta(days=1) - MINUTE, True, False),
        (PauseFor.OPEN, MIDNIGHT + timedelta(days=1), False, False),
        (PauseFor.OPEN, AT - timedelta(days=3), False, False),
        (PauseFor.TOMORROW, AT - timedelta(minutes=6), False, False),
        (PauseFor.TOMORROW, AT - timedelta(minutes=4), True, True),
    ],
)
def test_a_pause_holds_as_long_as_was_said_and_a_start_on_a_later_day_ends_it(
    kind: PauseFor, now: datetime, holds: bool, at_start: bool
) -> None:
    pause = Pause(AT, kind)
    assert (pause.holds(now), pause.holds_at_start(now)) == (holds, at_start)


def test_an_hour_over_midnight_ends_with_the_first_start_of_the_new_day() -> None:
    pause = Pause(MIDNIGHT - MINUTE, PauseFor.HOUR)
    assert pause.holds(MIDNIGHT + MINUTE)
    assert not pause.holds_at_start(MIDNIGHT + MINUTE)


def test_it_says_when_it_ends() -> None:
    assert Pause(AT, PauseFor.HOUR).until == AT + timedelta(hours=1)
    assert Pause(AT, PauseFor.TOMORROW).until == MIDNIGHT
    assert Pause(AT, PauseFor.OPEN).until is None


ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(timezones=ZONES), st.sampled_from(PauseFor))
def test_what_was_kept_is_read_again(since: datetime, kind: PauseFor) -> None:
    pause = Pause(since, kind)
    assert read_pause(pause.as_text()) == pause


@pytest.mark.parametrize(
    "text", [None, "", "open", "never 2026-03-02T10:00:00+00:00", "open x", "hour 2026-03-02T10:00"]
)
def test_what_cannot_be_read_is_no_pause(text: str | None) -> None:
    assert read_pause(text) is None
