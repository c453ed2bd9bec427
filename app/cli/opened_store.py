"""The open store of a command: closed in order at its end, set aside if it turns out to be damaged on the way."""

import contextlib
from collections.abc import Generator
from pathlib import Path

from app.bootstrap.application import Application, close_application, unlock_application
from app.cli.output import CommandError
from app.cli.passwords import ask_password
from app.domain.problems import Problem, TroubleError
from app.domain.text import Language, Text
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.storage.in_use import is_open_elsewhere
from app.storage.store import check_file, set_aside

_ONLY_A_COPY = Text(
    "写出的副本读不回来；数据库本身完好。请换一个磁盘再试",
    "What was written cannot be read back; the store itself is whole. Try another disk",
)


@contextlib.contextmanager
def opened_application(
    folder: DataFolder, clock: Clock, password_file: Path | None, language: Language, known: str | None = None
) -> Generator[Application]:
    """Open the store for one command; a `known` password is not asked for. Raises what opening it raises."""
    application = unlock_application(
        folder, clock, password=lambda: known or ask_password(password_file), language=language
    )
    try:
        yield application
    except TroubleError as trouble:
        if trouble.problem is not Problem.STORE_DAMAGED:
            raise
        if not _is_damaged(application):
            raise CommandError(_ONLY_A_COPY) from trouble
        raise TroubleError(Problem.STORE_DAMAGED, str(_out_of_the_way(application))) from trouble
    finally:
        # Not to be marked as closed in order costs the next start a check, and no command its result.
        with contextlib.suppress(TroubleError):
            if folder.store.exists():
                close_application(application)


def _is_damaged(application: Application) -> bool:
    """Read the whole store: the damage may be in a copy of it, on another disk."""
    try:
        check_file(application.folder.store, application.database.key)
    except TroubleError as found:
        return found.problem is Problem.STORE_DAMAGED
    return False


def _out_of_the_way(application: Application) -> Path:
    application.database.close()
    if is_open_elsewhere(application.folder.store):
        return application.folder.store
    return set_aside(application.folder)
