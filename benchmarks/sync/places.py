"""Where the benchmark of sync works; nothing of the program is imported for it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "build" / "bench"
FOLDER = BENCH / "sync"
PEERS = BENCH / "peers"
IOWA = ROOT.parent / "shared" / "data" / "iowa"
