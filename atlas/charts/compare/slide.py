"""A comparison as native tables: one row a power, each cell with its state, law and provision in words."""

from dataclasses import dataclass
from functools import lru_cache

from atlas.charts.compare.cells import MatrixCell
from atlas.charts.compare.view import Comparison, Pair, Row
from atlas.draw import fonts
from atlas.draw.deck import Deck
from atlas.draw.drawingml import INK, LONGEST_ALT, LONGEST_NAME, MUTE, Run, Stage, colour, emu, paragraph, parsed, short
from atlas.draw.marks import Box
from atlas.words import texts

TEXT, SMALL, LEADING = 11.0, 10.0, 1.22
INSET, UPRIGHT = 6.0, 3.0
POWER_SHARE = {2: 0.22, 3: 0.19, 4: 0.17}
GAP = 18.0
RULE_COLOUR = "bg2"
LONGEST_CELL = 240


def draw(deck: Deck) -> None:
    """Slides of the matrix, none cutting a row in two, then what the codes say of each pair, on the last of them if"
    " it fits."""
    view, box, prose = deck.view, deck.body(), texts()["slides"]["compare"]
    assert isinstance(view, Comparison)
    widths, pair_widths = _widths(view, box.width), (0.28 * box.width, 0.72 * box.width)
    head = _Line(
        "head",
        [[Run(prose["power"], TEXT, MUTE)], *([Run(column.name, TEXT + 1, INK, bold=True)] for column in view.columns)],
    )
    pair_head = _Line("head", [[Run(prose["pair"], TEXT, MUTE)], [Run(prose["finding"], TEXT, MUTE)]])
    pages = _pages(_listed(view), head, widths, box.height)
    pairs = _pages([_pair(view, pair) for pair in view.pairs], pair_head, pair_widths, box.height)
    used = _whole([head, *pages[-1]], widths)
    together = len(pairs) == 1 and used + GAP + _whole([pair_head, *pairs[0]], pair_widths) <= box.height
    count = len(pages) + (0 if together else len(pairs))
    spoken = " ".join(pair.sentence for pair in view.pairs)
    more = tuple(column.sentence for column in view.columns) + tuple(pair.sentence for pair in view.pairs)
    for number, lines in enumerate(pages, start=1):
        stage = deck.slide(number, count, more=more)
        _table(stage, prose["name"], view.alt, box, widths, [head, *lines])
        if together and number == len(pages):
            _table(
                stage,
                prose["pairs"],
                spoken,
                Box(box.x, box.y + used + GAP, box.width, 0),
                pair_widths,
                [pair_head, *pairs[0]],
            )
    for number, lines in enumerate(() if together else pairs, start=len(pages) + 1):
        _table(deck.slide(number, count, more=more), prose["pairs"], spoken, box, pair_widths, [pair_head, *lines])


@dataclass(frozen=True, eq=False)
class _Line:
    """One row of a table: `head`, `group` (one cell over all columns) or `row`; cells are lists of runs."""

    kind: str
    cells: list[list[Run]]

    def height(self, widths: tuple[float, ...]) -> float:
        """As high as its longest cell, in points."""
        texts_of = () if self.kind == "group" else ("".join(run.text for run in runs) for runs in self.cells)
        return (
            max((_lines(text, width) for text, width in zip(texts_of, widths)), default=1) * TEXT * LEADING
            + 2 * UPRIGHT
        )


@lru_cache(maxsize=1024)
def _lines(text: str, width: float) -> int:
    return max(1, len(fonts.wrap(text, TEXT, width - 2 * INSET)))


def _widths(view: Comparison, wide: float) -> tuple[float, ...]:
    first = POWER_SHARE[len(view.columns)] * wide
    return (first, *((wide - first) / len(view.columns) for _ in view.columns))


def _listed(view: Comparison) -> list[_Line]:
    """A line for each power, and one before each group."""
    found, before = [], None
    for row in view.rows:
        if row.group != before:
            found.append(_group(row))
        before = row.group
        found.append(_power(row))
    return found


def _whole(lines: list[_Line], widths: tuple[float, ...]) -> float:
    return sum(one.height(widths) for one in lines)


def _group(row: Row) -> _Line:
    return _Line("group", [[Run(row.group_label, SMALL, MUTE)]] + [[] for _ in row.cells])


def _power(row: Row) -> _Line:
    return _Line("row", [[Run(row.label, TEXT)], *(_cell(cell) for cell in row.cells)])


def _cell(cell: MatrixCell) -> list[Run]:
    """State first; then, quieter, the law, its provision, whose it is and what is to come."""
    law = ", ".join(part for part in (cell.short_name, cell.provision) if part)
    origin = f" ({cell.origin})" if cell.inherited else ""
    later = f"; {cell.later}" if cell.later else ""
    rest = _cut(f" · {law}{origin}{later}" if law else later)
    weight = cell.state in ("full", "partial", "absent")
    return [Run(_cut(cell.words), TEXT, INK if weight else MUTE, bold=weight)] + (
        [Run(rest, TEXT, MUTE)] if rest else []
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _pair(view: Comparison, pair: Pair) -> _Line:
    names = {column.id: column.name for column in view.columns}
    return _Line(
        "row", [[Run(f"{names[pair.one]} · {names[pair.other]}", TEXT, bold=True)], [Run(pair.sentence, TEXT)]]
    )


def _pages(lines: list[_Line], head: _Line, widths: tuple[float, ...], room: float) -> list[list[_Line]]:
    """Lines onto as few slides as it takes, all nearly as full."""
    found = _filled(lines, head, widths, room)
    while (room := room - TEXT) > 0 and len(tighter := _filled(lines, head, widths, room)) == len(found):
        found = tighter
    return found


def _filled(lines: list[_Line], head: _Line, widths: tuple[float, ...], room: float) -> list[list[_Line]]:
    """Lines onto slides, each as full as it goes; a group's heading stays with its first row, and is repeated where a"
    " group goes on."""
    pages: list[list[_Line]] = [[]]
    group, used = None, head.height(widths)
    for number, one in enumerate(lines):
        need = one.height(widths)
        follows = lines[number + 1].height(widths) if one.kind == "group" and number + 1 < len(lines) else 0
        if pages[-1] and used + need + follows > room:
            pages.append([])
            used = head.height(widths)
            if one.kind == "row" and group:
                pages[-1].append(group)
                used += group.height(widths)
        group = one if one.kind == "group" else group
        pages[-1].append(one)
        used += need
    return pages if pages[0] else []


def _table(stage: Stage, name: str, alt: str, box: Box, widths: tuple[float, ...], lines: list[_Line]) -> None:
    """A native table without a style of its own: rules between rows, nothing else."""
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    heights = [one.height(widths) for one in lines]
    rows = "".join(f'<a:tr h="{emu(height)}">{_cells(one)}</a:tr>' for one, height in zip(lines, heights))
    stage.slide.shapes._spTree.append(
        parsed(
            "<p:graphicFrame><p:nvGraphicFramePr>"
            f'<p:cNvPr id="{stage.identity()}" name="{short(name, LONGEST_NAME)}" descr="{short(alt, LONGEST_ALT)}"/>'
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f'<p:xfrm><a:off x="{emu(box.x)}" y="{emu(box.y)}"/>'
            f'<a:ext cx="{sum(emu(width) for width in widths)}" cy="{sum(map(emu, heights))}"/></p:xfrm>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
            '<a:tblPr firstRow="1"/>'
            f"<a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        )
    )


def _cells(one: _Line) -> str:
    found = []
    for number, runs in enumerate(one.cells):
        merged = "" if one.kind != "group" else f' gridSpan="{len(one.cells)}"' if number == 0 else ' hMerge="1"'
        found.append(
            f"<a:tc{merged}><a:txBody><a:bodyPr/><a:lstStyle/>{paragraph(runs)}</a:txBody>"
            f'<a:tcPr marL="{emu(0 if number == 0 else INSET)}" marR="{emu(INSET)}" marT="{emu(UPRIGHT)}"'
            f' marB="{emu(UPRIGHT)}" anchor="{"b" if one.kind != "row" else "t"}">'
            f"{_edge('L', False)}{_edge('R', False)}{_edge('T', False)}{_edge('B', one.kind != 'group')}<a:noFill/>"
            "</a:tcPr></a:tc>"
        )
    return "".join(found)


def _edge(side: str, drawn: bool) -> str:
    if not drawn:
        return f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>'
    return f'<a:ln{side} w="{emu(0.75)}"><a:solidFill>{colour(RULE_COLOUR)}</a:solidFill></a:ln{side}>'
