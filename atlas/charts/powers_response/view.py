"""Powers held against powers used: a scatter whose corners have names. Two axes, never merged."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas.charts.view import PLACE_COLUMN, View
from atlas.law.inheritance import members_of
from atlas.law.standing import mark, standings
from atlas.law.strength import Part, compulsory, strengths
from atlas.response.evidence import NOT_SEARCHED, knowledge
from atlas.response.ladder import acts, ended_peaks, peak
from atlas.response.next_step import beyond_powers
from atlas.response.order import reached, share_at_or_over
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.tables.method import get_method
from atlas.words import capital, number, reached_words, small, texts
from atlas.words.strength import percent, scatter_silence, scatter_title

BANDS = (6, 5, 4, 3, 2, 1, 0, -1)
UNSEARCHED = -1
# Who was not searched has no place on the scale of steps.
DRAWN_BANDS = BANDS[:-1]
UNION = "EU"


@dataclass(frozen=True)
class Dot:
    """One regime.

    Attributes:
        place, name: id and name.
        x: score, or the middle of the bounds where there is none.
        low, high: bounds, where too little is assessed for a score; None where there is one.
        rung: strongest step, 0 where none on the ladder was found, -1 where not searched.
        step: the same in words, which tell what was done off the ladder from nothing found.
        corner: id of its corner; empty where it has no score or was not searched.
        review: whether a step of its was taken without a coded power.
        label: one line of plain text.
        ended: whether all that was done at its strongest step is over; its name says so.
    """

    place: str
    name: str
    x: float
    low: float | None
    high: float | None
    rung: int
    step: str
    corner: str
    review: bool
    label: str
    ended: bool = False

    @property
    def shown(self) -> str:
        """Its name as it stands at the dot."""
        return texts()["strength"]["scatter"]["ended"].format(name=self.name) if self.ended else self.name

    @property
    def drawn(self) -> bool:
        """Whether both axes are known; else it is named beside the chart."""
        return self.low is None and self.rung != UNSEARCHED


@dataclass(frozen=True, eq=False)
class ScatterView(View):
    """The view with its dots, and how many regimes are left out since none of their law was read."""

    dots: tuple[Dot, ...] = ()
    unread: int = 0

    @property
    def drawn(self) -> tuple[Dot, ...]:
        """The dots that both axes place."""
        return tuple(dot for dot in self.dots if dot.drawn)

    def beside(self) -> dict[str, list[Dot]]:
        """Who is not drawn and why, by name: `unscored` and `unsearched`."""
        rest = sorted((dot for dot in self.dots if not dot.drawn), key=lambda dot: dot.name)
        unscored = [dot for dot in rest if dot.low is not None]
        return {"unscored": unscored, "unsearched": [dot for dot in rest if dot.low is None]}


def corner(point: float | None, rung: int) -> str:
    """`held_used`, `held_unused`, `beyond` or `neither`; empty where either is not known."""
    if point is None or rung == UNSEARCHED:
        return ""
    lines = get_method()["corners"]
    if point >= lines["strength"]:
        return "held_used" if rung >= lines["rung"] else "held_unused"
    return "beyond" if rung >= lines["rung"] else "neither"


def band_words(atlas: Atlas, rung: int) -> str:
    """Name of a band. The lowest two hold who has no step on the ladder, for whatever reason, and who was not
    searched.
    """
    return texts()["strength"]["scatter"]["bands"].get(str(rung)) or atlas.label("rung", str(rung))


def powers_vs_response(atlas: Atlas, day: str) -> ScatterView:
    """Countries, territories and the Union on both axes; states and provinces share their federation's law."""
    return _scatter(atlas, day, mark(atlas))


@lru_cache(maxsize=24)
def _scatter(atlas: Atlas, day: str, build: str) -> ScatterView:
    found, known, top = strengths(atlas, day), knowledge(atlas, day), peak(acts(atlas), day)
    drawn, rungs = standings(atlas, day), reached(atlas, day)
    review = set(beyond_powers(atlas, day)["jurisdiction_id"])
    places = [place for place in atlas.jurisdictions.index if atlas.jurisdictions.at[place, "kind"] != "subnational"]
    read = [place for place in places if found[place].assessed]
    dots = []
    for place in read:
        whole = found[place].whole
        rung = int(top[place]) if place in top.index else UNSEARCHED if known[place].without_step == NOT_SEARCHED else 0
        step = band_words(atlas, rung) if rung == UNSEARCHED else reached_words(atlas, known[place], place, rung, day)
        where = corner(whole.point, rung)
        x = whole.point if whole.point is not None else (whole.low + whole.high) / 2
        low, high = (None, None) if whole.point is not None else (whole.low, whole.high)
        label = _label(atlas, place, whole, found[place].assessed, step, where, place in review)
        if drawn and where and (position := drawn.row(place)) is not None:
            label += _surely(
                drawn.held[position], share_at_or_over(rungs.get(place, ()), get_method()["corners"]["rung"]), where
            )
        over = place in ended_peaks(atlas, day)
        dots.append(Dot(place, atlas.name(place), x, low, high, rung, step, where, place in review, label, over))
    corners = [dot.corner for dot in dots]
    silent = sum(dot.corner == "held_unused" and dot.rung == 0 for dot in dots)
    title = scatter_title(day, corners.count("held_used"), corners.count("held_unused"))
    prose = texts()["strength"]["scatter"]
    counts = "; ".join(f"{prose['corners'][name]}: {corners.count(name)}" for name in prose["corners"])
    return ScatterView(
        slug="powers-response",
        title=title,
        deck=" ".join(
            said for said in (prose["deck"], scatter_silence(day, silent), _shared(atlas, dots, day)) if said
        ),
        as_of=day,
        evidence_to=atlas.package.evidence_to,
        caveat=prose["caveat"],
        alt=prose["alt"].format(day=in_words(day), title=title, counts=counts),
        class_of={dot.place: dot.corner for dot in dots},
        hover={dot.place: dot.label for dot in dots},
        table=_table(atlas, dots, prose["corners"]),
        options={"date": day},
        dots=tuple(dots),
        unread=len(places) - len(read),
    )


def _shared(atlas: Atlas, dots: list[Dot], day: str) -> str:
    """That many of the places with many powers have the law of one union, where they do; empty else."""
    many = [dot.place for dot in dots if dot.corner in ("held_used", "held_unused")]
    union = sum(place == UNION or UNION in members_of(atlas, place, day) for place in many)
    said = texts()["strength"]["scatter"]["shared"]
    return said.format(count=capital(number(union)), all=len(many)) if union > 1 else ""


def _label(atlas: Atlas, place: str, whole: Part, assessed: int, step: str, where: str, review: bool) -> str:
    score = (
        f"{whole.point:.0f} points"
        if whole.point is not None
        else f"{whole.low:.0f} to {whole.high:.0f} points, {assessed} of {len(compulsory())} powers assessed"
    )
    corner_words = f"; {texts()['strength']['scatter']['corners'][where].lower()}" if where else ""
    return f"{atlas.name(place)}: {score}; {step.lower()}{corner_words}" + (
        "; a step without a coded power" if review else ""
    )


def _surely(held: float, used: float, where: str) -> str:
    """In how many draws of codes, and orders of rungs, the dot stays in its corner: the axes are varied apart."""
    across = held if where.startswith("held") else 1 - held
    up = used if where in ("held_used", "beyond") else 1 - used
    return f" in {percent(float(across * up))} of the draws of codes and orders of rungs"


def reading(atlas: Atlas, view: ScatterView) -> str:
    """How one dot is read, told of the place that went furthest with the most powers; empty where none is drawn."""
    if not view.drawn:
        return ""
    dot = max(view.drawn, key=lambda dot: (dot.rung, dot.x, dot.name))
    return texts()["strength"]["scatter"]["reading"].format(name=dot.name, points=round(dot.x), step=dot.step)


def left_out(atlas: Atlas, view: ScatterView) -> list[str]:
    """Sentences that name who is not drawn, with the strongest step of those who took one."""
    prose = texts()["strength"]["scatter"]["beside"]
    return [
        prose[why].format(
            places=", ".join(f"{dot.name} ({small(dot.step)})" if dot.rung > 0 else dot.name for dot in dots)
        )
        for why, dots in view.beside().items()
        if dots
    ]


def left_out_counts(view: ScatterView) -> list[str]:
    """The same in numbers, where there is no room for names; empty where all are drawn."""
    counts = {why: len(dots) for why, dots in view.beside().items()}
    return [texts()["strength"]["scatter"]["beside_counts"].format(**counts)] if any(counts.values()) else []


def _table(atlas: Atlas, dots: list[Dot], corners: dict[str, str]) -> pd.DataFrame:
    rows = [
        (
            dot.name,
            dot.place,
            f"{dot.x:.1f}" if dot.low is None else f"{dot.low:.1f} to {dot.high:.1f}",
            dot.step,
            corners.get(dot.corner, "no score or not searched"),
            "yes" if dot.review else "no",
        )
        for dot in sorted(dots, key=lambda dot: dot.name)
    ]
    return pd.DataFrame(
        rows,
        columns=[
            "Jurisdiction",
            PLACE_COLUMN,
            "Enforcement strength",
            "Strongest step",
            "Corner",
            "Step without a coded power",
        ],
    )
