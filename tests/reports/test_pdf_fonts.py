"""The fonts inside the PDF: embedded, subset, and every character can be copied out, rare ones included."""

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.domain.customer_summary import CustomerSummary
from app.reports.customer_pdf import customer_pdf_bytes, write_customer_pdf

RARE = "𬭎𫖯镕堃喆"


def fonts_of(pdf: bytes) -> dict[str, DictionaryObject]:
    found: dict[str, DictionaryObject] = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        resources = cast("dict[str, Any]", page["/Resources"])
        for font in resources["/Font"].values():
            font_object = font.get_object()
            found[str(font_object["/BaseFont"])] = font_object
    return found


def test_rare_characters_can_be_copied_out_with_pypdf(chinese_summary: CustomerSummary) -> None:
    pdf = customer_pdf_bytes(replace(chinese_summary, shop_name=f"{RARE}商店"))
    pages = PdfReader(BytesIO(pdf)).pages
    for page in pages:
        assert f"{RARE}商店" in re.sub(r"\s", "", page.extract_text())


def test_rare_characters_can_be_copied_out_with_pdftotext(chinese_summary: CustomerSummary, tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    path = tmp_path / "summary.pdf"
    write_customer_pdf(replace(chinese_summary, shop_name=f"{RARE}商店"), path)
    text = subprocess.run([program, str(path), "-"], capture_output=True, check=True).stdout.decode()
    copied = re.sub(r"\s", "", text)
    assert f"{RARE}商店" in copied
    assert "请勿向未成年人售烟，醒目处张贴标识" in copied
    assert "\x00" not in text


def test_more_characters_than_one_subset_holds_can_be_copied_out(chinese_summary: CustomerSummary) -> None:
    many = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 700))
    pdf = customer_pdf_bytes(replace(chinese_summary, explanation=many))
    assert many in re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def test_every_font_of_the_file_is_embedded_and_a_subset(
    chinese_summary: CustomerSummary, english_summary: CustomerSummary
) -> None:
    for summary in (chinese_summary, english_summary):
        fonts = fonts_of(customer_pdf_bytes(summary))
        assert len(fonts) >= 2
        for name, font in fonts.items():
            assert re.match(r"/[A-Z]{6}\+NotoSansSC-(Regular|Bold)", name), name
            descriptor = cast("dict[str, Any]", font["/FontDescriptor"])
            assert len(descriptor["/FontFile2"].get_object().get_data()) > 1_000
            assert "/ToUnicode" in font


def test_the_file_names_its_title_and_its_language(
    chinese_summary: CustomerSummary, english_summary: CustomerSummary
) -> None:
    for summary, title, language in (
        (chinese_summary, "老周食杂店 · 经营小结", "zh-CN"),
        (english_summary, "Hy-Vee Food Store #2 / Marion – Business summary", "en"),
    ):
        reader = PdfReader(BytesIO(customer_pdf_bytes(summary)))
        assert reader.metadata is not None
        assert reader.metadata.title == title
        assert cast("dict[str, Any]", reader.trailer["/Root"])["/Lang"] == language
