"""What a browser paints: the computed colours and textures of marks and of legends, read from a page in one go.

Marks carry the id of their class as `data-class`, entries of a legend as `data-key`; so every chart is read alike.
"""

import json
from dataclasses import dataclass, field
from functools import cache

from atlas.draw import palette
from atlas.draw.palette import Colour, over
from atlas.publish.embeds import theme

# A function, not an expression: the pages' security policy lets nothing be evaluated from text.
READ = """root => {
  const see = one => one.checkVisibility({visibilityProperty: true}) && !one.closest("defs, pattern, clipPath, .off");
  const clear = paint => !paint || paint === "none" || /^rgba\\(.*, 0\\)$/.test(paint);
  const ink = paint => { const found = /rgba?\\([^)]*\\)/g; return (paint.match(found) || []).find(one => !clear(one)) || ""; };
  const pattern = paint => {
    const named = /url\\("?#([^")]+)"?\\)/.exec(paint), held = named && document.getElementById(named[1]);
    if (!held) return null;
    const mark = held.firstElementChild, style = getComputedStyle(mark);
    return {name: mark.tagName === "circle" ? "dots" : mark.getAttribute("d").includes("H") ? "lines" : "hatch",
            colour: mark.tagName === "circle" ? style.fill : style.stroke};
  };
  const gradient = image => !image || image === "none" || image.startsWith("linear") ? null
    : {name: image.startsWith("radial") ? "dots" : image.includes("135deg") ? "hatch" : "lines", colour: ink(image)};
  const svg = "path, rect, circle, line, polygon, text, tspan, use";
  const found = [];
  for (const one of document.querySelectorAll(`${root} :is(${svg}), ${root} i`)) {
    if (!see(one) || (one.tagName === "text" && one.querySelector("tspan"))) continue;
    const style = getComputedStyle(one), inSvg = one instanceof SVGElement;
    const key = one.closest("[data-key]"), held = one.closest("[data-class]"), mark = one.closest("[data-id]");
    // A line has no area to fill, whatever its fill is.
    const flat = inSvg && (one.tagName === "line" || (one.tagName === "path" && (box => !box.width || !box.height)(one.getBBox())));
    const texture = inSvg ? pattern(style.fill) : gradient(style.backgroundImage);
    const stood = one.tagName === "use" ? document.querySelector(one.getAttribute("href")) : null;
    found.push({
      tag: one.tagName, key: key ? key.dataset.key : null,
      klass: stood ? stood.closest("[data-class]").dataset.class : held ? held.dataset.class : null,
      id: (stood || mark || {dataset: {}}).dataset.id || null,
      fill: flat || (texture && inSvg) ? "" : inSvg ? (clear(style.fill) ? "" : style.fill) : ink(style.backgroundColor),
      line: inSvg ? (clear(style.stroke) ? "" : style.stroke) : "",
      texture,
      text: one.tagName === "text" || one.tagName === "tspan",
    });
  }
  return found;
}"""


@dataclass(frozen=True)
class Painted:
    """One shape as painted: `#RRGGBB`, empty for nothing.

    Attributes:
        tag: name of its element.
        key: class of the legend's entry that it stands in; None for none.
        klass: class that it shows; None for none.
        id: place or act that it shows; None for none.
        fill, line: colours.
        texture: name and colour; None for none.
        text: whether it is writing.
    """

    tag: str
    key: str | None
    klass: str | None
    id: str | None
    fill: str
    line: str
    texture: tuple[str, str] | None
    text: bool


@dataclass
class Legend:
    """Fills and textures of one class's key."""

    fills: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    textures: set[tuple[str, str]] = field(default_factory=set)


def painted(frame, root: str = ".chart") -> list[Painted]:
    """What is painted within a part of a page or frame."""
    return [
        Painted(
            one["tag"],
            one["key"],
            one["klass"],
            one["id"],
            hexed(one["fill"]),
            hexed(one["line"]),
            (one["texture"]["name"], hexed(one["texture"]["colour"])) if one["texture"] else None,
            one["text"],
        )
        for one in frame.evaluate(READ, root)
    ]


def hexed(colour: str) -> str:
    """`rgb(…)` as `#RRGGBB`; what is half transparent stays as it is."""
    if not colour.startswith("rgb("):
        return colour
    return "#" + "".join(f"{int(part):02X}" for part in colour[4:-1].split(","))


def legend(marks: list[Painted]) -> dict[str, Legend]:
    """Keys of a page by class."""
    found: dict[str, Legend] = {}
    for one in marks:
        if one.key and not one.text:
            entry = found.setdefault(one.key, Legend())
            entry.fills |= {one.fill} - {""}
            entry.lines |= {one.line} - {""}
            entry.textures |= {one.texture} - {None}
    return found


def frozen_pages(place, kind: str, theme: str | None = None):
    """Views of a frozen site, each with the path of its file of a kind."""
    for view in json.loads((place / "manifest.json").read_text(encoding="utf-8"))["views"]:
        for one in view["files"]:
            if one["kind"] == kind and theme in (None, one.get("theme")):
                yield view, one["path"]


@cache
def colours(dark: bool) -> frozenset[str]:
    """Every colour that a chart may have in a mode."""
    found = set()

    def walk(value):
        if isinstance(value, Colour):
            found.update({value.on(dark), over(value.on(dark))})
        elif isinstance(value, dict):
            for one in value.values():
                walk(one)
        elif isinstance(value, tuple):
            for one in value:
                walk(one)

    for module in (palette, theme):
        for value in vars(module).values():
            walk(value)
    return frozenset(found)
