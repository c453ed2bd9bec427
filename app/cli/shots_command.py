"""`zoufang shots --out DIR`: every page in both languages, light and dark, at 1366×768 and at 150 %."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from app.cli.output import ExitCode, Output

_SIZE = (1366, 768)
_SCALED = "ZOUFANG_SHOTS_SCALED"


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Render the pages at 100 %, then in a process of its own at 150 % (the scale is fixed when Qt starts)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out: Path = arguments.out.absolute()
    if os.environ.get(_SCALED):
        count = _render(out / "150", (round(_SIZE[0] / 1.5), round(_SIZE[1] / 1.5)), arguments.only)
        return ExitCode.DONE if count else ExitCode.BAD_USAGE
    count = _render(out / "100", _SIZE, arguments.only)
    command = [sys.executable, "-m", "app", "shots", "--out", str(out)]
    command += ["--only", arguments.only] if arguments.only else []
    code = subprocess.call(command, env={**os.environ, "QT_SCALE_FACTOR": "1.5", _SCALED: "1"})  # noqa: S603 - ourselves
    output.result(
        {"pictures": count * 2, "out": out}, [output.say(f"{count * 2} 张图在 {out}", f"{count * 2} pictures in {out}")]
    )
    return ExitCode.DONE if count and code == 0 else ExitCode.BAD_USAGE


def _render(out: Path, size: tuple[int, int], only: str | None) -> int:
    from app.cli.shots_scenes import render_scenes  # noqa: PLC0415 - Qt

    with tempfile.TemporaryDirectory() as work:
        return render_scenes(Path(work), out, size, only)
