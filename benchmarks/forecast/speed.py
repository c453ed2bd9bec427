"""How long a territory takes, beside the AutoETS of statsforecast on a sample of the same series."""

import json
import resource
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.domain.forecasting.engine import forecast_market
from benchmarks.forecast.iowa import market_of, read_lines
from benchmarks.measuring import Figure
from benchmarks.territory import BENCH

_SAMPLE = 300
_ACTIVE = 12
_PEER = BENCH / "peers" / "statsforecast"
_RUN = """
import json, sys, time
import numpy as np
from statsforecast.models import AutoETS
values = np.load(sys.argv[1]); model = AutoETS(season_length=12)
model.forecast(values[0], 6)
start = time.process_time(); made = [model.forecast(row, 1)["mean"][0] for row in values[:, :-1]]
print(json.dumps({"seconds": time.process_time() - start, "made": [float(value) for value in made]}))
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Yield time, memory and the ratio to the peer."""
    market = market_of(read_lines(folder, "T1"))
    active = np.flatnonzero((market.values > 0).sum(axis=1) >= _ACTIVE)
    start = time.process_time()
    forecast = forecast_market(market)
    ours = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure(
        f"T1: {len(market.values):,} pairs ({len(active):,} with 12+ active months), six months ahead, all levels, twelve "
        "origins back, ranges: CPU time", f"{ours:.1f} s", f"peak {memory:.0f} MB with the order lines of T1 in memory", "—",
        "< 15 s", ours < 15,
    )  # fmt: skip
    sample = np.random.default_rng(20_220_430).choice(active, _SAMPLE, replace=False)
    peer = _peer(market.values[sample].astype(float))
    if peer is None:
        yield Figure("… beside AutoETS of statsforecast", "—", "could not be installed", "—", "≥ 20", False)
        return
    each, theirs = ours / len(market.values), peer["seconds"] / _SAMPLE
    actual, made = market.values[sample, -1], np.array(peer["made"])
    said = forecast.pairs.past[sample, -1]
    yield Figure(
        f"… a series, beside AutoETS (season 12) on {_SAMPLE} of them drawn by a fixed seed", f"{each * 1e6:.0f} µs",
        f"{theirs * 1e3:.1f} ms; WAPE of the last month {np.abs(made - actual).sum() / actual.sum():.1%}, ours "
        f"{np.abs(said - actual).sum() / actual.sum():.1%}", f"{theirs / each:.0f}", "≥ 20", theirs / each >= 20,
    )  # fmt: skip


def _peer(values: np.ndarray) -> dict[str, float] | None:
    python = _PEER / "bin" / "python"
    try:
        if not python.exists():
            print("installing statsforecast for the comparison …", file=sys.stderr, flush=True)
            venv.create(_PEER, with_pip=True, clear=True)
            subprocess.run([python, "-m", "pip", "install", "-q", "statsforecast==2.1.1"], check=True)
        path = _PEER / "series.npy"
        np.save(path, values)
        done = subprocess.run([python, "-c", _RUN, str(path)], check=True, stdout=subprocess.PIPE, text=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        print(f"statsforecast: {problem}", file=sys.stderr)
        return None
    return json.loads(done.stdout.splitlines()[-1])
