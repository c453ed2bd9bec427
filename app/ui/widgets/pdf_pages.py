"""Pictures of the pages of a PDF, made on a worker thread."""

from PySide6.QtGui import QImage


def render_pages(document: bytes, scale: float = 2.0) -> tuple[QImage, ...]:
    """Return one picture a page; `scale` 1 is 72 dots per inch. Raises ValueError if it is no PDF."""
    from app.reports.preview import page_images  # noqa: PLC0415  a tenth of a second that the start does not have

    return tuple(
        QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
        for width, height, pixels in page_images(document, scale)
    )
