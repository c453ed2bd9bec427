"""Asks for what is new, page by page into the staging tables, and applies it when the pages reach the end."""

from collections.abc import Callable
from datetime import datetime

from app.runtime.cancel import CancelToken, Report
from app.storage.database import Database
from app.sync.apply import FIRST_LOAD, AfterApply, Applied, apply_stage
from app.sync.client import OfficeClient
from app.sync.core.registry import SCHEMA
from app.sync.protocol import PullRequest
from app.sync.staging import asked_cursors, is_complete, is_first_load, stage_page, staged_rows
from app.sync.state import identity_of


def pull_all(
    database: Database,
    client: OfficeClient,
    now: Callable[[], datetime],
    cancel: CancelToken,
    report: Report,
    after: AfterApply | None,
    applied: Applied,
) -> int:
    """Pull until head office has no more, apply, and return how many items came; `applied` takes in what changed.

    Stopping between pages loses nothing: the next pull goes on from the last page.
    """
    received = 0
    with database.look() as cursor:
        finished = is_complete(cursor)
    if finished:
        _apply(database, now, after, applied)
    while True:
        cancel.check()
        with database.look() as cursor:
            request = PullRequest(
                replica=identity_of(cursor).replica, schema_version=SCHEMA, cursors=asked_cursors(cursor)
            )
        answer = client.pull(request)
        with database.write_plain() as cursor:
            received += stage_page(cursor, answer)
            early = not answer.done and staged_rows(cursor) >= FIRST_LOAD and is_first_load(cursor)
        report(received, received + answer.left)
        if answer.done or early:
            _apply(database, now, after, applied)
        if answer.done:
            return received


def _apply(database: Database, now: Callable[[], datetime], after: AfterApply | None, total: Applied) -> None:
    done = apply_stage(database, now(), after)
    total.rows += done.rows
    total.complete, total.resets = done.complete, done.resets
    total.changed.take_in(done.changed)
