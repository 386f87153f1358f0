"""The map on a slide: the picture's own marks, each place a shape that can be recoloured or moved alone."""

from atlas.charts.map import scene as map_scene
from atlas.charts.shape_names import shape_names
from atlas.draw import slide_shapes
from atlas.draw.deck import Deck
from atlas.draw.scene import Scene
from atlas.draw.sizes import SLIDE
from atlas.words import texts


def draw(deck: Deck) -> None:
    """One slide with the whole map."""
    view, scene = deck.view, Scene(SLIDE)
    stage = deck.slide(more=(texts()["slides"]["map"]["edit"],))
    map_scene.draw(scene, deck.atlas, view, deck.body())
    slide_shapes.write(scene, stage, shape_names(), view.title, view.alt)
