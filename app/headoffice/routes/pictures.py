"""Pictures by the photo row that shows them: a laptop that has the row and not the bytes fetches them here."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response

from app.headoffice import blobs
from app.headoffice.admission import Lane
from app.headoffice.office import KnownCaller, office_of
from app.headoffice.routes.documented import ERRORS
from app.headoffice.routes.photos import PARTS, part_answer, wanted_range

router = APIRouter(prefix="/v1/blobs/of", tags=["photos"], responses=ERRORS)
_Photo = Annotated[str, Path(pattern=r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


@router.get("/{photo}/{kind}", response_class=Response, responses=PARTS)
def fetch(request: Request, caller: KnownCaller, photo: _Photo, kind: Literal["thumb", "full"]) -> Response:
    """Give the bytes of a picture of a photo row that this manager may see; a range where one is asked for."""
    office = office_of(request)
    asked = wanted_range(request)
    start, length = asked or (0, None)
    with office.admission.enter(Lane.PHOTO):
        part = blobs.read_shown(office.database, office.store, photo, kind, caller.manager, start, length)
        office.count(caller, size=len(part.content))
    return part_answer(part, is_part=asked is not None)
