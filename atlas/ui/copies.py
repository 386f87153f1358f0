"""Texts to take along, each with a button that copies it: for a chart, a place, a comparison."""

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256

import streamlit as st

from atlas.publish.present import Item, quotes
from atlas.ui.address import public_address
from atlas.ui.keys import RELEASE
from atlas.ui.page import Page
from atlas.web.files import ASSETS
from atlas.words import texts

PARTS = ASSETS / "copy_list"
NAME = "regime_atlas_copy_list"
LOADER = """
const address = new URL("assets/copy_list/copy.js?v=%s", document.baseURI).href;
export default async function (component) {
  return (await import(address)).default(component);
}
"""


@cache
def _parts() -> dict[str, str]:
    """Markup, styles and the few lines that load the script at the address of its content."""
    digest = sha256((PARTS / "copy.js").read_bytes()).hexdigest()[:12]
    return {kind: (PARTS / f"copy.{kind}").read_text(encoding="utf-8") for kind in ("html", "css")} | {
        "js": LOADER % digest
    }


def copies(here: Page, found: Mapping[str, Sequence[Item]]) -> None:
    """Texts by group, with a button each that copies them."""
    prose = texts()["present"]
    mount = st.components.v2.component(NAME, **_parts())
    mount(
        key="copy_list",
        data={
            "dark": here.dark,
            "copy": prose["copy"],
            "copied": prose["copied"],
            "failed": prose["failed"],
            "groups": [
                {
                    "id": group,
                    "title": prose["groups"][group],
                    "words": group != "frames",
                    "items": [vars(item) for item in items],
                }
                for group, items in found.items()
            ],
        },
    )


def quote(here: Page, title: str, sentence: str, day: str, path: str) -> None:
    """Under a place or a comparison: its sentence with day, data and link, and how to cite it.

    Args:
        path: of the page with its query, from the site's root.
    """
    release = st.session_state.get(RELEASE.name)
    link = f"{public_address()}/{path}" + (f"&{RELEASE.name}={release}" if release else "")
    copies(here, quotes(here.atlas, title, sentence, day, link))
