"""What may be stored: types told by content, limits, names, and files that tell nothing but what is seen.

A picture is decoded and encoded anew, so nothing of the file that came in is kept but its pixels: no place,
no device, no comment, nothing hidden behind the image. A PDF is written anew from what its pages need,
without who wrote it, with what and when, and without what an earlier version of it said.
"""

import json
import re
import struct
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from linli.documents.kinds import MediaType
from linli.kernel.decision import UNPROCESSABLE, Refused

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
THUMBNAIL: Final = 320  # pixels on the longer side
LONGEST_NAME: Final = 100  # characters, as the table holds
MOST_DRAFT_BYTES: Final = 64 * 1024

EXTENSIONS: Final = {
    MediaType.JPEG: ".jpg",
    MediaType.PNG: ".png",
    MediaType.WEBP: ".webp",
    MediaType.PDF: ".pdf",
}
# MPO is how some phones name a JPEG with a second picture in it; only the first is kept.
PICTURES: Final = {
    "JPEG": MediaType.JPEG,
    "MPO": MediaType.JPEG,
    "PNG": MediaType.PNG,
    "WEBP": MediaType.WEBP,
}
_FORM: Final = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,59}")
_PDF_END: Final = b"%%EOF"
_PDF_TAIL: Final = 2048  # bytes in which readers look for the end mark
# Who made a part of a document, with what and when, wherever it stands (ISO 32000-2, 14.3 and 14.5).
_PDF_TELLS: Final = ("/Metadata", "/PieceInfo", "/LastModified")
# The same of a note on a page (12.5.6.2). `/T` of a form's field is the field's name: only notes lose theirs.
_NOTE_TELLS: Final = ("/T", "/M", "/CreationDate", "/NM")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored of a file: bytes and type; for a picture also its sides in pixels and a small copy."""

    content: bytes
    media_type: MediaType
    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = None


def examine(content: bytes) -> Kept:
    """The file as it may be kept. Raises `Refused` (422) saying what is wrong with it."""
    if not content:
        raise Refused("This file is empty.", status=UNPROCESSABLE)
    if len(content) > MOST_BYTES:
        raise Refused(
            "This file is too big: at most %(megabytes)s MB.",
            {"megabytes": MOST_BYTES // (1024 * 1024)},
            status=UNPROCESSABLE,
        )
    if content.startswith(b"%PDF-"):
        if _PDF_END not in content[-_PDF_TAIL:]:
            raise _damaged()
        return Kept(_plain_pdf(content), MediaType.PDF)
    return _picture(content)


def _picture(content: bytes) -> Kept:
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            media_type = PICTURES.get(opened.format or "")
            if media_type is None:
                raise _unknown()
            if opened.width * opened.height > MOST_PIXELS:
                raise _too_many_pixels()
            upright = _upright(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Image.UnidentifiedImageError as error:
        raise _unknown() from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        # What Pillow raises for a picture that breaks off or contradicts itself.
        raise _damaged() from error
    return Kept(_encoded(upright, media_type), media_type, upright.width, upright.height, _thumbnail(upright))


def _plain_pdf(content: bytes) -> bytes:
    """The same pages without who, with what and when. A signed one stays as it is: written anew its signature
    would no longer hold, and it names its signer for a purpose. A locked one is refused, as nobody could
    read it here; so is one too broken to be taken apart.
    """
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Refused(
                "This PDF is locked. Save it without password and restrictions, and choose it again.",
                status=UNPROCESSABLE,
            )
        writer = PdfWriter(clone_from=reader)
        if not writer.pages:
            raise _damaged()
        if _forget_makers(writer.root_object):
            return content
        writer.metadata = None
        writer.compress_identical_objects(remove_duplicates=False)  # what nothing points to any more
        out = BytesIO()
        writer.write(out)
    except (
        PyPdfError,
        RecursionError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
    ) as error:
        # What pypdf raises for a document that contradicts itself.
        raise Refused(
            "This PDF cannot be read. Save it as PDF once more, or send photos of its pages.",
            status=UNPROCESSABLE,
        ) from error
    return out.getvalue()


def _forget_makers(root: PdfObject) -> bool:
    """Take out of all the document holds who made it; True, and it is left alone, where it is signed."""
    waiting, seen, found = [root], set[int](), list[DictionaryObject]()
    while waiting:
        one: PdfObject | None = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            if "/ByteRange" in one:
                return True
            found.append(one)
            waiting += one.values()
        elif isinstance(one, ArrayObject):
            waiting += one
    for part in found:
        is_note = "/Rect" in part and str(part.get("/Subtype", "/Widget")) != "/Widget"
        for name in (*_PDF_TELLS, *(_NOTE_TELLS if is_note else ())):
            part.pop(name, None)
    return False


def _upright(opened: Image.Image) -> Image.Image:
    """The first frame, turned as the camera was held, in plain colours, and without anything else."""
    opened.load()
    turned = ImageOps.exif_transpose(opened)
    has_alpha = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    plain = turned.convert("RGBA" if has_alpha else "RGB")
    plain.info = {}  # colour profile, comment, resolution: encoders would write them again
    return plain


def _encoded(picture: Image.Image, media_type: MediaType) -> bytes:
    out = BytesIO()
    if media_type is MediaType.JPEG:
        picture.convert("RGB").save(out, "JPEG", quality=88, optimize=True)
    elif media_type is MediaType.PNG:
        picture.save(out, "PNG")
    else:
        picture.save(out, "WEBP", quality=85, method=2)
    return out.getvalue()


def _thumbnail(picture: Image.Image) -> bytes:
    small = picture.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    if small.mode == "RGBA":
        paper = Image.new("RGB", small.size, "white")
        paper.paste(small, mask=small.getchannel("A"))
        small = paper
    out = BytesIO()
    small.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()


def _too_many_pixels() -> Refused:
    return Refused(
        "This picture has too many pixels: at most %(millions)s million.",
        {"millions": MOST_PIXELS // 1_000_000},
        status=UNPROCESSABLE,
    )


def _damaged() -> Refused:
    return Refused("This file is damaged or not complete. Choose it again.", status=UNPROCESSABLE)


def _unknown() -> Refused:
    return Refused(
        "This kind of file cannot be taken. Send a JPEG, PNG or WebP picture, or a PDF.", status=UNPROCESSABLE
    )


def kept_name(name: str, media_type: MediaType) -> str:
    """The name to show and to save under: no folders, nothing unseen, the ending its content calls for."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(each for each in last if unicodedata.category(each)[0] != "C" and each not in '<>:"|?*')
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", seen).strip(" .")
    ending = EXTENSIONS[media_type]
    return (stem or "file")[: LONGEST_NAME - len(ending)] + ending


def checked_form(form: str) -> str:
    """The key of a form that keeps drafts. Raises `Refused` (422) when no form is called so."""
    if not _FORM.fullmatch(form):
        raise Refused("This draft cannot be kept.", status=UNPROCESSABLE)
    return form


def checked_draft(body: str) -> str:
    """A draft's body: JSON text of one object, field name to a text or texts. Raises `Refused` (422)."""
    if len(body.encode("utf-8", "replace")) > MOST_DRAFT_BYTES:
        raise Refused("This draft is too long to be kept.", status=UNPROCESSABLE)
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("This draft cannot be kept.", status=UNPROCESSABLE) from error
    if not isinstance(fields, dict) or not all(_is_text(value) for value in fields.values()):
        raise Refused("This draft cannot be kept.", status=UNPROCESSABLE)
    return body


def _is_text(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return isinstance(value, str)
