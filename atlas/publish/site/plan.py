"""Which views are frozen, by `data/site.json`, and the name of each."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from atlas.charts.catalogue import CHARTS
from atlas.charts.options import Option
from atlas.draw.sizes import SIZES
from atlas.law.strength import strengths
from atlas.publish.embeds import THEMES
from atlas.response.durations import restrictions
from atlas.tables.atlas import Atlas
from atlas.tables.schema import DATA

FILE = "site.json"
PICTURES, PICTURE_THEMES = ("svg", "png"), ("light", "dark")
_NO_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class PictureOf:
    """One picture of a view: `svg` or `png`, one of `SIZES`, light or dark; a PNG has `scale` pixels for each of the
    SVG's.
    """

    kind: str
    size: str
    theme: str
    scale: float = 1.0

    @property
    def suffix(self) -> str:
        """What sets it apart from the other pictures of the view, in its name."""
        return self.size + ("-dark" if self.theme == "dark" else "")


@dataclass(frozen=True)
class Set:
    """What is written of a view, beside its table: a page for each theme, and pictures."""

    themes: tuple[str, ...]
    pictures: tuple[PictureOf, ...]


@dataclass(frozen=True)
class Cover:
    """The drawing of a view in the list of all: its size in pixels, as high as it needs to be if no height is given;
    whether its legend is part of it.
    """

    width: int
    height: int | None = None
    legend: bool = True


@dataclass(frozen=True)
class Planned:
    """One view to freeze.

    Attributes:
        id: its name, the same in every build of the same view.
        group: id of its group.
        slug: of the chart.
        query: its options that the plan names; the others have their defaults.
        files: what is written of it.
        cover: its drawing in the list of all; None for none.
        narrow: the same for phones; None where the other serves.
    """

    id: str
    group: str
    slug: str
    query: tuple[tuple[str, str], ...]
    files: Set
    cover: Cover | None = None
    narrow: Cover | None = None


@dataclass(frozen=True)
class Plan:
    """All views in order, and the most that a build may hold."""

    views: tuple[Planned, ...]
    most_png: int
    most_megabytes: float


def plan(atlas: Atlas, path: Path = DATA / FILE) -> Plan:
    """Reads what is to be frozen of a release.

    Raises:
        ValueError: the file asks for something that is not there; the text says what.
    """
    try:
        wanted = json.loads(path.read_text(encoding="utf-8"))
        sets = {name: _set(content) for name, content in wanted["sets"].items()}
        named = {group["chart"] for group in wanted["groups"]}
        others = [wanted["others"] | {"id": slug, "chart": slug} for slug in CHARTS if slug not in named]
        views = [view for group in [*wanted["groups"], *others] for view in _group(atlas, group, sets)]
        first: dict[str, Planned] = {}
        for view in views:
            first.setdefault(view.id, view)
        limits = wanted["limits"]
        made = Plan(tuple(first.values()), int(limits["png"]), float(limits["megabytes"]))
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path.name}: {error!r} is missing or unknown") from error
    return made


def _set(content: dict) -> Set:
    pictures = tuple(PictureOf(**one) for one in content["pictures"])
    for one in pictures:
        if (
            one.kind not in PICTURES
            or one.size not in SIZES
            or one.theme not in PICTURE_THEMES
            or not 0.25 <= one.scale <= 4
        ):
            raise ValueError(f"{FILE}: there is no picture like {one}")
    if not set(content["themes"]) <= set(THEMES) or not content["themes"] or not pictures:
        raise ValueError(f"{FILE}: a set needs themes out of {', '.join(THEMES)}, and pictures")
    return Set(tuple(content["themes"]), pictures)


def _group(atlas: Atlas, group: dict, sets: dict[str, Set]) -> list[Planned]:
    chart = CHARTS[group["chart"]]
    if "option" not in group:
        return [_planned(atlas, group, sets, "", ())]
    option = next((one for one in chart.options if one.name == group["option"]), None)
    if option is None:
        raise ValueError(f"{FILE}: {chart.slug} has no option {group['option']!r}")
    each = group["each"]
    terms = each if isinstance(each, list) else _EACH[each](atlas, option, group)
    for text in terms:
        if not option.accept(atlas, text):
            raise ValueError(f"{FILE}: {chart.slug} does not take {text!r} as {option.name}")
    return [_planned(atlas, group, sets, text, ((option.name, text),)) for text in terms]


def _planned(atlas: Atlas, group: dict, sets: dict[str, Set], term: str, query: tuple[tuple[str, str], ...]) -> Planned:
    day = dict(query).get("date", atlas.package.evidence_to)
    middle = "" if term == day or not term else "-" + _NO_NAME.sub("-", term.lower()).strip("-")
    cover, narrow = (Cover(**group[name]) if name in group else None for name in ("cover", "narrow"))
    return Planned(
        f"{group.get('name', group['chart'])}{middle}-{day}",
        group["id"],
        group["chart"],
        query,
        sets[group["set"]],
        cover,
        narrow,
    )


def _all(atlas: Atlas, option: Option, group: dict) -> list[str]:
    return list(option.terms(atlas))


def _restriction_days(atlas: Atlas, option: Option, group: dict) -> list[str]:
    """Days on which a restriction began, or was no longer in force."""
    found = restrictions(atlas, atlas.package.evidence_to)
    return sorted({one.started for one in found} | {one.ended for one in found if one.ended})


def _beside(atlas: Atlas, option: Option, group: dict) -> list[str]:
    """Pairs of each place that has a score with one other, each pair once."""
    other, instead = group["beside"]["with"], group["beside"]["else"]
    read = strengths(atlas, atlas.package.evidence_to)
    places = sorted((place for place, strength in read.items() if strength.whole.point is not None), key=atlas.name)
    pairs = [(instead, other) if place == other else (place, other) for place in places]
    return [",".join(pair) for pair in dict.fromkeys(pairs)]


_EACH: dict[str, Callable[[Atlas, Option, dict], list[str]]] = {
    "*": _all,
    "restrictions": _restriction_days,
    "beside": _beside,
}
