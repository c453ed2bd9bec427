"""Tells how often a fault was tried and what was lost by it; the soak makes the table of docs/reliability.md of it."""

import json
import os
from pathlib import Path


def tally(fault: str, tried: int, lost: int = 0, note: str = "") -> None:
    """Add a line to the file named by `ZOUFANG_TALLY`; without that variable do nothing."""
    file = os.environ.get("ZOUFANG_TALLY")
    if not file:
        return
    line = json.dumps({"fault": fault, "tried": tried, "lost": int(lost), "note": note}, ensure_ascii=False)
    with Path(file).open("a", encoding="utf-8") as out:
        out.write(line + "\n")
