"""`zoufang import`: bring a file in; what is refused is told row by row and can be saved to mend."""

import argparse
import sys

from app.bootstrap.application import Application
from app.cli.output import CommandError, ExitCode, Output
from app.cli.signals import cancelling
from app.domain.text import Text
from app.services.imports import FileRefusedError, ImportResult, ProfileError, Target
from app.lists.refused_file import reasons_in_words

_SHOWN = 20


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Import and print the counts; refused rows go to stderr."""
    result = _import(arguments, application, output)
    for row in result.refusals[:_SHOWN]:
        number = output.say(f"第 {row.row_number} 行", f"row {row.row_number}")
        output.problem(f"{number}: {reasons_in_words(row, output.language)}")
    if result.refused > _SHOWN:
        more = result.refused - _SHOWN
        output.problem(
            output.say(f"…还有 {more} 行，用 --rejects 存成文件", f"… {more} more; save them with --rejects")
        )
    counts = {
        "read": result.read,
        "added": result.added,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "refused": result.refused,
    }
    line = output.say(
        "读 {read}，新增 {added}，改动 {changed}，未变 {unchanged}，拒收 {refused}",
        "read {read}, added {added}, changed {changed}, unchanged {unchanged}, refused {refused}",
    ).format(**counts)
    if result.refused == result.read > 0:
        line += output.say(
            "。没有一行能导入：请核对映射方案，以及客户和品规是否已导入",
            ". No row could be taken: check the profile, and whether customers and products are here already",
        )
    if arguments.dry_run:
        line = output.say("试运行，没有写入：", "dry run, nothing was written: ") + line
    output.result(counts | {"dry_run": arguments.dry_run, "profile": result.profile}, [line])
    return ExitCode.SOME_REFUSED if result.refused else ExitCode.DONE


def _import(arguments: argparse.Namespace, application: Application, output: Output) -> ImportResult:
    if arguments.rejects and arguments.rejects.resolve() == arguments.file.resolve():
        raise CommandError(
            Text(
                "--rejects 不能是要导入的那个文件：它会被覆盖",
                "--rejects must not name the file that is imported: it would be overwritten",
            )
        )
    progress = _Progress()
    try:
        with cancelling() as token:
            return application.imports.import_file(
                Target(arguments.target),
                arguments.file,
                arguments.profile,
                dry_run=arguments.dry_run,
                rejects=arguments.rejects,
                language=output.language,
                cancel=token,
                report=progress.report,
            )
    except FileRefusedError as refused:
        words = refused.cause.text
        raise CommandError(
            Text(f"{arguments.file}：{words.zh} 没有任何改动", f"{arguments.file}: {words.en} Nothing was changed")
        ) from refused
    except ProfileError as error:
        raise CommandError(
            Text(
                f"映射方案用不了：{error.text.zh}。没有任何改动",
                f"The mapping profile is of no use: {error.text.en}. Nothing was changed",
            )
        ) from error
    finally:
        progress.end()


class _Progress:
    """A line on the terminal that tells how far the import is; nothing where nobody looks."""

    def __init__(self) -> None:
        self._shown = -1
        self._is_watched = sys.stderr is not None and sys.stderr.isatty()  # pyright: ignore[reportUnnecessaryComparison]

    def report(self, done: int, total: int) -> None:
        """Show the share in steps of five percent."""
        share = done * 20 // max(total, 1) * 5
        if share != self._shown and self._is_watched:
            self._shown = share
            sys.stderr.write(f"\r{share:3d} %")
            sys.stderr.flush()

    def end(self) -> None:
        """Leave the line, so that what follows begins on one of its own."""
        if self._shown >= 0:
            sys.stderr.write("\n")
