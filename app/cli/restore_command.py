"""`zoufang restore FILE`: put a backup in the place of the store; what it replaces is kept."""

import argparse

from app.cli.arguments import folder_of
from app.cli.output import ExitCode, Output
from app.cli.passwords import ask_password
from app.storage.backup import restore_backup


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Restore and say what came back."""
    folder = folder_of(arguments)
    contents = restore_backup(arguments.file, folder, ask_password(arguments.password_file))
    output.result(
        {"data_dir": folder.root, "made_at": contents.made_at, "rows": contents.rows},
        [
            output.say(f"已恢复 {contents.made_at} 的备份", f"Restored the backup of {contents.made_at}"),
            output.say("原来的文件移到了 replaced-… 文件夹", "What was there before is in the folder replaced-…"),
        ],
    )
    return ExitCode.DONE
