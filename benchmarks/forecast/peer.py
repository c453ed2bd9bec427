"""AutoETS of statsforecast, in an environment of its own: the program does not carry it."""

import json
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import Floats, Ints
from benchmarks.territory import BENCH

_PEER = BENCH / "peers" / "statsforecast"
_RUN = """
import json, sys, time, warnings
import numpy as np
from statsforecast.models import AutoETS
warnings.simplefilter("ignore")
held = np.load(sys.argv[1]); values, first, origins = held["values"], held["first"], held["origins"]
model = AutoETS(season_length=12)
model.forecast(np.arange(36.0), 1)
def said(row, begin, origin):
    known = row[begin:origin].astype(float)
    if not len(known):
        return None
    try:
        mean = float(model.forecast(known, 1)["mean"][0])
    except (NotImplementedError, IndexError):
        mean = np.nan
    return max(0.0, mean) if np.isfinite(mean) else float(known.mean())
start = time.process_time()
made = [[said(row, begin, origin) for origin in origins] for row, begin in zip(values, first)]
print(json.dumps({"seconds": time.process_time() - start, "made": made}))
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """What AutoETS (season 12) said one month ahead [series, origins], never below zero; NaN before a first purchase."""

    said: Floats
    seconds: float
    """processor time of all fits"""


def autoets(values: Floats, first: Ints, origins: tuple[int, ...]) -> Peer | None:
    """Fit each series anew at each origin from its first month of demand; None where it cannot be installed.

    Where there are too few months for any of its models, their mean stands.
    """
    python = _PEER / "bin" / "python"
    try:
        if not python.exists():
            print("installing statsforecast for the comparison …", file=sys.stderr, flush=True)
            venv.create(_PEER, with_pip=True, clear=True)
            subprocess.run([python, "-m", "pip", "install", "-q", "statsforecast==2.1.1"], check=True)
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/series.npz"
            np.savez(path, values=values, first=first, origins=np.array(origins))
            done = subprocess.run([python, "-c", _RUN, path], check=True, stdout=subprocess.PIPE, text=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        print(f"statsforecast: {problem}", file=sys.stderr)
        return None
    told = json.loads(done.stdout.splitlines()[-1])
    return Peer(np.array(told["made"], float), told["seconds"])
