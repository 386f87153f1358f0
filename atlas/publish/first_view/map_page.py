"""The first view of the map's page."""

from markupsafe import Markup

from atlas.charts.map.view import QUIET, readings
from atlas.charts.options import ON_MAP, read, refusal
from atlas.draw.drawing import inline
from atlas.maps.geometry import unrecorded_name
from atlas.publish.embeds.figures import MAP_WIDTH
from atlas.publish.first_view.parts import FirstView, Page, beside, day_field, legend, map_foot, place_field, take, twin
from atlas.publish.furthest import furthest_html
from atlas.publish.picture import drawing
from atlas.publish.places import card_html
from atlas.publish.small_maps import small_maps_html
from atlas.templating import render
from atlas.words import texts


def _small_maps(page: Page) -> Markup:
    """The days on which the case turned, as under the app's map."""
    view, pictures = small_maps_html(page.atlas, page.day, None, page.asked.release)
    head = render("section_head.html", id="small-maps", title=view.title, deck=view.deck)
    return Markup(head) + Markup(pictures) + map_foot(view) + twin(page, view, texts()["map"]["small"]["label"])


def map_page(page: Page) -> FirstView:
    """Readings as links, the map, its legend, the card of the place, and what leads on."""
    atlas, values, prose = page.atlas, page.asked.values, texts()["first"]
    view = page.asked.view()
    drawn = inline(view.alt, {"map": drawing(atlas, view, MAP_WIDTH, keys=False)})
    place, refused = read(atlas, (ON_MAP,), page.query)
    chosen, asked_for = place[ON_MAP.name], page.query.get(ON_MAP.name, "")
    unrecorded = unrecorded_name(atlas, asked_for)
    onward: list[tuple[str, str]] = []
    if unrecorded:
        said = texts()["map"]["unrecorded"]
        card = render(
            "unrecorded.html", title=said["title"].format(name=unrecorded), said=said["why"], tell=said["tell"]
        )
        refused = []
    elif not chosen:
        card = furthest_html(atlas, page.day, None)
    else:
        card = card_html(atlas, chosen, page.day, None)
        name = atlas.name(chosen, in_sentence=True)
        onward = [
            (page.address("jurisdiction", place=chosen, date=page.day), prose["all_about"].format(name=name)),
            (page.address("compare", places=beside(chosen), date=page.day), prose["compare"]),
        ]
    kept = {ON_MAP.name: asked_for if unrecorded or chosen != ON_MAP.default(atlas) else ""}
    named = page.day if "date" in page.query else ""
    body = render(
        "first_map.html",
        prose=prose,
        readings=page.choices(
            prose["readings"],
            [
                (
                    page.address("", date=named, colour=one, **kept),
                    texts()["map"]["readings"][one]["label"],
                    one == values["colour"],
                )
                for one in readings(atlas)
            ],
        ),
        figure=Markup(drawn.html),
        legend=legend(view),
        form=page.form(
            place_field(atlas, ON_MAP.name, chosen, prose["form"]["place"], texts()["map"]["nobody"]),
            colour=values["colour"],
            aged=values["aged"] if values["aged"] != QUIET else "",
        ),
        day_field=day_field(page).html(),
        foot=map_foot(view),
        after=take(page) + twin(page, view, prose["tables"]["map"]) + _small_maps(page),
        card=Markup(card),
        onward=onward,
    )
    notices = tuple(refusal(atlas, one, page.query[one.name]) for one in refused)
    return FirstView(view.title, view.deck, Markup(body), drawn.css, notices=notices)
