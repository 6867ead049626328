"""Pictures (JPEG, PNG, TIFF): drawn anew from their points, so that nothing else of the file is left.

Metadata, thumbnails, colour profiles, comments, further files behind the picture: none of it is copied. The
turn that a camera noted is applied first. Refuses a picture of more than 200 MB once unpacked (counted from
its head, before a point is drawn) and one of more than 50 pages.
"""

from __future__ import annotations

import io
import warnings

from PIL import ExifTags, Image, ImageOps, ImageSequence

from amana.core.papers import UnfitPaper
from amana.exchange.papers.found import Cleaned

INFLATED_BYTES = 200 * 1024 * 1024
PAGES = 50
JPEG_QUALITY = 92
PREVIEW = (900, 1200)
"""The most points, across and down."""
TEXT_KEYS = frozenset({"comment", "Description", "Author", "Software", "XML:com.adobe.xmp", "xmp"})

Image.MAX_IMAGE_PIXELS = INFLATED_BYTES
warnings.simplefilter("ignore")


def clean(content: bytes) -> Cleaned:
    """The picture alone. Raises `UnfitPaper`, or what its parser raises for a damaged one."""
    with _opened(content) as picture:
        removed = _found(picture)
        made = picture.format or ""
        pages = getattr(picture, "n_frames", 1) if made == "TIFF" else 1
        if pages > PAGES:
            raise UnfitPaper("too_many_pages")
        frames, inflated = [], 0
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            if number >= pages:
                break
            inflated += _inflated(frame)
            if inflated > INFLATED_BYTES:
                raise UnfitPaper("inflated_too_big")
            frames.append(_points(frame, made))
    return Cleaned(_written(frames, made), pages, removed)


def preview(content: bytes) -> bytes:
    """The first page as a small PNG."""
    with _opened(content) as picture:
        return small(_points(picture, "JPEG"))


def small(picture: Image.Image) -> bytes:
    """A picture as a PNG that fits a page."""
    picture.thumbnail(PREVIEW)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def sample(kind: str) -> bytes:
    """A picture of this kind, of one page."""
    out = io.BytesIO()
    options = {"compression": "tiff_adobe_deflate"} if kind == "tiff" else {}
    picture = Image.new("RGB", (20, 20), (200, 10, 10))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    picture.save(out, kind.upper(), exif=exif, **options)
    return out.getvalue()


def _opened(content: bytes) -> Image.Image:
    """The picture, of which only the head is read yet. Raises `UnfitPaper` for one too large to draw."""
    try:
        picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "TIFF"))
    except Image.DecompressionBombError as error:
        raise UnfitPaper("too_many_pixels") from error
    if _inflated(picture) > INFLATED_BYTES:
        raise UnfitPaper("too_many_pixels")
    return picture


def _inflated(picture: Image.Image) -> int:
    deep = 4 if picture.mode in ("I", "F") or picture.mode.startswith("I;") else 1
    return picture.width * picture.height * max(3, len(picture.getbands())) * deep


def _points(frame: Image.Image, made: str) -> Image.Image:
    """A picture of the same points that knows nothing else."""
    turned = ImageOps.exif_transpose(frame)
    wanted = _mode(turned, made)
    turned = turned if turned.mode == wanted else turned.convert(wanted)
    bare = Image.new(turned.mode, turned.size)
    bare.paste(turned)
    return bare


def _mode(picture: Image.Image, made: str) -> str:
    if picture.mode in ("1", "L", "RGB"):
        return picture.mode if made != "JPEG" or picture.mode != "1" else "L"
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    return "RGBA" if transparent and made != "JPEG" else "RGB"


def _written(frames: list[Image.Image], made: str) -> bytes:
    out = io.BytesIO()
    first, rest = frames[0], frames[1:]
    if made == "JPEG":
        first.save(out, "JPEG", quality=JPEG_QUALITY)
    elif made == "TIFF":
        first.save(out, "TIFF", compression="tiff_adobe_deflate", save_all=True, append_images=rest)
    else:
        first.save(out, "PNG")
    return out.getvalue()


def _found(picture: Image.Image) -> frozenset[str]:
    """What the picture carries besides its points."""
    found = set()
    exif = picture.getexif()
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        found.add("place")
    if {ExifTags.Base.Make, ExifTags.Base.Model, ExifTags.Base.BodySerialNumber} & set(exif):
        found.add("camera")
    structural = {"TIFF"} & {picture.format or ""}
    if (exif and not structural) or TEXT_KEYS & set(picture.info) or getattr(picture, "text", None):
        found.add("metadata")
    return frozenset(found)
