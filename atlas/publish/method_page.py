"""What the Method page shows beside its text: figures first, a score worked out, its list of contents."""

import re

import numpy as np

from atlas.charts.options import FIRST
from atlas.law.strength import compulsory, group_index, groups, levels_of, points, strengths
from atlas.publish.record_addresses import record_path
from atlas.publish.trust import agreement, fully_read, official_shares
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.templating import anchor
from atlas.words import texts
from atlas.words.strength import percent

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
CODED = re.compile(r"`([a-z]{2,3}(?:-[a-z0-9]+)+)(/[a-z_]+)?`")
STATES = ("country", "supranational", "territory")
AUDITED_BY_A_PERSON = 0


def figures(atlas: Atlas) -> list[dict]:
    """The few figures that people come for, each with its words. Those of agreement only where they are built."""
    said, found, day = texts()["method"]["figures"], agreement(atlas), atlas.package.evidence_to
    shown = []
    if found is not None:
        shown = [
            {"value": percent(found[key]["raw"]), "words": said[name].format(pairs=found[key]["pairs"])}
            for name, key in (("agreed", "effective"), ("acts", "acts"))
        ]
    all_places = official_shares(atlas).iloc[-1]
    whole = [place for place in fully_read(atlas, day) if atlas.jurisdictions.at[place, "kind"] in STATES]
    if all_places["acts"]:
        official = percent(all_places["acts_official"] / all_places["acts"])
        shown.append({"value": official, "words": said["official"]})
    shown.append({"value": str(len(whole)), "words": said["read"]})
    return [*shown, {"value": str(AUDITED_BY_A_PERSON), "words": said["persons"]}]


def worked(atlas: Atlas) -> dict | None:
    """The score of the place that is shown first, from its codes; None where too little of its law is read."""
    said, day, place = texts()["method"]["worked"], atlas.package.evidence_to, FIRST.default(atlas)
    score = strengths(atlas, day)[place]
    if score.whole.point is None:
        return None
    (levels,) = levels_of(atlas, day, (place,))
    counts, (partial, full) = points(levels), points(np.array([1.0, 2.0]))
    shown = []
    for number, group in enumerate(groups()):
        rows = [
            {"label": atlas.label("power", power), "level": int(level), "points": f"{count:.0f}"}
            for power, level, count, of in zip(compulsory(), levels, counts, group_index(), strict=True)
            if of == number and not np.isnan(level)
        ]
        mean = said["mean"].format(points=f"{score.groups[group].point:.0f}")
        shown.append({"label": atlas.label("power_group", group), "powers": rows, "mean": mean})
    return {
        "id": "worked",
        "title": said["title"].format(place=atlas.name(place)),
        "deck": said["deck"].format(full=f"{full:.0f}", partial=f"{partial:.0f}"),
        "groups": shown,
        "whole": said["whole"].format(points=f"{score.whole.point:.0f}"),
        "note": said["note"].format(day=in_words(day)),
    }


def contents(blocks: list[dict], codebook: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The list of contents: groups, each with the ids of headings and their words.

    Args:
        blocks: of `atlas.publish.trust.section`.
        codebook: its text as Markdown.
    """
    prose = texts()["method"]
    said = prose["contents"]
    example = prose["worked"]["title"].format(place="").strip(" :")
    short = [(one["id"], one["title"]) for one in prose["sections"]]
    heads = [(anchor(head), head) for head in HEADING.findall(codebook) if anchor(head) != "vocabularies"]
    return [
        (said["short"], [("figures", said["figures"]), ("worked", example), *short]),
        (said["trust"], [(anchor(block["title"]), block["title"]) for block in blocks]),
        (said["codebook"], heads),
        (said["guide"], [("interpretation-guide", said["guide_all"]), ("terms", prose["vocabularies"])]),
    ]


def linked(atlas: Atlas, text: str) -> str:
    """Our Markdown with each record that it names as a link to that record's page."""

    def link(found: re.Match) -> str:
        record, power = found[1], found[2] or ""
        table = "powers" if power else "responses" if record in atlas.responses.index else "instruments"
        known = power or record in atlas.responses.index or record in atlas.instruments.index
        return f"[{found[0]}]({record_path(table, record + power)})" if known else found[0]

    return CODED.sub(link, text)
