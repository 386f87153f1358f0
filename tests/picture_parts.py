"""A picture taken apart: its texts with their boxes, its marks by class, its colours.

`python -m tests.picture_parts` writes the references anew; the difference shows what changed in every picture.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch
from xml.etree import ElementTree

from atlas.charts import catalogue
from atlas.draw.fonts import width
from atlas.publish.picture import picture
from atlas.tables.atlas import Atlas, load
from atlas.tables.kept_releases import bridged, load_release, releases
from atlas.tables.schema import DATA

REFERENCES = Path(__file__).parent / "references"
RELEASE = "1.0.0"  # whose data the references show, so that new data change none of them
SIZES = ("wide", "print")  # one that leaves things to the table, and one whose height is free
LINK = "https://atlas.example/view?date=2026-11-23"
SVG = "{http://www.w3.org/2000/svg}"
# Of a font's size above and below the baseline: capitals and descenders.
ABOVE, BELOW = 0.72, 0.22


@dataclass(frozen=True)
class Text:
    """One line as it stands in the picture."""

    words: str
    x: float
    y: float
    right: float
    size: float

    @property
    def top(self) -> float:
        return self.y - ABOVE * self.size

    @property
    def bottom(self) -> float:
        return self.y + BELOW * self.size

    def meets(self, other: "Text") -> bool:
        return self.x < other.right and other.x < self.right and self.top < other.bottom and other.top < self.bottom


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def style_of(root: ElementTree.Element) -> str:
    return re.sub(r"@font-face\{[^}]*\}", "", root.find(f"{SVG}style").text)


def texts_of(svg: str) -> list[Text]:
    """Every line of text, in the order drawn, measured in the size and weight that the style sheet gives it."""
    root = tree(svg)
    sizes = {name: float(size) for name, size in re.findall(r"\.(t\d)\{font-size:([\d.]+)px", style_of(root))}
    found = []
    for element in root.iter(f"{SVG}text"):
        classes = element.get("class").split()
        size = next(sizes[name] for name in classes if name in sizes)
        strong = (
            600 if "t1" in classes or "b" in classes or any("b" in run.get("class").split() for run in element) else 400
        )
        words = "".join(element.itertext())
        wide, x = width(words, size, strong), float(element.get("x"))
        x -= wide / 2 if "m" in classes else wide if "e" in classes else 0
        found.append(Text(words, x, float(element.get("y")), x + wide, size))
    return found


def marks_of(svg: str) -> dict[str, int]:
    """How many places, acts, rows or cells are drawn of each class; one that is drawn twice, as in an inset, counts
    once.
    """
    ids: dict[str, set] = {}

    def walk(element, inherited):
        own = element.get("data-class", inherited)
        if element.get("data-id") and own:
            ids.setdefault(own, set()).add(element.get("data-id"))
        for child in element:
            walk(child, own)

    walk(tree(svg), "")
    return {name: len(found) for name, found in sorted(ids.items())}


def legend_of(svg: str) -> dict[str, str]:
    """The words of the legend by class."""
    return {
        group.get("data-key"): "".join(group.itertext()) for group in tree(svg).iter(f"{SVG}g") if group.get("data-key")
    }


def colours_of(svg: str) -> list[str]:
    return sorted(set(re.findall(r"#[0-9A-Fa-f]{6}\b", style_of(tree(svg)))))


def shapes_of(svg: str) -> dict[str, int]:
    return dict(sorted(Counter(element.tag.removeprefix(SVG) for element in tree(svg).iter()).items()))


def reference_atlas() -> Atlas:
    return bridged(load_release(next(release for release in releases() if release.version == RELEASE)), load(DATA))


def structure(atlas: Atlas, slug: str) -> dict:
    """What the reference of a chart holds. Without ranges: those are built for the data of the day."""
    with (
        patch("atlas.law.standing.built", lambda *given: None),
        patch("atlas.charts.strength.view.mark", lambda atlas: "none"),
        patch("atlas.charts.powers_response.view.mark", lambda atlas: "none"),
    ):
        chart = catalogue.CHARTS[slug]
        view = catalogue.view(atlas, slug, catalogue.read(atlas, chart, {})[0])
        pictures = {size: picture(atlas, view, size, False, LINK).svg for size in SIZES}
        dark = picture(atlas, view, "wide", True, LINK).svg
    return {
        "colours": {"light": colours_of(pictures["wide"]), "dark": colours_of(dark)},
        **{
            size: {"texts": [text.words for text in texts_of(svg)], "marks": marks_of(svg), "shapes": shapes_of(svg)}
            for size, svg in pictures.items()
        },
    }


def main() -> None:
    REFERENCES.mkdir(exist_ok=True)
    atlas = reference_atlas()
    for slug in catalogue.CHARTS:
        text = json.dumps(structure(atlas, slug), ensure_ascii=False, indent=1)
        (REFERENCES / f"picture-{slug}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
