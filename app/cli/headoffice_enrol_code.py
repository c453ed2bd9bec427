"""`zoufang headoffice enrol-code`: a one-time code to be typed, pasted or scanned."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.cli.output import CommandError
from app.domain.text import Text
from app.headoffice import people
from app.headoffice.database import OfficeDatabase
from app.sync.enrol_payload import write_payload

_ADDRESS = "laptop_url"
"""The setting that holds the address under which the laptops reach head office."""
_DRAWN = (".png", ".svg")
_DOT = 8
NO_ADDRESS = Text(
    "二维码里要有总部地址：请加 --url https://...（以后会记住）",
    "A QR code holds the address of head office: add --url https://... (it is kept for the next time)",
)
_NO_PICTURE = Text("二维码文件只能是 .png 或 .svg", "The file of a QR code ends in .png or .svg")


def make_code(
    database: OfficeDatabase, manager: str, now: datetime, by: str, *, url: str | None, picture: Path | None
) -> dict[str, object]:
    """Make a code, draw it if asked, and return what is to be printed. Raises CommandError before a code is made."""
    address = _address(database, url)
    if picture is not None and not address:
        raise CommandError(NO_ADDRESS)
    if picture is not None and picture.suffix.lower() not in _DRAWN:
        raise CommandError(_NO_PICTURE)

    def work(session: Session) -> str:
        return people.enrol_code(session, manager, now, by)

    code = database.transaction(work)
    made: dict[str, object] = {"manager": manager, "code": code, "until": now + people.CODE_HOLDS}
    if address:
        made |= {"url": address, "payload": write_payload(address, code)}
    if picture is not None:
        _draw(str(made["payload"]), picture)
        made["qr"] = picture.absolute()
    return made


def _address(database: OfficeDatabase, url: str | None) -> str:
    if url:
        database.put_setting(_ADDRESS, url.rstrip("/"))
    return url.rstrip("/") if url else database.setting(_ADDRESS) or ""


def _draw(payload: str, picture: Path) -> None:
    import segno  # noqa: PLC0415 - only where a picture is wanted

    try:
        segno.make(payload, error="m", micro=False).save(str(picture), scale=_DOT, border=4)
    except OSError as error:
        raise CommandError(Text(f"写不了 {picture}：{error}", f"{picture} cannot be written: {error}")) from error
