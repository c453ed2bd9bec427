"""Whether the laptop runs on its battery, as the system tells it."""

from dataclasses import dataclass

_LOW_PERCENT = 20


@dataclass(frozen=True, slots=True)
class Battery:
    """How full it is in percent, and whether it is being charged or the charger is plugged in."""

    percent: int
    is_plugged: bool

    @property
    def is_low(self) -> bool:
        """Whether large things should wait: below 20 % and running down."""
        return self.percent < _LOW_PERCENT and not self.is_plugged


def read_battery() -> Battery | None:
    """Return the state of the battery; None where there is none, or the system does not tell."""
    import psutil  # noqa: PLC0415 - only a laptop that syncs asks

    ask = getattr(psutil, "sensors_battery", None)  # missing on systems of which psutil knows no battery
    try:
        told = None if ask is None else ask()
    except (OSError, RuntimeError, ValueError):  # a file of the system that comes and goes, or holds no number
        return None
    if told is None or told.power_plugged is None:
        return None
    return Battery(round(told.percent), bool(told.power_plugged))
