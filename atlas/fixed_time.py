"""The time that stands in files which must hold one: the same data give the same bytes on any day."""

import io
import zipfile
from datetime import datetime

EPOCH = (2026, 1, 1, 0, 0, 0)


def instant(day: str) -> datetime:
    """The first moment of a day, ISO, as properties of documents want it: without a time zone, so the same in all of
    them.
    """
    return datetime.fromisoformat(day)


def settled(archive: bytes) -> bytes:
    """The same zip archive, as office documents are, with one fixed time for all that is in it."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as made,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as opened,
    ):
        for name in made.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            opened.writestr(info, made.read(name))
    return packed.getvalue()
