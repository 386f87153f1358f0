"""A frozen page for each jurisdiction, and the same as JSON: its acts, its law, their sources."""

import json
from collections.abc import Mapping

from atlas.publish import citation
from atlas.publish.places import acts_of, card, instruments_of, summary
from atlas.publish.site.files import Out
from atlas.tables.atlas import Atlas
from atlas.tables.cells import plain
from atlas.tables.dates import in_words
from atlas.templating import render
from atlas.words import texts

PLACES = "place"


def freeze_place(atlas: Atlas, place: str, frame: dict, compared: dict | None, out: Out) -> dict:
    """Writes one place as it stands at the end of the evidence.

    Args:
        atlas: the data.
        place: id.
        frame: values of site_base.html.
        compared: the manifest's entry of the view that compares it with another; None if there is none.
        out: where to.

    Returns:
        The place's entry in the manifest.
    """
    day, package = atlas.package.evidence_to, atlas.package
    what, short = summary(atlas, place, day), card(atlas, place, day)
    acts, later = acts_of(atlas, place, day)
    laws, searches = instruments_of(atlas, place, day), _searches(atlas, place)
    base, name = frame["base"], atlas.name(place)
    link = f"{base}/jurisdiction?place={place}&date={day}" if base else ""
    cite = citation.plain(package, name, link)
    twin = out.put(
        PLACES,
        place,
        "json",
        _json(
            {
                "meta": {
                    "jurisdiction_id": place,
                    "name": name,
                    "as_of": day,
                    "evidence_to": package.evidence_to,
                    "data_version": package.version,
                    "data_digest": atlas.digest,
                    "licence": {
                        "name": package.descriptor["licenses"][0]["name"],
                        "url": package.descriptor["licenses"][0]["path"],
                    },
                    "citation": cite,
                    "caveat": texts()["frozen"]["place"]["caveat"],
                    **({"link": link} if link else {}),
                },
                "title": what.title,
                "response": what.response,
                "law": what.law,
                "acts": acts,
                "instruments": laws,
                "searched_nothing_found": searches,
            }
        ),
    )
    page = render(
        "site_place.html",
        **frame,
        title=what.title,
        description=what.response,
        name=name,
        short=short,
        what=what,
        acts=acts,
        later=later,
        laws=laws,
        searches=searches,
        day=day,
        link=link,
        citation=cite,
        twin=twin["path"],
        compared=compared,
        prose=texts()["frozen"],
        counted=sum(act["counts"] for act in acts),
    )
    return {
        "id": place,
        "name": name,
        "kind": short["kind"],
        "region": short["region"],
        "title": what.title,
        "rung": what.rung,
        "acts": len(acts),
        "instruments": len(laws),
        "live": link,
        "compared": compared["id"] if compared else "",
        "other": _other(atlas, place, compared),
        "evidence_to": what.knowledge.evidence_to,
        "files": [out.put(PLACES, place, "html", page) | {"kind": "html"}, twin | {"kind": "json"}],
    }


def _other(atlas: Atlas, place: str, compared: dict | None) -> str:
    """Whom a place is compared with, as in a sentence; empty for nobody."""
    ids = compared["options"]["places"].split(",") if compared else []
    return " and ".join(atlas.name(one, in_sentence=True) for one in ids if one != place)


def _searches(atlas: Atlas, place: str) -> list[dict]:
    log = atlas["search_log"]
    found = log[(log["jurisdiction_id"] == place) & (log["result"] == "nothing_found")]
    return [
        {
            "question": row.question,
            "method": row.method,
            "searched_on": row.searched_on,
            "words": in_words(row.searched_on),
        }
        for row in found.itertuples()
    ]


def _json(content: dict) -> str:
    return json.dumps(_plain(content), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _plain(value: object) -> object:
    """Anything of a receipt as JSON has it; None for what is missing."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return plain(value)
