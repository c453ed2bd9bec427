"""`zoufang handover FILE`: what waits, as one sealed file that a stick carries to head office."""

import argparse
from pathlib import Path

from app.bootstrap.application import Application
from app.cli.output import CommandError, ExitCode, Output
from app.cli.sync_trouble_words import sync_trouble
from app.domain.text import Text
from app.runtime.clock import Clock
from app.sync.handover import write_handover
from app.sync.secrets import read_secrets
from app.sync.state import read_identity
from app.sync.trouble import SyncError


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Write the file and say what is in it; nothing is taken out of the queue."""
    target = _target(arguments.file)
    try:
        identity = read_identity(application.database)
        secrets = read_secrets(application.database)
    except SyncError as error:
        raise sync_trouble(error) from error
    made = write_handover(
        application.database,
        application.photo_files,
        identity,
        target,
        sign=secrets.sign,
        now=Clock().now(),
        with_photos=not arguments.no_photos,
    )
    output.result(
        {"file": made.file, "replica": made.replica, "operations": made.operations, "photos": made.photos}
        | {"bytes": made.size},
        [
            output.say(
                f"已写好交接文件 {made.file}：{made.operations} 条记录，{made.photos} 张图片，{made.size / 1e6:.1f} MB",
                f"Wrote {made.file}: {made.operations} records, {made.photos} pictures, {made.size / 1e6:.1f} MB",
            ),
            output.say(
                "只有总部能打开。交给总部后，这台电脑以后联网同步也不会重复。",
                "Only head office can open it. Nothing is doubled when this laptop syncs later.",
            ),
        ],
    )
    return ExitCode.DONE


def _target(file: Path) -> Path:
    """Return where to write; nothing is ever overwritten, an earlier file may be all that is left of a day."""
    target = file.absolute()
    if target.exists():
        raise CommandError(Text(f"{target} 已存在，请换一个文件名", f"{target} is there already: choose another name"))
    return target
