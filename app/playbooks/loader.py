"""Loads the playbook part by part, when it is asked for; a file that was valid once is not validated again."""

import hashlib
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app import __version__
from app.domain.archive import Archive
from app.domain.diagnosis import Diagnosis
from app.domain.enumerations import Enumerations
from app.domain.playbook import Formulas, Parameters, Playbook
from app.playbooks.errors import PlaybookError, PlaybookProblem
from app.playbooks.frozen_form import dump, layout, load
from app.runtime import resources

log = logging.getLogger(__name__)
T = TypeVar("T")

# The validator brings pydantic (60 ms); each part imports it only when its file has to be validated.
# ruff: noqa: PLC0415


class PlaybookFiles:
    """The playbook of a folder; each part is read when it is first asked for."""

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        self._folder = folder
        self._cache = cache
        self._parts: dict[str, object] = {}

    @property
    def enumerations(self) -> Enumerations:
        """Return the code lists."""

        def validated(content: bytes) -> Enumerations:
            from app.playbooks import validate

            return validate.enumerations("enumerations.yaml", content)

        return self._part("enumerations.yaml", Enumerations, validated)

    @property
    def archive(self) -> Archive:
        """Return the data dictionary of the customer archive."""

        def validated(content: bytes) -> Archive:
            from app.playbooks import validate

            return validate.archive("archive.yaml", content, {e.id for e in self.enumerations.lists})

        return self._part("archive.yaml", Archive, validated, leans_on=("enumerations.yaml",))

    @property
    def formulas(self) -> Formulas:
        """Return the definitions of the figures."""

        def validated(content: bytes) -> Formulas:
            from app.playbooks import validate

            return validate.formulas("formulas.yaml", content)

        return self._part("formulas.yaml", Formulas, validated)

    @property
    def parameters(self) -> Parameters:
        """Return the numbers a company may set."""

        def validated(content: bytes) -> Parameters:
            from app.playbooks import validate

            return validate.parameters("params.yaml", content)

        return self._part("params.yaml", Parameters, validated)

    @property
    def diagnosis(self) -> Diagnosis:
        """Return the 14-item checklist."""

        def validated(content: bytes) -> Diagnosis:
            from app.playbooks import validate

            return validate.diagnosis("diagnosis.yaml", content, {f.id for f in self.formulas.all})

        return self._part("diagnosis.yaml", Diagnosis, validated, leans_on=("formulas.yaml",))

    def _part(self, file: str, kind: type[T], validated: Callable[[bytes], T], leans_on: tuple[str, ...] = ()) -> T:
        part = self._parts.get(file)
        if not isinstance(part, kind):
            part = self._opened(file, kind, validated, leans_on)
            self._parts[file] = part
        return part

    def _opened(self, file: str, kind: type[T], validated: Callable[[bytes], T], leans_on: tuple[str, ...]) -> T:
        content = self._read(file)
        if self._cache is None:
            return validated(content)
        key = _key(content, *(self._read(other) for other in leans_on))
        kept = self._cache / f"{file}.json"
        found = _recall(kept, key)
        if isinstance(found, kind):
            return found
        part = validated(content)
        _remember(kept, key, part)
        return part

    def _read(self, file: str) -> bytes:
        try:
            return (self._folder / file).read_bytes()
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            raise PlaybookError(PlaybookProblem(file, 1, what)) from error


def load_playbook(folder: Path | None = None, cache: Path | None = None) -> Playbook:
    """Return the playbook of a folder (ours by default); `cache` is where valid files are kept ready to use.

    A part that is wrong raises PlaybookError when it is asked for; `check_playbook` looks at all of them.
    """
    return PlaybookFiles(folder or resources.path("playbooks"), cache)


def check_playbook(playbook: Playbook) -> None:
    """Load every part; raises PlaybookError with all problems of all files."""
    problems: list[PlaybookProblem] = []
    parts: tuple[Callable[[], object], ...] = (
        lambda: playbook.enumerations,
        lambda: playbook.archive,
        lambda: playbook.formulas,
        lambda: playbook.parameters,
        lambda: playbook.diagnosis,
    )
    for part in parts:
        try:
            part()
        except PlaybookError as error:
            problems.extend(error.problems)
    if problems:
        raise PlaybookError(*problems)


def _key(*contents: bytes) -> str:
    digest = hashlib.sha256(f"{__version__}\n{layout()}\n".encode())
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _recall(kept: Path, key: str) -> object:
    """Return the kept part if it belongs to these very files; anything else means: validate again."""
    try:
        stamp, _, text = kept.read_text(encoding="utf-8").partition("\n")
        return load(text) if stamp == key else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _remember(kept: Path, key: str, part: object) -> None:
    fresh = kept.with_name(f"{kept.name}.{os.getpid()}.tmp")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(f"{key}\n{dump(part)}", encoding="utf-8")
        fresh.replace(kept)
    except OSError as error:
        log.info("the playbook could not be kept ready: %s", error)
