"""Targets from and to files: what stands, the empty form, bringing a list in, the rows that were refused."""

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import Request, Response

from app.domain.text import Language
from app.headoffice.console import target_files as files
from app.headoffice.console.desk import Looks, MayDecide, Visitor, asked, language_of
from app.headoffice.console.problems import BadForm
from app.headoffice.console.readings import targets as readings
from app.headoffice.console.routes.targets import span_asked
from app.headoffice.console.routing import console_router
from app.headoffice.console.uploads import LARGEST_FILE, File, FileDecision, SentFile
from app.headoffice.list_work import Outcome
from app.headoffice.office_import import CompanyList, Hand, import_list
from app.lists.profiles import find_profile
from app.lists.reasons import FileRefusedError
from app.lists.targets import Target

router = console_router()
SHOWN = 50
"""Refused rows that the page shows; the file has all of them."""
_MOST = 20_000
_LARGEST_ROWS = 6 << 20


@router.get("/targets/file")
def file(request: Request, visitor: Looks) -> Response:
    """Give the targets of a period as a list that can be mended and imported again."""
    language, span = language_of(request), span_asked(request, visitor)
    with visitor.office.database.read() as session:
        part = readings.targets(session, visitor.reach, span, "", 1, withdrawn=False, size=_MOST)
        rows = [files.header(language), *files.rows_of(part.rows, span, language)]
        lists = files.Lists(readings.managers_in_reach(session, visitor.reach), span)
    return _file(request, f"targets-{span}", rows, language, lists)


@router.get("/targets/form")
def form(request: Request, visitor: MayDecide) -> Response:
    """Give the empty form of a list of targets; as a workbook its cells offer managers, figures and classes."""
    language = language_of(request)
    with visitor.office.database.read() as session:
        lists = files.Lists(readings.managers_in_reach(session, visitor.reach), span_asked(request, visitor))
    return _file(request, "targets-form", [files.header(language)], language, lists)


@router.get("/targets/import")
def import_form(request: Request, visitor: MayDecide) -> Response:
    """Show the form for a list of targets."""
    return _page(visitor, span=span_asked(request, visitor))


@router.post("/targets/import")
def bring_in(sent: FileDecision) -> Response:
    """Bring a list in: good rows are taken, the others come back with what is wrong with them."""
    visitor, language, pasted = sent.visitor, language_of(sent.visitor.request), sent.text("pasted", 500_000)
    upload = sent.file if sent.file.content else File("pasted.csv", pasted.encode())
    if not upload.content:
        return _page(visitor, 409, problem="refused.no_file")
    if len(upload.content) > LARGEST_FILE:
        return _page(visitor, 409, problem="refused.file_too_large")
    try:
        outcome, refused = _brought_in(sent, upload, language)
    except FileRefusedError as problem:
        return _page(visitor, 409, why=problem.cause.text.of(language), pasted=pasted)
    nothing = outcome.refused == outcome.read
    return _page(
        visitor, 409 if nothing else 200, outcome=outcome, shown=outcome.refusals[:SHOWN], name=upload.name,
        refused=json.dumps(refused, ensure_ascii=False), pasted=pasted if nothing else "",
    )  # fmt: skip


@router.post("/targets/refused")
def refused_rows(sent: FileDecision) -> Response:
    """Give the refused rows that a page holds as a file, with the reason beside each."""
    try:
        rows = json.loads(sent.text("rows", _LARGEST_ROWS))
    except (ValueError, RecursionError):
        raise BadForm("rows") from None
    if not _are_rows(rows):
        raise BadForm("rows")
    request = sent.visitor.request
    return _file(request, "targets-refused", rows, language_of(request), kind=sent.text("kind"))


def _brought_in(sent: SentFile, upload: File, language: Language) -> tuple[Outcome, list[list[str]]]:
    """Bring the list in; return what became of it and its refused rows. Raises FileRefusedError."""
    visitor = sent.visitor
    with TemporaryDirectory(prefix="zoufang-list-") as folder:
        path, rejects = Path(folder) / "list" / (upload.name or "list.csv"), Path(folder) / "refused.csv"
        path.parent.mkdir()
        path.write_bytes(upload.content)
        wanted = CompanyList(
            path, find_profile("zh-standard", Target.TARGETS), rejects=rejects, language=language,
            near=visitor.reach.of_manager, is_form=True,
        )  # fmt: skip
        outcome = import_list(
            visitor.office.database, wanted, Hand(visitor.person.actor, visitor.person.name), visitor.now
        )
        if not rejects.exists():
            return outcome, []
        text = rejects.read_text(encoding="utf-8-sig")
    return outcome, list(csv.reader(io.StringIO(text, newline="")))


def _page(visitor: Visitor, status: int = 200, **facts: object) -> Response:
    told = {"outcome": None, "shown": (), "problem": "", "why": "", "name": "", "refused": "", "pasted": "",
            "span": readings.usual_spans(visitor.now.astimezone().date())[0]}  # fmt: skip
    return visitor.page("targets_import.html", status, **(told | facts))


def _file(
    request: Request, name: str, rows: files.Rows, language: Language, lists: files.Lists | None = None, kind: str = ""
) -> Response:
    kind = kind or asked(request, "kind")
    kind = kind if kind in files.KINDS else files.XLSX
    content = files.as_csv(rows) if kind == files.CSV else files.as_xlsx(rows, lists, language)
    headers = {"Content-Disposition": f"attachment; filename={name}.{kind}"}
    return Response(content, media_type=files.KINDS[kind], headers=headers)


def _are_rows(rows: object) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, list) and all(isinstance(cell, str) for cell in row)  # pyright: ignore[reportUnknownVariableType]
        for row in rows  # pyright: ignore[reportUnknownVariableType]
    )
