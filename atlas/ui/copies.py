"""Texts to take along, each with a button that copies it: for a chart, a place, a comparison."""

from collections.abc import Mapping, Sequence
from functools import cache

import streamlit as st

from atlas.publish.present import Item, quotes
from atlas.ui.address import public_address
from atlas.ui.page import Page
from atlas.ui.script_loader import script_loader
from atlas.ui.url_keys import RELEASE
from atlas.web.files import ASSETS
from atlas.words import texts

PARTS = ASSETS / "copy_list"
NAME = "regime_atlas_copy_list"


@cache
def _parts() -> dict[str, str]:
    """Markup and styles, which this component's script does not load itself."""
    return {kind: (PARTS / f"copy.{kind}").read_text(encoding="utf-8") for kind in ("html", "css")}


def copies(here: Page, found: Mapping[str, Sequence[Item]]) -> None:
    """Texts by group, with a button each that copies them."""
    prose = texts()["present"]
    parts = _parts()
    mount = st.components.v2.component(
        NAME, html=parts["html"], css=parts["css"], js=script_loader("copy_list", "copy")
    )
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
