"""Runs one command, or opens the window, and turns trouble into exit codes."""

import argparse
import importlib
import locale
from typing import TYPE_CHECKING, Protocol, cast

from app.cli.arguments import build_parser, clock_of, folder_of
from app.cli.output import ExitCode, Output
from app.domain.problems import Problem, RuleError, TroubleError
from app.domain.text import Language

if TYPE_CHECKING:
    from app.bootstrap.application import Application

_WITHOUT_STORE = {"init", "demo", "restore", "shots"}
_EXIT_CODES = {
    Problem.WRONG_PASSWORD: ExitCode.WRONG_PASSWORD,
    Problem.WAIT_BEFORE_RETRY: ExitCode.WRONG_PASSWORD,
    Problem.STORE_DAMAGED: ExitCode.STORE_DAMAGED,
    Problem.STORE_NEWER: ExitCode.STORE_DAMAGED,
}


class _Command(Protocol):
    def run(self, arguments: argparse.Namespace, application: "Application", output: Output) -> int: ...


class _CommandWithoutStore(Protocol):
    def run(self, arguments: argparse.Namespace, output: Output) -> int: ...


def run(words: list[str]) -> int:
    """Run the command that the words name and return the exit code."""
    try:
        arguments = build_parser().parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    if arguments.command is None:
        from app.cli.window_command import open_window  # noqa: PLC0415 - Qt only where a window is wanted

        return open_window(arguments)
    language = Language(arguments.lang) if arguments.lang else system_language()
    output = Output(language, as_json=arguments.json)
    try:
        return _run_command(arguments, output)
    except TroubleError as trouble:
        output.problem(f"zoufang: {trouble}")
        return _EXIT_CODES.get(trouble.problem, ExitCode.BAD_USAGE)
    except RuleError as refused:
        output.problem(f"zoufang: {refused}")
        return ExitCode.BAD_USAGE
    except KeyboardInterrupt:
        output.problem(output.say("已停止，没有留下半份数据", "stopped; nothing half-done was left"))
        return ExitCode.BAD_USAGE


def system_language() -> Language:
    """Return Chinese where the system speaks it, else English."""
    name = (locale.getlocale()[0] or "").lower()
    return Language.ZH if name.startswith(("zh", "chinese")) else Language.EN


def _run_command(arguments: argparse.Namespace, output: Output) -> int:
    module = importlib.import_module(f"app.cli.{arguments.command}_command")
    if arguments.command in _WITHOUT_STORE:
        return cast("_CommandWithoutStore", module).run(arguments, output)
    from app.bootstrap.application import close_application, unlock_application  # noqa: PLC0415
    from app.cli.passwords import ask_password  # noqa: PLC0415

    application = unlock_application(
        folder_of(arguments),
        clock_of(arguments),
        password=lambda: ask_password(arguments.password_file),
        language=output.language,
    )
    try:
        return cast("_Command", module).run(arguments, application, output)
    finally:
        close_application(application)
