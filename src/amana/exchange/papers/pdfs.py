"""PDF: written anew from what its pages need, without metadata, scripts, embedded files, forms that send, and
links that lead elsewhere; pictures inside lose what their camera noted.

Earlier states that a PDF keeps behind its last one are not copied. A stream that unpacks to more than 200 MB
in all, or to more than 100 times its size, refuses the file. Signatures of the file don't survive: the
original has them.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from amana.core.papers import UnfitPaper
from amana.exchange.papers.found import Cleaned
from amana.exchange.papers.pictures import PREVIEW, small

PAGES = 2000
INFLATED_BYTES = 200 * 1024 * 1024
RATIO, RATIO_COUNTS_FROM = 100, 8 * 1024 * 1024
"""Scanned white paper packs tightly: only a stream that grows large is held to the ratio."""
MOST_FILTERS = 2

TAKEN_OUT: dict[str, str] = {
    "/Metadata": "metadata", "/PieceInfo": "metadata", "/LastModified": "metadata", "/Thumb": "metadata",
    "/SpiderInfo": "metadata", "/Legal": "metadata", "/Perms": "metadata",
    "/JS": "scripts", "/JavaScript": "scripts", "/AA": "scripts", "/OpenAction": "scripts",
    "/XFA": "scripts", "/Rendition": "scripts", "/RichMediaContent": "files", "/Sound": "files",
    "/Movie": "files", "/EmbeddedFiles": "files", "/EF": "files", "/AF": "files", "/Collection": "files",
}  # fmt: skip
"""Keys that go wherever they stand, and what each is told as."""
ATTACHED = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Sound", "/Movie", "/3D"})
"""Annotations that are files."""


def clean(content: bytes) -> Cleaned:
    """The pages alone. Raises `UnfitPaper`, or what its parser raises for a damaged one."""
    try:
        document = pikepdf.open(io.BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise UnfitPaper("password") from error
    with document:
        pages = len(document.pages)
        if pages > PAGES:
            raise UnfitPaper("too_many_pages")
        if pages < 1:
            raise UnfitPaper("damaged")
        removed = {"metadata"} if document.trailer.get("/Info") is not None else set[str]()
        _count_inflated(document)
        for holder in _holders(document):
            removed |= _strip(holder)
        _forget_trailer(document)
        out = io.BytesIO()
        document.save(out, encryption=False, static_id=True, fix_metadata_version=False)
    return Cleaned(out.getvalue(), pages, frozenset(removed))


def preview(content: bytes) -> bytes:
    """The first page as a small PNG."""
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    across, down = page.get_size()
    scale = min(PREVIEW[0] / max(across, 1), PREVIEW[1] / max(down, 1), 3)
    return small(page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"))


def sample() -> bytes:
    """A PDF of one empty page."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(72, 72))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _holders(document: Pdf) -> Iterator[Object]:
    """Every dictionary of the file, the ones inside others too."""
    for each in document.objects:
        yield from _within(each, 0)


def _within(each: Any, depth: int) -> Iterator[Object]:
    if depth > 60:
        raise UnfitPaper("damaged")
    if isinstance(each, Dictionary | Stream):
        yield each
        values = [value for _, value in each.items()]
    elif isinstance(each, Array):
        values = list(each)
    else:
        return
    for value in values:
        if isinstance(value, Dictionary | Array) and not value.is_indirect:
            yield from _within(value, depth + 1)


def _strip(holder: Object) -> set[str]:
    removed = set()
    for key, told in TAKEN_OUT.items():
        if key in holder:
            del holder[key]
            removed.add(told)
    if _leads_elsewhere(holder.get("/A")):
        del holder["/A"]
        removed.add("links")
    if isinstance(holder.get("/Annots"), Array):
        kept = [each for each in holder.Annots if str(_subtype(each)) not in ATTACHED]
        if len(kept) != len(holder.Annots):
            holder.Annots = Array(kept)
            removed.add("files")
    if isinstance(holder, Stream) and holder.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
        removed |= _strip_jpeg(holder)
    return removed


def _leads_elsewhere(action: Any) -> bool:
    """Whether an action does anything but show another page of this file."""
    return isinstance(action, Dictionary) and action.get("/S") != Name.GoTo


def _subtype(annotation: Any) -> Any:
    return annotation.get("/Subtype", "") if isinstance(annotation, Dictionary) else ""


def _strip_jpeg(stream: Stream) -> set[str]:
    """Take out of a picture inside what its camera noted; its points stay as they are."""
    raw = stream.read_raw_bytes()
    bare = without_segments(raw)
    if bare == raw:
        return set()
    packed: Any = stream.get("/Filter")
    parameters: Any = stream.get("/DecodeParms")
    stream.write(bare, filter=packed, decode_parms=parameters)
    return {"camera"}


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG without its notes (APP1 to APP13, APP15, comments); as it is where it does not read as one."""
    if jpeg[:2] != b"\xff\xd8":
        return jpeg
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == 0xDA:
            break
        length = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if length < 2:
            return jpeg
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            kept.append(jpeg[at : at + 2 + length])
        at += 2 + length
    return b"".join((*kept, jpeg[at:]))


def _forget_trailer(document: Pdf) -> None:
    for key in ("/Info", "/ID"):
        if key in document.trailer:
            del document.trailer[key]


def _count_inflated(document: Pdf) -> None:
    """Refuse a file whose streams unpack without measure, before anything unpacks them."""
    total = 0
    for each in document.objects:
        if not isinstance(each, Stream):
            continue
        filters = each.get("/Filter", Array())
        names = [str(name) for name in filters] if isinstance(filters, Array) else [str(filters)]
        if len(names) > MOST_FILTERS:
            raise UnfitPaper("inflated_too_big")
        if names and names[0] in ("/FlateDecode", "/Fl"):
            total += _inflated(each.read_raw_bytes(), INFLATED_BYTES - total)


def _inflated(raw: bytes, room: int) -> int:
    """How many bytes a packed stream unpacks to, counted piece by piece."""
    unpacking, size, rest = zlib.decompressobj(), 0, raw
    try:
        while rest and not unpacking.eof:
            size += len(unpacking.decompress(rest, 1024 * 1024))
            rest = unpacking.unconsumed_tail
            if size > room or size > max(RATIO_COUNTS_FROM, RATIO * len(raw)):
                raise UnfitPaper("inflated_too_big")
    except zlib.error:
        return size
    return size
