"""Our quick reading of a font gives what reportlab's own gives, for every character and glyph."""

from typing import Any

import pytest
from reportlab.pdfbase import ttfonts

from app.reports import font_tables, fonts
from app.runtime import resources


@pytest.mark.parametrize("file", fonts.FILES.values())
def test_every_character_and_glyph_is_read_as_reportlab_reads_it(file: str) -> None:
    path = str(resources.path(file))
    theirs: Any = ttfonts.TTFontFile(path)
    ours: Any = ttfonts.TTFontFile(path, charInfo=0)
    font_tables.fill(ours)
    assert len(theirs.charToGlyph) > 20_000
    assert {code: ours.charToGlyph[code] for code in theirs.charToGlyph} == theirs.charToGlyph
    assert {code: ours.charWidths[code] for code in theirs.charWidths} == theirs.charWidths
    missing = [code for code in range(0x30000) if code in ours.charToGlyph and code not in theirs.charToGlyph]
    assert missing == []
    assert list(ours.glyphPos) == theirs.glyphPos
    assert [ours.hmetrics[glyph] for glyph in range(len(ours.hmetrics))] == theirs.hmetrics
    assert ours.defaultWidth == theirs.defaultWidth
