"""Who went furthest: the places of the highest steps by a day, with the date of each, as a card beside the map."""

from functools import lru_cache

from atlas.charts.map.view import world_map
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.templating import render
from atlas.words.grammar import texts
from atlas.words.strongest import strongest

# Of one step; the map itself and its table have all.
LISTED = 12


@lru_cache(maxsize=64)
def furthest_html(atlas: Atlas, day: str, dark: bool | None) -> str:
    """The card as HTML, in the page's mode, or in both. Kept: everybody who has chosen nobody sees it."""
    view, prose = world_map(atlas, "peak", day), texts()["map"]["furthest"]
    steps = strongest(atlas, day)
    groups = []
    for klass in view.classes:
        members = [step for step in steps if view.class_of.get(step.place) == klass.id]
        if members:
            groups.append(
                {
                    "klass": klass,
                    "fill": klass.colour.on(dark),
                    "over": klass.strokes.on(dark),
                    "places": [(one.place, atlas.name(one.place), one.when) for one in members[:LISTED]],
                    "more": prose["more"].format(count=len(members) - LISTED) if len(members) > LISTED else "",
                }
            )
    return render(
        "furthest.html", prose=prose, nobody=prose["nobody"].format(day=in_words(day)), groups=groups, day=day
    )
