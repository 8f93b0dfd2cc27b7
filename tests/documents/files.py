"""Files made for tests, as phones and mischief makers make them."""

from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
TURNED_RIGHT = 6  # the camera was held upright: shown, the picture is turned by 90°
LATITUDE, LONGITUDE = 2, 4


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (64, 32), mode: str = "RGB", **options: object
) -> bytes:
    image = Image.new(mode, size, "teal" if mode != "P" else 3)
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo() -> bytes:
    """As a phone takes it: on its side, with where it was taken, by what, and a comment."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = TURNED_RIGHT, "PhoneMaker"
    place = exif.get_ifd(GPS)
    place[1], place[LATITUDE], place[3], place[LONGITUDE] = "N", (39.0, 46.0, 12.0), "E", (98.0, 17.0, 24.0)
    image = Image.new("RGB", (80, 40), "navy")
    image.paste("red", (0, 0, 80, 10))
    out = BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"secret words", quality=95, subsampling=0)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def pdf(*, password: str = "", signed: bool = False, **told: str) -> bytes:
    """One page with words and a note on it; `told` as a word processor adds it, in both places."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 100)
    words = DecodedStreamObject()
    words.set_data(b"BT (The lamp is mended) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(words)
    writer.metadata = {f"/{name}": value for name, value in told.items()} if told else None
    if told:
        writer.xmp_metadata = (
            f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{'|'.join(told.values())}</x:xmpmeta>".encode()
        )
        note = Text(text="mind the step", rect=(0, 0, 20, 20), title_bar=" ".join(told.values()))
        writer.add_annotation(0, note)
    if signed:
        mark = {"/Type": NameObject("/Sig"), "/ByteRange": ArrayObject(map(NumberObject, (0, 1, 2, 3)))}
        signature = DictionaryObject({NameObject(name): value for name, value in mark.items()})
        writer.root_object[NameObject("/Signed")] = writer._add_object(signature)
    if password:
        writer.encrypt("", owner_password=password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


PDF = pdf()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
