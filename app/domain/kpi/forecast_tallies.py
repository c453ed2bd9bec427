"""How good the forecast of a month was (F01 to F04), and what would be released by it (F14)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.forecasting.accuracy import TARGET, total_accuracy
from app.domain.kpi.brands import monthly_release
from app.domain.kpi.tallies import NoValue, Parts, Tally

CODES = ("F01", "F02", "F03", "F04", "F14")


@dataclass(frozen=True, slots=True)
class Told:
    """What was forecast and what was asked for, of one SKU or one shop."""

    name: str
    """the class of a SKU, the key of a shop"""
    forecast: float
    actual: float


def tallies(
    skus: Sequence[Told], shops: Sequence[Told], volume_last_year: float | None, standard: float = TARGET
) -> Iterator[Tally]:
    """Return the figures of a whole month; none of them has a value where nothing was forecast.

    `standard` is the accuracy that a SKU has to reach for F04.
    """
    if not skus:
        yield from (Tally(code, empty=NoValue.NO_FORECAST) for code in CODES)
        return
    by_shop: Mapping[str, Parts] = {one.name: (one.forecast, one.actual) for one in shops}
    forecast, actual = sum(one.forecast for one in skus), sum(one.actual for one in skus)
    yield Tally("F01", by_shop, total=(forecast, actual))
    classes: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in skus:
        classes[one.name][0] += one.forecast
        classes[one.name][1] += one.actual
    for name, (upper, lower) in sorted(classes.items()):
        yield Tally("F02", total=(upper, lower), scope=f"class:{name}")
    scored = [(one.forecast, score) for one in skus if (score := total_accuracy(one.forecast, one.actual)) is not None]
    weight = sum(part for part, _ in scored)
    yield Tally("F03", total=(sum(part * score for part, score in scored), weight))
    yield Tally("F04", total=(float(sum(score >= standard for _, score in scored)), float(len(scored))))
    release = monthly_release(volume_last_year, forecast)
    yield Tally("F14", total=None if release is None else (release, None), empty=NoValue.NO_LAST_YEAR)
