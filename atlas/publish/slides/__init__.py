"""Views as slides: PowerPoint files whose charts, maps, tables and notes are real objects that can be edited."""

from atlas.publish.slides.deck import SIZES, deck

__all__ = ["SIZES", "deck"]
