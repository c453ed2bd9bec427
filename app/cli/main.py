"""Runs one command, or opens the window, and turns whatever goes wrong into words and an exit code."""

import argparse
import importlib
import locale
import os
import sys
from typing import TYPE_CHECKING, Protocol, cast

from app.cli.arguments import clock_of, folder_of, language_of, parse
from app.cli.output import CommandError, ExitCode, Output, let_go_of_streams, prepare_streams
from app.cli.passwords import given_password
from app.cli.signals import ended_like_ctrl_c
from app.domain.text import Language, Text

if TYPE_CHECKING:
    from app.bootstrap.application import Application

_WITHOUT_STORE = {"init", "demo", "restore", "shots", "headoffice"}
_MAKES_STORE = {"enrol"}
_WITH_WINDOW = {"demo", "shots"}


class _Command(Protocol):
    def run(self, arguments: argparse.Namespace, application: "Application", output: Output) -> int: ...


class _CommandWithoutStore(Protocol):
    def run(self, arguments: argparse.Namespace, output: Output) -> int: ...


def run(words: list[str]) -> int:
    """Run the command that the words name and return the exit code."""
    prepare_streams()
    try:
        return _run(words)
    finally:
        let_go_of_streams()


def system_language() -> Language:
    """Return Chinese where the system speaks it, else English."""
    wanted = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    # Windows names no language in the environment; an unknown one there tells nothing either.
    name = (wanted or locale.getlocale()[0] or "").lower()
    return Language.ZH if name.startswith(("zh", "chinese")) else Language.EN


def _run(words: list[str]) -> int:
    try:
        arguments = parse(words, language_of(words, system_language()))
    except SystemExit as stop:  # argparse has said why
        return int(stop.code or 0)
    output = Output(Language(arguments.lang) if arguments.lang else system_language(), as_json=arguments.json)
    try:
        if arguments.command is None:
            return _open_window(arguments)
        if arguments.command in _WITH_WINDOW:
            return _run_command(arguments, output)
        with ended_like_ctrl_c():
            return _run_command(arguments, output)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - this is where every error ends
        from app.cli import failures  # noqa: PLC0415 - most runs have none

        return failures.tell(error, folder_of(arguments), output)


def _run_command(arguments: argparse.Namespace, output: Output) -> int:
    module = importlib.import_module(f"app.cli.{arguments.command}_command")
    if arguments.command in _WITHOUT_STORE:
        return cast("_CommandWithoutStore", module).run(arguments, output)
    from app.cli.opened_store import opened_application  # noqa: PLC0415 - the database is for those who need it
    from app.cli.sync_lease import refuse_past_lease  # noqa: PLC0415
    from app.runtime.clock import Clock  # noqa: PLC0415

    known = None
    if arguments.command in _MAKES_STORE:
        from app.cli.init_command import make_where_none  # noqa: PLC0415

        known = make_where_none(arguments)
    with opened_application(
        folder_of(arguments), clock_of(arguments), arguments.password_file, output.language, known
    ) as application:
        refuse_past_lease(application, arguments.command, Clock().now())
        return cast("_Command", module).run(arguments, application, output)


def _open_window(arguments: argparse.Namespace) -> int:
    if sys.platform.startswith("linux") and not _has_display():
        raise CommandError(
            Text(
                "没有屏幕，窗口打不开。可以用命令：zoufang --help",
                "There is no screen to open the window on. There are commands: zoufang --help",
            )
        )
    from app.bootstrap.early_key import begin_unlocking  # noqa: PLC0415 - only where a window is wanted
    from app.bootstrap.plain_imports import plain_imports  # noqa: PLC0415

    key = begin_unlocking(folder_of(arguments), given_password(arguments.password_file))
    try:
        with plain_imports():
            import PySide6.QtWidgets  # noqa: F401, PLC0415  # pyright: ignore[reportUnusedImport]
        from app.cli.window_command import open_window  # noqa: PLC0415
    except ImportError as error:
        if "PySide6" not in (error.name or ""):
            raise
        raise CommandError(
            Text(
                f"Qt 装不进来（{error}）。请运行 python tasks.py setup，它会说明缺哪些系统库",
                f"Qt cannot be loaded ({error}). `python tasks.py setup` says which system libraries are missing",
            )
        ) from error
    return open_window(arguments, key)


def _has_display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


__all__ = ["ExitCode", "run", "system_language"]
