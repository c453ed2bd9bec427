"""Looks at a file before it is read: is it a workbook or text, packed or not, and in which encoding."""

import codecs
import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.lists.reasons import FileRefusedError, Reason

_BLOCK = 1 << 20
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_GZIP = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SURELY_UTF8 = 60  # bytes of valid multi-byte characters; text in GB18030 never looks like UTF-8 for so long
_NEVER_IN_TEXT = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n\v\f\r\x1b")


@dataclass(frozen=True, slots=True)
class FileForm:
    """How a file has to be opened; `encoding` is empty for a workbook."""

    packed: bool
    encoding: str

    @property
    def is_workbook(self) -> bool:
        """Whether it is an XLSX file."""
        return not self.encoding


def open_bytes(path: Path, *, packed: bool) -> BinaryIO | gzip.GzipFile:
    """Open the file for reading, unpacking it on the way if it is packed."""
    return gzip.open(path, "rb") if packed else path.open("rb")


def _reason(path: Path, error: OSError) -> Reason:
    """Return why a file cannot be opened; Windows says of a folder that it may not be read."""
    if isinstance(error, FileNotFoundError):
        return Reason.FILE_MISSING
    if isinstance(error, IsADirectoryError) or path.is_dir():
        return Reason.FILE_IS_FOLDER
    return Reason.FILE_DENIED if isinstance(error, PermissionError) else Reason.FILE_UNREADABLE


def probe(path: Path, encodings: Sequence[str]) -> FileForm:
    """Say how to open the file, or raise FileRefusedError. The encodings are tried strictly, on the whole file."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise FileRefusedError(_reason(path, error), error.strerror or str(error)) from error
    packed = head.startswith(_GZIP)
    if packed:
        head = next(_blocks(path, packed=True), b"")[:4]
    if not head:
        raise FileRefusedError(Reason.FILE_EMPTY)
    if head.startswith(_OLD_EXCEL):
        raise FileRefusedError(Reason.FILE_OLD_EXCEL)
    if head.startswith(_UTF16):
        raise FileRefusedError(Reason.FILE_UTF16)
    if head.startswith(_ZIP):
        return FileForm(packed, "")
    return FileForm(packed, _encoding(path, packed, encodings))


def _blocks(path: Path, *, packed: bool) -> Iterator[bytes]:
    try:
        with open_bytes(path, packed=packed) as file:
            while block := file.read(_BLOCK):
                yield block
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise FileRefusedError(Reason.FILE_BROKEN_GZIP) from error


def _encoding(path: Path, packed: bool, encodings: Sequence[str]) -> str:
    """Return the first encoding in which the whole file can be read."""
    trials = [_Trial(_with_mark(name)) for name in encodings]
    for block in _blocks(path, packed=packed):
        if len(block.translate(None, _NEVER_IN_TEXT)) != len(block):
            raise FileRefusedError(Reason.FILE_BINARY)
        for trial in trials:
            trial.read(block)
        _check_some_fit(trials)
    for trial in trials:
        trial.read(b"", final=True)
    _check_some_fit(trials)
    return next(trial.name for trial in trials if trial.fits)


class _Trial:
    """One encoding held against the file, block by block."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.fits = True
        self.line = 1
        self.beyond_ascii = 0
        self._decoder = codecs.getincrementaldecoder(name)()

    def read(self, block: bytes, *, final: bool = False) -> None:
        """Decode one more block; `fits` turns false at the first byte that cannot be read."""
        if not self.fits:
            return
        if block.isascii() and not self._decoder.getstate()[0]:
            self.line += block.count(b"\n")
            return
        try:
            self.beyond_ascii += len(block) - len(self._decoder.decode(block, final))
            self.line += block.count(b"\n")
        except UnicodeDecodeError as error:
            self.fits = False
            good = block[: error.start]
            self.beyond_ascii += len(good) - len(good.decode(self.name, "ignore"))
            self.line += good.count(b"\n")

    @property
    def is_broken_utf8(self) -> bool:
        """Whether it surely is UTF-8 with a damaged place: GB18030 would read it, but as nonsense."""
        return not self.fits and self.name == "utf-8-sig" and self.beyond_ascii >= _SURELY_UTF8


def _check_some_fit(trials: Sequence[_Trial]) -> None:
    if not any(trial.fits for trial in trials) or any(trial.is_broken_utf8 for trial in trials):
        raise FileRefusedError(Reason.FILE_ENCODING, str(max(trial.line for trial in trials if not trial.fits)))


def _with_mark(encoding: str) -> str:
    """Read UTF-8 with or without its byte order mark; GBK by its superset."""
    plain = codecs.lookup(encoding).name
    return {"utf-8": "utf-8-sig", "gbk": "gb18030", "gb2312": "gb18030"}.get(plain, plain)
