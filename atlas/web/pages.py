"""Light pages beside the app: no script, no session; one style sheet inside the page, one font from our own server."""

from functools import cache

from atlas.publish.feeds import alternates
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.templating import render
from atlas.web.files import ASSETS
from atlas.web.policy import document_policy
from atlas.web.public_address import Site
from atlas.web.response_cache import LATER, NO_DATA, Body, body
from atlas.words import texts

HTML = "text/html; charset=utf-8"


@cache
def style(root: str) -> str:
    """The style sheets, of the page and of the phone's menu, with the font's address below `root`."""
    sheets = (ASSETS / "light_page.css", ASSETS / "phone_bar" / "bar.css")
    return "\n".join(sheet.read_text(encoding="utf-8").strip() for sheet in sheets).replace("@root@", root)


@cache
def _policy(root: str) -> str:
    """Nothing runs on these pages, nothing but the style sheet and our font is used, and the one form is the search."""
    return f"{document_policy(styles=[style(root)], forms=True)}; frame-ancestors 'self'"


def frame(atlas: Atlas, where: Site, title: str, description: str, path: str) -> dict:
    """Values of light_page.html.

    Args:
        path: address of the page from the site's root, without a slash before it; empty if it is to have none.
    """
    package = atlas.package
    return {
        "style": style(where.root),
        "root": where.root,
        "title": title,
        "description": description,
        "canonical": f"{where.base}/{path}" if path else "",
        "feeds": alternates(where.root),
        "version": package.version,
        "evidence_to": in_words(package.evidence_to),
        "licence": package.descriptor["licenses"][0],
        "box": texts()["find"],
        "menu": texts()["site"]["menu"],
        "phone": texts()["site"]["phone"],
    }


def html(where: Site, content: str, headers: dict[str, str] | None = None, status: int = 200) -> Body:
    """A page with the headers that keep it what it is."""
    own = {"Content-Security-Policy": _policy(where.root), "Referrer-Policy": "no-referrer"}
    return body(content, HTML, own | (headers or {}), status)


def no_data_page(where: Site) -> Body:
    """What a reader sees while there are no data to serve."""
    site = texts()["site"]
    content = render(
        "no_data_page.html",
        style=style(where.root),
        root=where.root,
        name=site["name"],
        said=NO_DATA,
        what=site["no_data"]["light"],
    )
    return html(where, content, LATER, 503)
