"""The first view of a place's page."""

from atlas.charts.options import FIRST, read, refusal
from atlas.draw.palette import ladder_steps
from atlas.maps.geometry import unrecorded_name
from atlas.publish import dossier
from atlas.publish.first_view.parts import FirstView, Page, beside, blocks, day_field, place_field
from atlas.publish.places import Summary, acts_of, instruments_of, near_titles, summary
from atlas.response.next_step import next_step
from atlas.tables.dates import in_words
from atlas.tables.method import get_method
from atlas.templating import render
from atlas.words import texts
from atlas.words.next_step import next_sentence


def place_page(page: Page) -> FirstView:
    """What is said of the place, its acts, the searches that found nothing, and its law."""
    atlas, day, prose = page.atlas, page.day, texts()["first"]
    found, refused = read(atlas, (FIRST,), page.query)
    place = found[FIRST.name]
    form = page.form(place_field(atlas, FIRST.name, place, prose["form"]["place"]), day_field(page))
    if name := unrecorded_name(atlas, page.query.get(FIRST.name, "")):
        said = texts()["map"]["unrecorded"]
        return FirstView(said["title"].format(name=name), said["why"], blocks(form))
    what = summary(atlas, place, day)
    opened = page.query.get("receipts") == "1"
    told, laws = texts()["dossier"], instruments_of(atlas, place, day)
    acts, later = acts_of(atlas, place, day)
    log = atlas["search_log"]
    mine = log[(log["jurisdiction_id"] == place) & (log["result"] == "nothing_found")]
    nobody = texts()["site"]["empty"]["place"].format(name=atlas.name(place))
    body = blocks(
        form,
        _first_screen(page, place, what),
        render(
            "jurisdiction.html",
            acts=acts,
            later=later,
            day=day,
            counted=sum(act["counts"] for act in acts),
            no_acts=nobody if what.rung is None else told["no_acts"],
            searches=mine.to_dict("records"),
            opened=opened,
            near=near_titles(atlas, place, day),
            contents=told["contents"],
        ),
        render(
            "instruments.html",
            prose=told,
            instruments=laws,
            reaching=[law for law in laws if law["covers_deepfake_ncii"] != "no"],
            others=[law for law in laws if law["covers_deepfake_ncii"] == "no"],
            opened=opened,
            deck=told["laws_deck"].format(day=in_words(day)),
        ),
    )
    notices = tuple(refusal(atlas, one, page.query[one.name]) for one in refused)
    return FirstView(what.title, "", body, sheets=("jurisdiction",), notices=notices)


def _first_screen(page: Page, place: str, what: Summary) -> str:
    """Sentences, ladder and own timeline; where the place lies, its powers, and the ways onward."""
    atlas, day, prose = page.atlas, page.day, texts()["dossier"]
    steps, name, known = ladder_steps(None), atlas.name(place, in_sentence=True), what.knowledge
    reach = prose["no_evidence"]
    if known.evidence_to:
        said = prose["old" if known.stale else "evidence"]
        reach = said.format(day=in_words(known.evidence_to), days=get_method()["stale_after_days"])
    compare = prose["compare_other" if place == "EU" else "compare"].format(name=name)
    return render(
        "dossier.html",
        prose=prose,
        name=name,
        paragraphs=[text for text in (what.response, what.parts, what.beside, what.law) if text],
        rungs=dossier.rungs(atlas, place, day),
        timeline=dossier.own_timeline(atlas, place, day),
        next=next_sentence(atlas, place, next_step(atlas, place, day), what.rung or 0, day),
        where=dossier.where_image(atlas, place, day, False),
        evidence=reach,
        old=known.stale,
        powers=dossier.powers(atlas, place, day),
        colours={number: fill for number, fill, _, _ in steps},
        lines={number: line for number, _, _, line in steps},
        past=steps[0][2],
        onward=[
            (compare, f"compare?places={beside(place)}&date={day}"),
            (prose["records"], f"evidence?only={place}&date={day}"),
        ],
    )
