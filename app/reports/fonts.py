"""The two fonts of every report: registers them with reportlab once a process and lets all their text be copied out."""

import mmap
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from app.reports import font_tables
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
        ttfonts.TTFontFace.extractInfo = _extract
        for name, file in FILES.items():
            path = resources.path(file)
            font = ttfonts.TTFont(name, str(path), asciiReadable=False)
            _map(font.face, path)
            pdfmetrics.registerFont(font)


def _extract(self: ttfonts.TTFontFace, charInfo: int = 1) -> None:  # noqa: N803 - reportlab's name
    ttfonts.TTFontFile.extractInfo(self, 0)
    if charInfo:
        font_tables.fill(self)


def _map(face: Any, path: Path) -> None:
    """Let the file be mapped instead of held."""
    with path.open("rb") as file:
        face._ttf_data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)  # noqa: SLF001


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
