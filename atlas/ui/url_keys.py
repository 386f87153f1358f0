"""URL keys: the whole state of a view lives in its address, as short ids.

Streamlit's own binding puts the shown labels into the address; a label may change, an id may not, so the two
are kept in step here. What charts can be asked for stands in `atlas.charts.options`; here each option gets its
widget's value, and the keys of pages alone are added.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from atlas.charts import options
from atlas.charts.catalogue import offered
from atlas.charts.map.view import HATCHED, QUIET
from atlas.charts.options import Option, is_shown, one_of, refusal, several_of
from atlas.charts.strength.order import ORDERS as SORTS
from atlas.draw.sizes import SIZES
from atlas.law.strength import compulsory, groups
from atlas.maps.geometry import unrecorded_name
from atlas.publish.browse import TABLES, every_order, every_term
from atlas.publish.comparison.page import PARTS as COMPARED_PARTS
from atlas.publish.near_misses import near_misses
from atlas.publish.pin_release import release_option
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.web.shell import CARRIED


@dataclass(frozen=True)
class Key(Option):
    """An option with its widget.

    Attributes:
        parse: text to widget value.
        write: widget value to text.
    """

    parse: Callable[[str], object] = field(default=lambda text: text or None)
    write: Callable[[Any], str] = field(default=lambda value: str(value) if value is not None else "")


def _key(option: Option, **how: Any) -> Key:
    """The key of an option, with the given `parse` and `write`."""
    return Key(**vars(option), **how)


def _parts(text: str) -> list[str]:
    return text.split(",") if text else []


def _listed(value: Iterable[str] | None) -> str:
    return ",".join(value) if value else ""


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _switch(name: str, fallback: str) -> Key:
    """A key that is there or not."""
    return Key(
        name,
        lambda atlas, text: text in ("", "1"),
        lambda atlas: "",
        fallback,
        parse=bool,
        write=lambda value: "1" if value else "",
    )


def _place(name: str, default: str, fallback: str) -> Key:
    return _key(one_of(name, lambda atlas: atlas.jurisdictions.index, default, fallback))


DATE = _key(options.DATE, parse=_day, write=_iso)
COLOUR = _key(options.COLOUR)
AGED = _key(options.AGED, parse=lambda text: text == HATCHED, write=lambda value: HATCHED if value else QUIET)
AREA = _key(options.AREA)
PLACE = _key(options.FIRST)
MAP_PLACE = _key(options.ON_MAP)
ONLY = _place("only", "", "all jurisdictions")
OTHER = _key(options.SECOND)
# The matrix of what was read, beside the tables one browses.
COVERAGE = "fields_read"
TABLE = _key(one_of("table", lambda atlas: (*TABLES, COVERAGE), "responses", "the responses"))
FIND = _key(options.FIND, parse=str)
# What a table of the Evidence page is sorted by, and what its rows must be.
SORT = _key(one_of("sort", every_order, "", "the usual order"))
KEPT_ROWS = {
    name: _key(one_of(address, partial(every_term, name=name), "", "every row"))
    for name, address in (("kind", "what"), ("state", "state"), ("counted", "counted"), ("year", "year"))
}
PAGE = Key(
    "page",
    lambda atlas, text: text.isascii() and text.isdigit() and 0 < len(text) <= 6,
    lambda atlas: "1",
    "the first page",
    parse=int,
)

PLACES = _key(options.COMPARED, parse=_parts, write=_listed)
LAWS = _key(options.LAWS, parse=_parts, write=_listed)
BY = _key(options.BY)
DIFFERENCES = _switch("differences", "all powers")
COMPULSORY = _switch("compulsory", "all powers")
PART = _key(one_of("part", lambda atlas: tuple(COMPARED_PARTS), "sanctions", "the sanctions"))
SECTION = _key(one_of("section", lambda atlas: ("weights", "reform", "scatter", "next"), "weights", "the weights"))
RANKING = _key(one_of("sort", lambda atlas: SORTS, SORTS[0], "the order of scores"))
RECEIPTS = _switch("receipts", "closed receipts")
TURNOVER = _key(options.TURNOVER, parse=int, write=lambda value: str(int(value)) if value is not None else "")

REGION = _key(options.REGION)
KIND = _key(options.KIND)
FORCE = _key(options.FORCE)
UNFOLD = _key(options.UNFOLD, parse=_parts, write=_listed)
REFORM = _key(one_of("reform", lambda atlas: atlas.instruments.index, "", "the first instrument of the list"))
GIVE = _key(several_of("give", lambda atlas: compulsory(), "no power given"), parse=_parts, write=_listed)
TAKE = _key(several_of("take", lambda atlas: compulsory(), "no power taken away"), parse=_parts, write=_listed)
NAMED = _switch("named", "the text as it is")
# One weight a group and a power, 0 to 5; equal weights leave nothing in the address.
WEIGHTS = {
    name: _key(one_of(f"w_{name}", lambda atlas: tuple("012345"), "1", "a weight of 1"), parse=int)
    for name in (*groups(), *compulsory())
}

SINCE = Key(
    "since",
    lambda atlas, text: text == "" or is_shown(atlas, text),
    lambda atlas: "",
    "half a year before the as-of date",
    parse=_day,
    write=_iso,
)
START = _key(options.START)
ORDER = _key(options.ORDER)
SPAN = _key(options.SPAN)
ACTIONS = _key(options.ACTIONS, parse=_parts, write=_listed)
BODIES = _key(options.BODIES, parse=_parts, write=_listed)
REGIONS = _key(options.REGIONS, parse=_parts, write=_listed)
ACT = Key(
    "act",
    lambda atlas, text: text in atlas.responses.index or text in set(atlas["context_events"]["event_id"]),
    lambda atlas: "",
    "no act",
)
# Every option of a chart by its name, as the Present page offers them.
OF_CHARTS = {
    key.name: key
    for key in (
        DATE,
        COLOUR,
        AGED,
        ORDER,
        SPAN,
        ACTIONS,
        BODIES,
        REGIONS,
        START,
        BY,
        PLACES,
        LAWS,
        REGION,
        KIND,
        FORCE,
        FIND,
        UNFOLD,
        PLACE,
        OTHER,
    )
}
CHART = _key(one_of("chart", offered, "map", "the map"))
# A size of the picture, or the page for frames.
EMBED = "embed"
SIZE = _key(one_of("size", lambda atlas: (*SIZES, EMBED), "wide", "the wide picture"))
THEME = _key(one_of("theme", lambda atlas: ("light", "dark", "auto"), "light", "light"))
CASE = _key(options.CASE)
RELEASE = _key(release_option(lambda: get_store().folder))


CARRIED_KEYS = tuple(key for key in (DATE, PLACE, CASE, RELEASE) if key.name in CARRIED)


def went_back() -> bool:
    """Whether this run answers Back or Forward: the address then says all, and what it leaves out is the default.

    The menu also comes without a query, but means the reader's choices to go along.
    """
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


# Pages that can show a place of which there is no record.
SHOW_UNRECORDED = ("map", "jurisdiction")


class Address:
    """Keeps the address and the widgets of one page in step during one run."""

    def __init__(self, atlas: Atlas, page: str, keys: tuple[Key, ...]):
        self.atlas = atlas
        self.notices: list[str] = []
        self._seen = st.session_state.setdefault("_seen", {})
        self._kept = st.session_state.setdefault("_kept", {})
        self._page, back = page, went_back()
        moved = st.session_state.get("_page") != page
        st.session_state["_page"] = page
        for key in keys:
            self._take(key, moved, back)
        self.notices += near_misses(st.query_params, [key.name for key in (*keys, *CARRIED_KEYS)])
        for key in CARRIED_KEYS:
            if key not in keys:
                self._carry(key, moved and not back)

    def _carry(self, key: Key, led: bool) -> None:
        """A key that the page has no widget for: it stays in the address, so that every link of the menu leads on with
        it.
        """
        raw = st.query_params.get(key.name)
        text = raw if raw is not None else self.held(key) if led else key.default(self.atlas)
        if key.accept(self.atlas, text):
            self.give(key, key.parse(text))

    def _take(self, key: Key, moved: bool, back: bool) -> None:
        """Before the widget: adopts what the address says if it changed from outside."""
        raw = st.query_params.get(key.name)
        changed = raw != self._seen.get(key.name, _NEVER)
        # On another page the widget is another one to Streamlit, and starts empty unless its value is set anew.
        if not changed and not moved and key.name in st.session_state:
            return
        if raw is not None and key.accept(self.atlas, raw):
            text = raw
        elif key.name == PLACE.name and self._page in SHOW_UNRECORDED and unrecorded_name(self.atlas, raw):
            # A country that nobody has searched is shown as that, and not as another one.
            st.session_state[key.name], self._seen[key.name] = None, raw
            return
        else:
            # The menu drops the address, and a widget that was left out for a while loses its value; what
            # the reader had
            # chosen goes along.
            led = (moved or not changed) and not back
            text = self.held(key) if raw is None and led else key.default(self.atlas)
            if raw is not None:
                self.notices.append(refusal(self.atlas, key, raw))
        st.session_state[key.name] = key.parse(text)
        self._seen[key.name] = raw

    @property
    def unrecorded(self) -> str:
        """Name of the country without a record that the address asks for and this page shows; empty for others."""
        shown = self._page in SHOW_UNRECORDED and st.session_state.get(PLACE.name) is None
        return unrecorded_name(self.atlas, st.query_params.get(PLACE.name)) if shown else ""

    def leave(self, key: Key) -> None:
        """Takes a key out of the address that the view does not use; its value is kept for the next view that does."""
        if key.name in st.query_params:
            del st.query_params[key.name]
        self._seen[key.name] = None

    def held(self, key: Key) -> str:
        """The value that a key last had, as it stands in an address; its default where it would not take that."""
        kept, default = self._kept.get(key.name, ""), key.default(self.atlas)
        return kept if kept and key.accept(self.atlas, kept) else default

    def give(self, key: Key, value: object) -> str:
        """After the widget: writes its value to the address; the default leaves none.

        Returns:
            The value as it stands in an address.
        """
        text = key.write(value) or key.default(self.atlas)
        # What a page falls back to was not chosen: another page may fall back to something else.
        if text != key.default(self.atlas) or key.name in self._kept:
            self._kept[key.name] = text
        if not text:
            self._kept.pop(key.name, None)
        if text != key.default(self.atlas):
            if st.query_params.get(key.name) != text:
                st.query_params[key.name] = text
            self._seen[key.name] = text
        else:
            if key.name in st.query_params:
                del st.query_params[key.name]
            self._seen[key.name] = None
        return text


_NEVER = object()
