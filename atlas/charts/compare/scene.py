"""The comparison as SVG: the matrix of powers in words, each cell with its mark, law and provision.

As much is said as the picture has room for: with law and provision, with the law alone, or the state alone; what is
left to the table is said below. Rows on which the columns differ have their name in bold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from atlas.charts.compare.cells import MatrixCell
from atlas.charts.compare.view import Comparison, Row
from atlas.draw import fonts
from atlas.draw.marks import Box, Run
from atlas.draw.scene import Scene
from atlas.tables.atlas import Atlas
from atlas.words import texts

AIRY, DENSE = (1.32, 0.55), (1.22, 0.3)  # from line to line, and around a row: of the text's size
# Words that must not part from the number after them.
_NUMBERED = re.compile(r"\b((?:Arts?|ss?|Secs?|paras?|cl|No|Nos|ch)\.|Part|Section|§+) (?=\d)", re.IGNORECASE)
# In sizes of small text: narrower charts have groups as lines of their own, still narrower ones powers as well.
GROUP_COLUMN, POWER_COLUMN = 60, 38
LEVELS = ((2, 0, AIRY), (3, 0, AIRY), (3, 0, DENSE), (3, 1, AIRY), (3, 1, DENSE), (3, 2, AIRY), (3, 2, DENSE))


@dataclass(frozen=True)
class _Plan:
    """One way to set the matrix: text size, how much a cell says (0 all, 1 no provisions, 2 states alone), spacing,
    columns.
    """

    step: int
    detail: int
    leading: float
    pad: float
    group: float
    power: float
    column: float
    gap: float
    mark: float


@dataclass(frozen=True)
class _Line:
    """One row as set: the lines of its name and of each cell, and its height."""

    row: Row
    name: list[str]
    cells: list[list[list[Run]]]
    height: float
    heading: str


def draw(scene: Scene, atlas: Atlas, view: Comparison, box: Box, keys: bool = True) -> float:
    """The matrix in a box; its marks are named in every cell, so there is no legend to leave out."""
    small = scene.type.small
    plans = [_plan(scene, view, box.width, step, detail, spacing) for step, detail, spacing in LEVELS]
    for plan in plans:
        head = _head_height(scene, view, plan)
        notes = [line for note in _notes(view, plan, 0) for line in scene.wrap(note, 3, box.width)]
        lines = _lines(scene, view, plan)
        room = box.height - head - len(notes) * 1.4 * small - 0.6 * small
        if sum(line.height for line in lines) <= room:
            break
    shown = _fitting(lines, room - 1.4 * small) if sum(line.height for line in lines) > room else lines
    y = _head(scene, view, plan, box)
    for line in shown:
        y = _row(scene, view, plan, line, box, y)
    scene.line(box.x, y, box.right, y)
    for note in _notes(view, plan, len(lines) - len(shown)):
        for part in scene.wrap(note, 3, box.width):
            y += 1.4 * small
            scene.text(box.x, y + 0.1 * small, part, 3, "mute")
    return y + 0.4 * small


def _plan(scene: Scene, view: Comparison, width: float, step: int, detail: int, spacing: tuple[float, float]) -> _Plan:
    size, small = scene.type.of(step), scene.type.small
    gap = 1.4 * size
    group = max(scene.width(row.group_label, 3) for row in view.rows) + gap if width >= GROUP_COLUMN * small else 0
    power = (
        max(scene.width(row.label, step, strong=True) for row in view.rows) + gap
        if width >= POWER_COLUMN * small
        else 0
    )
    rest = width - group - power
    return _Plan(step, detail, *spacing, group, power, rest / len(view.columns), gap, 1.25 * size)


def _notes(view: Comparison, plan: _Plan, left_out: int) -> Iterator[str]:
    prose = texts()["pictures"]["compare"]
    said = [prose["differ"]] if any(row.differs for row in view.rows) else []
    said += [prose["details"][plan.detail]] if prose["details"][plan.detail] else []
    said += [prose["row" if left_out == 1 else "rows"].format(count=left_out)] if left_out else []
    if said:
        yield " ".join(said)


def _fitting(lines: list[_Line], room: float) -> list[_Line]:
    shown: list[_Line] = []
    used = 0.0
    for line in lines:
        used += line.height
        if used > room and shown:
            break
        shown.append(line)
    return shown


def _cell(cell: MatrixCell, detail: int) -> list[Run]:
    """What a cell says, in runs of one colour."""
    if cell.state == "not_assessed":
        return [Run(cell.words, "mute")]
    if detail == 2:
        return [Run(texts()["compare"]["states"][cell.state]["label"])]
    runs = [Run(f"{cell.words} ·" if cell.short_name else cell.words)]
    if cell.short_name:
        runs.append(Run(cell.short_name, "accent"))
    if detail == 0:
        runs += [
            Run(part, "mute")
            for part in (cell.provision, f"({cell.origin})" if cell.inherited else "", cell.later)
            if part
        ]
    return runs


def _set(scene: Scene, runs: list[Run], step: int, most: float) -> list[list[Run]]:
    """Runs broken into lines; a run goes on in the next line word by word."""
    lines: list[list[Run]] = [[]]
    used = 0.0
    space = scene.width(" ", step)
    for words, colour, _ in runs:
        for word in fonts.words(_NUMBERED.sub("\\1\u00a0", words)):
            for piece in scene.wrap(word, step, most):
                wide = scene.width(piece, step)
                if lines[-1] and used + space + wide > most:
                    lines.append([])
                    used = 0.0
                joined = bool(lines[-1])
                if joined and lines[-1][-1].colour == colour:
                    lines[-1][-1] = Run(f"{lines[-1][-1].words} {piece}", colour)
                else:
                    lines[-1].append(Run(piece, colour))
                used += wide + (space if joined else 0)
    return lines


def _lines(scene: Scene, view: Comparison, plan: _Plan) -> list[_Line]:
    size, result, before = scene.type.of(plan.step), [], ""
    for row in view.rows:
        cells = [
            _set(scene, _cell(cell, plan.detail), plan.step, plan.column - plan.mark - plan.gap) for cell in row.cells
        ]
        name = scene.wrap(
            row.label, plan.step, plan.power - plan.gap if plan.power else plan.column * len(view.columns), strong=True
        )
        beside = max(map(len, cells)) if not plan.power else max(len(name), *map(len, cells))
        height = size * (plan.leading * (beside + (0 if plan.power else len(name))) + plan.pad)
        heading = row.group_label if row.group != before else ""
        height += 2.1 * scene.type.small if heading and not plan.group else 0
        before = row.group
        result.append(_Line(row, name, cells, height, heading))
    return result


def _head_height(scene: Scene, view: Comparison, plan: _Plan) -> float:
    return scene.type.body * 1.3 * max(len(lines) for lines in _names(scene, view, plan)) + 0.4 * scene.type.body


def _names(scene: Scene, view: Comparison, plan: _Plan) -> list[list[str]]:
    return [scene.wrap(column.name, 2, plan.column - plan.gap, strong=True) for column in view.columns]


def _head(scene: Scene, view: Comparison, plan: _Plan, box: Box) -> float:
    """Names of the columns; returns their bottom."""
    names, body = _names(scene, view, plan), scene.type.body
    height = _head_height(scene, view, plan)
    for index, lines in enumerate(names):
        x = box.x + plan.group + plan.power + plan.column * index
        for row, line in enumerate(lines):
            scene.text(x, box.y + height - 0.5 * body - 1.3 * body * (len(lines) - 1 - row), line, 2, strong=True)
    return box.y + height


def _row(scene: Scene, view: Comparison, plan: _Plan, line: _Line, box: Box, y: float) -> float:
    size, small = scene.type.of(plan.step), scene.type.small
    bottom = y + line.height
    if line.heading:
        scene.line(box.x, y, box.right, y)
        scene.text(box.x, y + (plan.pad / 2 * size + size if plan.group else 1.5 * small), line.heading, 3, "mute")
        y += 0 if plan.group else 2.1 * small
    else:
        scene.line(box.x + plan.group, y, box.right, y, weight=0.6)
    base = y + plan.pad / 2 * size + size
    with scene.group(line.row.power):
        for index, part in enumerate(line.name):
            scene.text(
                box.x + plan.group, base + plan.leading * size * index, part, plan.step, strong=line.row.differs is True
            )
        base += 0 if plan.power else plan.leading * size * len(line.name)
        for index, (cell, lines) in enumerate(zip(line.row.cells, line.cells, strict=True)):
            x = box.x + plan.group + plan.power + plan.column * index
            with scene.group(f"{view.columns[index].id} {line.row.power}", "", role=cell.state):
                _mark(scene, cell.state, x + 0.45 * size, base - 0.34 * size, 0.4 * size)
                for number, runs in enumerate(lines):
                    scene.runs(x + plan.mark, base + plan.leading * size * number, runs, plan.step)
    return bottom


def _mark(scene: Scene, state: str, x: float, y: float, radius: float) -> None:
    """The mark of a state, as on the page: disc, half disc, struck ring, dashed ring, square, stroke."""
    line = radius * 0.28
    stroke = f"M{x - radius * 0.62:.1f} {y + radius * 0.62:.1f}L{x + radius * 0.62:.1f} {y - radius * 0.62:.1f}"
    if state == "not_assessed":
        scene.line(x - radius, y, x + radius, y, "dots", line)
    elif state in ("bill", "ended"):
        colour = "accent" if state == "bill" else "dots"
        scene.rect(
            x - radius * 0.9,
            y - radius * 0.9,
            radius * 1.8,
            radius * 1.8,
            stroke=colour,
            weight=line,
            dash="1.5 1.5" if state == "bill" else "",
        )
        if state == "ended":
            scene.path(stroke, stroke=colour, weight=line)
    elif state == "absent":
        scene.circle(x, y, radius - line / 2, stroke="dots", weight=line)
        scene.path(stroke, stroke="dots", weight=line)
    else:
        scene.circle(
            x,
            y,
            radius - line / 2,
            fill="accent" if state == "full" else "",
            stroke="accent",
            weight=line,
            dash="2 1.6" if state == "not_yet" else "",
        )
        if state == "partial":
            scene.path(
                f"M{x:.1f} {y - radius + line / 2:.1f}a{radius - line / 2:.1f} {radius - line / 2:.1f} 0 0 0 0"
                f" {2 * radius - line:.1f}z",
                fill="accent",
            )
