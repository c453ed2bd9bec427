"""Forms that carry a file: read whole within a limit, with the same rights and the same token as every other form."""

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from app.headoffice.console.desk import Sent, Visitor, check_csrf, needs, read_fields
from app.headoffice.console.rights import Right
from app.headoffice.limits import read_body
from app.headoffice.office import office_of

LARGEST_FILE = 2 << 20
_LARGEST_BODY = 4 * LARGEST_FILE
"""What was refused comes back with its reasons beside each row."""
_MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody has chosen; no name where none was."""

    name: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class SentFile(Sent):
    """A form with a file."""

    file: File = File()


Parts = tuple[Mapping[str, str], File]


async def parts_of(request: Request) -> Parts:
    """Return fields and file of the form in the body, none of what is no form of ours."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await read_body(request, office_of(request).settings.body_seconds, _LARGEST_BODY)
    if kind != "multipart/form-data":
        return read_fields(kind, body), File()
    parser = MultiPartParser(
        request.headers, _whole(body), max_files=1, max_fields=_MOST_PARTS, max_part_size=_LARGEST_BODY
    )  # fmt: skip
    try:
        form = await parser.parse()
    except (MultiPartException, ValueError, KeyError, LookupError):
        return {}, File()
    fields: dict[str, str] = {}
    file = File()
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            file = File(_last_of(value.filename or ""), await value.read())
        elif "\0" not in name and "\0" not in value:
            fields[name] = value
    await form.close()
    return fields, file


def file_sent_by(right: Right) -> Callable[..., SentFile]:
    """Return the dependency of a form with a file that asks for a right."""

    def check(
        request: Request,
        parts: Annotated[Parts, Depends(parts_of)],
        visitor: Annotated[Visitor, Depends(needs(right))],
    ) -> SentFile:
        fields, file = parts
        check_csrf(request, fields, visitor.person.csrf)
        return SentFile(visitor, fields, file)

    return check


FileDecision = Annotated[SentFile, Depends(file_sent_by(Right.DECIDE))]


async def _whole(body: bytes) -> AsyncGenerator[bytes]:
    yield body


def _last_of(name: str) -> str:
    """Return the name of a file without folders and without what no file system takes."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in last if one.isprintable() and one not in '<>:"|?*').strip(". ")[-100:]
