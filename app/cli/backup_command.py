"""`zoufang backup [FILE]`: back the store up and verify the copy."""

import argparse

from app.bootstrap.application import Application
from app.cli.output import ExitCode, Output
from app.storage.backup import make_backup, read_contents


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Back up and say what the backup holds."""
    target = arguments.file.absolute() if arguments.file else None
    file = make_backup(application.database, application.folder, target)
    contents = read_contents(file)
    counts = ", ".join(f"{name} {count}" for name, count in contents.rows.items())
    output.result(
        {"file": file, "rows": contents.rows, "photos": contents.photos, "verified": True},
        [output.say(f"已备份并验证：{file}", f"Backed up and verified: {file}"), counts],
    )
    return ExitCode.DONE
