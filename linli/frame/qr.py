"""QR codes as SVG, for printed pages. Drawn here: no address is told to anybody else."""

from io import BytesIO

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules of white around the code, as ISO/IEC 18004 asks for


def svg(data: str, *, label: str = "") -> SafeString:
    """The code as an `<svg>` to put into a page: black on white, as large as its box, without inline style.

    `data` is usually an address. `label` is what a screen reader says; without one the code is decoration.
    Raises `ValueError` when the data does not fit (about 2,300 letters).
    """
    out = BytesIO()
    code = segno.make_qr(data, error="m", boost_error=False)
    code.save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        svgclass="qr",
        lineclass=None,
        nl=False,
    )
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(out.getvalue().decode().replace("<svg ", f"<svg {spoken} ", 1))
