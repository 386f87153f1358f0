"""What the first screen of a place's page draws: its ladder, its own timeline, where it lies, its thirteen powers."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from atlas.draw.palette import ACCENT, DOTS
from atlas.law.powers import cell
from atlas.maps.locator import Locator, locator
from atlas.publish.record_addresses import record_path
from atlas.response.ladder import acts
from atlas.response.proceedings import proceedings
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.tables.method import get_method
from atlas.templating import render
from atlas.words import texts
from atlas.words.laws import law

# What an address may hold as it is, so that most of a path stays readable and short.
_PLAIN = " ,-:/=;()'"


@dataclass(frozen=True)
class Rung:
    """One rung of a place's ladder: `state` is `stands`, `ended` or empty, `said` when it was reached, and `ended` when
    the last of what lasted on it was over."""

    number: int
    label: str
    state: str
    said: str
    ended: str


def rungs(atlas: Atlas, place: str, day: str) -> tuple[Rung, ...]:
    """The six rungs, the strongest first, each with the day on which the place reached it and when that was over."""
    frame, prose = acts(atlas), texts()["dossier"]
    mine = frame[frame["own"] & frame["counts"] & (frame["jurisdiction_id"] == place) & (frame["from_day"] <= day)]
    announced = get_method()["announced_status"]
    mine = mine[atlas.responses.loc[mine["response_id"], "status"].to_numpy() != announced]
    found = []
    for number in range(6, 0, -1):
        steps = mine[mine["rung"] == number].sort_values("from_day")
        label = atlas.label("rung", str(number))
        if steps.empty:
            found.append(Rung(number, label, "", "", ""))
            continue
        first = atlas.responses.loc[steps["response_id"].iloc[0]]
        lasting = steps[steps["lasting"]]
        over = len(lasting) == len(steps) and bool((lasting["until_day"] <= day).all())
        ended = prose["over"].format(day=in_words(lasting["until_day"].max())) if over else ""
        found.append(Rung(number, label, "ended" if over else "stands", in_words(first["date"]), ended))
    return tuple(found)


def powers(atlas: Atlas, place: str, day: str) -> list[tuple[str, list[dict]]]:
    """The thirteen powers by group, each with `label`, `state` (see `atlas.law.powers.STATES`), `words` and `link`."""
    return [
        (atlas.label("power_group", group), [_power(atlas, place, one, day) for one in ids])
        for group, ids in get_method()["power_groups"].items()
    ]


def _power(atlas: Atlas, place: str, power: str, day: str) -> dict:
    found, prose = cell(atlas, place, power, day), texts()["dossier"]
    words = prose["states"][found.state]
    named = found.instrument_id
    return {
        "label": atlas.label("power", power),
        "state": found.state,
        "words": prose["under"].format(state=words, law=law(atlas, named, article=False)) if named else words,
        "link": record_path("powers", f"{named}/{power}") if named else "",
    }


def where(atlas: Atlas, place: str, day: str) -> Locator:
    """Where the place lies; a union is all its members on the day."""
    row = atlas.jurisdictions.loc[place]
    if row["kind"] == "supranational":
        found = atlas["memberships"]
        ids = found[
            (found["organisation_id"] == place)
            & (found["from_date"] <= day)
            & ((found["to_date"] == "") | (found["to_date"] >= day))
        ]["jurisdiction_id"]
    else:
        ids = [place]
    rows = atlas.jurisdictions.loc[list(ids)]
    return locator(
        place,
        tuple(
            ("world" if layer == "world" else "subnational", name)
            for layer, name in zip(rows["map_layer"], rows["map_id"])
        ),
    )


@lru_cache(maxsize=256)
def where_image(atlas: Atlas, place: str, day: str, dark: bool) -> str:
    """The small map as the address of a picture that holds it: markup of drawings is not let into a page."""
    drawn = render(
        "locator.svg",
        where=where(atlas, place, day),
        dotted=bool(atlas.jurisdictions.at[place, "small"]),
        land=DOTS.on(dark),
        fill=ACCENT.on(dark),
    )
    return f"data:image/svg+xml,{quote(drawn.strip(), safe=_PLAIN)}"


@dataclass(frozen=True)
class Tick:
    """One act on a lane: `at` in hundredths of the axis, its rung (0 for other tracks), and what a reader is told."""

    at: float
    rung: int
    id: str
    text: str


@dataclass(frozen=True)
class Lane:
    """One proceeding, or the acts that are part of none: a bar from `start` to `seen` in hundredths of the axis (None
    where nothing lasted), `open` where no end was found, `said` how it stands."""

    title: str
    rung: int
    start: float | None
    seen: float
    open: bool
    said: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class OwnTimeline:
    """Lanes of a place, and its months, each as a name and where it begins in hundredths of the axis."""

    lanes: tuple[Lane, ...]
    months: tuple[tuple[str, float], ...]


def own_timeline(atlas: Atlas, place: str, day: str) -> OwnTimeline:
    """The proceedings of a place by a day, each with its steps, and its other acts in a lane of their own.

    The axis runs over the months in which something was found, and no further: silence is not drawn as going on.
    """
    frame = acts(atlas)
    mine = frame[(frame["jurisdiction_id"] == place) & frame["own"] & frame["counts"] & (frame["from_day"] <= day)]
    dated = atlas.responses.loc[mine["response_id"], "date_precision"].isin(("day", "month")).to_numpy()
    own = {row.response_id: row for row in mine[dated].itertuples()}
    files = [one for one in proceedings(atlas, day) if one.place == place and any(step in own for step in one.steps)]
    if not own:
        return OwnTimeline((), ())
    last = max([row.from_day for row in own.values()] + [one.ended or one.seen for one in files])
    first = dt.date.fromisoformat(min(row.from_day for row in own.values())).replace(day=1)
    end = _next_month(dt.date.fromisoformat(min(last, day)))
    length = (end - first).days

    def at(when: str) -> float:
        return round(100 * (dt.date.fromisoformat(when) - first).days / length, 2)

    def ticks(ids: Iterable[str]) -> tuple[Tick, ...]:
        return tuple(
            Tick(at(own[one].from_day), int(own[one].rung), one, _told(atlas, one)) for one in ids if one in own
        )

    prose, lanes = texts()["dossier"], []
    for one in files:
        steps = [step for step in one.steps if step in own]
        rung = max(int(own[step].rung) for step in steps)
        until = one.ended or one.seen
        said = (prose["ended"] if one.ended else prose["last_seen"]).format(day=in_words(until))
        lanes.append(Lane(one.title, rung, at(own[steps[0]].from_day), at(until), not one.ended, said, ticks(steps)))
    stepped = {step for one in files for step in one.steps}
    rest = [one for one in sorted(own, key=lambda one: own[one].from_day) if one not in stepped]
    if rest:
        lanes.append(Lane(prose["rest"], 0, None, 0, False, "", ticks(rest)))
    months, month = [], first
    while month < end:
        months.append((prose["months"][month.month - 1], at(month.isoformat())))
        month = _next_month(month)
    return OwnTimeline(tuple(lanes), tuple(months))


def _told(atlas: Atlas, act: str) -> str:
    row = atlas.responses.loc[act]
    return texts()["dossier"]["told"].format(day=in_words(row["date"]), title=row["title"])


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
