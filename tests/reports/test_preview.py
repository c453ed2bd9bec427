"""The preview shows the pages as they will be printed, and the chart survives a printer without colour."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image
from pypdf import PdfReader

from app.domain.customer_summary import CustomerSummary, MonthLine
from app.reports.customer_pdf import customer_pdf_bytes
from app.reports.paper import paper
from app.reports.preview import page_images

DISTINCT_IN_GREY = 60
_ENDS_WHILE_IT_DRAWS = """
import atexit, sys, threading, time
from pathlib import Path
atexit.register(time.sleep, 0.3)  # the last of all: the thread lives on after PDFium was taken down
from app.reports.preview import page_images

pdf = Path(sys.argv[1]).read_bytes()
has_drawn = threading.Event()

def draw_on_and_on():
    try:
        while True:
            page_images(pdf, 3.0)
            has_drawn.set()
    except RuntimeError:
        print("refused", flush=True)

threading.Thread(target=draw_on_and_on, daemon=True).start()
has_drawn.wait(30)
time.sleep(0.05)  # within the next page
"""


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def first_page(summary: CustomerSummary, scale: float) -> Image.Image:
    width, height, pixels = page_images(customer_pdf_bytes(summary), scale)[0]
    return Image.frombytes("RGBA", (width, height), pixels).convert("RGB")


def test_every_page_is_drawn_at_the_scale_asked_for(chinese_summary: CustomerSummary) -> None:
    pdf = customer_pdf_bytes(chinese_summary)
    for scale in (0.5, 1.0, 1.37):
        images = page_images(pdf, scale)
        assert len(images) == len(PdfReader(BytesIO(pdf)).pages)
        for width, height, pixels in images:
            assert abs(width - 595.28 * scale) <= 1
            assert abs(height - 841.89 * scale) <= 1
            assert len(pixels) == width * height * 4
            assert set(pixels[3::4]) == {255}


def test_a_program_that_ends_while_a_page_is_drawn_does_not_crash(tmp_path: Path) -> None:
    pdf = tmp_path / "noise.pdf"
    Image.effect_noise((900, 900), 50).save(pdf)
    ended = subprocess.run(
        [sys.executable, "-c", _ENDS_WHILE_IT_DRAWS, str(pdf)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout) == (0, "refused\n"), ended.stderr


def test_colours_are_in_the_order_red_green_blue(chinese_summary: CustomerSummary) -> None:
    width, height, pixels = page_images(customer_pdf_bytes(chinese_summary), 1.0)[0]
    image = Image.frombytes("RGBA", (width, height), pixels)
    colours = image.getcolors(width * height) or []
    assert (*rgb(paper().bar), 255) in {colour for _, colour in colours}


def test_bars_dashes_and_paper_differ_in_grey(chinese_summary: CustomerSummary) -> None:
    months = (MonthLine("10月", 100, 50), MonthLine("11月", 40, 90))
    image = first_page(replace(chinese_summary, months=months), 2.0)
    bar = rgb(paper().bar)
    places = [(x, y) for y in range(image.height // 2) for x in range(image.width) if image.getpixel((x, y)) == bar]
    left, right = min(x for x, _ in places), max(x for x, _ in places)
    grey = image.convert("L")

    def greys_down(x: int) -> Counter[int]:
        ys = [y for _, y in places]
        return Counter(int(str(grey.getpixel((x, y)))) for y in range(min(ys) - 20, max(ys)))

    by_column = Counter(x for x, _ in places)
    tall = next(x for x in range(left, right) if by_column[x] > max(by_column.values()) - 8) + 20
    (bar_grey, _), *_ = greys_down(tall).most_common(1)
    dash_grey = min(greys_down(tall))
    assert bar_grey - dash_grey > DISTINCT_IN_GREY, "last year's dash is seen inside the bar"
    assert 255 - bar_grey > DISTINCT_IN_GREY, "the bar is seen on the paper"
    short = right - 20
    assert min(greys_down(short)) < bar_grey - DISTINCT_IN_GREY, "last year's dash is seen above the bar"


def test_all_print_is_dark_enough_for_a_tired_printer() -> None:
    look = paper()
    for colour in (look.ink, look.muted, look.bar):
        red, green, blue = rgb(colour)
        assert 0.299 * red + 0.587 * green + 0.114 * blue < 160
