"""`zoufang` without a command: open the window."""

import argparse

from app.bootstrap.early_key import EarlyKey
from app.bootstrap.window import run_window
from app.cli.arguments import clock_of, folder_of
from app.cli.passwords import given_password
from app.domain.text import Language
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder


def open_window(arguments: argparse.Namespace, early_key: EarlyKey | None = None) -> int:
    """Open the window on the folder, day and language of the arguments; the key may be under way already."""
    return show_window(
        folder_of(arguments),
        clock_of(arguments),
        password=given_password(arguments.password_file),
        language=arguments.lang,
        early_key=early_key,
    )


def show_window(
    folder: DataFolder,
    clock: Clock,
    *,
    password: str | None,
    language: str | None,
    early_key: EarlyKey | None = None,
) -> int:
    """Open the window and return the exit code when it has closed."""
    chosen = Language(language) if language else None
    return run_window(folder, clock, password=password, language=chosen, early_key=early_key)
