"""Files on their way to a case: cleaned of what they tell about their making, or refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import ExifTags, Image, PngImagePlugin, TiffImagePlugin

from amana.core.papers import MOST_BYTES, UnfitPaper, kind_of
from amana.exchange.papers import examine, pdfs, pictures, texts

SECRET = b"CANARY-38.9072-77.0369"


def picture(kind: str, size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def photograph() -> bytes:
    """As a telephone takes it: turned, with place, maker and a comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = SECRET.decode()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (
        TiffImagePlugin.IFDRational(36), TiffImagePlugin.IFDRational(20), TiffImagePlugin.IFDRational(6),
    )  # fmt: skip
    return picture("JPEG", exif=exif, comment=SECRET)


def document(**more: object) -> Pdf:
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 200))
    made.docinfo["/Author"] = SECRET.decode()
    return made


def saved(made: Pdf, **more: object) -> bytes:
    out = io.BytesIO()
    made.save(out, **more)  # type: ignore[arg-type]
    return out.getvalue()


def full_document() -> bytes:
    """With everything a PDF can carry along."""
    made = document()
    with made.open_metadata() as told:
        told["dc:creator"] = [SECRET.decode()]
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String(SECRET.decode()))
    made.attachments["hidden.txt"] = SECRET
    page = made.pages[0]
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9],
        A=Dictionary(S=Name.URI, URI=pikepdf.String(f"https://{SECRET.decode()}.example")),
    )  # fmt: skip
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9])
    page.Annots = Array([link, note])
    inside = Stream(made, photograph())
    inside.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 60, "/Height": 40})
    inside.update({"/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": Name.DCTDecode})
    page.Resources = Dictionary(XObject=Dictionary(Im=made.make_indirect(inside)))
    page.Contents = made.make_stream(b"q 100 0 0 100 10 10 cm /Im Do Q")
    return saved(made, compress_streams=False)


def refusal(content: bytes) -> str:
    with pytest.raises(UnfitPaper) as refused:
        examine(content)
    return refused.value.code


def test_a_photograph_loses_where_when_and_by_what_it_was_taken_and_keeps_its_turn() -> None:
    found = examine(photograph())
    assert found.kind == "jpeg" and found.original == photograph()
    assert {"place", "camera", "metadata"} <= set(found.removed)
    assert SECRET not in found.clean and b"Exif" not in found.clean
    with Image.open(io.BytesIO(found.clean)) as seen:
        assert seen.size == (40, 60) and not seen.getexif()
    assert found.preview and found.preview.startswith(b"\x89PNG") and SECRET not in found.preview


def test_a_scan_of_several_pages_keeps_its_pages_and_a_picture_its_points() -> None:
    pages = [Image.new("RGB", (30, 30), (number * 60, 0, 0)) for number in range(4)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], description=SECRET.decode())
    cleaned = pictures.clean(out.getvalue())
    assert cleaned.pages == 4 and SECRET not in cleaned.content
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", SECRET.decode())
    before = picture("PNG", pnginfo=told)
    after = pictures.clean(before)
    assert SECRET not in after.content and after.removed == {"metadata"}
    with Image.open(io.BytesIO(before)) as one, Image.open(io.BytesIO(after.content)) as other:
        assert one.tobytes() == other.tobytes()


def test_a_document_loses_author_scripts_files_links_and_what_its_pictures_noted() -> None:
    content = full_document()
    assert content.count(SECRET) >= 5
    found = examine(content)
    assert set(found.removed) == {"metadata", "scripts", "files", "links", "camera"}
    with pikepdf.open(io.BytesIO(found.clean)) as left:
        assert len(left.pages) == 1 and not left.attachments and "/OpenAction" not in left.Root
        plain = saved(left, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        assert SECRET not in plain and b"JavaScript" not in plain
    assert found.preview, "a picture of the first page"


def test_earlier_states_that_a_document_hides_behind_its_last_are_not_copied() -> None:
    first = saved(document(), compress_streams=False)
    behind = first + b"\n% " + SECRET + b"\n"
    assert SECRET not in examine(behind).clean


def test_a_text_is_written_anew_without_signs_that_turn_it() -> None:
    arabic = "شهادة ميلاد الطفلة"
    assert texts.clean(arabic.encode("cp1256")).content.decode() == arabic
    assert texts.clean(arabic.encode("utf-16")).content.decode() == arabic
    turned = texts.clean(f"safe\u202e{arabic}\u2066\r\nline".encode())
    assert (turned.content.decode(), turned.removed) == (f"safe{arabic}\nline", {"signs"})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%", "cut_off"),
        (b"%PDF-1.7\n" + bytes(21 * 1024 * 1024), "too_big"),
        (b"MZ" + bytes(300), "wrong_type"),
        (b"PK\x03\x04" + bytes(300), "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(300), "wrong_type"),
        (b"<html><script>alert(1)</script></html>", "wrong_type"),
        (b"  <?xml version='1.0'?><svg onload='x'/>", "wrong_type"),
        (b"{\\rtf1 words and more words}", "wrong_type"),
        (b"%!PS-Adobe-3.0 and a program", "wrong_type"),
        (b"GIF89a" + bytes(100), "wrong_type"),
        (b"words\x00and a hidden end", "wrong_type"),
        (bytes(100) + b"%PDF-1.7 behind something else", "wrong_type"),
    ],
)  # fmt: skip
def test_what_a_file_begins_with_decides_and_never_its_name(content: bytes, code: str) -> None:
    with pytest.raises(UnfitPaper) as refused:
        kind_of(content)
    assert refused.value.code == code


def test_a_file_of_just_the_limit_is_looked_at() -> None:
    assert kind_of(b"a word " * (MOST_BYTES // 7)) == "text"


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize("made", [photograph, lambda: picture("PNG"), lambda: b"%PDF-1.7\n" + bytes(50)])
def test_a_truncated_file_is_refused_as_damaged(made: Callable[[], bytes]) -> None:
    assert refusal(cut(made())) == "damaged"


def bomb_of_points() -> bytes:
    """A PNG of a few kilobytes that says it has 100,000 by 100,000 points."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(3_000_000), 9)) + chunk(b"IEND", b"")
    )


def bomb_of_streams() -> bytes:
    """A PDF of fifty kilobytes that unpacks to fifty megabytes."""
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(bytes(1024 * 1024)) for _ in range(50)) + packing.flush()
    made = document()
    stream = Stream(made, packed)
    stream.Filter = Name.FlateDecode
    made.pages[0].Contents = made.make_indirect(stream)
    return saved(made)


@pytest.mark.parametrize(
    ("made", "code"), [(bomb_of_points, "too_many_pixels"), (bomb_of_streams, "inflated_too_big")]
)
def test_a_file_that_unpacks_without_measure_is_refused(made: Callable[[], bytes], code: str) -> None:
    content = made()
    assert len(content) < 1_000_000 and refusal(content) == code


def test_a_file_that_is_two_kinds_at_once_keeps_one() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("payload.html", SECRET)
    for carrier in (picture("JPEG"), saved(document())):
        both = carrier + packed.getvalue()
        assert zipfile.is_zipfile(io.BytesIO(both))
        found = examine(both)
        assert not zipfile.is_zipfile(io.BytesIO(found.clean)) and b"payload.html" not in found.clean
        assert found.original == both


def test_a_document_under_a_password_is_refused_with_the_mend() -> None:
    locked = saved(document(), encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refusal(locked) == "password"


def test_noise_after_the_right_beginning_is_damaged_and_nothing_worse() -> None:
    noise = bytes((7 * number) % 256 for number in range(5000))
    for beginning in (b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"II*\x00"):
        assert refusal(beginning + noise) == "damaged"


def test_pictures_inside_a_document_keep_their_points() -> None:
    bare = pdfs.without_segments(photograph())
    assert SECRET not in bare
    with Image.open(io.BytesIO(photograph())) as one, Image.open(io.BytesIO(bare)) as other:
        assert one.tobytes() == other.tobytes()
