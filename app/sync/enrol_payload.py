"""What the QR code of an enrolment says: the address of head office and the one-time code, as one line of text."""

import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

SCHEME = "zoufang"
_PLACE = "enrol"


@dataclass(frozen=True, slots=True)
class EnrolPayload:
    """Address and code."""

    url: str
    code: str


def write_payload(url: str, code: str) -> str:
    """Return the line, which begins with `zoufang://enrol?`."""
    return f"{SCHEME}://{_PLACE}?{urlencode({'url': url, 'code': code})}"


def looks_like_payload(text: str) -> bool:
    """Return whether this is such a line, or its beginning, as a scanner types it."""
    return _plain(text).lower().startswith(f"{SCHEME}:")


def read_payload(text: str) -> EnrolPayload | None:
    """Return address and code; None where the text is something else or not whole.

    A hand scanner types through the input method: full-width marks are read as what they stand for.
    """
    try:
        parts = urlsplit(_plain(text))
        asked = parse_qs(parts.query)
    except ValueError:
        return None
    if parts.scheme.lower() != SCHEME or (parts.netloc or parts.path.strip("/")).lower() != _PLACE:
        return None
    url, code = (asked.get(name, [""])[0].strip() for name in ("url", "code"))
    return EnrolPayload(url, code) if url and code else None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
