"""What a round may do by room, battery and network: every branch of the rule."""

import psutil
import pytest

from app.domain.precheck import LEAST_FREE, Held, PhotoPlan, Room, plan_photos, room_for
from app.runtime.power import Battery, read_battery

LOW, FULL, CHARGING = Battery(12, is_plugged=False), Battery(80, is_plugged=False), Battery(12, is_plugged=True)


@pytest.mark.parametrize(
    ("free", "coming", "suffices"),
    [
        (LEAST_FREE, None, True),
        (LEAST_FREE - 1, None, False),
        (LEAST_FREE - 1, 0, False),
        (LEAST_FREE, 10 << 20, True),
        (LEAST_FREE, (10 << 20) + 1, False),
        (1_000_000_000, 50_000_000, True),
        (999_999_999, 50_000_000, False),
    ],
)
def test_receiving_needs_200_mb_and_twenty_times_what_comes(free: int, coming: int | None, suffices: bool) -> None:
    assert room_for(free, coming).suffices is suffices


def test_what_is_missing_can_be_told_in_bytes() -> None:
    assert room_for(300_000_000, 25_000_000) == Room(300_000_000, 500_000_000)


@pytest.mark.parametrize("battery", [None, FULL, CHARGING])
def test_without_a_low_battery_and_a_data_plan_all_photos_go(battery: Battery | None) -> None:
    assert plan_photos(is_asked=False, battery=battery, left_of_day=None) == PhotoPlan(None, Held.NONE)


def test_on_a_low_battery_a_round_by_itself_leaves_originals_even_where_the_data_plan_has_room() -> None:
    assert plan_photos(is_asked=False, battery=LOW, left_of_day=None) == PhotoPlan(0, Held.BATTERY)
    assert plan_photos(is_asked=False, battery=LOW, left_of_day=5_000_000) == PhotoPlan(0, Held.BATTERY)


def test_a_round_that_a_person_asks_for_goes_on_whatever_the_battery_says() -> None:
    assert plan_photos(is_asked=True, battery=LOW, left_of_day=None) == PhotoPlan()


@pytest.mark.parametrize("is_asked", [True, False])
@pytest.mark.parametrize("left", [0, 7_000_000])
def test_over_a_data_plan_originals_go_up_to_what_is_left_of_the_day(is_asked: bool, left: int) -> None:
    assert plan_photos(is_asked=is_asked, battery=FULL, left_of_day=left) == PhotoPlan(left, Held.DATA_PLAN)


@pytest.mark.parametrize(
    ("battery", "is_low"),
    [
        (Battery(19, is_plugged=False), True),
        (Battery(20, is_plugged=False), False),
        (Battery(3, is_plugged=True), False),
    ],
)
def test_a_battery_is_low_below_20_percent_while_it_runs_down(battery: Battery, is_low: bool) -> None:
    assert battery.is_low is is_low


class _Told:
    def __init__(self, percent: float, plugged: bool | None) -> None:
        self.percent = percent
        self.power_plugged = plugged


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (None, None),
        (_Told(55.6, plugged=None), None),
        (_Told(55.6, plugged=False), Battery(56, is_plugged=False)),
        (_Told(100, plugged=True), Battery(100, is_plugged=True)),
    ],
)
def test_the_battery_is_what_the_system_tells_and_nothing_where_it_does_not_know(
    monkeypatch: pytest.MonkeyPatch, told: _Told | None, expected: Battery | None
) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: told, raising=False)
    assert read_battery() == expected


def test_a_system_that_fails_to_tell_counts_as_one_without_a_battery(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise FileNotFoundError

    monkeypatch.setattr(psutil, "sensors_battery", fails, raising=False)
    assert read_battery() is None
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert read_battery() is None
