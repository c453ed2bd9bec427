"""How long a territory takes, beside the AutoETS of statsforecast on a sample of the same series."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.domain.forecasting.arrays import first_months
from app.domain.forecasting.market import Market
from benchmarks.forecast.iowa import market_of, read_lines
from benchmarks.forecast.peer import autoets
from benchmarks.measuring import Figure
from benchmarks.territory import BENCH, ROOT

_SAMPLE = 300
_ACTIVE = 12
_OURS = """
import json, pickle, re, sys, time
from app.domain.forecasting.engine import forecast_market
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
market = pickle.loads(open(sys.argv[1], "rb").read()); before = peak()
start = time.process_time(); forecast = forecast_market(market); seconds = time.process_time() - start
print(json.dumps({"seconds": seconds, "before": before, "peak": peak()}))
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Yield time, memory and the ratio to the peer."""
    market = market_of(read_lines(folder, "T1"))
    active = np.flatnonzero((market.values > 0).sum(axis=1) >= _ACTIVE)
    ours = _ours(market)
    seconds = ours["seconds"]
    yield Figure(
        f"T1: {len(market.values):,} pairs ({len(active):,} with 12+ active months), six months ahead, all levels, twelve "
        "origins back, ranges: CPU time on one core", f"{seconds:.1f} s",
        f"peak of the process {ours['peak']:.0f} MB, {ours['before']:.0f} MB of it before it began", "—", "< 15 s",
        seconds < 15,
    )  # fmt: skip
    sample = np.random.default_rng(20_220_430).choice(active, _SAMPLE, replace=False)
    values = market.values[sample]
    peer = autoets(values, first_months(values), (values.shape[1] - 1,))
    if peer is None:
        yield Figure("… beside AutoETS of statsforecast", "—", "could not be installed", "—", "≥ 20", False)
        return
    each, theirs = seconds / len(active), peer.seconds / _SAMPLE
    yield Figure(
        f"… for each pair with 12+ active months (all other work counted on them), beside AutoETS (season 12) on {_SAMPLE} "
        "drawn by a fixed seed", f"{each * 1e6:.0f} µs",
        f"{theirs * 1e3:.1f} ms of processor, one origin, one month ahead", f"{theirs / each:.0f}", "≥ 20", theirs / each >= 20,
    )  # fmt: skip


def _ours(market: Market) -> dict[str, float]:
    """Forecast in a process of its own, so that its memory is its own."""
    BENCH.mkdir(parents=True, exist_ok=True)
    path = BENCH / "forecast-market.pickle"
    path.write_bytes(pickle.dumps(market))
    done = subprocess.run(
        [sys.executable, "-c", _OURS, str(path)], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])
