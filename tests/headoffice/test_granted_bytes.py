"""What a manager ever receives was granted at that time; the test that says so catches what breaks it."""

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.headoffice import blobs, conflicts, people
from app.headoffice.blob_store import FolderBlobStore
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import BlobUpload, Manager
from app.headoffice.operations import Judge
from app.headoffice.writer import Entry, SyncWriter
from tests.headoffice.grants import Grants
from tests.headoffice.world import World
from tests.sync.soak import SOAK, tries
from tests.sync.tally import tally

_ENOUGH = 100
"""Histories in which a bug put in on purpose must be met."""


class _Histories:
    """Runs histories, each in a head office of its own."""

    def __init__(self, template: Path, folder: Path) -> None:
        self._template, self._folder = template, folder
        self._numbers = count()
        self.machines: list[Grants] = []

    def run(self, examples: int) -> None:
        """Raise AssertionError for the first history in which somebody got what was not granted."""
        run_state_machine_as_test(
            self._machine,  # pyright: ignore[reportArgumentType] - any way to make one will do
            settings=settings(
                phases=[Phase.explicit, Phase.generate], max_examples=examples, report_multiple_bugs=False,
                stateful_step_count=30, deadline=None, database=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
            ),
        )  # fmt: skip

    def _machine(self) -> Grants:
        self.machines.append(Grants(self._make))
        return self.machines[-1]

    def _make(self) -> tuple[World, FolderBlobStore]:
        number = next(self._numbers)
        file = shutil.copy(self._template, self._folder / f"{number}.db")
        return World(OfficeDatabase(f"sqlite:///{file}")), FolderBlobStore(self._folder / f"blobs{number}")


@pytest.fixture
def histories(sqlite_template: Path, tmp_path: Path) -> _Histories:
    return _Histories(sqlite_template, tmp_path)


def test_the_bytes_that_a_manager_ever_received_were_granted_at_that_time(histories: _Histories) -> None:
    examples = tries(6, 1_500, "ZOUFANG_GRANT_EXAMPLES")
    histories.run(examples)
    assert sum(one.checked for one in histories.machines) > examples, "the machines must see something"
    tally("isolation: histories of grants, moves and guesses", len(histories.machines))


# ---- bugs put in on purpose ------------------------------------------------------------------------------------------
def _withdrawn_holds(patch: pytest.MonkeyPatch) -> None:
    """A right that was taken back is still served."""
    patch.setattr(people, "withdraw", lambda *_arguments: None)


def _moves_without_exit(patch: pytest.MonkeyPatch) -> None:
    """A customer who moves leaves no exit behind: the old laptop keeps it."""

    def leave(writer: Any, entry: Entry, scope: str) -> None:
        entry.scope = scope
        writer._change(entry, {}, None, None, {})

    patch.setattr(SyncWriter, "_leave", leave)


def _clash_to_everybody(patch: pytest.MonkeyPatch) -> None:
    """What an old manager wrote about a customer who moved is handed to all managers."""
    patch.setattr(conflicts, "_owners", lambda writer, _scope: sorted(writer.session.scalars(select(Manager.code))))


def _clash_shows_all(patch: pytest.MonkeyPatch) -> None:
    """The record of whoever lost the customer shows what head office holds now."""
    keep = conflicts._keep
    patch.setattr(conflicts, "_keep", lambda *told, seen: keep(*told, seen=seen or True))


def _stranger_is_heard(patch: pytest.MonkeyPatch) -> None:
    """An edit of a customer that never was this manager's is decided as if it had been."""
    patch.setattr(Judge, "_knows", lambda _judge, _entry: True)


def _picture_without_grant(patch: pytest.MonkeyPatch) -> None:
    """A picture is given to whoever asks."""
    patch.setattr(blobs, "scopes_of", lambda _session, _manager: [f"terr:T{one}" for one in range(1, 5)])


def _picture_sent_by_anybody(patch: pytest.MonkeyPatch) -> None:
    """Whoever sends the bytes of a photo counts as having made it."""
    patch.setattr(blobs, "_may_send", lambda _session, _request, _manager: True)


def _upload_of_anybody(patch: pytest.MonkeyPatch) -> None:
    """An upload is found by its name alone."""

    def any_upload(session: Session, upload: str, *_others: object, lock: bool) -> BlobUpload:
        del lock
        return session.get_one(BlobUpload, upload)

    patch.setattr(blobs, "_own_upload", any_upload)


_LONG = pytest.mark.skipif(not SOAK, reason="takes long to be found; make soak")


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "mutant",
    [
        *(pytest.param(one, marks=_LONG) for one in (_withdrawn_holds, _clash_to_everybody, _clash_shows_all)),
        pytest.param(_stranger_is_heard, marks=_LONG),
        _moves_without_exit,
        _picture_without_grant,
        _picture_sent_by_anybody,
        _upload_of_anybody,
    ],
)
def test_a_bug_put_in_on_purpose_is_caught(
    histories: _Histories, monkeypatch: pytest.MonkeyPatch, mutant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    mutant(monkeypatch)
    with pytest.raises(AssertionError):
        histories.run(_ENOUGH)
    tally("isolation: bug put in on purpose (must be caught)", 1, note=mutant.__name__.strip("_"))
