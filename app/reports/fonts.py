"""The two fonts of every report: registers them with reportlab once a process and lets all their text be copied out."""

import mmap
import threading
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from app.runtime import resources

REGULAR = "NotoSansSC"
BOLD = "NotoSansSC-Bold"

FILES = {REGULAR: "fonts/NotoSansSC-Regular.ttf", BOLD: "fonts/NotoSansSC-Bold.ttf"}

PDF_LOCK = threading.RLock()
"""Held while a PDF is laid out and written: reportlab's fonts are global and not made for two documents at once."""

_ENTRIES_A_BLOCK = 100


def register() -> None:
    """Make both fonts known to reportlab; only the first call of a process takes time."""
    with PDF_LOCK:
        if BOLD in pdfmetrics.getRegisteredFontNames():
            return
        rl_config.useA85 = 0
        rl_config.canvas_basefontname = REGULAR
        ttfonts.makeToUnicodeCMap = _to_unicode_map
        for name, file in FILES.items():
            path = resources.path(file)
            font = ttfonts.TTFont(name, str(path), asciiReadable=False)
            _slim(font.face, path)
            pdfmetrics.registerFont(font)


def _slim(face: Any, path: Path) -> None:
    """Keep of a font what drawing needs: the file is mapped instead of held, tables are arrays instead of objects."""
    with path.open("rb") as file:
        face._ttf_data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)  # noqa: SLF001
    face.glyphToChar.clear()  # asked for only while text is shaped, which our texts are not
    face.hmetrics = PairTable(face.hmetrics)
    face.glyphPos = array("L", face.glyphPos)
    face.charToGlyph = CharacterTable("l", face.charToGlyph)
    face.charWidths = CharacterTable("d", face.charWidths)


class PairTable:
    """Pairs of numbers, advance and bearing of each glyph, without an object for each that would pin memory."""

    def __init__(self, pairs: Sequence[tuple[int, int]]) -> None:
        self._numbers = array("l", chain.from_iterable(pairs))

    def __len__(self) -> int:
        return len(self._numbers) // 2

    def __getitem__(self, place: int) -> tuple[int, int]:
        return self._numbers[2 * place], self._numbers[2 * place + 1]


class CharacterTable:
    """A number for each character, as a dict gives it, in a tenth of the memory: 30,000 characters in two fonts.

    No object of the dict is kept: a few of them, scattered, would keep all the memory in which the font was read.
    """

    _PLANE = 0x10000

    def __init__(self, kind: str, values: Mapping[int, float]) -> None:
        self._numbers: Any = array(kind, [-1]) * self._PLANE
        beyond = sorted((code, value) for code, value in values.items() if code >= self._PLANE)
        self._codes = array("l", (code for code, _ in beyond))
        self._beyond: Any = array(kind, (value for _, value in beyond))
        for code, value in values.items():
            if code < self._PLANE:
                self._numbers[code] = value

    def get(self, code: int, default: float | None = None) -> float | None:
        """Return the number of a character, `default` where the font has it not."""
        if code >= self._PLANE:
            place = bisect_left(self._codes, code)
            return self._beyond[place] if place < len(self._codes) and self._codes[place] == code else default
        value = self._numbers[code]
        return default if value < 0 else value

    def __contains__(self, code: int) -> bool:
        return self.get(code) is not None

    def __getitem__(self, code: int) -> float:
        value = self.get(code)
        if value is None:
            raise KeyError(code)
        return value


def let_go() -> None:
    """Tell the system that the mapped files are not needed for now."""
    if hasattr(mmap, "MADV_DONTNEED"):
        for name in FILES:
            font: Any = pdfmetrics.getFont(name)
            if isinstance(data := font.face._ttf_data, mmap.mmap):  # noqa: SLF001
                data.madvise(mmap.MADV_DONTNEED)


@lru_cache(maxsize=8192)
def width_of(text: str, font: str, size: float) -> float:
    """Return the width of a text in points; a sheet measures each word for several layouts."""
    return pdfmetrics.stringWidth(text, font, size)


def _to_unicode_map(font_name: str, subset: list[int]) -> str:
    """Write the table by which a viewer copies text out.

    reportlab's own writes characters beyond U+FFFF as one wrong number (𬭎 is copied as Ⲵ) and puts more than the
    allowed 100 entries into a block.
    """
    entries = [f"<{code:02X}> <{_utf16(value)}>" for code, value in enumerate(subset) if value]
    blocks = [entries[start : start + _ENTRIES_A_BLOCK] for start in range(0, len(entries), _ENTRIES_A_BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
        *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
    return "\n".join(lines)


def _utf16(code_point: int) -> str:
    return chr(code_point).encode("utf-16-be").hex().upper()
