"""Where the bytes of photos lie at head office: a folder by default, an object store (S3 interface) where there is one.

The interface asks only for what S3 gives: whole objects that appear at once (`PutObject`), ranges of them (`GetObject`
with `Range`), their size (`HeadObject`) and their end (`DeleteObject`). Nothing is appended to and nothing is renamed,
so each chunk of an upload is an object of its own and any worker can go on where another one stopped.
"""

import contextlib
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from app.headoffice.blob_names import check_name
from app.headoffice.blob_problems import StoreAway

_ATTEMPTS = 20


def open_store(place: str, folder: Path) -> "BlobStore":
    """Return the store that a setting names: an address `s3://…`, a folder, or where it is empty the usual folder.

    Raises ValueError for an address that is none.
    """
    if place.startswith("s3:"):
        from app.headoffice.s3_store import S3BlobStore, read_address  # noqa: PLC0415 - its library is for those alone

        return S3BlobStore(read_address(place))
    return FolderBlobStore(Path(place) if place else folder)


class BlobMissingError(Exception):
    """No object of that name lies in the store."""


class BlobStore(Protocol):
    """Keeps named bytes that all workers see; names are made by us from hashes and ids, never by a client."""

    def put(self, name: str, content: bytes) -> None:
        """Store the whole, in one step, in the place of what has that name."""
        ...

    def get(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """Return the bytes from `start`. Raises BlobMissingError."""
        ...

    def size(self, name: str) -> int | None:
        """Return how many bytes there are, None where there is no such object."""
        ...

    def delete(self, name: str) -> None:
        """Remove the object if it is there."""
        ...

    def older(self, folder: str, before: datetime) -> Iterator[str]:
        """Yield the names under a folder that were put before that moment."""
        ...

    def check(self) -> None:
        """Raise StoreAway unless bytes can be kept here."""
        ...


class FolderBlobStore:
    """Objects as files of one folder, which may be a share that several workers mount."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: bytes) -> None:
        """Write beside the place, force it to disk, rename: a power cut leaves all of it or nothing."""
        path = self._path(name)
        # Several threads and machines may write the same name at once: each has its own file until the rename.
        beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}.tmp")
        try:
            with _opened(beside) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)

    def get(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """Return the bytes from `start`. Raises BlobMissingError."""
        try:
            with self._path(name).open("rb") as file:
                file.seek(start)
                return file.read() if length is None else file.read(length)
        except FileNotFoundError as error:
            raise BlobMissingError(name) from error

    def size(self, name: str) -> int | None:
        """Return how many bytes there are, None where there is no such object."""
        try:
            return self._path(name).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, name: str) -> None:
        """Remove the file if it is there, and the folder of an upload with its last part."""
        path = self._path(name)
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # not empty, or gone already
            path.parent.rmdir()

    def older(self, folder: str, before: datetime) -> Iterator[str]:
        """Yield the names under a folder that were put before that moment, what a crash left unfinished included."""
        for path in sorted(self._path(folder).rglob("*")):
            with contextlib.suppress(FileNotFoundError):  # another worker was quicker
                if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                    yield path.relative_to(self._folder).as_posix()

    def check(self) -> None:
        """Raise StoreAway unless the folder can be written."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreAway(type(error).__name__) from error
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise StoreAway("read only")

    def _path(self, name: str) -> Path:
        return self._folder.joinpath(*check_name(name))


def _opened(path: Path) -> BinaryIO:
    """Open a new file; the folder may go the moment it was made, since another worker removes it with its last part."""
    for _attempt in range(_ATTEMPTS):
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            return path.open("xb")
    raise FileNotFoundError(path)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
