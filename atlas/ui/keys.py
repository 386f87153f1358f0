"""URL keys: the whole state of a view lives in its address, as short ids.

Streamlit's own binding puts the shown labels into the address; a label may change, an id may not, so the two
are kept in step here. Every key, what it accepts and what it falls back to is named in this module.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from atlas.charts.comparison import FEWEST, MOST
from atlas.charts.strength_chart import FORCES, KINDS, regions
from atlas.charts.timeline import ORDERS, SPANS
from atlas.charts.world_map import READINGS
from atlas.law.strength import compulsory, groups
from atlas.publish.browse import TABLES
from atlas.response.durations import default_start, starts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words, is_real_day
from atlas.tables.releases import releases
from atlas.tables.store import get_store

FIRST_DAY, LAST_DAY = "2025-12-01", "2027-12-31"
LONGEST_SHOWN, LONGEST_TEXT, LONGEST_TURNOVER = 40, 200, 13


@dataclass(frozen=True)
class Key:
    """One key of the address.

    Attributes:
        name: key in the address and of the widget.
        accept: whether a text may stand under it.
        default: the text it falls back to.
        fallback: that default in words, for the notice.
        parse: text to widget value.
        write: widget value to text.
    """

    name: str
    accept: Callable[[Atlas, str], bool]
    default: Callable[[Atlas], str]
    fallback: str
    parse: Callable[[str], object] = field(default=lambda text: text or None)
    write: Callable[[object], str] = field(default=lambda value: str(value) if value is not None else "")


DATE = Key(
    "date", lambda atlas, text: is_real_day(text) and FIRST_DAY <= text <= LAST_DAY, lambda atlas: atlas.package.evidence_to,
    "the last day of the evidence", dt.date.fromisoformat, lambda day: day.isoformat() if day else "",
)
PLACE = Key("place", lambda atlas, text: text in atlas.jurisdictions.index, lambda atlas: "JPN", "Japan")
ONLY = Key("only", lambda atlas, text: text in atlas.jurisdictions.index, lambda atlas: "", "all jurisdictions")
COLOUR = Key("colour", lambda atlas, text: text in READINGS, lambda atlas: "peak", "the strongest step")
TABLE = Key("table", lambda atlas, text: text in TABLES, lambda atlas: "responses", "the responses")
FIND = Key("find", lambda atlas, text: len(text) <= LONGEST_TEXT, lambda atlas: "", "no search", parse=str)

def _several(known: Callable[[Atlas], pd.Index]) -> Callable[[Atlas, str], bool]:
    """Whether a text is a list of as many different ids as a comparison takes."""
    def accept(atlas: Atlas, text: str) -> bool:
        ids = text.split(",")
        return FEWEST <= len(ids) == len(set(ids)) <= MOST and all(one in known(atlas) for one in ids)
    return accept


def _listed(value: object) -> str:
    return ",".join(value) if value else ""


PLACES = Key("places", _several(lambda atlas: atlas.jurisdictions.index), lambda atlas: "JPN,EU", "Japan and the European Union", lambda text: text.split(","), _listed)
LAWS = Key(
    "instruments", _several(lambda atlas: atlas.instruments.index), lambda atlas: "jpn-ai-promotion-act-2025,eu-ai-act",
    "Japan's AI Promotion Act and the EU's AI Act", lambda text: text.split(","), _listed,
)
BY = Key("by", lambda atlas, text: text in ("places", "instruments"), lambda atlas: "places", "jurisdictions")
DIFFERENCES = Key("differences", lambda atlas, text: text in ("", "1"), lambda atlas: "", "all powers", bool, lambda value: "1" if value else "")
COMPULSORY = Key("compulsory", lambda atlas, text: text in ("", "1"), lambda atlas: "", "all powers", bool, lambda value: "1" if value else "")
TURNOVER = Key(
    "turnover", lambda atlas, text: text.isascii() and text.isdigit() and len(text) <= LONGEST_TURNOVER, lambda atlas: "1000000000",
    "one billion US dollars", int, lambda value: str(int(value)) if value is not None else "",
)

def _among(known: Callable[[Atlas], Iterable[str]]) -> Callable[[Atlas, str], bool]:
    """Whether a text is a list of different ids that are known; an empty list is one."""
    def accept(atlas: Atlas, text: str) -> bool:
        ids = text.split(",") if text else []
        return len(ids) == len(set(ids)) and all(one in known(atlas) for one in ids)
    return accept


def _parts(text: str) -> list[str]:
    return text.split(",") if text else []


OTHER = Key("with", lambda atlas, text: text in atlas.jurisdictions.index, lambda atlas: "EU", "the European Union")
REGION = Key("region", lambda atlas, text: text in regions(atlas), lambda atlas: "", "all regions")
KIND = Key("kind", lambda atlas, text: text in KINDS, lambda atlas: "", "all kinds")
FORCE = Key("force", lambda atlas, text: text in FORCES, lambda atlas: "", "any legal force")
UNFOLD = Key("unfold", _among(lambda atlas: atlas.jurisdictions.index), lambda atlas: "", "members and states folded", _parts, _listed)
REFORM = Key("reform", lambda atlas, text: text in atlas.instruments.index, lambda atlas: "", "the first instrument of the list")
GIVE = Key("give", _among(lambda atlas: compulsory()), lambda atlas: "", "no power given", _parts, _listed)
TAKE = Key("take", _among(lambda atlas: compulsory()), lambda atlas: "", "no power taken away", _parts, _listed)
NAMED = Key("named", lambda atlas, text: text in ("", "1"), lambda atlas: "", "the text as it is", bool, lambda value: "1" if value else "")
# One weight a group and a power, 0 to 5; equal weights leave nothing in the address.
WEIGHTS = {
    name: Key(f"w_{name}", lambda atlas, text: text in tuple("012345"), lambda atlas: "1", "a weight of 1", int)
    for name in (*groups(), *compulsory())
}

SINCE = Key(
    "since", lambda atlas, text: text == "" or is_real_day(text) and FIRST_DAY <= text <= LAST_DAY, lambda atlas: "",
    "half a year before the as-of date", lambda text: dt.date.fromisoformat(text) if text else None, lambda day: day.isoformat() if day else "",
)
START = Key("start", lambda atlas, text: text in starts(atlas).index, default_start, "the usual start of the case")
ORDER = Key("order", lambda atlas, text: text in ORDERS, lambda atlas: "first", "the order of first acts")
SPAN = Key("span", lambda atlas, text: text in SPANS, lambda atlas: "half", "the first half of 2026")
ACTIONS = Key("actions", _among(lambda atlas: atlas.package.tables["responses"].vocabulary("action")), lambda atlas: "", "all kinds of acts", _parts, _listed)
BODIES = Key("bodies", _among(lambda atlas: atlas.package.tables["authorities"].vocabulary("authority_type")), lambda atlas: "", "all authorities", _parts, _listed)
REGIONS = Key("regions", _among(regions), lambda atlas: "", "all regions", _parts, _listed)
ACT = Key("act", lambda atlas, text: text in atlas.responses.index or text in set(atlas["context_events"]["event_id"]), lambda atlas: "", "no act")
RELEASE = Key(
    "release", lambda atlas, text: text in {release.version for release in releases(get_store().folder)}, lambda atlas: "", "the newest data release",
)


class Address:
    """Keeps the address and the widgets of one page in step during one run."""

    def __init__(self, atlas: Atlas, page: str, keys: tuple[Key, ...]):
        self.atlas = atlas
        self.notices: list[str] = []
        self._seen = st.session_state.setdefault("_seen", {})
        self._kept = st.session_state.setdefault("_kept", {})
        moved = st.session_state.get("_page") != page
        st.session_state["_page"] = page
        for key in keys:
            self._take(key, moved)

    def _take(self, key: Key, moved: bool) -> None:
        """Before the widget: adopts what the address says if it changed from outside."""
        raw = st.query_params.get(key.name)
        changed = raw != self._seen.get(key.name, _NEVER)
        # On another page the widget is another one to Streamlit, and starts empty unless its value is set anew.
        if not changed and not moved and key.name in st.session_state:
            return
        if raw is not None and key.accept(self.atlas, raw):
            text = raw
        else:
            # The menu drops the address; what the reader had chosen goes along to the next page.
            text = self._kept.get(key.name, key.default(self.atlas)) if raw is None and moved else key.default(self.atlas)
            if raw is not None:
                shown = raw if len(raw) <= LONGEST_SHOWN else raw[:LONGEST_SHOWN] + "…"
                self.notices.append(f"The address asked for the {key.name} “{shown}”, which is not known here. Showing {self._fallback(key)} instead.")
        st.session_state[key.name] = key.parse(text)
        self._seen[key.name] = raw

    def _fallback(self, key: Key) -> str:
        return f"{key.fallback}, {in_words(key.default(self.atlas))}," if key is DATE else key.fallback

    def give(self, key: Key, value: object) -> str:
        """After the widget: writes its value to the address; the default leaves none.

        Returns:
            The value as it stands in an address.
        """
        text = key.write(value) or key.default(self.atlas)
        self._kept[key.name] = text
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
