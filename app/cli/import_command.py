"""`zoufang import`: bring a file in; what is refused is told row by row and can be saved to mend."""

import argparse

from app.bootstrap.application import Application
from app.cli.import_words import Progress, check_rejects, refusing_as_a_whole, tell_refused, tell_unread, whole_line
from app.cli.output import ExitCode, Output
from app.cli.signals import cancelling
from app.services.imports import ImportResult, Target


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Import and print the counts; refused rows go to stderr."""
    result = _import(arguments, application, output)
    tell_refused(result.refusals, result.refused, output)
    tell_unread(result.unread, output)
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
    nothing_taken = result.refused == result.read > 0
    line = whole_line(line, output, nothing_taken=nothing_taken, dry_run=arguments.dry_run)
    told = {"dry_run": arguments.dry_run, "profile": result.profile, "columns_not_read": list(result.unread)}
    output.result(counts | told, [line])
    return ExitCode.SOME_REFUSED if result.refused else ExitCode.DONE


def _import(arguments: argparse.Namespace, application: Application, output: Output) -> ImportResult:
    check_rejects(arguments.file, arguments.rejects)
    progress = Progress()
    try:
        with refusing_as_a_whole(arguments.file), cancelling() as token:
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
    finally:
        progress.end()
