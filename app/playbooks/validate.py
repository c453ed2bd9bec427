"""Validates playbook files and makes domain objects of them. Slow (pydantic): the loader comes here only if it must."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from pydantic import ValidationError

from app.domain.archive import Archive
from app.domain.diagnosis import Diagnosis
from app.domain.enumerations import Enumerations
from app.domain.playbook import Formulas, Parameters
from app.playbooks import checks, convert, schema
from app.playbooks.errors import PlaybookError
from app.playbooks.lines import Document, read_document

F = TypeVar("F", bound=schema.Strict)

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a key that belongs here",
    "is_instance_of": "must be a number",
}


def enumerations(file: str, content: bytes) -> Enumerations:
    """Return the code lists of the file, or raise PlaybookError."""
    return convert.enumerations(_valid(file, content, schema.EnumerationsForm, checks.check_enumerations))


def formulas(file: str, content: bytes) -> Formulas:
    """Return the formulas of the file, or raise PlaybookError."""
    return convert.formulas(_valid(file, content, schema.FormulasForm, checks.check_formulas))


def parameters(file: str, content: bytes) -> Parameters:
    """Return the parameters of the file, or raise PlaybookError."""
    return convert.parameters(_valid(file, content, schema.ParametersForm, checks.check_parameters))


def archive(file: str, content: bytes, lists: AbstractSet[str]) -> Archive:
    """Return the data dictionary of the file, or raise PlaybookError."""

    def check(form: schema.ArchiveForm) -> checks.Found:
        return checks.check_archive(form, lists)

    return convert.archive(_valid(file, content, schema.ArchiveForm, check))


def diagnosis(file: str, content: bytes, known_formulas: AbstractSet[str]) -> Diagnosis:
    """Return the checklist of the file, or raise PlaybookError."""

    def check(form: schema.DiagnosisForm) -> checks.Found:
        return checks.check_diagnosis(form, known_formulas)

    return convert.diagnosis(_valid(file, content, schema.DiagnosisForm, check))


def _valid(
    file: str,
    content: bytes,
    form: type[F],
    check: Callable[[F], Iterable[tuple[Sequence[str | int], str]]],
) -> F:
    document = read_document(file, content)
    if document.problems:
        raise PlaybookError(*document.problems)
    try:
        valid = form.model_validate(document.data)
    except ValidationError as error:
        raise _in_words(document, error) from None
    problems = [document.problem(path, what) for path, what in check(valid)]
    if problems:
        raise PlaybookError(*problems)
    return valid


def _in_words(document: Document, error: ValidationError) -> PlaybookError:
    problems = [
        document.problem(e["loc"], f"{_dotted(e['loc'])}: {_WORDS.get(e['type'], e['msg'])}")
        for e in error.errors(include_url=False)
    ]
    return PlaybookError(*problems)


def _dotted(path: Sequence[str | int]) -> str:
    return ".".join(str(part) for part in path) or "the file"
