"""Reads of a font what drawing needs into arrays, without an object for each of its 30,000 glyphs.

reportlab makes a hundred thousand objects of each of our fonts; whatever small thing is made meanwhile and stays keeps
the memory of all of them.
"""

import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

_SEGMENTS = 12
"""The form of the table of characters that reaches beyond U+FFFF."""
_SPACE, _HARD_SPACE = 0x20, 0xA0


class CharacterTable:
    """A number for each character, as a dict gives it, in a tenth of the memory."""

    _PLANE = 0x10000

    def __init__(self, kind: str, values: Iterable[tuple[int, float]]) -> None:
        self._numbers: Any = array(kind, [-1]) * self._PLANE
        self._codes, self._beyond = array("l"), array(kind)
        for code, value in values:
            self.put(code, value)

    def put(self, code: int, value: float) -> None:
        """Note the number of a character; those beyond U+FFFF in rising order."""
        if code < self._PLANE:
            self._numbers[code] = value
        else:
            self._codes.append(code)
            self._beyond.append(value)  # pyright: ignore[reportArgumentType]

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


class GlyphMetrics:
    """Advance and bearing of each glyph in the font's own units; the last ones share an advance."""

    def __init__(self, numbers: "array[int]", advances: int, glyphs: int) -> None:
        self._numbers = numbers
        self._advances = advances
        self._glyphs = glyphs

    def __len__(self) -> int:
        return self._glyphs

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        if glyph < self._advances:
            return self._numbers[2 * glyph], self._numbers[2 * glyph + 1]
        return self._numbers[2 * self._advances - 2], self._numbers[self._advances + glyph]


def fill(face: Any) -> None:
    """Set what reportlab's own reading sets of characters and glyphs. Raises ValueError for a font of another form."""
    advances: int = struct.unpack_from(">H", face.get_table("hhea"), 34)[0]
    has_long_places = struct.unpack_from(">h", face.get_table("head"), 50)[0] == 1
    face.hmetrics = GlyphMetrics(_numbers("H", face.get_table("hmtx")), advances, face.numGlyphs)
    if not has_long_places:
        raise ValueError("the glyphs of the font are placed in another form")
    face.glyphPos = _numbers("I", face.get_table("loca"))
    glyphs = CharacterTable("i", chain.from_iterable(_segments(face.get_table("cmap"))))
    pairs = chain.from_iterable(_segments(face.get_table("cmap")))
    scale = face._pdfScale  # noqa: SLF001 - to thousandths of the size
    widths = CharacterTable("d", ((code, scale(face.hmetrics[glyph][0])) for code, glyph in pairs))
    for table in (glyphs, widths):
        if _SPACE in table:
            table.put(_HARD_SPACE, table[_SPACE])
    face.defaultWidth = scale(face.hmetrics[0][0])
    face.charToGlyph, face.charWidths, face.glyphToChar = glyphs, widths, {}


def _segments(table: bytes) -> Iterator[Iterator[tuple[int, int]]]:
    """Yield (character, glyph) of each run of characters, rising."""
    count: int = struct.unpack_from(">H", table, 2)[0]
    starts = [struct.unpack_from(">HHI", table, 4 + 8 * place) for place in range(count)]
    start = next((at for platform, _, at in reversed(starts) if platform == 3), None)  # noqa: PLR2004 - Unicode as on Windows
    if start is None or struct.unpack_from(">H", table, start)[0] != _SEGMENTS:
        raise ValueError("the characters of the font are listed in another form")
    runs: int = struct.unpack_from(">I", table, start + 12)[0]
    for first, last, glyph in struct.iter_unpack(">III", table[start + 16 : start + 16 + 12 * runs]):
        yield zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)


def _numbers(kind: str, table: bytes) -> "array[int]":
    """Return a table of big-endian numbers."""
    found = array(kind)
    found.frombytes(table[: len(table) // found.itemsize * found.itemsize])
    if sys.byteorder == "little":
        found.byteswap()
    return found
