"""The lane of the photos: announce, go on from an offset, fetch."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request, Response

from app.headoffice import blobs
from app.headoffice.admission import Lane
from app.headoffice.office import Body, KnownCaller, answer, note, office_of, own_message
from app.headoffice.routes.documented import ERRORS, takes
from app.sync.protocol import LARGEST_BLOB, BlobAnswer, BlobRequest

router = APIRouter(prefix="/v1/blobs", tags=["photos"], responses=ERRORS)
OFFSET_HEADER = "Upload-Offset"
_Upload = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
_Offset = Annotated[int, Header(alias=OFFSET_HEADER, ge=0, le=LARGEST_BLOB)]
_BYTES: dict[str, Any] = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
PARTS: dict[int | str, dict[str, Any]] = {
    200: {"description": "the whole", **_BYTES},
    206: {"description": "the range that was asked for", **_BYTES},
    416: {"description": "the range begins behind the last byte"},
}
_OFFSET: dict[int | str, dict[str, Any]] = {
    200: {"description": "the upload stands there", "headers": {OFFSET_HEADER: {"schema": {"type": "integer"}}}}
}
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})", re.ASCII)


@router.post("", response_model=BlobAnswer, openapi_extra=takes(BlobRequest))
def announce(request: Request, body: Body, caller: KnownCaller) -> Response:
    """Say from where to go on with the bytes of a photo, or that they are stored."""
    office = office_of(request)
    message = own_message(BlobRequest, body, caller)
    with office.admission.enter(Lane.PHOTO):
        given = blobs.announce(office.database, office.store, message, caller.manager, office.now())
    note(request, size=message.size, stored=given.stored)
    return answer(request, given)


@router.head("/{upload}", status_code=200, response_class=Response, responses=_OFFSET)
def offset(request: Request, caller: KnownCaller, upload: _Upload) -> Response:
    """Tell in a header how many bytes of an upload are here."""
    office = office_of(request)
    stands = blobs.offset_of(office.database, upload, caller.manager, office.now())
    return Response(headers={OFFSET_HEADER: str(stands), "Cache-Control": "no-store"})


@router.patch("/{upload}", response_model=BlobAnswer, openapi_extra={"requestBody": {"required": True, **_BYTES}})
def append(request: Request, body: Body, caller: KnownCaller, upload: _Upload, at: _Offset) -> Response:
    """Add a chunk at exactly the offset; at the end the whole is verified."""
    office = office_of(request)
    with office.admission.enter(Lane.PHOTO):
        office.count(caller, size=len(body))
        given = blobs.append(office.database, office.store, upload, at, body, caller.manager, office.now())
    note(request, stored=given.stored)
    return answer(request, given)


@router.get("/{sha256}", response_class=Response, responses=PARTS)
def fetch(request: Request, caller: KnownCaller, sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]) -> Response:
    """Give the bytes of a photo that this manager may see; a range where one is asked for."""
    office = office_of(request)
    asked = wanted_range(request)
    start, length = asked or (0, None)
    with office.admission.enter(Lane.PHOTO):
        part = blobs.read_blob(office.database, office.store, sha256, caller.manager, office.now(), start, length)
        office.count(caller, size=len(part.content))
    return part_answer(part, is_part=asked is not None)


def wanted_range(request: Request) -> tuple[int, int | None] | None:
    """Return start and length of the range that is asked for, None where the whole is."""
    wanted = _RANGE.fullmatch(request.headers.get("range", ""))
    if wanted is None:
        return None
    start = int(wanted[1])
    length = int(wanted[2]) - start + 1 if wanted[2] else None
    return (
        None if length is not None and length < 1 else (start, length)
    )  # such a range is passed over (RFC 9110, 14.2)


def part_answer(part: blobs.BlobPart, *, is_part: bool) -> Response:
    """Return the bytes as HTTP tells parts of a whole."""
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, immutable"}
    if not is_part:
        return Response(part.content, media_type="application/octet-stream", headers=headers)
    if part.start >= part.size:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{part.size}"})
    headers["Content-Range"] = f"bytes {part.start}-{part.start + len(part.content) - 1}/{part.size}"
    return Response(part.content, 206, media_type="application/octet-stream", headers=headers)
