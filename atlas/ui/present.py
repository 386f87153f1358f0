"""The parts of the Present page: chart, options, preview, files, texts to copy."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from atlas.charts.catalogue import CHARTS, Chart, offered
from atlas.charts.compare.view import FEWEST, INSTRUMENTS, MOST, PLACES
from atlas.charts.options import LONGEST_TEXT
from atlas.charts.strength.view import families
from atlas.charts.view import View
from atlas.draw.sizes import SIZES
from atlas.publish import option_words, picture
from atlas.publish import present as published
from atlas.publish.chart_addresses import Links, links
from atlas.publish.chart_request import Asked
from atlas.publish.embeds import frame_height
from atlas.publish.site.frozen import frozen
from atlas.tables.atlas import Atlas
from atlas.ui import page as ui
from atlas.ui.address import own_address, public_address
from atlas.ui.copies import copies
from atlas.ui.page import Page
from atlas.ui.pickers import places_to_choose
from atlas.ui.url_keys import BY, CARRIED_KEYS, CHART, EMBED, OF_CHARTS, OTHER, PLACE, RELEASE, SIZE, THEME, Key
from atlas.words import texts

# Letters of the terms that stand side by side in the narrow column; more are a list.
SIDE_BY_SIDE = 30
ONE_PLACE = (PLACE.name, OTHER.name)


def chart_picker(here: Page) -> Chart:
    """Which chart; options of the others leave the address."""
    value = st.segmented_control(
        texts()["present"]["chart"],
        offered(here.atlas),
        format_func=lambda slug: CHARTS[slug].name,
        key=CHART.name,
        required=True,
        label_visibility="collapsed",
    )
    return CHARTS[here.address.give(CHART, value)]


def look_picker(here: Page) -> tuple[str, str]:
    """Size of the picture or the embed, and its theme."""
    prose = texts()["present"]
    labels = texts()["pictures"]["sizes"] | {EMBED: prose["embed"]}
    size = st.selectbox(prose["size"], [*SIZES, EMBED], format_func=labels.__getitem__, key=SIZE.name)
    themes = ["light", "dark", "auto"] if size == EMBED else ["light", "dark"]
    if st.session_state[THEME.name] not in themes:
        st.session_state[THEME.name] = themes[0]
    theme = st.segmented_control(
        prose["theme"], themes, format_func=prose["themes"].__getitem__, key=THEME.name, required=True
    )
    return here.address.give(SIZE, size), here.address.give(THEME, theme)


def option_widgets(here: Page, chart: Chart, day: str) -> dict[str, str]:
    """A widget for each option of the chart but its date; returns all values as they stand in an address."""
    values, unused = (
        {option.name: here.address.held(OF_CHARTS[option.name]) for option in chart.options} | {"date": day},
        "",
    )
    for name, key in OF_CHARTS.items():
        if name in values and name not in ("date", unused):
            values[name] = _widget(here, key, _offered(here.atlas, key, day))
        elif key in CARRIED_KEYS and name != "date":
            # What every link of the menu leads on with stays in the address, though this chart has no use for it.
            here.address.give(key, st.session_state[name])
        elif name != "date":
            here.address.leave(key)
        if key is BY and name in values:
            unused = PLACES if values[name] == INSTRUMENTS else INSTRUMENTS
    return values


def _offered(atlas: Atlas, key: Key, day: str) -> list[str]:
    """The terms of an option that mean something on the day, by name."""
    terms = list(families(atlas, day)) if key.name == "unfold" else list(key.terms(atlas))
    by_name = key.name in (PLACES, INSTRUMENTS)
    return sorted(terms, key=lambda term: option_words.term(atlas, key.name, term)) if by_name else terms


def _widget(here: Page, key: Key, terms: list[str]) -> str:
    label = option_words.name(key.name)

    def words(term: str) -> str:
        return option_words.term(here.atlas, key.name, term)

    if not terms:
        return here.address.give(
            key, st.text_input(label, key=key.name, max_chars=LONGEST_TEXT, placeholder=_hint(key))
        )
    if isinstance(st.session_state[key.name], bool):
        return here.address.give(key, st.checkbox(label, key=key.name))
    if isinstance(st.session_state[key.name], list):
        return _several(here, key, terms, words, label)
    if key.name in ONE_PLACE:
        return here.address.give(key, st.selectbox(label, **places_to_choose(here, key, terms)))
    if key.default(here.atlas) and sum(len(words(term)) for term in terms) <= SIDE_BY_SIDE:
        return here.address.give(
            key, st.segmented_control(label, terms, format_func=words, key=key.name, required=True)
        )
    empty: dict[str, Any] = {} if key.default(here.atlas) else {"index": None, "placeholder": _hint(key)}
    return here.address.give(key, st.selectbox(label, terms, format_func=words, key=key.name, **empty))


def _hint(key: Key) -> str:
    """What stands in an empty field."""
    hints = texts()["present"]["hints"]
    return hints.get(key.name, hints[""])


def _several(here: Page, key: Key, terms: list[str], words: Callable[[str], str], label: str) -> str:
    """Several terms; of a comparison at least two, and until then the last ones that were."""
    compared = key.name in (PLACES, INSTRUMENTS)
    st.session_state[key.name] = [term for term in st.session_state[key.name] if term in terms]
    plain = {"options": terms, "format_func": words, "key": key.name}
    listed = places_to_choose(here, key, terms) if key.name == PLACES else plain
    value = st.multiselect(label, **listed, placeholder=_hint(key), max_selections=MOST if compared else None)
    if compared and len(value) < FEWEST:
        ui.block("aside.html", text=texts()["present"]["too_few"])
        return here.address.held(key)
    return here.address.give(key, value)


def asked_for(here: Page, chart: Chart, values: dict[str, str]) -> Asked:
    """The view as an address would ask for it."""
    return Asked(here.atlas, chart, values, st.session_state.get(RELEASE.name) or "")


def public_links(asked: Asked) -> Links:
    """Addresses for others: by the server's setting, else by the visitor's own."""
    return links(asked, public_address())


def preview(asked: Asked, view: View, size: str, theme: str) -> int:
    """The picture or the embed as it will be; returns the height of the picture in pixels of its SVG."""
    if size == EMBED:
        st.iframe(
            links(asked, own_address()).embed(theme),
            height=frame_height(asked),
            alt=texts()["present"]["preview_embed"].format(title=view.title),
        )
        return SIZES["wide"].height
    # A picture for print is as high as it needs to be, so it is drawn to know.
    drawn = SIZES[size] if not SIZES[size].free else picture.picture(asked.atlas, view, size)
    address = links(asked, "").picture("svg", size, theme).lstrip("/")
    ui.block(
        "preview.html",
        address=address,
        alt=f"{texts()['present']['preview']} {view.alt}",
        width=drawn.width,
        height=drawn.height,
    )
    return drawn.height


def take(asked: Asked, view: View, size: str, theme: str, height: int) -> None:
    """Files, and the QR code of the link."""
    here = links(asked, "")
    ui.block(
        "present_take.html",
        prose=texts()["present"],
        stem=f"regime-atlas-{view.slug}-{view.as_of}",
        qr_svg=here.qr("svg").lstrip("/"),
        qr_png=here.qr("png").lstrip("/"),
        files=[
            (label, address.lstrip("/"), note)
            for label, address, note in published.files(here, "wide" if size == EMBED else size, theme, height)
        ],
    )


def copy_list(here: Page, asked: Asked, view: View, size: str, theme: str) -> None:
    """Texts with a button each that copies them."""
    found = published.copies(
        asked, view, public_links(asked), "wide" if size == EMBED else size, theme, frozen(asked, theme)
    )
    copies(here, found)
