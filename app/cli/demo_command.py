"""`zoufang demo`: build a territory to try the program on, and open it; without a screen a day is played offscreen."""

import argparse
import os
import shutil
import sys
from typing import TYPE_CHECKING

from app.bootstrap.application import Application, assemble, close_application
from app.cli.output import CommandError, ExitCode, Output
from app.cli.passwords import given_password
from app.domain.problems import Problem, TroubleError
from app.domain.text import Language, Text
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.sample_territories import IOWA, PRACTICE_TERRITORY, SampleTerritory, load_territory
from app.storage.in_use import is_open_elsewhere
from app.storage.store import open_store
from app.storage.trouble import make_folder
from app.storage.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

DEMO_PASSWORD = "zoufang-demo"  # noqa: S105 - the store holds public data only
_MARK = "built-by-zoufang-demo"
"""Only a folder with this file in it is ever taken away to build the demo anew."""


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Build the territory anew, then open the window or play a day."""
    territory = PRACTICE_TERRITORY if arguments.practice else IOWA
    out: Path = arguments.out.absolute()
    folder = DataFolder(arguments.data_dir.absolute() if arguments.data_dir else out / "data")
    password = given_password(arguments.password_file) or DEMO_PASSWORD
    _make_room(folder)
    clock = Clock(as_of=arguments.as_of or territory.today)
    build_demo(folder, clock, territory, password, output)
    if arguments.build_only:
        return ExitCode.DONE
    if has_screen() and not arguments.no_window:
        from app.cli.window_command import show_window  # noqa: PLC0415

        return show_window(folder, clock, password=password, language=arguments.lang)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.cli.demo_day import play_day  # noqa: PLC0415 - Qt

    language = Language(arguments.lang) if arguments.lang else Language.ZH if arguments.practice else Language.EN
    return play_day(folder, clock, password, language, out, say=output.step)


def build_demo(folder: DataFolder, clock: Clock, territory: SampleTerritory, password: str, output: Output) -> None:
    """Make the store and fill it; prints one line for each step."""
    make_folder(folder.root)
    (folder.root / _MARK).touch()
    key = Vault(folder.vault, use_keyring=False).create(password)
    application: Application = assemble(folder, clock, output.language, open_store(folder, key, create=True))
    try:
        added = load_territory(application.database, application.imports, territory)
    finally:
        close_application(application)
    counts = ", ".join(f"{target.value} {count}" for target, count in added.items())
    output.result(
        {"data_dir": folder.root, **{target.value: count for target, count in added.items()}},
        [
            output.say(f"示例片区：{counts}", f"demo territory {territory.territory}: {counts}"),
            output.say(f"数据在 {folder.root}，密码 {password}", f"data in {folder.root}, password {password}"),
        ],
    )


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def _make_room(folder: DataFolder) -> None:
    """Take an earlier demo away; anything else in its place is left alone and refused."""
    if is_open_elsewhere(folder.store):
        raise TroubleError(Problem.STORE_BUSY, str(folder.root))
    if (folder.root / _MARK).exists():
        shutil.rmtree(folder.root)
    elif folder.root.exists() and (not folder.root.is_dir() or any(folder.root.iterdir())):
        raise CommandError(
            Text(
                f"{folder.root} 里有别的内容，没有改动。请用 --out 或 --data-dir 指定别的文件夹",
                f"{folder.root} holds something else and was not touched. Name another folder by --out or --data-dir",
            )
        )
