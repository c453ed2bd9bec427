"""What the imports of laptop and head office say alike: refused rows, columns left out, files that cannot be read."""

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.cli.output import CommandError, Output
from app.domain.text import Text
from app.lists.reasons import FileRefusedError, ProfileError, RefusedRow
from app.lists.refused_file import reasons_in_words

_SHOWN = 20


def check_rejects(file: Path, rejects: Path | None) -> None:
    """Refuse to write the refused rows over the file that they come from."""
    if rejects is not None and rejects.resolve() == file.resolve():
        raise CommandError(
            Text(
                "--rejects 不能是要导入的那个文件：它会被覆盖",
                "--rejects must not name the file that is imported: it would be overwritten",
            )
        )


@contextmanager
def refusing_as_a_whole(file: Path) -> Generator[None]:
    """Turn a file or a profile that is of no use into what the command says and its exit code."""
    try:
        yield
    except FileRefusedError as refused:
        words = refused.cause.text
        raise CommandError(
            Text(f"{file}：{words.zh} 没有任何改动", f"{file}: {words.en} Nothing was changed")
        ) from refused
    except ProfileError as error:
        raise CommandError(
            Text(
                f"映射方案用不了：{error.text.zh}。没有任何改动",
                f"The mapping profile is of no use: {error.text.en}. Nothing was changed",
            )
        ) from error


def tell_refused(rows: Sequence[RefusedRow], count: int, output: Output) -> None:
    """Print the first refused rows of `count` to stderr, each with everything that is wrong with it."""
    for row in rows[:_SHOWN]:
        number = output.say(f"第 {row.row_number} 行", f"row {row.row_number}")
        output.problem(f"{number}: {reasons_in_words(row, output.language)}")
    if count > _SHOWN:
        more = count - _SHOWN
        output.problem(
            output.say(f"…还有 {more} 行，用 --rejects 存成文件", f"… {more} more; save them with --rejects")
        )


def tell_unread(columns: Sequence[str], output: Output) -> None:
    """Print to stderr which columns of the file nothing reads."""
    if columns:
        output.problem(
            output.say(
                f"没有读取这些列（映射方案里没有）：{'、'.join(columns)}",
                f"Columns that were not read, since the profile does not name them: {', '.join(columns)}",
            )
        )


def whole_line(counts: str, output: Output, *, nothing_taken: bool, dry_run: bool) -> str:
    """Return the line of counts with what a person should know besides."""
    if nothing_taken:
        counts += output.say(
            "。没有一行能导入：请核对映射方案，以及客户和品规是否已导入",
            ". No row could be taken: check the profile, and whether customers and products are here already",
        )
    return output.say("试运行，没有写入：", "dry run, nothing was written: ") + counts if dry_run else counts


class Progress:
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
