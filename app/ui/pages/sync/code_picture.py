"""Reading the QR code of an enrolment from a picture: a file, a screenshot on the clipboard, something dropped."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QImageReader

from app.sync.enrol_payload import EnrolPayload, read_payload


def picture_in(data: QMimeData) -> QImage | Path | None:
    """Return the picture that a clipboard or a drop holds, or the file that it names; None where there is none."""
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return image
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    kinds = {bytes(kind.data()).decode() for kind in QImageReader.supportedImageFormats()}
    return next((file for file in files if file.suffix.lower().removeprefix(".") in kinds), None)


def read_code(picture: QImage | Path) -> EnrolPayload | None:
    """Return address and code of the first code of ours in a picture; None where there is none. For a worker thread."""
    image = picture if isinstance(picture, QImage) else _loaded(picture)
    if image.isNull():
        return None
    import zxingcpp  # noqa: PLC0415 - only where somebody shows a picture

    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return next((payload for one in found if (payload := read_payload(one.text)) is not None), None)


def _loaded(file: Path) -> QImage:
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    return reader.read()
