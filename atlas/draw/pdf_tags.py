"""Makes a PDF of a picture one that can be read aloud: title, language, the drawing as a tagged figure with its text
alternative, and a link that can be followed.

What WCAG's techniques for PDF ask of an image: a text alternative (PDF1), a link that is one (PDF11), a language
(PDF16), a title that is shown (PDF18). The structure is that of ISO 32000-1, 14.8, as PDF/UA-1 has it; nobody has
certified it, so the file does not claim to be PDF/UA. Nothing in it depends on when or where it is made.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject, NameObject

LANGUAGE, AUTHOR = "en-GB", "The Regime Atlas contributors"
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format>'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    "<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
    "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
)


@dataclass(frozen=True)
class Told:
    """What a picture says beside what it shows.

    Attributes:
        title: its finding.
        alt: its text alternative.
        link: address of its view; empty for none.
        box: where the link can be followed, as left, top, right, bottom in points from the upper left corner.
    """

    title: str
    alt: str
    link: str = ""
    box: tuple[float, float, float, float] = (0, 0, 0, 0)


def tagged(pdf: bytes, told: Told) -> bytes:
    """The same page with title, language, structure and link.

    Args:
        pdf: a document of one page.
        told: what it is to say.
    """
    from pypdf import PdfWriter
    from pypdf.generic import (
        ArrayObject,
        BooleanObject,
        DictionaryObject,
        IndirectObject,
        NameObject,
        NumberObject,
        StreamObject,
    )
    from pypdf.generic import TextStringObject as Text

    writer = PdfWriter(io.BytesIO(pdf), full=True)
    page, root = writer.pages[0], writer.root_object

    def named(**entries: object) -> DictionaryObject:
        return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})

    def name(text: str) -> NameObject:
        return NameObject(f"/{text}")

    def fill(reference: IndirectObject, **entries: object) -> None:
        made = reference.get_object()
        assert isinstance(made, DictionaryObject)
        made.update(named(**entries))

    def stream(content: bytes, **entries: object) -> StreamObject:
        made = StreamObject()
        made.set_data(content)
        made.update(named(**entries))
        return made

    # All that is drawn is the figure.
    marks = page.get_contents()
    assert marks is not None, "a picture has marks"
    drawn = stream(b"/Figure <</MCID 0>> BDC\n" + marks.get_data() + b"\nEMC\n").flate_encode(9)
    writer._replace_object(page.raw_get("/Contents"), drawn)
    tree, document, figure = (writer._add_object(DictionaryObject()) for _ in range(3))
    held, parents = [figure], [NumberObject(0), writer._add_object(ArrayObject([figure]))]
    here = page.indirect_reference
    layout = named(O=name("Layout"), Placement=name("Block"), BBox=ArrayObject(page.mediabox))
    fill(
        figure,
        Type=name("StructElem"),
        S=name("Figure"),
        P=document,
        Pg=here,
        K=NumberObject(0),
        A=layout,
        Alt=Text(told.alt),
        T=Text(told.title),
    )
    if told.link:
        link = writer._add_object(DictionaryObject())
        annotation = writer._add_object(_annotation(told, float(page.mediabox.height), named, name))
        page[name("Annots")] = ArrayObject([annotation])
        target = named(Type=name("OBJR"), Obj=annotation, Pg=here)
        fill(link, Type=name("StructElem"), S=name("Link"), P=document, Pg=here, K=target, Alt=Text(told.link))
        held.append(link)
        parents += [NumberObject(1), link]
    fill(document, Type=name("StructElem"), S=name("Document"), P=tree, K=ArrayObject(held))
    numbers = writer._add_object(named(Nums=ArrayObject(parents)))
    keys = NumberObject(len(held))
    fill(tree, Type=name("StructTreeRoot"), K=document, ParentTree=numbers, ParentTreeNextKey=keys)
    page.update(named(StructParents=NumberObject(0), Tabs=name("S")))
    about = _XMP.format(title=escape(told.title), language=LANGUAGE).encode("utf-8")
    root.update(
        named(
            Lang=Text(LANGUAGE),
            MarkInfo=named(Marked=BooleanObject(True)),
            StructTreeRoot=tree,
            ViewerPreferences=named(DisplayDocTitle=BooleanObject(True)),
            Metadata=writer._add_object(stream(about, Type=name("Metadata"), Subtype=name("XML"))),
        )
    )
    writer.metadata = {"/Title": told.title, "/Author": AUTHOR, "/Producer": "Regime Atlas"}
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _annotation(
    told: Told, height: float, named: Callable[..., "DictionaryObject"], name: Callable[[str], "NameObject"]
) -> "DictionaryObject":
    """The link as an annotation; a PDF counts from the lower left corner."""
    from pypdf.generic import ArrayObject, FloatObject, NumberObject
    from pypdf.generic import TextStringObject as Text

    left, top, right, bottom = told.box
    corners = (left, height - bottom, right, height - top)
    return named(
        Type=name("Annot"),
        Subtype=name("Link"),
        Rect=ArrayObject([FloatObject(round(value, 2)) for value in corners]),
        Border=ArrayObject([NumberObject(0)] * 3),
        A=named(S=name("URI"), URI=Text(told.link)),
        Contents=Text(told.link),
        StructParent=NumberObject(1),
        F=NumberObject(4),
    )
