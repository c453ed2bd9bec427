"""`zoufang init`: set up a new, empty store."""

import argparse

from app.cli.arguments import folder_of
from app.cli.output import ExitCode, Output
from app.cli.passwords import ask_password


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Make the store and say where it lies."""
    from app.bootstrap.application import create_store  # noqa: PLC0415

    folder = folder_of(arguments)
    create_store(folder, ask_password(arguments.password_file, twice=True))
    output.result({"data_dir": folder.root}, [output.say(f"已建立：{folder.root}", f"Set up in {folder.root}")])
    return ExitCode.DONE
