"""Legends as shapes: a key, its words and how many there are, grouped and named."""

from collections.abc import Callable
from dataclasses import dataclass

from atlas.draw import fonts
from atlas.draw.drawingml import MUTE, Run, Stage, paragraph
from atlas.draw.fit_text import cut
from atlas.draw.marks import Box

SIZE, PITCH = 11.0, 18.0
KEY, GAP, BETWEEN, LONGEST = 12.0, 6.0, 16.0, 330.0


@dataclass(frozen=True)
class Key:
    """One entry: `draw` puts the key into a box of `width` by `KEY` points; a count of None is not shown."""

    label: str
    draw: Callable[[Stage, Box], None]
    count: int | None = None
    width: float = KEY

    @property
    def words(self) -> str:
        """The label, cut where it is endless."""
        return cut(self.label, SIZE, LONGEST)

    @property
    def whole(self) -> float:
        """Width with its words, in points."""
        count = f" {self.count}" if self.count is not None else ""
        return self.width + GAP + fonts.width(self.words + count, SIZE) + 4


def flow(stage: Stage, keys: list[Key], name: str, x: float, y: float, most: float) -> float:
    """Draws the keys one after the other in lines of at most `most` points; returns the bottom."""
    left = x
    with stage.group(name):
        for key in keys:
            if left > x and left + key.whole > x + most:
                left, y = x, y + PITCH
            _draw(stage, key, left, y)
            left += key.whole + BETWEEN
    return y + PITCH if keys else y


def flow_height(keys: list[Key], most: float) -> float:
    """Height of `flow`."""
    lines, left = 1 if keys else 0, 0.0
    for key in keys:
        if left and left + key.whole > most:
            lines, left = lines + 1, 0.0
        left += key.whole + BETWEEN
    return lines * PITCH


def _draw(stage: Stage, key: Key, x: float, y: float) -> None:
    key.draw(stage, Box(x, y + (PITCH - KEY) / 2, key.width, KEY))
    runs = [Run(key.words, SIZE)] + ([Run(f" {key.count}", SIZE, MUTE)] if key.count is not None else [])
    stage.text(
        f"Label: {key.label}",
        Box(x + key.width + GAP, y, key.whole - key.width - GAP, PITCH),
        [paragraph(runs)],
        anchor="ctr",
    )
