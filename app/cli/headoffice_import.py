"""`zoufang headoffice import` and `import-handover`: bring files in, and say what became of them."""

import argparse
import hashlib
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.cli import headoffice_words as words
from app.cli.handover_words import flaw_text
from app.cli.import_words import Progress, check_rejects, refusing_as_a_whole, tell_refused, tell_unread, whole_line
from app.cli.output import CommandError, ExitCode, Output
from app.headoffice import audit
from app.headoffice.blob_store import open_store
from app.headoffice.database import OfficeDatabase
from app.headoffice.handover import Imported, import_handover
from app.headoffice.list_work import Outcome
from app.headoffice.models import OfficeUser
from app.headoffice.office_import import CompanyList, Hand, import_list
from app.headoffice.preparing import handover_key
from app.headoffice.settings import OfficeSettings
from app.lists.profiles import find_profile
from app.lists.targets import Target
from app.sync.core.sealing import SealError


def bring_in(
    given: argparse.Namespace, output: Output, database: OfficeDatabase, now: datetime, actor: str
) -> int:  # fmt: skip
    """Bring a list in and print the counts; refused rows and warnings go to stderr."""
    check_rejects(given.file, given.rejects)
    hand = Hand(actor, _name(given.as_person, output, database), is_person=given.as_person is not None)
    progress = Progress()
    try:
        with refusing_as_a_whole(given.file):
            profile = find_profile(given.profile, Target(given.target))
            asked = CompanyList(
                given.file, profile, given.territory, given.rejects, output.language, given.dry_run
            )  # fmt: skip
            outcome = import_list(database, asked, hand, now, progress.report)
    finally:
        progress.end()
    return _tell(outcome, output)


def _name(person: str | None, output: Output, database: OfficeDatabase) -> str:
    """Return the name that the managers read: a person of the office, or else the office."""
    if person is None:
        return words.THE_OFFICE.of(output.language)
    with database.read() as session:
        found = session.get(OfficeUser, person)
        if found is None or found.disabled_at is not None:
            raise CommandError(words.no_such_person(person))
    return person


def _tell(outcome: Outcome, output: Output) -> int:
    tell_refused(outcome.refusals, outcome.refused, output)
    tell_unread(outcome.unread, output)
    for warning in words.list_warnings(outcome):
        output.problem(warning.of(output.language))
    data = {
        "target": outcome.target, "profile": outcome.profile, "dry_run": outcome.dry_run,
        "read": outcome.read, "refused": outcome.refused,
        "added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged,
        "moved": outcome.moved, "kept": outcome.kept,
        "columns_not_read": list(outcome.unread), "territories_without_manager": list(outcome.unheld),
    }  # fmt: skip
    nothing_taken = outcome.refused == outcome.read > 0
    line = whole_line(
        words.list_counts(outcome).of(output.language), output, nothing_taken=nothing_taken, dry_run=outcome.dry_run
    )
    output.result(data, [line])
    return ExitCode.SOME_REFUSED if outcome.refused else ExitCode.DONE


def bring_in_handover(
    file: Path, settings: OfficeSettings, database: OfficeDatabase, now: datetime, actor: str
) -> Imported:
    """Bring a laptop's handover file in, and write it down."""
    store, key = open_store(settings.blobs, settings.blob_folder), handover_key(database)
    try:
        with file.open("rb") as content:
            done = import_handover(database, store, content, key, now)
            content.seek(0)
            digest = hashlib.file_digest(content, "sha256").hexdigest()
    except SealError as error:
        raise CommandError(flaw_text(error)) from error

    def log(session: Session) -> None:
        audit.append(
            session, now, actor, "import_handover", done.manager, {"file": file.name, "sha256": digest, **_counts(done)}
        )

    database.transaction(log)
    return done


def _counts(done: Imported) -> dict[str, object]:
    return {name: value for name, value in asdict(done).items() if name != "manager"}
