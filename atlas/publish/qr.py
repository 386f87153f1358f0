"""The link of a view as a QR code for a slide, by segno: pure Python, BSD, no further packages; loaded when
first used.
"""

import io
from typing import Any

# Modules of white around the code, as ISO/IEC 18004 asks; pixels of a module in a PNG, sharp on a slide.
BORDER, PIXELS = 4, 12


def svg(link: str) -> bytes:
    """The code as SVG: black on white, so that it can be read on any ground.

    Raises:
        ValueError: the link is too long for a code.
    """
    return _saved(
        link, kind="svg", scale=4, border=BORDER, dark="#000", light="#fff", title=link, xmldecl=False, nl=False
    )


def png(link: str) -> bytes:
    """The code as PNG, `PIXELS` for a module.

    Raises:
        ValueError: as `svg`.
    """
    return _saved(link, kind="png", scale=PIXELS, border=BORDER)


def _saved(link: str, **how: Any) -> bytes:
    import segno

    buffer = io.BytesIO()
    try:
        # Level M corrects 15 per cent; a code of the same size that corrects more is taken. A long link gets the least.
        code = segno.make_qr(link, error="m" if len(link.encode("utf-8")) < 1200 else "l")
    except segno.DataOverflowError as error:
        raise ValueError("The link is too long for a QR code.") from error
    code.save(buffer, **how)
    return buffer.getvalue()
