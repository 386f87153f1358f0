"""Which places of a map are drawn as shapes and which as circles, decided once for page, picture and slide."""

from dataclasses import dataclass
from functools import cached_property

from atlas.charts.view import View
from atlas.tables.atlas import Atlas


@dataclass(frozen=True)
class Placing:
    """The places of one map.

    Attributes:
        world: ids of countries and territories with a shape of their own, in the order of the view.
        parts: ids of states and provinces with a shape, drawn over their country.
        circles: ids of small places and of places without a shape, sorted, the Union last; drawn over the shapes.
        ended: those of `world` and `parts` that have an outline of their own, as their step has ended.
        hatched: those of `world` and `parts` whose old evidence is hatched.
    """

    world: tuple[str, ...]
    parts: tuple[str, ...]
    circles: tuple[str, ...]
    ended: tuple[str, ...]
    hatched: tuple[str, ...]

    @cached_property
    def shapes(self) -> tuple[str, ...]:
        return self.world + self.parts


def placing(atlas: Atlas, view: View) -> Placing:
    """Sorts the places of a map. The Union is a circle at its seat; its outline over the members is drawn apart."""
    places = atlas.jurisdictions
    layer, small = places["map_layer"], places["small"]
    classes = {klass.id: klass for klass in view.classes}
    shown = [
        place
        for place, identity in view.class_of.items()
        if identity in classes and _stands_alone(classes[identity].texture, layer[place])
    ]
    world = tuple(place for place in shown if layer[place] == "world")
    parts = tuple(place for place in shown if layer[place] not in ("world", "point", "overlay"))
    ended = tuple(place for place in world + parts if classes[view.class_of[place]].texture == "ended")
    hatched = tuple(place for place in world + parts if place in view.stale)
    circles = sorted(
        (place for place in shown if small[place] or layer[place] in ("point", "overlay")),
        key=lambda place: (layer[place] == "overlay", place),
    )
    return Placing(world, parts, tuple(circles), ended, hatched)


def _stands_alone(texture: str, layer: str) -> bool:
    """A part of a country of which nothing is known does not cover what is known of the whole."""
    return layer == "world" or texture != "open"


def coloured(view: View, where: Placing) -> tuple[str, ...]:
    """Those of the places that are drawn in a colour of the legend, and not as ground."""
    return tuple(
        place
        for place in dict.fromkeys((*where.shapes, *where.circles))
        if view.klass(view.class_of[place]).texture != "open"
    )
