"""Pictures of a PDF's pages for a preview on screen: plain pixels, so that this room needs no Qt."""

import atexit
import threading
import weakref

import pypdfium2

_PDFIUM_LOCK = threading.Lock()
"""PDFium works for one thread at a time."""
_ENDED = threading.Event()
"""Set when the program ends, before pypdfium2 closes documents and takes PDFium down, beneath whoever draws."""

PageImage = tuple[int, int, bytes]
"""Width, height and the pixels: four bytes each, red, green, blue, alpha (always opaque), rows without padding."""


def page_images(pdf: bytes, scale: float) -> list[PageImage]:
    """Draw every page; scale 1 is 72 pixels an inch. Raises ValueError if it is no PDF, RuntimeError at exit."""
    with _PDFIUM_LOCK:
        if _ENDED.is_set():
            raise RuntimeError("the program ends: no page is drawn any more")
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ValueError("not a PDF") from error
        try:
            return [_picture(document[number], scale) for number in range(len(document))]
        finally:
            document.close()


def _picture(page: pypdfium2.PdfPage, scale: float) -> PageImage:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)  # pyright: ignore[reportArgumentType] any number
    try:
        pixels = bytearray(bitmap.buffer)
        pixels[3::4] = b"\xff" * (len(pixels) // 4)
        row = bitmap.width * 4
        if bitmap.stride != row:
            lines = (pixels[start : start + row] for start in range(0, len(pixels), bitmap.stride))
            return bitmap.width, bitmap.height, b"".join(lines)
        return bitmap.width, bitmap.height, bytes(pixels)
    finally:
        bitmap.close()
        page.close()


def _end() -> None:
    with _PDFIUM_LOCK:  # what is being drawn is drawn to its end
        _ENDED.set()


# What is registered last runs first, and pypdfium2's documents are closed by `weakref.finalize`, which registers itself
# with the first finalizer of the program: that has to be before this.
weakref.finalize(_ENDED, bool).detach()
atexit.register(_end)
