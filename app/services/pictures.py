"""Makes a picture fit to be kept: turned upright, freed of position and all other data, made smaller."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from app.domain.problems import Problem, TroubleError

LONGEST_SIDE = 1600
THUMB_SIDE = 320
_MOST_PIXELS = 100_000_000
_QUALITY = 85
_THUMB_QUALITY = 80
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
_HEIC_BRANDS = frozenset((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: JPEG without any metadata, and a small one of it."""

    content: bytes
    thumb: bytes
    width: int
    height: int


def make_picture(content: bytes) -> Picture:
    """Return the picture that a person added, as it is kept.

    Raises TroubleError with NOT_A_PICTURE, PICTURE_IS_HEIC or PICTURE_TOO_LARGE.
    """
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise TroubleError(Problem.PICTURE_IS_HEIC)
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as opened:
            upright = _upright(opened)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise TroubleError(Problem.NOT_A_PICTURE) from error
    except Image.DecompressionBombError as error:
        raise TroubleError(Problem.PICTURE_TOO_LARGE) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    full = _jpeg(upright, _QUALITY)
    width, height = upright.size
    upright.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    return Picture(full, _jpeg(upright, _THUMB_QUALITY), width, height)


def _upright(opened: Image.Image) -> Image.Image:
    width, height = opened.size
    if width * height > _MOST_PIXELS:
        raise TroubleError(Problem.PICTURE_TOO_LARGE)
    # Decoding at about the size that is kept takes a fraction of the time.
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(opened)
    if turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return turned.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    # A new picture of the same pixels: nothing that came with the file (EXIF, position, comments) goes along.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    written = BytesIO()
    bare.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()
