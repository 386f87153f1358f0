"""The start page's map: what happened where, by one of four readings."""

from dataclasses import replace
from functools import lru_cache

import pandas as pd

from atlas import words
from atlas.charts.view import PLACE_COLUMN, View
from atlas.draw.legend_class import LegendClass
from atlas.draw.palette import ENDED, KNOWN, LADDER, OFF_LADDER, PAPER, PAST, REGIME, STRENGTH
from atlas.law.regime import ORDER, regimes
from atlas.law.strength import strengths
from atlas.law.subject import law_was_read
from atlas.maps.geometry import get_geometry
from atlas.response import evidence
from atlas.response.evidence import NOT_SEARCHED, knowledge
from atlas.response.ladder import acts, current, ended_peaks, peak
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words.map_titles import aged_note, regime_note
from atlas.words.strength import strength_map_title
from atlas.words.strongest import strongest

READINGS = ("peak", "now", "strength", "regime", "evidence")
# Readings of what was done, on which old evidence is told in words and hatched where a reader asks for it.
RESPONSE = ("peak", "now")
# Readings under which is said how much of the evidence is old.
AGEING = (*RESPONSE, "evidence")
# Readings that are computed from law, which was read for one subject.
LAW = ("strength", "regime")
QUIET, HATCHED = AGED = ("quiet", "hatched")
STRENGTH_STEP = 20
LABELLED = 5
Known = dict[str, evidence.Knowledge]
# Class by place, all classes in the order of the legend, the title, and what else is said of a place.
Reading = tuple[dict[str, str], list[LegendClass], str, dict[str, str]]
NOTHING = evidence.NOTHING_FOUND


def readings(atlas: Atlas) -> tuple[str, ...]:
    """The readings that are offered for the case that is shown."""
    return READINGS if law_was_read(atlas) else tuple(one for one in READINGS if one not in LAW)


@lru_cache(maxsize=96)
def world_map(atlas: Atlas, reading: str, day: str, aged: str = QUIET) -> View:
    """The map of one reading on one day.

    Args:
        reading: one of `READINGS`.
        day: as-of date, ISO.
        aged: whether old evidence is hatched on the readings of what was done, one of `AGED`.

    Raises:
        KeyError: the reading is unknown.
    """
    frame = acts(atlas)
    known = knowledge(atlas, day)
    make = {"peak": _peak, "now": _now, "strength": _strength, "regime": _regime, "evidence": _evidence}[reading]
    class_of, classes, title, detail = make(atlas, frame, known, day)
    counts = pd.Series(class_of).value_counts()
    legend = tuple(replace(klass, count=int(counts.get(klass.id, 0))) for klass in classes if counts.get(klass.id, 0))
    labels = {klass.id: klass.label for klass in classes}
    old = frozenset(place for place, what in known.items() if what.stale)
    stale = old if reading == "evidence" or (reading in RESPONSE and aged == HATCHED) else frozenset()
    if stale and reading != "evidence":
        legend += (LegendClass("stale", atlas.label("silence", "stale"), PAPER, "hatch", len(stale)),)
    hover = {
        place: f"{atlas.name(place)}: {labels[identity]}" + (f", {detail[place]}" if detail.get(place) else "")
        for place, identity in class_of.items()
    }
    table = _table(atlas, class_of, labels, detail, known)
    spoken = "; ".join(_spoken(atlas, klass) for klass in legend)
    prose = words.texts()
    deck = prose["map"]["readings"][reading]["deck"]
    if reading == "regime":
        deck = f"{deck} {regime_note(regimes(atlas, day, ai_law_only=True))}".rstrip()
    return View(
        slug="map",
        title=title,
        deck=deck,
        as_of=day,
        evidence_to=atlas.package.evidence_to,
        caveat=f"{prose['map']['caveats'][reading]} {aged_note(known) if reading in AGEING else ''}".rstrip(),
        alt=f"World map. {title}. Number of jurisdictions by class on {in_words(day)}: {spoken}. Its table gives each.",
        classes=legend,
        class_of=class_of,
        hover=hover,
        stale=stale,
        place_labels=tuple((step.place, step.label) for step in strongest(atlas, day, reading == "now")[:LABELLED])
        if reading in RESPONSE
        else (),
        table=table,
        options={"colour": reading, "date": day, "aged": aged},
    )


def _spoken(atlas: Atlas, klass: LegendClass) -> str:
    """A class and its number in the alternative text; what is drawn without a record is counted apart."""
    if klass.texture != "open":
        return f"{klass.label}: {klass.count}"
    world = set(atlas["jurisdictions"].loc[atlas["jurisdictions"]["map_layer"] == "world", "map_id"])
    rest = sum(identity not in world for identity in get_geometry().names)
    return words.texts()["map"]["open_spoken"].format(label=klass.label, count=klass.count, rest=rest)


def _silence(atlas: Atlas) -> tuple[LegendClass, LegendClass]:
    return (
        LegendClass(NOTHING, atlas.label("silence", NOTHING), KNOWN[NOTHING]),
        LegendClass(NOT_SEARCHED, atlas.label("silence", NOT_SEARCHED), PAPER, "open"),
    )


def _ladder(atlas: Atlas) -> list[LegendClass]:
    return [
        klass
        for rung in sorted(LADDER, reverse=True)
        for klass in (
            LegendClass(f"rung-{rung}", atlas.label("rung", str(rung)), LADDER[rung]),
            *([_ended_class(atlas, rung)] if rung in ENDED else []),
        )
    ]


def _ended_class(atlas: Atlas, rung: int) -> LegendClass:
    """A step that was reached and has ended: paper, within an outline in the colour of its rung."""
    return LegendClass(f"rung-{rung}-ended", words.ended_step_words(rung), PAPER, "ended", over=ENDED[rung])


def _without_step(atlas: Atlas) -> tuple[LegendClass, ...]:
    """Classes of places that have reached no rung."""
    return LegendClass(evidence.OFF_LADDER, atlas.label("silence", evidence.OFF_LADDER), OFF_LADDER), *_silence(atlas)


def _asides(atlas: Atlas, class_of: dict[str, str], day: str) -> dict[str, str]:
    """What was done where nothing done is on the ladder: `law adopted, March 2026`."""
    done = words.asides(atlas, day)
    return {
        place: words.aside_words(atlas, done[place])
        for place, identity in class_of.items()
        if identity == evidence.OFF_LADDER
    }


def _peak(atlas: Atlas, frame: pd.DataFrame, known: Known, day: str) -> Reading:
    reached, ended = peak(frame, day), ended_peaks(atlas, day)
    class_of = {
        place: f"rung-{reached[place]}{'-ended' if place in ended else ''}" if place in reached else what.without_step
        for place, what in known.items()
    }
    detail, tops = _asides(atlas, class_of, day), words.headlines(atlas, day)
    for place in reached.index:
        detail[place] = words.dated_standing(atlas, tops[place].response_id, day)
    return class_of, [*_ladder(atlas), *_without_step(atlas)], words.map_title(atlas, frame, day), detail


def _now(atlas: Atlas, frame: pd.DataFrame, known: Known, day: str) -> Reading:
    held, reached = current(frame, day), peak(frame, day)
    class_of = {
        place: f"rung-{held[place]}" if place in held else "past" if place in reached else what.without_step
        for place, what in known.items()
    }
    past = LegendClass("past", "Acted before, nothing in force", PAST)
    classes = [*_ladder(atlas), past, *_without_step(atlas)]
    return class_of, classes, words.now_title(atlas, frame, day), _asides(atlas, class_of, day)


def _regime(atlas: Atlas, frame: pd.DataFrame, known: Known, day: str) -> Reading:
    found = regimes(atlas, day, ai_law_only=True)
    read = set(atlas["instruments"]["jurisdiction_id"])
    class_of, detail = {}, {}
    for place, regime in found.items():
        class_of[place] = regime.type
        if regime.instrument_id:
            detail[place] = atlas.instruments.at[regime.instrument_id, "short_name"]
        elif place not in read:
            class_of[place] = NOT_SEARCHED
    classes = [
        LegendClass(
            kind, "No such AI law found" if kind == "none_found" else atlas.label("regime_type", kind), REGIME[kind]
        )
        for kind in reversed(ORDER)
    ]
    classes.append(LegendClass(NOT_SEARCHED, "Law not read", PAPER, "open"))
    return class_of, classes, words.regime_title(atlas, found, day), detail


def _strength(atlas: Atlas, frame: pd.DataFrame, known: Known, day: str) -> Reading:
    found = strengths(atlas, day)
    class_of, detail = {}, {}
    for place, what in found.items():
        whole = what.whole
        if not what.assessed:
            class_of[place] = NOT_SEARCHED
        elif whole.point is None:
            class_of[place], detail[place] = "bounds", f"between {whole.low:.0f} and {whole.high:.0f} points"
        else:
            band = min(int(whole.point // STRENGTH_STEP), len(STRENGTH) - 1)
            class_of[place], detail[place] = f"band-{band}", f"{whole.point:.0f} points"
    classes = [
        LegendClass(f"band-{band}", _band_label(band), STRENGTH[band]) for band in reversed(range(len(STRENGTH)))
    ]
    classes += [
        LegendClass("bounds", "Under 80% assessed: bounds only", PAST),
        LegendClass(NOT_SEARCHED, "Law not read", PAPER, "open"),
    ]
    return (
        class_of,
        classes,
        strength_map_title(atlas, {place: what.whole.point for place, what in found.items()}, day),
        detail,
    )


def _band_label(band: int) -> str:
    """`20 to under 40`; the last band holds 100 as well."""
    low, high = band * STRENGTH_STEP, (band + 1) * STRENGTH_STEP
    return f"{low} to {high if band == len(STRENGTH) - 1 else f'under {high}'}"


def _evidence(atlas: Atlas, frame: pd.DataFrame, known: Known, day: str) -> Reading:
    class_of, detail = {}, {}
    for place, what in known.items():
        class_of[place] = "stale" if what.stale else what.state
        if what.state == evidence.FOUND:
            detail[place] = f"evidence to {in_words(what.evidence_to)}"
    classes = [
        LegendClass("found", "Acts found", KNOWN["found"]),
        LegendClass("stale", atlas.label("silence", "stale"), KNOWN["stale"], "hatch"),
        *_silence(atlas),
    ]
    return class_of, classes, words.evidence_title(known, day), detail


def _table(
    atlas: Atlas, class_of: dict[str, str], labels: dict[str, str], detail: dict[str, str], known: Known
) -> pd.DataFrame:
    """Table twin: one row per place, in the order of the legend, then by name."""
    order = {identity: position for position, identity in enumerate(labels)}
    rows = [
        (order[identity], atlas.name(place), place, labels[identity], detail.get(place, ""), known[place].evidence_to)
        for place, identity in class_of.items()
    ]
    table = pd.DataFrame(sorted(rows), columns=["_", "Jurisdiction", PLACE_COLUMN, "Class", "Detail", "Evidence to"])
    return table.drop(columns="_")
