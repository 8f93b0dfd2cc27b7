"""What is kept of a file, and what is refused with which words."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from linli.documents import rules
from linli.documents.kinds import MediaType
from linli.kernel.decision import Refused
from tests.documents.files import GPS, HTML, MAKE, ORIENTATION, PDF, SVG, opened, pdf, photo, picture

UNKNOWN = "This kind of file cannot be taken. Send a JPEG, PNG or WebP picture, or a PDF."
DAMAGED = "This file is damaged or not complete. Choose it again."


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (picture("JPEG"), MediaType.JPEG),
        (picture("JPEG", mode="CMYK"), MediaType.JPEG),
        (picture("JPEG", mode="L"), MediaType.JPEG),
        (picture("PNG"), MediaType.PNG),
        (picture("PNG", mode="P"), MediaType.PNG),
        (picture("PNG", mode="LA"), MediaType.PNG),
        (picture("PNG", mode="1"), MediaType.PNG),
        (picture("WEBP"), MediaType.WEBP),
        (picture("WEBP", mode="RGBA"), MediaType.WEBP),
    ],
)
def test_the_type_is_told_by_the_content(content, media_type):
    kept = rules.examine(content)
    assert (kept.media_type, kept.width, kept.height) == (media_type, 64, 32)
    assert opened(kept.content).format == media_type.name
    assert opened(kept.thumbnail).format == "JPEG"


def test_a_photo_is_turned_upright_and_says_nothing_of_where_it_was_taken():
    before = photo()
    assert b"PhoneMaker" in before
    assert b"secret words" in before
    kept = rules.examine(before)
    after = opened(kept.content)
    assert (after.size, kept.width, kept.height) == ((40, 80), 40, 80)
    red, _green, blue = after.getpixel((35, 40))
    assert red > blue, "what was the upper edge for the sensor is the right edge for the eye"
    exif = after.getexif()
    assert not exif.get_ifd(GPS)
    assert ORIENTATION not in exif
    assert MAKE not in exif
    for copy in (kept.content, kept.thumbnail):
        assert b"PhoneMaker" not in copy
        assert b"secret words" not in copy
        assert b"Exif" not in copy


def test_texts_profiles_and_what_follows_a_png_are_gone():
    png = picture("PNG", icc_profile=b"a colour profile", dpi=(72, 72))
    chunk = b"tEXt" + b"Comment\x00secret words"
    png = (
        png[:33] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + png[33:]
    )
    kept = rules.examine(png + b"hidden behind the end")
    assert opened(kept.content).info == {}
    for secret in (b"secret", b"profile", b"hidden"):
        assert secret not in kept.content


def test_a_moving_picture_keeps_its_first_frame():
    frames = [opened(picture("PNG")), opened(picture("PNG", mode="L"))]
    kept = rules.examine(picture("WEBP", save_all=True, append_images=frames, duration=50))
    assert opened(kept.content).n_frames == 1


def test_see_through_stays_so_and_is_white_in_the_small_copy():
    clear = opened(picture("PNG", mode="RGBA"))
    clear.putalpha(0)
    clear.save(out := BytesIO(), "PNG")
    kept = rules.examine(out.getvalue())
    assert opened(kept.content).getpixel((5, 5))[3] == 0
    assert opened(kept.thumbnail).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("size", "small"), [((1600, 800), (320, 160)), ((100, 2000), (16, 320)), ((64, 32), (64, 32))]
)
def test_the_small_copy_is_at_most_320_pixels(size, small):
    assert opened(rules.examine(picture("JPEG", size)).thumbnail).size == small


def test_a_pdf_keeps_its_pages_and_loses_who_made_it_with_what_and_when():
    told = {"Author": "Wang Xiaoming", "Producer": "WriterOffice 9", "CreationDate": "D:20261120093000"}
    content = pdf(**told)
    assert all(value.encode() in content for value in told.values())
    kept = rules.examine(content)
    assert (kept.media_type, kept.thumbnail) == (MediaType.PDF, None)
    assert not any(value.encode() in kept.content for value in told.values())
    opened_again = PdfReader(BytesIO(kept.content), strict=True)
    [page] = opened_again.pages
    assert (opened_again.metadata, opened_again.xmp_metadata) == (None, None)
    assert b"The lamp is mended" in page.get_contents().get_data()
    [note] = page.annotations
    assert note.get_object()["/Contents"] == "mind the step"
    assert b"pypdf" not in kept.content


def test_the_same_pdf_is_kept_under_the_same_digest():
    content = pdf(Author="Wang Xiaoming")
    assert rules.examine(content).content == rules.examine(content).content


def test_what_an_earlier_version_of_a_pdf_said_is_not_kept():
    writer = PdfWriter(BytesIO(pdf(Author="Wang Xiaoming")), incremental=True)
    writer.pages[0].pop("/Contents")
    out = BytesIO()
    writer.write(out)
    assert b"The lamp is mended" in out.getvalue()
    assert b"The lamp is mended" not in rules.examine(out.getvalue()).content


def test_a_signed_pdf_is_kept_as_it_is_so_that_its_signature_holds():
    content = pdf(signed=True, Author="Wang Xiaoming")
    assert rules.examine(content).content == content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(password="secret"), "This PDF is locked."),
        (PDF.replace(b"startxref", b"x").replace(b"/Catalog", b"/Catalyst"), "This PDF cannot be read."),
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
         "This PDF cannot be read."),
        (b"%PDF-1.4\n" + b"<<[" * 3000 + b"%%EOF", "This PDF cannot be read."),
    ],
    ids=["locked", "without its table", "without pages", "nested without end"],
)  # fmt: skip
def test_a_pdf_nobody_can_read_is_refused_with_what_to_do(content, reason):
    with pytest.raises(Refused) as refused:
        rules.examine(content)
    assert refused.value.reason.startswith(reason)
    assert refused.value.status == 422


@given(at=st.integers(0, len(PDF) - 1), by=st.binary(min_size=1, max_size=8))
def test_a_pdf_with_wrong_bytes_is_read_or_refused_never_an_error(at, by):
    broken = PDF[:at] + by + PDF[at + len(by) :]
    with suppress(Refused):
        assert rules.examine(broken).content


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        HTML,
        b"GIF89a" + b"\x00" * 60,
        picture("BMP"),
        picture("TIFF"),
        picture("GIF"),
        b"PK\x03\x04" + b"\x00" * 60,
        b"MZ" + b"\x00" * 60,
        b"\x00",
        "只是文字".encode(),
        b" %PDF-1.4 not at the beginning %%EOF",
    ],
)
def test_other_kinds_are_refused_whatever_they_are_called(content):
    with pytest.raises(Refused) as refused:
        rules.examine(content)
    assert (refused.value.reason, refused.value.status) == (UNKNOWN, 422)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_picture_that_breaks_off_is_refused(kind, share):
    content = picture(kind, (300, 300), quality=95) if kind != "PNG" else picture(kind, (300, 300))
    with pytest.raises(Refused) as refused:
        rules.examine(content[: int(len(content) * share)])
    assert refused.value.reason in (DAMAGED, UNKNOWN)
    assert refused.value.status == 422


def test_a_pdf_that_breaks_off_is_refused():
    with pytest.raises(Refused) as refused:
        rules.examine(PDF[:40])
    assert refused.value.reason == DAMAGED


def test_an_empty_file_is_refused():
    with pytest.raises(Refused) as refused:
        rules.examine(b"")
    assert refused.value.reason == "This file is empty."


def test_ten_megabytes_are_taken_and_one_byte_more_is_not():
    filling, at = rules.MOST_BYTES - len(PDF), PDF.index(b"startxref")
    exactly = PDF[:at] + b"%" * (filling - 1) + b"\n" + PDF[at:]
    assert rules.examine(exactly).media_type is MediaType.PDF
    with pytest.raises(Refused) as refused:
        rules.examine(exactly + b"\n")
    assert str(refused.value) == "This file is too big: at most 10 MB."


def claiming(width: int, height: int) -> bytes:
    """A small PNG whose header claims to be that large."""
    png = picture("PNG")
    header = b"IHDR" + struct.pack(">II", width, height) + png[24:29]
    return png[:12] + header + struct.pack(">I", zlib.crc32(header)) + png[33:]


@pytest.mark.parametrize(
    "size",
    [(40_000, 1_001), (10_000, 10_000), (30_000, 30_000), (2**31 - 1, 2**31 - 1)],
    ids=["a little too large", "Pillow warns", "Pillow refuses", "absurd"],
)
def test_a_bomb_is_refused_before_it_unfolds(size):
    with pytest.raises(Refused) as refused:
        rules.examine(claiming(*size))
    assert str(refused.value) == "This picture has too many pixels: at most 40 million."


def test_forty_million_pixels_are_not_too_many():
    with pytest.raises(Refused) as refused:
        rules.examine(claiming(8_000, 5_000))
    assert refused.value.reason == DAMAGED, "its size is accepted; only its pixels are missing"


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("路灯.jpg", MediaType.JPEG, "路灯.jpg"),
        ("路灯.JPEG", MediaType.JPEG, "路灯.jpg"),
        ("page.html", MediaType.PNG, "page.png"),
        ("run.exe", MediaType.PDF, "run.pdf"),
        ("../../etc/passwd", MediaType.PNG, "passwd.png"),
        ("C:\\Users\\me\\photo.png", MediaType.JPEG, "photo.jpg"),
        ("a\r\nSet-Cookie: x.png", MediaType.PNG, "aSet-Cookie x.png"),
        ("\u202egnp.exe", MediaType.PNG, "gnp.png"),
        ("", MediaType.WEBP, "file.webp"),
        (".png", MediaType.PNG, "file.png"),
        ("...", MediaType.PNG, "file.png"),
        ("字" * 300 + ".png", MediaType.PNG, "字" * 96 + ".png"),
    ],
)
def test_a_name_is_made_harmless_and_ends_as_its_content_says(name, media_type, kept):
    assert rules.kept_name(name, media_type) == kept


@pytest.mark.parametrize("body", ["{}", '{"title": "路灯"}', '{"tags": ["a", "b"], "title": ""}'])
def test_a_draft_is_one_object_of_texts(body):
    assert rules.checked_draft(body) == body


@pytest.mark.parametrize(
    "body", ["", "[]", '"x"', "{", '{"a": 1}', '{"a": {"b": "c"}}', '{"a": [1]}', "[" * 60_000]
)
def test_other_json_is_no_draft(body):
    with pytest.raises(Refused) as refused:
        rules.checked_draft(body)
    assert (refused.value.reason, refused.value.status) == ("This draft cannot be kept.", 422)


def test_a_draft_is_at_most_64_kilobytes_of_utf8():
    longest = '{"a": "' + "x" * (rules.MOST_DRAFT_BYTES - 9) + '"}'
    assert rules.checked_draft(longest) == longest
    with pytest.raises(Refused) as refused:
        rules.checked_draft(longest[:-2] + "字" + '"}')
    assert refused.value.reason == "This draft is too long to be kept."


@pytest.mark.parametrize("form", ["matter-new", "announcement-01a2", "notices_desk:write", "a" * 60])
def test_forms_have_plain_keys(form):
    assert rules.checked_form(form) == form


@pytest.mark.parametrize("form", ["", "a" * 61, "A", "../x", "表", "-a", "a b"])
def test_other_keys_are_no_forms(form):
    with pytest.raises(Refused):
        rules.checked_form(form)
