"""Names of the shapes on slides, for those who look for one in the selection pane or hear it read."""

from atlas.draw.slide_shapes import Names
from atlas.words import texts


def shape_names() -> Names:
    """Names of what has no words of its own."""
    prose = texts()["slides"]
    return Names(
        rest=prose["map"]["rest"],
        places=prose["map"]["group"],
        union=prose["map"]["union"],
        old=prose["map"]["old"],
        ground=prose["ground"],
        key=prose["map"]["key"],
    )
