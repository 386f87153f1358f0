"""Text and numbers as SVG and DrawingML take them."""

import re

# What XML 1.0 cannot hold, whatever the escaping.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escape(text: str) -> str:
    """Text for an element or a quoted attribute; a character that XML forbids becomes U+FFFD."""
    text = _FORBIDDEN.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel, without idle zeros."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
