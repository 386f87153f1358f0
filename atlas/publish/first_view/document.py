"""The first view as markup that stands in the page's document for readers without scripts."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup

from atlas import templating
from atlas.publish.chart_addresses import links
from atlas.publish.chart_request import Asked
from atlas.publish.first_view.compare_page import compare_page
from atlas.publish.first_view.map_page import map_page
from atlas.publish.first_view.parts import FirstView, Page, pinned
from atlas.publish.first_view.place_page import place_page
from atlas.publish.first_view.strength_page import strength_page
from atlas.publish.first_view.text_pages import evidence_page, method_page, present_page
from atlas.publish.first_view.timeline_page import timeline_page
from atlas.publish.pin_release import with_view
from atlas.templating import render
from atlas.words import texts

ASSETS = Path(templating.__file__).parent / "assets"
_MAKE: dict[str, Callable[[Page], FirstView]] = {
    "": map_page,
    "compare": compare_page,
    "strength": strength_page,
    "timeline": timeline_page,
    "jurisdiction": place_page,
    "present": present_page,
    "evidence": evidence_page,
    "method": method_page,
}
# Options that every link of the menu carries along.
_CARRIED = ("date", "place")


def first_view(asked: Asked, page: str, query: Mapping[str, str], base: str) -> str:
    """The first view of a page for its whole address; empty for a page that has none.

    Args:
        asked: the chart that stands for the page, as the address asks for it.
        page: path of the page, the start page's empty.
        query: of the address.
        base: address of the site, without a slash at its end.
    """
    make = _MAKE.get(page)
    if make is None:
        return ""
    meant = Page(page, asked, query, links(asked, base), pinned(asked))
    view = make(meant)
    carried = urlencode({name: query[name] for name in _CARRIED if _accepted(meant, name)} | meant.pinned)
    html = render(
        "first_view.html",
        view=FirstView(view.title, view.deck, view.body, notices=(*asked.notices, *view.notices)),
        style=Markup(_style(*view.sheets) + view.css),
        prose=texts()["first"],
        box=texts()["find"],
        name=texts()["site"]["name"],
        menu=list(texts()["site"]["menu"].items()),
        page=page,
        carried=f"?{carried}" if carried else "",
        embedded=query.get("embed") == "true",
    )
    return with_view(html, asked.case, asked.release)


def _accepted(page: Page, name: str) -> bool:
    asked = page.query.get(name)
    return asked is not None and (asked == page.day if name == "date" else asked in page.atlas.jurisdictions.index)


@cache
def _style(*sheets: str) -> str:
    """The app's own sheets in both modes, and what the first view adds."""
    named = {
        name: (ASSETS / f"{name}.css").read_text(encoding="utf-8") for name in ("app", "controls", "first", *sheets)
    }
    dark = (ASSETS / "dark.css").read_text(encoding="utf-8").splitlines()[0]
    return "".join(
        [named["app"], f"@media screen and (prefers-color-scheme:dark){{{dark}}}", *list(named.values())[1:]]
    )
