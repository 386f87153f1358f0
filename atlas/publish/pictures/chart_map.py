"""The map as SVG: each shape once, grouped by class, so that a whole world stays small.

Where a picture leaves height below the world, Europe is drawn again larger: most of the small places lie there.
"""

from dataclasses import dataclass

from atlas.charts.placing import Placing, placing
from atlas.charts.view import View
from atlas.maps.geometry import get_coarse_paths, get_geometry, get_paths
from atlas.publish.pictures import legend
from atlas.publish.pictures.canvas import Box, Canvas, escape, number
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
    if not keys or under >= aside:
        return _under(canvas, atlas, view, where, box, entries, under, gap)
    scale = aside / WORLD.width
    top = box.y + (box.height - aside * ratio) / 2
    tall = len(entries) * legend.PITCH * canvas.type.body
    _world(canvas, atlas, view, where, _Fit(WORLD, scale, box.x, top))
    legend.column(canvas, entries, box.right - beside + 2 * canvas.type.body, box.y + (box.height - tall) / 2)
    return box.bottom


def _under(canvas: Canvas, atlas: Atlas, view: View, where: Placing, box: Box, entries: list[legend.Entry], wide: float, gap: float) -> float:
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
    entries = legend.class_entries(canvas, view)
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
    paths = get_coarse_paths(unit) if canvas.inline else get_paths()
    scale = fit.scale * unit
    canvas.parts.append(f"<defs>{legend.patterns(canvas, scale=scale)}</defs>")
    for name in ("coast", "paper", "union"):
        canvas.colour(name)
    known = where.dotted + where.hatched
    parts = [f'<g transform="{fit.transform(unit)}"><g class="s-coast" stroke-width="{COAST_WIDTH / scale:.3g}"><g id="ra-land">', _rest(atlas, where, paths)]
    for klass in view.classes:
        members = [place for place in where.shapes if view.class_of[place] == klass.id]
        if members:
            canvas.colour(f"k-{klass.id}", klass.colour)
            parts += [f'<g class="f-k-{klass.id}" data-class="{klass.id}">', *(_shape(atlas, view, place, place in known, paths) for place in members), "</g>"]
    parts.append("</g></g>")
    for name, members in (("dots", where.dotted), ("hatch", where.hatched)):
        if members:
            uses = "".join(f'<use href="#ra-{place}"/>' for place in members)
            parts.append(f'<g fill="url(#ra-{name})" pointer-events="none"><g id="ra-all-{name}">{uses}</g></g>')
    if layer := _outline(view):
        parts.append(f'<g class="n s-union" stroke-width="{UNION_WIDTH / scale:.3g}"><path id="ra-union" pointer-events="none" d="{paths["eu"][layer]}"/></g>')
    canvas.parts += [*parts, "</g>"]
    _circles(canvas, view, where, fit)


def _rest(atlas: Atlas, where: Placing, paths: dict) -> str:
    """Countries without a record: paper with a hairline."""
    listed = set(atlas.jurisdictions.loc[list(where.world), "map_id"])
    names = get_geometry().names
    drawn = "".join(
        f'<path d="{d}"><title>{escape(names[identity])}: not searched</title></path>' for identity, d in paths["world"].items() if identity not in listed and identity in names
    )
    return f'<g class="f-paper" data-class="rest">{drawn}</g>'


def _shape(atlas: Atlas, view: View, place: str, named: bool, paths: dict) -> str:
    layer = "world" if atlas.jurisdictions.at[place, "map_layer"] == "world" else "subnational"
    identity = f' id="ra-{place}"' if named else ""
    return f'<path{identity} data-id="{place}" d="{paths[layer][atlas.jurisdictions.at[place, "map_id"]]}"><title>{escape(view.hover[place])}</title></path>'


def _circles(canvas: Canvas, view: View, where: Placing, fit: _Fit) -> None:
    """Small places. One searched without result has a dot in it, one with old evidence a stroke: shape, not hue alone."""
    points, radius = get_paths()["labels"], canvas.type.small * RADIUS
    for place in where.circles:
        klass = view.klass(view.class_of[place])
        if not fit.holds(points[place]):
            continue
        canvas.colour(f"k-{klass.id}", klass.colour)
        x, y = fit.point(points[place])
        with canvas.group(place, view.hover[place]):
            canvas.circle(x, y, radius, fill=f"k-{klass.id}", stroke="union" if place == "EU" else "dots", weight=1.4 if place == "EU" else 1)
            if klass.texture == "dots":
                canvas.circle(x, y, radius * 0.3, fill="dots")
            elif place in view.stale:
                reach = radius * 0.7
                canvas.path(f"M{number(x - reach)} {number(y + reach)}L{number(x + reach)} {number(y - reach)}", stroke="dots")


def _inset(canvas: Canvas, view: View, atlas: Atlas, where: Placing, fit: _Fit) -> None:
    """Europe again, from the same shapes; textures and lines keep their size on the page."""
    wide, tall = EUROPE.width * fit.scale, EUROPE.height * fit.scale
    turned = legend.patterns(canvas, "ra-inset-", fit.scale)
    canvas.parts.append(
        f'<defs><clipPath id="ra-inset"><rect x="{number(fit.x)}" y="{number(fit.y)}" width="{number(wide)}" height="{number(tall)}"/></clipPath>{turned}</defs>'
        f'<g clip-path="url(#ra-inset)"><g transform="{fit.transform()}"><g class="s-coast" stroke-width="{COAST_WIDTH / fit.scale:.3g}"><use href="#ra-land"/></g>'
    )
    for name, members in (("dots", where.dotted), ("hatch", where.hatched)):
        if members:
            canvas.parts.append(f'<g fill="url(#ra-inset-{name})" pointer-events="none"><use href="#ra-all-{name}"/></g>')
    if _outline(view):
        canvas.parts.append(f'<g class="n s-union" stroke-width="{UNION_WIDTH / fit.scale:.3g}"><use href="#ra-union"/></g>')
    canvas.parts.append("</g>")
    _circles(canvas, view, where, fit)
    canvas.parts.append("</g>")
    canvas.rect(fit.x, fit.y, wide, tall, stroke="rule")
