"""Text without what names are written differently by: case, accents, forms of width, letters with a plain twin."""

import re
import unicodedata

# Letters that have no accent to take away.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "ʼ": "'"}
)
# Accents of Latin, Greek and Cyrillic are taken away; signs of other scripts are letters there.
_ACCENTS = re.compile(r"[\u0300-\u036f]")


def fold(text: str) -> str:
    """Text without case, accents and forms of width."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    # Hangul comes apart with the accents, and goes together again.
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain))
