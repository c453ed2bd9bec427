"""`zoufang leave --yes`: give this laptop back; what waits goes up, then everything on it is erased."""

import argparse

from app.bootstrap.application import Application
from app.bootstrap.leaving import leave
from app.bootstrap.sync_rounds import SyncRounds
from app.cli.output import CommandError, ExitCode, Output
from app.cli.signals import cancelling
from app.cli.sync_trouble_words import sync_trouble
from app.domain.text import Text
from app.runtime.cancel import no_report
from app.sync.trouble import SyncError

_SURE = Text(
    "这会先上传全部内容，再清除本机的数据、照片和备份，无法恢复。确定就加上 --yes",
    "This sends everything and then erases data, photos and backups of this laptop for good. Add --yes if you mean it",
)


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Send everything, then erase; while anything is not at head office nothing is erased."""
    if not arguments.yes:
        raise CommandError(_SURE)
    try:
        with cancelling() as cancel:
            end = leave(application, SyncRounds(application), cancel, no_report)
    except SyncError as error:
        raise sync_trouble(error) from error
    data = {"erased": end.is_erased, "outcome": end.outcome, "records": end.records, "photos": end.photos}
    if end.is_erased:
        output.result(data, [output.say("已全部上传，本机数据已清除", "Everything went up; this laptop is erased")])
        return ExitCode.DONE
    output.result(
        data,
        [
            output.say(
                f"没有清除：还有 {end.records} 条记录、{end.photos} 张照片没有送达总部",
                f"Nothing was erased: {end.records} records and {end.photos} photos are not at head office yet",
            )
        ],
    )
    return ExitCode.BAD_USAGE
