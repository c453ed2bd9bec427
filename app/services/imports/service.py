"""Brings a file of head office into the store: good rows in one transaction, bad ones refused with their reasons."""

import contextlib
import logging
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.domain.text import Language
from app.lists.answered import unread_columns
from app.lists.choices import choices_for, fields_of_head_office
from app.lists.mapping import BoundProfile, bind
from app.lists.refused_file import RefusedFile, refused_file
from app.lists.targets import TERRITORY, Target
from app.playbooks.loader import Playbook
from app.runtime.cancel import CancelToken, Report, no_report
from app.services.imports.archive_import import SOURCE, ArchiveImport
from app.services.imports.order_import import OrderImport
from app.services.imports.tally import ImportResult, Tally
from app.storage import sqlcipher
from app.storage.database import Database

if TYPE_CHECKING:
    from app.lists.profiles import Profile
    from app.lists.readers import Table

# Reading workbooks and checking profiles brings libraries that nobody waits for before the first import.
# ruff: noqa: PLC0415

log = logging.getLogger(__name__)

_PARTS = 1000  # progress is told in thousandths: reading is most of the way, adding up the rest
_READING = 850
_LARGE_LOG = 8 << 20


class _Undo(Exception):  # noqa: N818 - not an error: a dry run takes back what it did
    pass


class Imports:
    """Imports customers, products and order lines from CSV and XLSX files."""

    def __init__(self, database: Database, playbook: Playbook) -> None:
        self._database = database
        self._playbook = playbook

    def profiles(self, target: Target) -> tuple["Profile", ...]:
        """Return the profiles that ship for one kind of file."""
        from app.lists.profiles import profiles_for

        return profiles_for(target)

    def import_file(
        self,
        target: Target,
        path: Path,
        profile: str,
        *,
        dry_run: bool = False,
        rejects: Path | None = None,
        language: Language = Language.ZH,
        cancel: CancelToken | None = None,
        report: Report = no_report,
    ) -> ImportResult:
        """Import the file, or with `dry_run` only say what would happen.

        `rejects` is the file for the refused rows (CSV or XLSX by its suffix), written when there are any, with the
        reasons in `language`. Raises FileRefusedError if the file cannot be read at all, ProfileError, CancelledError;
        in all these cases nothing has changed.
        """
        from app.lists.profiles import find_profile
        from app.lists.readers import open_table

        found = find_profile(profile, target)
        token = cancel or CancelToken()
        tally = Tally()
        with _sink(rejects, language) as sink, open_table(path, found.encodings) as table:
            tally.sink = sink
            try:
                with contextlib.suppress(_Undo), self._database.deliver(SOURCE) as session:
                    self._run(session, found, table, tally, token, report)
                    if dry_run:
                        raise _Undo
            finally:
                self._fold_log()
        report(_PARTS, _PARTS)
        return tally.result(target, found.id, dry_run=dry_run)

    def save_refused(
        self, target: Target, path: Path, profile: str, rejects: Path, language: Language = Language.ZH
    ) -> ImportResult:
        """Write the rows of a file that are refused now, all of them, into a file; nothing is imported."""
        return self.import_file(target, path, profile, dry_run=True, rejects=rejects, language=language)

    def _run(
        self, session: Session, profile: "Profile", table: "Table", tally: Tally, cancel: CancelToken, report: Report
    ) -> None:
        from app.lists.readers import Chunk

        first = next(table.chunks, Chunk(1, [], table.size))
        bound = bind(profile, first.rows, choices_for(profile.target, self._playbook)).without(TERRITORY)
        tally.unread = unread_columns(bound)
        if tally.sink is not None:
            tally.sink.begin(bound.header)
        into = self._taker(session, bound, tally)
        into.take(first.first + bound.header_row, first.rows[bound.header_row :])
        for chunk in table.chunks:
            cancel.check()
            into.take(chunk.first, chunk.rows)
            report(chunk.done * _READING // max(table.size, 1), _PARTS)
        cancel.check()
        if isinstance(into, OrderImport):
            into.finish(cancel, lambda done, total: report(_READING + done * (_PARTS - _READING) // total, _PARTS))
        else:
            into.finish()
        cancel.check()

    def _taker(self, session: Session, bound: BoundProfile, tally: Tally) -> ArchiveImport | OrderImport:
        if bound.profile.target is Target.ORDERS:
            return OrderImport(session, bound, tally)
        is_of_customers = bound.profile.target is Target.CUSTOMERS
        fields = fields_of_head_office(self._playbook) if is_of_customers else frozenset[str]()
        return ArchiveImport(session, bound, tally, fields)

    def _fold_log(self) -> None:
        """Give the disk space back that one large transaction took in the write-ahead log."""
        log_file = self._database.path.with_name(f"{self._database.path.name}-wal")
        if not log_file.exists() or log_file.stat().st_size < _LARGE_LOG:
            return
        with contextlib.closing(self._database.engine.raw_connection()) as connection:
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlcipher.dbapi.DatabaseError as error:  # it will be folded in later
                log.info("the write-ahead log stays large: %s", error)


@contextlib.contextmanager
def _sink(rejects: Path | None, language: Language) -> Generator[RefusedFile | None]:
    if rejects is None:
        yield None
        return
    with refused_file(rejects, language) as file:
        yield file
