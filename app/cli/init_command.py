"""`zoufang init`: set up a new, empty store."""

import argparse
import contextlib
from collections.abc import Generator
from typing import TYPE_CHECKING

from app.cli.arguments import folder_of
from app.cli.output import CommandError, ExitCode, Output
from app.cli.passwords import ask_password
from app.domain.text import Text
from app.runtime.paths import DataFolder

if TYPE_CHECKING:
    from app.storage.store import OpenedStore


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Make the store and say where it lies; one that is there is left alone."""
    from app.services.opening import DoorState, StoreDoor  # noqa: PLC0415
    from app.storage.store import close_store  # noqa: PLC0415

    folder = folder_of(arguments)
    door: StoreDoor[OpenedStore] = StoreDoor(folder, _as_it_is)
    if folder.store.exists():
        raise CommandError(
            Text(
                f"{folder.root} 里已经有数据，没有任何改动。要另建一份，请用 --data-dir 指定别的文件夹",
                f"There is a store in {folder.root} already; it was not touched. Name another folder by --data-dir",
            )
        )
    if door.state() is DoorState.BROKEN:
        raise CommandError(
            Text(
                f"{folder.root} 用过，数据文件已被移走。"
                "请用 zoufang restore FILE 恢复备份，或用 --data-dir 指定别的文件夹",
                f"{folder.root} was in use and its store was moved aside. "
                "Put a backup back with `zoufang restore FILE`, or name another folder by --data-dir",
            )
        )
    password = ask_password(arguments.password_file, twice=True)
    with _nothing_left_behind(folder):
        close_store(door.create(password).database)
    output.result({"data_dir": folder.root}, [output.say(f"已建立：{folder.root}", f"Set up in {folder.root}")])
    return ExitCode.DONE


def make_where_none(arguments: argparse.Namespace) -> str | None:
    """Make a store in a folder that was never used and return its password; None where there is or was one.

    Raises CommandError where no password is given and nobody can be asked.
    """
    from app.services.opening import DoorState, StoreDoor  # noqa: PLC0415
    from app.storage.store import close_store  # noqa: PLC0415

    folder = folder_of(arguments)
    door: StoreDoor[OpenedStore] = StoreDoor(folder, _as_it_is)
    if door.state() is not DoorState.EMPTY:
        return None
    password = ask_password(arguments.password_file, twice=True)
    with _nothing_left_behind(folder):
        close_store(door.create(password).database)
    return password


def _as_it_is(opened: "OpenedStore") -> "OpenedStore":
    return opened


@contextlib.contextmanager
def _nothing_left_behind(folder: DataFolder) -> Generator[None]:
    """Take away what a set-up made that did not come to its end: nothing was in it."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            for name in ("zoufang.db", "zoufang.db-wal", "zoufang.db-shm", folder.vault.name):
                (folder.root / name).unlink(missing_ok=True)
            folder.root.rmdir()
        raise
