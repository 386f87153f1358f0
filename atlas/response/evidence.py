"""What we know about each place: acts found, silence of one kind or another, and how far the evidence reaches."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas.response.ladder import acts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_PAST, days_between, earliest_day
from atlas.tables.method import get_method

FOUND, OFF_LADDER, NOTHING_FOUND, NOT_SEARCHED = "found", "off_ladder", "nothing_found", "not_searched"


@dataclass(frozen=True)
class Knowledge:
    """What is known of one place on a day.

    `state` is `found` (counted acts by that day), `nothing_found` (searched and logged), or `not_searched`;
    `evidence_to` the newest day that a source on its acts reaches (empty where there is none); `stale` whether
    that is older than the day by more than the method's span.
    """

    state: str
    evidence_to: str
    stale: bool

    @property
    def without_step(self) -> str:
        """What a place without a step on the ladder reads, a term of the vocabulary `silence`.

        Where acts were found and none has a rung, they are on the other tracks, and nobody may say that nothing
        was found.
        """
        return OFF_LADDER if self.state == FOUND else self.state

    @property
    def rung_without_step(self) -> int | None:
        """The rung of a place without a step: none where nobody looked, 0 otherwise."""
        return None if self.state == NOT_SEARCHED else 0


@lru_cache(maxsize=4)
def evidence_to(atlas: Atlas) -> pd.Series:
    """Newest day that the evidence on each jurisdiction's acts reaches: the acts' own days and their sources'."""
    frame = acts(atlas)[["response_id", "jurisdiction_id"]]
    by_act = frame.assign(day=atlas.responses.loc[frame["response_id"], "date_earliest"].to_numpy())
    published = atlas["response_sources"].merge(atlas["sources"][["source_id", "published"]], on="source_id")
    published = published[published["published"] != ""]
    # A source dated by month or year certainly reaches the first day of it, and no further can be claimed.
    day = published["published"].map(earliest_day).clip(upper=atlas.package.evidence_to)
    # A page on one party of a joint act says nothing of the others, so joint acts reach their own day only.
    alone = frame.drop_duplicates("response_id", keep=False)
    by_source = published.assign(day=day)[["response_id", "day"]].merge(alone, on="response_id")
    both = pd.concat([by_act[["jurisdiction_id", "day"]], by_source[["jurisdiction_id", "day"]]])
    return both.groupby("jurisdiction_id")["day"].max()


@lru_cache(maxsize=64)
def knowledge(atlas: Atlas, day: str) -> dict[str, Knowledge]:
    """What is known of every jurisdiction on a day.

    A search counts for every as-of date: it looked for acts at any time up to the day it was made. A place
    with acts only after the chosen day was looked at too, so it reads `nothing_found` before them.
    """
    method = get_method()
    frame = acts(atlas)
    reach = evidence_to(atlas)
    acted = set(frame.loc[frame["own"] & frame["counts"] & (frame["from_day"] <= day), "jurisdiction_id"])
    looked = set(frame["jurisdiction_id"])
    log = atlas["search_log"]
    looked |= set(log.loc[log["subject"] == "response", "jurisdiction_id"])
    result = {}
    for place in atlas.jurisdictions.index:
        last = reach.get(place, "")
        state = FOUND if place in acted else NOTHING_FOUND if place in looked else NOT_SEARCHED
        old = state == FOUND and days_between(last or FAR_PAST, day) > method["stale_after_days"]
        result[place] = Knowledge(state, last, old)
    return result
