"""The bytes of photos in an object store with the S3 interface, which all workers of all machines share.

Only whole objects are put, so there are no unfinished multipart uploads that somebody would have to pay for; an upload
that stops is a handful of objects under `uploads/`, and those go after seven days.
"""

import base64
import hashlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from app.headoffice.blob_names import check_name
from app.headoffice.blob_problems import StoreAway
from app.headoffice.blob_store import BlobMissingError

_CONNECT_SECONDS, _READ_SECONDS, _TRIES = 5, 30, 3
_NAMES_AT_ONCE = 1_000
_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
_BEYOND_THE_END = "InvalidRange"
_KNOWN = frozenset({"endpoint", "region", "style"})
_STYLES = frozenset({"path", "virtual", "auto"})


@dataclass(frozen=True, slots=True)
class S3Address:
    """Where the objects lie; the keys come from the environment or the machine's role, never from an address."""

    bucket: str
    prefix: str = ""
    endpoint: str | None = None
    region: str | None = None
    style: str = "path"
    """`path` (endpoint/bucket/…) is what stores other than Amazon's understand without further ado."""


def read_address(text: str) -> S3Address:
    """Return the address in `s3://bucket/prefix?endpoint=URL&region=R&style=path|virtual|auto`; else ValueError."""
    parts = urlsplit(text)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    if parts.scheme != "s3" or not parts.netloc or parts.username or parts.fragment:
        raise ValueError("s3://BUCKET/PREFIX?endpoint=URL")
    if unknown := set(asked) - _KNOWN:
        raise ValueError(f"s3: {', '.join(sorted(unknown))}?")
    style, endpoint = asked.get("style", "path"), asked.get("endpoint") or None
    if style not in _STYLES:
        raise ValueError(f"s3: style={style}?")
    if endpoint is not None and urlsplit(endpoint).scheme not in {"http", "https"}:
        raise ValueError(f"s3: endpoint={endpoint}?")
    prefix = parts.path.strip("/")
    if prefix:
        check_name(prefix)
    return S3Address(parts.netloc, prefix, endpoint, asked.get("region") or None, style)


class S3BlobStore:
    """Objects in one bucket, under one prefix."""

    def __init__(self, address: S3Address) -> None:
        self._address = address

    def put(self, name: str, content: bytes) -> None:
        """Store the whole in one step; the store checks on arrival that it is what was sent."""
        # MD5 guards the line alone and is what every such store knows; the photo's SHA-256 is checked by who calls.
        digest = base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
        with _troubles(name):
            self._client.put_object(
                Bucket=self._address.bucket, Key=self._key(name), Body=content, ContentMD5=digest,
                ContentType="application/octet-stream",
            )  # fmt: skip

    def get(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """Return the bytes from `start`. Raises BlobMissingError."""
        key = self._key(name)
        if length is not None and length <= 0:
            return b""
        ranged = {"Range": f"bytes={start}-{'' if length is None else start + length - 1}"}
        asked = ranged if start or length is not None else {}
        try:
            with _troubles(name):
                answer = self._client.get_object(Bucket=self._address.bucket, Key=key, **asked)
                return answer["Body"].read()
        except _BeyondTheEndError:
            return b""

    def size(self, name: str) -> int | None:
        """Return how many bytes there are, None where there is no such object."""
        try:
            with _troubles(name):
                return self._client.head_object(Bucket=self._address.bucket, Key=self._key(name))["ContentLength"]
        except BlobMissingError:
            return None

    def delete(self, name: str) -> None:
        """Remove the object if it is there."""
        with _troubles(name):
            self._client.delete_object(Bucket=self._address.bucket, Key=self._key(name))

    def older(self, folder: str, before: datetime) -> Iterator[str]:
        """Yield the names under a folder that were put before that moment."""
        root = self._key(folder) + "/"
        with _troubles(folder):
            listing = self._client.get_paginator("list_objects_v2")
            pages = listing.paginate(
                Bucket=self._address.bucket, Prefix=root, PaginationConfig={"PageSize": _NAMES_AT_ONCE}
            )
            for page in pages:
                for item in page.get("Contents", ()):
                    if item["LastModified"].astimezone(UTC) < before:
                        yield f"{folder}/{item['Key'].removeprefix(root)}"

    def check(self) -> None:
        """Raise StoreAway unless the bucket can be reached with the keys that are given."""
        try:
            with _troubles(""):
                self._client.head_bucket(Bucket=self._address.bucket)
        except BlobMissingError:
            raise StoreAway(f"there is no bucket {self._address.bucket}") from None

    def _key(self, name: str) -> str:
        check_name(name)
        return f"{self._address.prefix}/{name}" if self._address.prefix else name

    @property
    def _client(self) -> Any:
        return _connected(self._address.endpoint, self._address.region, self._address.style, _TRIES)


@cache
def _connected(endpoint: str | None, region: str | None, style: str, tries: int) -> Any:
    """Return the connection of this process: half a second to make, and safe to use from many threads."""
    from boto3.session import Session  # noqa: PLC0415 - half a second that only those pay who have such a store
    from botocore.config import Config  # noqa: PLC0415

    config = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        retries={"total_max_attempts": tries, "mode": "standard"},
        s3={"addressing_style": style},
        # Checksums that only Amazon's own store is sure to know are left out where the interface does not ask for them.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        max_pool_connections=50,
    )
    session = Session()
    region = region or session.region_name or "us-east-1"
    return session.client("s3", endpoint_url=endpoint, region_name=region, config=config)


class _BeyondTheEndError(Exception):
    """The range begins behind the last byte."""


@contextmanager
def _troubles(name: str) -> Generator[None]:
    """Turn what the library raises into what a store says: missing, or away for now."""
    from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError  # noqa: PLC0415

    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _MISSING:
            raise BlobMissingError(name) from None
        if code == _BEYOND_THE_END:
            raise _BeyondTheEndError from None
        raise StoreAway(code) from error
    except (BotoCoreError, HTTPClientError) as error:
        raise StoreAway(type(error).__name__) from error


__all__ = ["S3Address", "S3BlobStore", "read_address"]
