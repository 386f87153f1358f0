"""URL keys: the whole state of a view lives in its address, as short ids.

Streamlit's own binding puts the shown labels into the address; a label may change, an id may not, so the two
are kept in step here. Every key, what it accepts and what it falls back to is named in this module.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from atlas.charts.world_map import READINGS
from atlas.publish.browse import TABLES
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words, is_real_day

FIRST_DAY, LAST_DAY = "2025-12-01", "2027-12-31"
LONGEST_SHOWN, LONGEST_TEXT = 40, 200


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
        if not changed and key.name in st.session_state:
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
