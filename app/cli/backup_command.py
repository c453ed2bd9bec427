"""`zoufang backup [FILE]`: back the store up and verify the copy."""

import argparse
from pathlib import Path

from app.bootstrap.application import Application
from app.cli.output import CommandError, ExitCode, Output, local_time
from app.domain.problems import TroubleError
from app.domain.text import Text
from app.storage.backup import make_backup, read_contents


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Back up and say what the backup holds."""
    target = _target(arguments.file) if arguments.file else None
    file = make_backup(application.database, application.folder, target)
    contents = read_contents(file)
    counts = ", ".join(f"{name} {count}" for name, count in contents.rows.items())
    output.result(
        {
            "file": file,
            "made_at": local_time(contents.made_at),
            "rows": contents.rows,
            "photos": contents.photos,
            "verified": True,
        },
        [output.say(f"已备份并验证：{file}", f"Backed up and verified: {file}"), f"  {counts}"],
    )
    return ExitCode.DONE


def _target(file: Path) -> Path:
    """Return where to write; only an older backup is ever replaced."""
    target = file.absolute()
    if target.is_dir():
        raise CommandError(Text(f"{target} 是文件夹，请给出文件名", f"{target} is a folder: name a file in it"))
    if target.exists() and not _is_backup(target):
        raise CommandError(
            Text(
                f"{target} 已存在，而且不是备份，没有覆盖。请换一个文件名",
                f"{target} is there already and is no backup; it was not overwritten. Choose another name",
            )
        )
    return target


def _is_backup(file: Path) -> bool:
    try:
        read_contents(file)
    except TroubleError:
        return False
    return True
