"""Collects the source strings of the program into the .ts file and builds the .qm files that Qt loads.

`python -m app.ui.look.build_translations` builds the .qm; `--update` first collects the strings of `app/`;
`--fill FILE.toml` (lines `"English" = "中文"`) then writes translations for strings that have none;
`--missing` prints what is still without translation, ready to be completed and given back to `--fill`;
`--prune` drops translations of strings that are gone. English needs no .ts: its plurals come from "(s)" in the source.
"""

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile

from app.runtime import resources
from app.ui.look.qm_files import EN_QM, TS, ZH_QM

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
_LOCK_MS = 60_000


def build_qm() -> Path:
    """Build the .qm of both languages from the .ts; unfinished strings stay out of it."""
    with tempfile.TemporaryDirectory() as folder:
        english = Path(folder) / "app_en.ts"
        english.write_text(_english_plurals(), encoding="utf-8")
        for source, name in ((resources.path(TS), ZH_QM), (english, EN_QM)):
            built = resources.path(name)
            fresh = Path(folder) / built.name
            _tool("lrelease", "-silent", str(source), "-qm", str(fresh))
            beside = built.with_suffix(f".{os.getpid()}")
            shutil.copyfile(fresh, beside)
            beside.replace(built)
    return resources.path(ZH_QM)


def update_ts(*, prune: bool = False, target: Path | None = None) -> None:
    """Collect every source string of the program into the .ts, or into another file."""
    app = Path(__file__).resolve().parents[2]
    names = sorted(str(path) for path in app.rglob("*.py") if "tr(" in path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder) / "files.lst"
        listing.write_text("\n".join(names), encoding="utf-8")
        options = ("-no-obsolete",) if prune else ()
        ts = str(target or resources.path(TS))
        _tool("lupdate", "-silent", *options, "-locations", "none", f"@{listing}", "-ts", ts)


def uncollected() -> tuple[str, ...]:
    """Return the source strings of the program that the .ts does not have."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "now.ts"
        update_ts(target=target)
        now = ET.fromstring(target.read_text(encoding="utf-8"))  # noqa: S314  our own file
    return tuple(f"{context}: {source}" for context, source in sorted(_strings(now) - _strings(_tree())))


def missing() -> tuple[str, ...]:
    """Return the source strings that have no finished translation."""
    return tuple(_source(message) for message in _tree().iter("message") if _is_unfinished(message))


def fill(words: dict[str, str]) -> int:
    """Write translations for strings that have none; return how many were written."""
    tree = _tree()
    written = 0
    for message in tree.iter("message"):
        text = words.get(_source(message))
        if text and _is_unfinished(message):
            _write(message, text)
            written += 1
    body = ET.tostring(tree, encoding="unicode", short_empty_elements=False)
    resources.path(TS).write_text(f"{_HEAD}{body}\n", encoding="utf-8")
    return written


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; exit code 1 if strings are without translation."""
    parser = argparse.ArgumentParser(description="Collect and build the translations")
    parser.add_argument("--update", action="store_true", help="collect the strings of the program first")
    parser.add_argument("--fill", type=Path, metavar="FILE.toml", help="write missing translations from this file")
    parser.add_argument("--missing", action="store_true", help="print the strings without translation")
    parser.add_argument("--prune", action="store_true", help="drop translations of strings that are gone")
    options = parser.parse_args(arguments)
    left = _work(options)
    if options.missing:
        sys.stdout.writelines(f'{json.dumps(text, ensure_ascii=False)} = ""\n' for text in dict.fromkeys(left))
    return 1 if left else 0


def _work(options: argparse.Namespace) -> tuple[str, ...]:
    lock = QLockFile(str(resources.path(TS)) + ".lock")
    if not lock.tryLock(_LOCK_MS):
        raise RuntimeError("another process is building the translations")
    try:
        if options.update or options.fill or options.prune:
            update_ts(prune=options.prune)
        if options.fill:
            fill(tomllib.loads(options.fill.read_text(encoding="utf-8")))
        build_qm()
        return missing()
    finally:
        lock.unlock()


def _tree() -> ET.Element:
    return ET.fromstring(resources.read_text(TS))  # noqa: S314  our own file


def _strings(tree: ET.Element) -> set[tuple[str, str]]:
    return {
        (context.findtext("name") or "", _source(message))
        for context in tree.iter("context")
        for message in context.iter("message")
    }


def _source(message: ET.Element) -> str:
    return message.findtext("source") or ""


def _is_unfinished(message: ET.Element) -> bool:
    translation = message.find("translation")
    return translation is None or translation.get("type") == "unfinished"


def _write(message: ET.Element, text: str) -> None:
    translation = message.find("translation")
    if translation is None:
        return
    translation.attrib.pop("type", None)
    forms = translation.findall("numerusform")
    if forms:
        forms[0].text = text
    else:
        translation.text = text


def _english_plurals() -> str:
    """Return a .ts with both English forms of every string that counts: "%n visit(s)" is "1 visit", "2 visits"."""
    tree = _tree()
    tree.set("language", "en")
    for context in tree.iter("context"):
        for message in context.findall("message"):
            translation = message.find("translation")
            if message.get("numerus") != "yes" or translation is None:
                context.remove(message)
                continue
            translation.clear()
            for ending in ("", "s"):
                ET.SubElement(translation, "numerusform").text = _source(message).replace("(s)", ending)
    return f"{_HEAD}{ET.tostring(tree, encoding='unicode')}\n"


def _tool(name: str, *arguments: str) -> None:
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        raise RuntimeError("PySide6 is not installed")
    folder = Path(spec.origin).parent
    program = folder / (f"{name}.exe" if sys.platform == "win32" else name)
    done = subprocess.run([str(program), *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(f"{name} failed: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    raise SystemExit(main())
