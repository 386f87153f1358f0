"""The timeline on slides: the lanes of the picture, all of them, on as many slides as keep them legible."""

from atlas.charts.shape_names import shape_names
from atlas.charts.timeline import scene as timeline_scene
from atlas.charts.timeline.view import TimelineView
from atlas.draw import slide_shapes
from atlas.draw.deck import Deck
from atlas.draw.drawingml import Run, paragraph
from atlas.draw.marks import Box
from atlas.draw.scene import Scene
from atlas.draw.sizes import SLIDE
from atlas.words import texts

# Least height of a lane, in sizes of its name.
LEAST_ROW = 1.5


def draw(deck: Deck) -> None:
    """As many slides as the lanes need; what companies and others did comes first, on the first of them."""
    view, box = deck.view, deck.body()
    assert isinstance(view, TimelineView)
    parts = deck.chunk((*view.context_lanes, *view.lanes), timeline_scene.rows_at(Scene(SLIDE), view, box, LEAST_ROW))
    more = _notes(view)
    for number, lanes in enumerate(parts, start=1):
        stage, scene = deck.slide(number, len(parts), more=more), Scene(SLIDE)
        timeline_scene.draw(scene, deck.atlas, view, box, lanes=lanes)
        slide_shapes.write(scene, stage, shape_names(), view.title, view.alt)
        if not view.lanes:
            nothing = [paragraph([Run(texts()["slides"]["timeline"]["empty"], 14)])]
            stage.text(texts()["slides"]["nothing"], Box(box.x, box.bottom - 20, box.width, 18), nothing)


def _notes(view: TimelineView) -> tuple[str, ...]:
    """What the numbers in the lane of the product mean, and how much lies outside the days shown."""
    prose = texts()["slides"]["timeline"]
    outside = sum(not view.span[0] <= mark.day <= view.span[1] for mark in (*view.marks, *view.events))
    changes = [f"{mark.number}. {mark.text}" for mark in view.events if mark.number]
    return (
        *([prose["changes"], *changes] if changes else ()),
        *([prose["outside"].format(count=outside)] if outside else ()),
    )
