"""What a person is told when a command fails: one line on stderr, never a traceback; bugs go to the log."""

import contextlib
import logging
import tempfile
from pathlib import Path

from app.cli.output import CommandError, ExitCode, Output
from app.domain.problems import RuleError, TroubleError
from app.runtime.cancel import CancelledError
from app.runtime.paths import DataFolder


def tell(error: BaseException, folder: DataFolder, output: Output) -> int:
    """Say on stderr what went wrong and return the exit code."""
    line, code = _words(error, folder, output)
    with contextlib.suppress(OSError):
        output.problem(f"zoufang: {line}")
    return code


def _words(error: BaseException, folder: DataFolder, output: Output) -> tuple[str, int]:
    from app.cli import words  # noqa: PLC0415 - only who fails needs them

    if isinstance(error, CommandError):
        return error.text.of(output.language), error.code
    if isinstance(error, TroubleError):
        return words.of_trouble(error, folder, output.language), words.EXIT_CODES.get(error.problem, ExitCode.BAD_USAGE)
    if isinstance(error, RuleError):
        return words.of_refusal(error, output.language), ExitCode.BAD_USAGE
    if isinstance(error, KeyboardInterrupt | CancelledError):
        return output.say("已停止，没有留下半份数据。", "Stopped; nothing half-done was left."), ExitCode.STOPPED
    if isinstance(error, OSError):
        return words.of_system(error).text.of(output.language), ExitCode.BAD_USAGE
    log = _write_log(error, folder)
    where = output.say(f"详情见 {log}", f"Details are in {log}") if log else repr(error)
    kind = type(error).__name__
    return (
        output.say(
            f"程序出了意外的错误（{kind}）。以前保存的都安全。{where}，请发给技术支持，里面没有客户数据。",
            f"Something unexpected went wrong ({kind}). What was saved before is safe. {where}; "
            "please send them to support, they hold no data of customers.",
        ),
        ExitCode.UNEXPECTED,
    )


def _write_log(error: BaseException, folder: DataFolder) -> Path | None:
    """Write the error into the log of the data folder, or where there is none of the system's temporary folder."""
    from app.runtime.logs import start_logging, stop_logging  # noqa: PLC0415

    for place in (folder.logs if folder.root.is_dir() else None, None):
        with contextlib.suppress(OSError):
            logs = place or Path(tempfile.mkdtemp(prefix="zoufang-log-"))
            logs.mkdir(parents=True, exist_ok=True)
            with (logs / "zoufang.log").open("a"):  # a handler that cannot write would print a traceback
                handler = start_logging(logs)
            try:
                logging.getLogger(__name__).error("a command failed", exc_info=error)
            finally:
                stop_logging(handler)
            return logs / "zoufang.log"
    return None
