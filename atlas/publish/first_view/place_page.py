"""The first view of a place's page."""

from atlas.charts.options import FIRST, read, refusal
from atlas.maps.geometry import unrecorded_name
from atlas.publish.first_view.parts import FirstView, Page, blocks, day_field, place_field
from atlas.publish.places import acts_of, instruments_of, near_titles, summary
from atlas.tables.dates import in_words
from atlas.templating import render
from atlas.words import texts


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
    acts, later = acts_of(atlas, place, day)
    log = atlas["search_log"]
    mine = log[(log["jurisdiction_id"] == place) & (log["result"] == "nothing_found")]
    nobody = texts()["site"]["empty"]["place"].format(name=atlas.name(place))
    body = blocks(
        form,
        render("lead.html", paragraphs=[text for text in (what.response, what.parts, what.beside, what.law) if text]),
        render(
            "jurisdiction.html",
            acts=acts,
            later=later,
            day=day,
            counted=sum(act["counts"] for act in acts),
            no_acts=nobody if what.rung is None else prose["no_acts"],
            searches=mine.to_dict("records"),
            opened=opened,
            near=near_titles(atlas, place, day),
            contents=texts()["site"]["contents"],
        ),
        render(
            "instruments.html",
            instruments=instruments_of(atlas, place, day),
            opened=opened,
            deck=prose["instruments"].format(day=in_words(day)),
        ),
    )
    notices = tuple(refusal(atlas, one, page.query[one.name]) for one in refused)
    return FirstView(what.title, "", body, notices=notices)
