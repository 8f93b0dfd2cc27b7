"""Files made for tests, as phones and mischief makers make them."""

from io import BytesIO

from PIL import Image

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


PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
