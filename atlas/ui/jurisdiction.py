"""The parts of the Jurisdiction page: its first screen, contents, acts and searches, laws."""

import streamlit as st

from atlas.draw.palette import ladder_steps
from atlas.publish import dossier
from atlas.publish.places import Summary, acts_of, near_titles
from atlas.response.ladder import acts
from atlas.response.next_step import next_step
from atlas.tables.dates import in_words
from atlas.tables.method import get_method
from atlas.ui import page as ui
from atlas.ui.page import Page
from atlas.ui.url_keys import DATE, PLACES
from atlas.words import texts
from atlas.words.next_step import next_sentence

# Whom a place is compared with where the reader has named nobody.
USUAL, INSTEAD = "EU", "JPN"


def first_screen(here: Page, place: str, day: str, what: Summary) -> None:
    """Sentences, ladder and own timeline; where the place lies, its powers, and the ways onward."""
    atlas, prose = here.atlas, texts()["dossier"]
    steps, name = ladder_steps(here.dark), atlas.name(place, in_sentence=True)
    rung = what.rung or 0
    known = what.knowledge
    other = INSTEAD if place == USUAL else USUAL
    ui.block(
        "dossier.html",
        prose=prose,
        name=name,
        paragraphs=[text for text in (what.response, what.parts, what.beside, what.law) if text],
        rungs=dossier.rungs(atlas, place, day),
        timeline=dossier.own_timeline(atlas, place, day),
        next=next_sentence(atlas, place, next_step(atlas, place, day), rung, day),
        where=dossier.where_image(atlas, place, day, here.dark),
        evidence=_evidence(known.evidence_to, known.stale),
        old=known.stale,
        powers=dossier.powers(atlas, place, day),
        colours={number: fill for number, fill, _, _ in steps},
        lines={number: line for number, _, _, line in steps},
        past=steps[0][2],
        onward=[
            (
                prose["compare" if other == USUAL else "compare_other"].format(name=name),
                f"compare?{PLACES.name}={place},{other}&{DATE.name}={day}",
            ),
            (prose["records"], f"evidence?only={place}&{DATE.name}={day}"),
        ],
    )


def _evidence(reach: str, stale: bool) -> str:
    prose = texts()["dossier"]
    if not reach:
        return prose["no_evidence"]
    return prose["old" if stale else "evidence"].format(day=in_words(reach), days=get_method()["stale_after_days"])


def contents(here: Page, place: str, day: str, laws: int) -> None:
    """The list of contents, which stays in sight, with how much each part holds."""
    frame = acts(here.atlas)
    mine = int(((frame["jurisdiction_id"] == place) & (frame["from_day"] <= day)).sum())
    every = [
        ("acts", mine),
        ("near", len(near_titles(here.atlas, place, day))),
        ("searches", len(_searches(here, place))),
        ("law", laws),
    ]
    with st.container(key="dossier_contents"):
        ui.block(
            "dossier_contents.html",
            contents=texts()["dossier"]["contents"],
            parts=[(name, count) for name, count in every if count or name in ("acts", "law")],
        )


def _searches(here: Page, place: str) -> list[dict]:
    log = here.atlas["search_log"]
    return log[(log["jurisdiction_id"] == place) & (log["result"] == "nothing_found")].to_dict("records")


def acts_and_searches(here: Page, place: str, day: str, what: Summary, opened: bool) -> None:
    """Acts with their receipts, what its parts and its whole did, and the searches that found nothing."""
    found, later = acts_of(here.atlas, place, day)
    prose = texts()["dossier"]
    ui.block(
        "jurisdiction.html",
        acts=found,
        later=later,
        day=day,
        counted=sum(act["counts"] for act in found),
        no_acts=(
            texts()["site"]["empty"]["place"].format(name=here.atlas.name(place))
            if what.rung is None
            else prose["no_acts"]
        ),
        searches=_searches(here, place),
        opened=opened,
        near=near_titles(here.atlas, place, day),
        contents=prose["contents"],
    )


def laws(here: Page, found: list[dict], day: str, opened: bool) -> None:
    """Laws that reach the subject, each to open; those that do not, folded."""
    prose = texts()["dossier"]
    ui.block(
        "instruments.html",
        prose=prose,
        instruments=found,
        reaching=[law for law in found if law["covers_deepfake_ncii"] != "no"],
        others=[law for law in found if law["covers_deepfake_ncii"] == "no"],
        opened=opened,
        deck=prose["laws_deck"].format(day=in_words(day)),
    )
