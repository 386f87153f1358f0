"""`Chart`: the one entry by which a chart is known everywhere, and the check that none of its parts is missing.

A chart is a folder. `view.py` says what it means (a View from data and options), `scene.py` has `draw`, which puts the
View's marks into a box. From these two come its address, embed, picture in every size, slide, table, its place on
Present and in the frozen site. `page.py` (what a reader clicks) and `slide.py` (native objects with a data sheet) are
there where they are worth it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from atlas.charts.options import DATE, Option
from atlas.charts.view import View
from atlas.draw.deck import Deck
from atlas.draw.marks import Box
from atlas.draw.scene import Scene
from atlas.tables.atlas import Atlas
from atlas.words import texts

Draw = Callable[[Scene, Atlas, View, Box, bool], float]


@dataclass(frozen=True)
class Chart:
    """One chart.

    Attributes:
        slug: its stable name, as in addresses.
        page: path of the page that shows it; empty for the start page.
        options: what an address may ask for; the day is always among them.
        make: from data and accepted values to the View.
        package: folder of its parts; the slug within `atlas.charts` if not given.
        about_law: whether it is computed from law, and so shown for cases of the subject whose law was read alone.

    Raises:
        ValueError: a part is missing; the text says which, and what it is for.
    """

    slug: str
    page: str
    options: tuple[Option, ...]
    make: Callable[[Atlas, Mapping[str, str]], View]
    package: str = ""
    about_law: bool = False

    def __post_init__(self) -> None:
        if not self.package:
            object.__setattr__(self, "package", f"atlas.charts.{self.slug.replace('-', '_')}")
        for part, purpose in (
            ("view", "says what the chart means"),
            ("scene", "draws it: draw(scene, atlas, view, box, keys)"),
        ):
            if find_spec(f"{self.package}.{part}") is None:
                raise ValueError(f"chart {self.slug}: {self.package}.{part} is missing; it {purpose}")
        if DATE not in self.options:
            raise ValueError(f"chart {self.slug}: options lack the day (options.DATE), which every address holds")
        if not callable(self.make):
            raise ValueError(f"chart {self.slug}: make is missing; it gives the View: make(atlas, values)")
        if self.slug not in texts()["embed"]["charts"]:
            raise ValueError(f"chart {self.slug}: data/texts/embed.json, charts, lacks its name under {self.slug!r}")

    @property
    def name(self) -> str:
        """What readers call it."""
        return texts()["embed"]["charts"][self.slug]

    @property
    def draw(self) -> Draw:
        """Puts marks and legend of a View into a box, and returns their bottom. Loaded when first used."""
        return import_module(f"{self.package}.scene").draw

    @property
    def native_slide(self) -> Callable[[Deck], None] | None:
        """Makes its slides of native objects; None where the scene's marks become shapes."""
        return import_module(f"{self.package}.slide").draw if find_spec(f"{self.package}.slide") else None
