"""Draws finished pages into a PDF with reportlab: embedded subset fonts, the same bytes for the same pages."""

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from app.reports import fonts
from app.reports.blocks import Block, BoxMark, LineMark, Mark, Placed, TextMark
from app.reports.paper import PAGE_HEIGHT, PAGE_WIDTH

PRODUCER = "Zoufang"


def draw(
    pages: Sequence[Sequence[Placed]],
    title: str,
    language: str,
    footer: Callable[[int, int], Placed],
    size: tuple[float, float] = (PAGE_WIDTH, PAGE_HEIGHT),
) -> bytes:
    """Return the PDF of these pages; `footer` gets the page's number and their count, `size` is width and height."""
    fonts.register()
    file = BytesIO()
    canvas = Canvas(
        file,
        pagesize=size,
        invariant=1,
        pageCompression=1,
        lang=language,
    )
    canvas.setTitle(title)
    canvas.setAuthor(PRODUCER)
    canvas.setCreator(PRODUCER)
    canvas.setProducer(PRODUCER)
    canvas.setSubject(title)
    for number, page in enumerate(pages, start=1):
        for placed in (*page, footer(number, len(pages))):
            _draw_block(canvas, placed.block, placed.x, size[1] - placed.y)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw_block(canvas: Canvas, block: Block, x: float, top: float) -> None:
    """Draw a block whose top edge lies at `top`, measured from the page's foot as the canvas measures."""
    for mark in block.marks:
        _draw_mark(canvas, mark, x, top)
    for part in block.parts:
        _draw_block(canvas, part.block, x + part.x, top - part.y)


def _draw_mark(canvas: Canvas, mark: Mark, x: float, top: float) -> None:
    match mark:
        case TextMark():
            canvas.setFont(mark.style.font, mark.style.size)
            canvas.setFillColor(HexColor(mark.style.colour))
            canvas.drawString(x + mark.x, top - mark.y, mark.text)
        case LineMark():
            canvas.setStrokeColor(HexColor(mark.colour))
            canvas.setLineWidth(mark.thickness)
            canvas.line(x + mark.x1, top - mark.y1, x + mark.x2, top - mark.y2)
        case BoxMark():
            _draw_box(canvas, mark, x + mark.x, top - mark.y - mark.height)


def _draw_box(canvas: Canvas, box: BoxMark, x: float, y: float) -> None:
    canvas.setLineWidth(0.6)
    if box.fill:
        canvas.setFillColor(HexColor(box.fill))
    if box.frame:
        canvas.setStrokeColor(HexColor(box.frame))
    shapes = {"fill": int(box.fill is not None), "stroke": int(box.frame is not None)}
    if box.radius:
        canvas.roundRect(x, y, box.width, box.height, box.radius, **shapes)
    else:
        canvas.rect(x, y, box.width, box.height, **shapes)
