"""`zoufang restore FILE`: put a backup in the place of the store; what it replaces is kept."""

import argparse
from pathlib import Path

from app.cli.arguments import folder_of
from app.cli.output import CommandError, ExitCode, Output, local_time
from app.cli.passwords import ask_password
from app.domain.problems import Problem, TroubleError
from app.domain.text import Text
from app.runtime.paths import DataFolder
from app.storage.backup import BackupContents, read_contents, restore_backup


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Restore and say what came back, and where what was there before lies now."""
    folder = folder_of(arguments)
    before = _replaced(folder)
    contents = _restore(arguments.file, folder, arguments.password_file)
    kept = next(iter(_replaced(folder) - before), None)
    made_at = local_time(contents.made_at)
    when = f"{made_at:%Y-%m-%d %H:%M}"
    lines = [output.say(f"已恢复 {when} 的备份", f"Restored the backup of {when}")]
    if kept is not None:
        lines.append(output.say(f"原来的文件在 {kept}", f"What was there before is in {kept}"))
    output.result({"data_dir": folder.root, "made_at": made_at, "rows": contents.rows, "replaced": kept}, lines)
    return ExitCode.DONE


def _restore(file: Path, folder: DataFolder, password_file: Path | None) -> BackupContents:
    try:
        read_contents(file)  # before anybody is asked for a password
        return restore_backup(file, folder, ask_password(password_file))
    except TroubleError as trouble:
        if trouble.problem is Problem.FILE_NOT_READABLE:
            raise CommandError(
                Text(
                    f"{file} 不存在，或者不是走访的备份。没有任何改动",
                    f"{file} is not there or is no backup of Zoufang. Nothing was changed",
                )
            ) from trouble
        if trouble.problem is Problem.STORE_DAMAGED:
            raise CommandError(
                Text(
                    f"备份 {file} 已损坏，不能恢复。现在的数据没有任何改动。请换一个备份",
                    f"The backup {file} is damaged. The present store was not touched. Try another one",
                )
            ) from trouble
        raise


def _replaced(folder: DataFolder) -> set[Path]:
    return set(folder.root.glob("replaced-*"))
