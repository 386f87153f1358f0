"""Puts the objects of a PDF into one order, so that the same picture is the same file.

svg2pdf writes fonts, and lists what a page uses, in the order of a hash table, which differs from run to run; all
else is the same. Objects are numbered anew in the order in which they are reached from the root.
"""

import re

_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_RESOURCES = re.compile(rb"(/(?:Pattern|Font|XObject|ExtGState|ColorSpace|Shading) <<\n)((?:[ ]+/\w+ \d+ 0 R\n)+)")
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*)endobj\s*", re.DOTALL)
_STREAM = b"\nstream\n"


def ordered(pdf: bytes) -> bytes:
    """The same document with its objects in the order of a walk from its root.

    Args:
        pdf: as svg2pdf writes it: one table of offsets, no compressed objects.

    Raises:
        ValueError: the document is not of that kind.
    """
    table = pdf.rindex(b"\nxref\n") + 1
    offsets = sorted(int(line[:10]) for line in pdf[table:].splitlines() if line.endswith(b" n"))
    objects = dict(_split(pdf[start:end]) for start, end in zip(offsets, [*offsets[1:], table], strict=True))
    trailer = pdf[pdf.rindex(b"trailer\n") + len(b"trailer\n") : pdf.rindex(b"startxref")]
    order: dict[bytes, bytes] = {}
    waiting = [trailer]
    while waiting:
        found = [number for number in _REFERENCE.findall(waiting.pop()) if number not in order]
        for number in dict.fromkeys(found):
            order[number] = b"%d" % (len(order) + 1)
        waiting += [objects[number][0] for number in reversed(list(dict.fromkeys(found)))]

    def renumbered(text: bytes) -> bytes:
        return _REFERENCE.sub(lambda match: order[match[1]] + b" 0 R", text)

    out, places = bytearray(pdf[: offsets[0]]), []
    for number, new in order.items():
        head, rest = objects[number]
        places.append(len(out))
        out += new + b" 0 obj\n" + renumbered(head) + rest + b"endobj\n\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(order) + 1) + b"".join(
        b"%010d 00000 n \n" % place for place in places
    )
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % (len(order) + 1), renumbered(trailer))
    return bytes(out + b"trailer\n" + trailer + b"startxref\n%d\n%%%%EOF\n" % start)


def _split(raw: bytes) -> tuple[bytes, tuple[bytes, bytes]]:
    """The number of an object, and its dictionary (with what it lists sorted) apart from its stream."""
    match = _OBJECT.fullmatch(raw)
    if not match:
        raise ValueError("not an object of a plain PDF")
    head, mark, stream = match[2].partition(_STREAM)
    return match[1], (
        _RESOURCES.sub(lambda found: found[1] + b"".join(sorted(found[2].splitlines(keepends=True))), head),
        mark + stream,
    )
