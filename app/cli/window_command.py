"""`zoufang` without a command: open the window."""

import argparse

from app.bootstrap.window import run_window
from app.cli.arguments import clock_of, folder_of
from app.cli.passwords import given_password
from app.domain.text import Language
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder


def open_window(arguments: argparse.Namespace) -> int:
    """Open the window on the folder, day and language of the arguments."""
    return show_window(
        folder_of(arguments),
        clock_of(arguments),
        password=given_password(arguments.password_file),
        language=arguments.lang,
    )


def show_window(folder: DataFolder, clock: Clock, *, password: str | None, language: str | None) -> int:
    """Open the window and return the exit code when it has closed."""
    return run_window(folder, clock, password=password, language=Language(language) if language else None)
