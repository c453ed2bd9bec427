"""Pictures of the pages of a PDF, made on a worker thread."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    import pypdfium2

_RGBX = 3  # FPDFBitmap_BGRx; with the byte order reversed it is RGBx


def render_pages(document: bytes, scale: float = 2.0) -> tuple[QImage, ...]:
    """Return one picture a page; `scale` 1 is 72 dots per inch. Raises ValueError if it is no PDF."""
    import pypdfium2  # noqa: PLC0415  a tenth of a second that the start of the program does not have

    try:
        pdf = pypdfium2.PdfDocument(document)
    except pypdfium2.PdfiumError as error:
        raise ValueError("not a PDF") from error
    try:
        return tuple(_picture(pdf, number, scale) for number in range(len(pdf)))
    finally:
        pdf.close()


def _picture(pdf: "pypdfium2.PdfDocument", number: int, scale: float) -> QImage:
    page = pdf[number]
    # The parameter is typed int in the library, although it is multiplied as a float.
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=_RGBX)  # pyright: ignore[reportArgumentType]
    image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
    page.close()
    return image
