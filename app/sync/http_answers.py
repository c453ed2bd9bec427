"""Bodies as they travel between laptop and head office: packed, bounded, and believed only if they are ours."""

import json
import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx2
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError

from app.sync.protocol import MOST_RATIO, RoundPart, Trouble
from app.sync.trouble import NoConnection, Refused

_LARGEST_ANSWER = 64 << 20
_WORKING = re.compile(r"\bwork;dur=(\d{1,9}(?:\.\d{1,3})?)\b")
_T = TypeVar("_T", bound=BaseModel)
Each = Callable[[bytes], object]


def bounded(response: httpx2.Response, each: Each | None = None) -> bytes:
    """Read and unpack an answer, no further than a limit: a wrong proxy must not fill the memory.

    Lines go to `each` as they come; returned is what follows the last of them.
    """
    packed = response.headers.get("Content-Encoding", "").lower() == "gzip"
    unpacker = zlib.decompressobj(wbits=31) if packed else None
    whole = bytearray()
    travelled = unpacked = 0
    for part in response.iter_raw():
        travelled += len(part)
        came = part if unpacker is None else unpacker.decompress(part, _LARGEST_ANSWER + 1 - unpacked)
        unpacked += len(came)
        whole += came
        if unpacked > _LARGEST_ANSWER or (unpacked > 1 << 20 and unpacked > travelled * MOST_RATIO * 4):
            raise ValueError("an answer this large is none of ours")
        if each is not None:
            *lines, rest = whole.split(b"\n") if b"\n" in came else (whole,)
            for line in lines:
                each(bytes(line))
            whole = rest
    if unpacker is not None and not unpacker.eof and (unpacked or travelled):
        raise ValueError("the answer was cut")
    return bytes(whole)


def refusal_of(response: httpx2.Response, method: str) -> NoConnection | Refused:
    """Return what an answer that is no success says."""
    if method == "HEAD":
        codes = {401: "token", 403: "revoked", 404: "not_found", 429: "slow_down", 503: "busy"}
        code = codes.get(response.status_code)
        if code is None:
            return NoConnection(f"status {response.status_code}")
        return Refused(Trouble.model_validate({"error": code}), _retry_after(response))
    try:
        return Refused(Trouble.model_validate_json(response.content), _retry_after(response))
    except ValidationError:
        return NoConnection(f"status {response.status_code}, and not one of our answers")


def _retry_after(response: httpx2.Response) -> float | None:
    try:
        return max(0.0, float(response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return None


def working_seconds(response: httpx2.Response) -> float:
    """Return how long head office was at it, as far as it says: that is no part of the line's speed."""
    found = _WORKING.search(response.headers.get("Server-Timing", ""))
    return float(found[1]) / 1000 if found else 0.0


def told_moment(trouble: Trouble) -> str | None:
    """Return the moment that head office wants to see signed, if it names one."""
    word, _, moment = trouble.detail.partition(" ")
    if trouble.error != "token" or word != "moment":
        return None
    try:
        return datetime.fromisoformat(moment).astimezone(UTC).isoformat()
    except ValueError:
        return None


def read_answer(response: httpx2.Response, answer: type[_T]) -> _T:
    """Return the message in an answer. Raises NoConnection where there is none of ours."""
    try:
        return answer.model_validate_json(response.content)
    except (ValidationError, UnicodeDecodeError) as error:
        raise NoConnection("something else than head office answered") from error


def read_part(line: bytes) -> RoundPart:
    """Return a part of a round; its checksum is looked at, since the packed answer as a whole is not here yet."""
    checksum, _, told = line.partition(b" ")
    try:
        if int(checksum, 16) != zlib.crc32(told):
            raise NoConnection("an answer that was changed on its way")
        return RoundPart.model_validate_json(told)
    except ValueError as error:
        raise NoConnection("something else than head office answered") from error


def body_of(message: BaseModel) -> bytes:
    """Return a message as it travels."""
    try:
        return message.model_dump_json().encode()
    except PydanticSerializationError:  # half a character, which head office is to refuse
        fields: dict[str, Any] = message.model_dump(mode="json")
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
