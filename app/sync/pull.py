"""Asks for what is new, page by page into the staging tables, and applies it when the pages reach the end."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Self

from app.runtime.cancel import CancelToken, Report
from app.runtime.garbage import seldom_collected
from app.storage import sqlcipher
from app.storage.database import Database
from app.sync.apply import FIRST_LOAD, AfterApply, Applied, apply_stage
from app.sync.client import OfficeClient
from app.sync.core.registry import SCHEMA
from app.sync.protocol import PullAnswer, PullRequest, Trouble
from app.sync.staging import asked_cursors, forget_stage, is_complete, is_part_of_a_load, items_of, stage_page
from app.sync.state import identity_of, log
from app.sync.trouble import NoConnection, Refused


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

    Stopping between pages loses nothing: the next pull goes on from the last page. Pages of a long load are applied as
    they come, without a stage: the first of them begins with what a person works with.
    """
    received = 0
    with database.look() as cursor:
        finished = is_complete(cursor)
    if finished:
        _apply(database, now, after, applied)
    with database.look() as cursor:
        request = PullRequest(replica=identity_of(cursor).replica, schema_version=SCHEMA, cursors=asked_cursors(cursor))
    with _Ahead(client) as ahead, seldom_collected():
        while True:
            cancel.check()
            answer = ahead.answer(request)
            if not answer.done and answer.cursors == request.cursors:
                raise NoConnection("an answer to another pull")  # from the memory of a proxy, which has no end
            if not answer.done:
                request = request.model_copy(update={"cursors": {**request.cursors, **answer.cursors}})
                ahead.ask(request)
            received += items_of(answer)
            with database.look() as cursor:
                early = not answer.done and is_part_of_a_load(cursor, answer, FIRST_LOAD)
            if answer.done or early:
                _apply(database, now, after, applied, answer)
            else:
                with database.write_plain() as cursor:
                    stage_page(cursor, answer)
            report(received, received + answer.left)
            if answer.done:
                return received


class _Ahead:
    """The next page, asked for while the one before it is stored: head office and laptop work at the same time.

    Its cursors are those that the page before it leaves in the stage. If that page cannot be stored, nobody asks for
    this one's answer.
    """

    def __init__(self, client: OfficeClient) -> None:
        self._client = client
        self._thread: threading.Thread | None = None
        self._came: PullAnswer | None = None
        self._problem: Exception | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        # Nobody else may use the connection while a page is on its way.
        if self._thread is not None:
            self._thread.join()

    def ask(self, request: PullRequest) -> None:
        """Ask for a page without waiting for it."""
        self._thread = threading.Thread(target=self._call, args=(request,), daemon=True)
        self._thread.start()

    def answer(self, request: PullRequest) -> PullAnswer:
        """Return the page that was asked for, or ask for the first one; raises what the call raised."""
        if self._thread is None:
            return self._client.pull(request)
        self._thread.join()
        self._thread = None
        if self._problem is not None:
            raise self._problem
        assert self._came is not None  # noqa: S101 - there is an answer where there is no problem
        return self._came

    def _call(self, request: PullRequest) -> None:
        try:
            self._came = self._client.pull(request)
        except Exception as problem:  # noqa: BLE001 - it is raised again in the thread that waits
            self._problem = problem


def _apply(
    database: Database, now: Callable[[], datetime], after: AfterApply | None, total: Applied,
    last: PullAnswer | None = None,
) -> None:  # fmt: skip
    try:
        done = apply_stage(database, now(), after, last)
    except (ValueError, TypeError, LookupError, sqlcipher.dbapi.IntegrityError) as error:
        # What was staged cannot be read, or cannot stand: kept, it would stop every round to come.
        with database.write_plain() as cursor:
            forget_stage(cursor)
            log(cursor, now(), "stage_unreadable", detail=type(error).__name__)
        raise Refused(Trouble(error="malformed", detail="what had come could not be applied")) from error
    total.rows += done.rows
    total.complete, total.resets = done.complete, done.resets
    total.changed.take_in(done.changed)
