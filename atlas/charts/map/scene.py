"""The map as SVG: each shape once, grouped by class, so that a whole world stays small.

Where a picture leaves height below the world, Europe is drawn again larger: most of the small places lie there.
"""

from dataclasses import dataclass

from atlas.charts.map.places import Placing, placing
from atlas.charts.view import View
from atlas.draw import legend
from atlas.draw.canvas import Box, Canvas, escape, number
from atlas.maps.geometry import get_geometry, get_paths
from atlas.maps.paths import coarse, within
from atlas.tables.atlas import Atlas
from atlas.words import texts

# Windows of the grid of `paths.json`: the world as far as it has shapes, and Europe.
WORLD = Box(90, 0, 9460, 4180)
EUROPE = Box(4290, 215, 1330, 1010)
INLINE_UNIT = 3  # units of the grid to one of an inline map: a quarter of a pixel at 800 pixels
COAST_WIDTH, UNION_WIDTH, RADIUS = 0.6, 1.2, 0.3  # the last in sizes of small text


@dataclass(frozen=True)
class _Fit:
    """Where a window of the grid falls: scale and shift to pixels."""

    window: Box
    scale: float
    x: float
    y: float

    def transform(self, unit: int = 1) -> str:
        """As an attribute, for coordinates in so many units of the grid."""
        return f"translate({number(self.x - self.window.x * self.scale)} {number(self.y - self.window.y * self.scale)})scale({self.scale * unit:.5g})"

    def point(self, grid: list[int]) -> tuple[float, float]:
        return self.x + (grid[0] - self.window.x) * self.scale, self.y + (grid[1] - self.window.y) * self.scale

    def holds(self, grid: list[int]) -> bool:
        return self.window.x < grid[0] < self.window.right and self.window.y < grid[1] < self.window.bottom


def draw(canvas: Canvas, atlas: Atlas, view: View, box: Box, keys: bool = True) -> float:
    """The map and its legend in a box.

    Args:
        canvas: gets the marks.
        atlas: the data behind the view.
        view: the map.
        box: room; the map is as wide as it allows.
        keys: whether the legend is drawn; without it the map has the box for itself.

    Returns:
        The bottom of what was drawn.
    """
    where = placing(atlas, view)
    entries = _entries(canvas, atlas, view, where) if keys else []
    beside = legend.column_width(canvas, entries) + 2 * canvas.type.body
    gap = canvas.type.body * 0.8 if keys else 0
    below = legend.flow_height(canvas, entries, box.width) + gap if keys else 0
    ratio = WORLD.height / WORLD.width
    under, aside = min(box.width, (box.height - below) / ratio), min(box.width - beside, box.height / ratio)
    tall = len(entries) * legend.PITCH * canvas.type.body
    if not keys or under >= aside or tall > box.height:
        return _under(canvas, atlas, view, where, box, entries, under, gap)
    scale = aside / WORLD.width
    top = box.y + (box.height - aside * ratio) / 2
    _world(canvas, atlas, view, where, _Fit(WORLD, scale, box.x, top))
    legend.column(canvas, entries, box.right - beside + 2 * canvas.type.body, box.y + (box.height - tall) / 2)
    return box.bottom


def _under(
    canvas: Canvas,
    atlas: Atlas,
    view: View,
    where: Placing,
    box: Box,
    entries: list[legend.Entry],
    wide: float,
    gap: float,
) -> float:
    """The world with the legend under it; and with Europe beside the legend where that fits."""
    tall = wide * WORLD.height / WORLD.width
    fit = _Fit(WORLD, wide / WORLD.width, box.x + (box.width - wide) / 2, box.y)
    _world(canvas, atlas, view, where, fit)
    rest = Box(box.x, box.y + tall + gap, box.width, box.height - tall - gap)
    for step in (2, 3):
        side = legend.column_width(canvas, entries, step) + 3 * canvas.type.body
        unit = len(entries) * canvas.type.of(step)
        room = min(rest.height, (rest.width - side) * EUROPE.height / EUROPE.width, unit * legend.PITCH * 1.35)
        if entries and unit * legend.LEAST_PITCH <= room and rest.height < float("inf"):
            scale, pitch = room / EUROPE.height, min(room / unit, legend.PITCH)
            _inset(canvas, view, atlas, where, _Fit(EUROPE, scale, rest.right - EUROPE.width * scale, rest.y))
            legend.column(canvas, entries, rest.x, rest.y + (room - unit * pitch) / 2, step, pitch=pitch)
            return rest.y + room
    return legend.flow(canvas, entries, rest.x, rest.y, rest.width)


def _entries(canvas: Canvas, atlas: Atlas, view: View, where: Placing) -> list[legend.Entry]:
    prose = texts()["pictures"]["map"]
    entries = legend.class_entries(canvas, view.classes)
    if _outline(view):
        label = next(klass.label for klass in view.classes if klass.id == view.class_of["EU"])
        entries.append(legend.Entry(prose["union"].format(label=label.lower()), _union_key))
    if where.circles:
        entries.append(legend.Entry(prose["circle"], _circle_key))
    return entries


def _union_key(canvas: Canvas, box: Box) -> None:
    side = min(box.width, box.height)
    canvas.rect(box.right - side, box.y, side, side, stroke="union", weight=1.6)


def _circle_key(canvas: Canvas, box: Box) -> None:
    side = min(box.width, box.height)
    canvas.circle(box.right - side / 2, box.y + side / 2, canvas.type.small * RADIUS, fill="paper", stroke="dots")


def _outline(view: View) -> str:
    """Layer with the Union as it stood on the day; empty where the view does not hold it."""
    return get_geometry().union_outline(view.as_of) if "EU" in view.class_of else ""


def _world(canvas: Canvas, atlas: Atlas, view: View, where: Placing, fit: _Fit) -> None:
    # An inline map is small and its bytes count; a picture may be printed.
    unit = INLINE_UNIT if canvas.inline else 1
    _land(canvas, atlas, view, where, fit, coarse(unit) if canvas.inline else get_paths(), canvas.prefix, unit)
    _circles(canvas, view, where, fit)


def _inset(canvas: Canvas, view: View, atlas: Atlas, where: Placing, fit: _Fit) -> None:
    """Europe again, its shapes cut to the window; textures and lines keep their size on the page."""
    window = fit.window
    paths = within((round(window.x), round(window.y), round(window.right), round(window.bottom)))
    _land(canvas, atlas, view, where, fit, paths, f"{canvas.prefix}inset-")
    _circles(canvas, view, where, fit)
    canvas.rect(fit.x, fit.y, window.width * fit.scale, window.height * fit.scale, stroke="rule")


def _land(
    canvas: Canvas, atlas: Atlas, view: View, where: Placing, fit: _Fit, paths: dict, prefix: str, unit: int = 1
) -> None:
    """Shapes by class, textures over them, the Union's outline on top; `paths` in so many units of the grid."""
    scale = fit.scale * unit
    places, known = atlas.jurisdictions, set(where.dotted + where.lined + where.hatched)
    of = {
        place: paths["world" if places.at[place, "map_layer"] == "world" else "subnational"].get(
            places.at[place, "map_id"]
        )
        for place in where.shapes
    }
    for name in ("coast", "edge", "paper", "union"):
        canvas.colour(name)
    stroked = {
        (texture, view.class_of[place])
        for texture, members in (("lines", where.lined), ("hatch", where.hatched))
        for place in members
    }
    patterns = legend.patterns(
        canvas, [(texture, view.klass(identity)) for texture, identity in sorted(stroked)], prefix, scale
    )
    parts = [
        f"<defs>{patterns}</defs>",
        f'<g transform="{fit.transform(unit)}" stroke-width="{COAST_WIDTH / scale:.3g}"><g class="s-coast">',
        _rest(set(places.loc[list(where.world), "map_id"]), paths["world"]),
        '</g><g class="s-edge">',
    ]
    for klass in view.classes:
        members = [place for place in where.shapes if view.class_of[place] == klass.id and of[place]]
        if members:
            canvas.colour(f"k-{klass.id}", klass.colour)
            shapes = (
                _shape(place, of[place], view.hover[place], f' id="{prefix}{place}"' if place in known else "")
                for place in members
            )
            parts += [f'<g class="f-k-{klass.id}" data-class="{klass.id}">', *shapes, "</g>"]
    parts.append("</g>")
    for texture, members in (("dots", where.dotted), ("lines", where.lined), ("hatch", where.hatched)):
        by_pattern = {}
        for place in members:
            if of[place]:
                by_pattern.setdefault(legend.textured(texture, view.class_of[place]), []).append(
                    f'<use href="#{prefix}{place}"/>'
                )
        parts += [
            f'<g fill="url(#{prefix}{name})" stroke="none" pointer-events="none">{"".join(uses)}</g>'
            for name, uses in by_pattern.items()
        ]
    if outline := paths["eu"].get(_outline(view)):
        parts.append(
            f'<path class="n s-union" stroke-width="{UNION_WIDTH / scale:.3g}" pointer-events="none" d="{outline}"/>'
        )
    canvas.parts += [*parts, "</g>"]


def _rest(listed: set[str], paths: dict[str, str]) -> str:
    """Countries without a record: paper with a hairline."""
    prose, names = texts()["pictures"]["map"]["rest"], get_geometry().names
    drawn = "".join(
        f'<path d="{path}"><title>{escape(prose.format(name=names[identity]))}</title></path>'
        for identity, path in paths.items()
        if identity not in listed and identity in names
    )
    return f'<g class="f-paper" data-class="rest">{drawn}</g>'


def _shape(place: str, path: str, line: str, identity: str) -> str:
    return f'<path{identity} data-id="{place}" d="{path}"><title>{escape(line)}</title></path>'


def _circles(canvas: Canvas, view: View, where: Placing, fit: _Fit) -> None:
    """Small places. One searched without result has a dot in it, one off the ladder a cross, one with old evidence a stroke: shape, not hue alone."""
    points, radius = get_paths()["labels"], canvas.type.small * RADIUS
    for place in where.circles:
        klass = view.klass(view.class_of[place])
        if not fit.holds(points[place]):
            continue
        canvas.colour(f"k-{klass.id}", klass.colour)
        strokes = legend.stroke_over(canvas, klass)
        x, y = fit.point(points[place])
        with canvas.group(place, view.hover[place], f' data-class="{klass.id}"'):
            canvas.circle(
                x,
                y,
                radius,
                fill=f"k-{klass.id}",
                stroke="union" if place == "EU" else "dots",
                weight=1.4 if place == "EU" else 1,
            )
            if klass.texture == "dots":
                canvas.circle(x, y, radius * 0.3, fill="dots")
            if klass.texture == "lines":
                canvas.path(
                    f"M{number(x - radius)} {number(y)}H{number(x + radius)}M{number(x)} {number(y - radius)}V{number(y + radius)}",
                    stroke=strokes,
                )
            if place in view.stale:
                reach = radius * 0.7
                canvas.path(
                    f"M{number(x - reach)} {number(y + reach)}L{number(x + reach)} {number(y - reach)}", stroke=strokes
                )
