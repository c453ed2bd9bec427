"""The command line as its users meet it: run in this process for speed, or as a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pytest

from app.cli.main import run
from app.runtime.paths import DataFolder

ROOT = Path(__file__).resolve().parents[2]
SAMPLE_DATA = ROOT / "resources" / "sample_data"
STORES, PRODUCTS, ORDERS = (SAMPLE_DATA / f"{name}.csv.gz" for name in ("stores", "products", "orders"))
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals, pipes and permissions of POSIX")


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON object on stdout; anything else there fails."""
        return json.loads(self.out)

    def refused_with(self, code: int) -> str:
        """Assert that the command did not work, said so in one line and printed nothing else; return the line."""
        assert (self.code, self.out) == (code, "")
        [line] = self.err.splitlines()
        assert line.startswith("zoufang: ")
        assert "Traceback" not in line
        return line

    def worked(self) -> "Result":
        """Assert exit code 0 and no word on stderr."""
        assert (self.code, self.err) == (0, "")
        return self


@dataclass(slots=True)
class Zoufang:
    """The program on one data folder."""

    folder: DataFolder
    capsys: pytest.CaptureFixture[str]
    env: dict[str, str] = field(default_factory=dict[str, str])

    def __call__(self, *words: object, lang: str = "en") -> Result:
        """Run a command in this process."""
        self.capsys.readouterr()
        code = run([*self._common(lang), *map(str, words)])
        captured = self.capsys.readouterr()
        return Result(code, captured.out, captured.err)

    def process(self, *words: object, lang: str = "en", **env: str) -> Result:
        """Run a command as a process of its own, without stdin."""
        done = subprocess.run(
            self.command(*words, lang=lang),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=ROOT,
            env=self.environment(**env),
            timeout=60,
            check=False,
        )
        return Result(done.returncode, _text(done.stdout), _text(done.stderr))

    def start(
        self, *words: object, stdin: int = subprocess.DEVNULL, stderr: int | IO[bytes] = subprocess.PIPE
    ) -> subprocess.Popen[bytes]:
        """Start a command and leave it to the test; it belongs to no terminal."""
        return subprocess.Popen(
            self.command(*words),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=ROOT,
            env=self.environment(),
            start_new_session=True,
        )

    def command(self, *words: object, lang: str = "en") -> list[str]:
        """Return the words that start the program as a process."""
        return [sys.executable, "-m", "app", *self._common(lang), *map(str, words)]

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a process: ours, without what says how text is written."""
        ours = {name: value for name, value in os.environ.items() if name not in {"PYTHONUTF8", "PYTHONIOENCODING"}}
        return ours | self.env | more

    def _common(self, lang: str) -> list[str]:
        return ["--data-dir", str(self.folder.root), "--lang", lang]


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace").replace("\r\n", "\n")
