"""Sentences about enforcement strength: ranges, pairs, weights, changes, suppositions and next steps.

Never a single rank, and never a judgement of worth: a place is *ahead* in compulsory powers, or *between 5th and
12th of 31 under the stated assumptions*.
"""

from atlas.law.robustness import Pair
from atlas.law.variants import AHEAD, LEANING
from atlas.law.what_if import Change
from atlas.response.order import Order
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words.grammar import capital, counted, listed, named, number, texts


def percent(share: float) -> str:
    """`88.5%`; never 0% or 100% unless it is all or none of them."""
    shown = f"{100 * share:.1f}%"
    if shown == "100.0%":
        return "100%" if share == 1 else "over 99.9%"
    if shown == "0.0%":
        return "0%" if share == 0 else "under 0.1%"
    return shown


def ordinal(count: int) -> str:
    """`1st`, `12th`, `23rd`."""
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def rank_words(low: int, high: int, of: int) -> str:
    """`between 5th and 12th of 31 under the stated assumptions`."""
    where = f"between {ordinal(low)} and {ordinal(high)}" if low != high else f"{ordinal(low)} in nine variants of ten,"
    return (
        f"{where} of {of} under the stated assumptions"
        if low != high
        else f"{where} of {of}, under the stated assumptions"
    )


def unread_words(count: int) -> tuple[str, ...]:
    """That so many places are not drawn, because their law was not read; nothing for none."""
    prose = texts()["pictures"]["strength"]
    return () if not count else (prose["unread_one" if count == 1 else "unread"].format(count=count),)


def ranges_title(day: str, places: int, ahead: int, leaning: int, built: bool) -> str:
    """The finding of the ranges: how many pairs of regimes can be told apart at all."""
    if places < 2:
        return f"On {in_words(day)} too little law is assessed to compare regimes by their powers"
    if not built:
        return (
            f"On {in_words(day)} {counted(places, 'regime has', 'regimes have')} enough law assessed to be compared by"
            " compulsory powers"
        )
    total = places * (places - 1) // 2
    rest = total - ahead - leaning
    most = (
        "Most regimes cannot"
        if rest * 2 > total
        else "Many regimes cannot"
        if rest * 4 > total
        else "Some regimes cannot"
        if rest
        else "All regimes can"
    )
    return (
        f"{most} be told apart by their compulsory powers: on {in_words(day)}, {ahead:,} of {total:,} pairs are clearly"
        f" ordered and {leaning:,} lean one way"
    )


def strength_map_title(atlas: Atlas, points: dict[str, float | None], day: str) -> str:
    """The finding of the map of strength: the two regimes that readers ask about, else how many are scored."""
    japan, union = points.get("JPN"), points.get("EU")
    if japan is not None and union is not None:
        return (
            f"On {in_words(day)} compulsory powers in law came to {japan:.0f} of 100 points in Japan and {union:.0f} in"
            " the European Union"
        )
    scored = sum(point is not None for point in points.values())
    return (
        f"On {in_words(day)} {counted(scored, 'jurisdiction has', 'jurisdictions have')} enough law assessed for a"
        " score"
    )


def pair_sentence(atlas: Atlas, found: Pair | None, one: str, other: str, variants: int, dominant: str = "") -> str:
    """Ahead, leaning or cannot be told apart, with the share of variants behind it."""
    if one == other:
        return "Choose two different jurisdictions to compare them."
    a, b = (atlas.name(place, in_sentence=True) for place in (one, other))
    if found is None:
        return f"{capital(a)} and {b} are not put in an order: under 80% of the weight is assessed in one of them."
    first, second = (atlas.name(place, in_sentence=True) for place in (found.first, found.second))
    tail = f"{percent(found.share)} of {variants:,} variants under the stated assumptions"
    if found.word == AHEAD:
        said = f"{capital(first)} is ahead of {second} in compulsory powers, in {tail}."
    elif found.word == LEANING:
        said = f"Compulsory powers lean towards {first} over {second}: it is ahead in {tail}."
    else:
        said = (
            f"{capital(first)} and {second} cannot be told apart by compulsory powers: {first} is ahead in {tail},"
            f" {second} in {percent(found.reverse)}."
        )
    if dominant:
        weaker = other if dominant == one else one
        said += (
            f" As coded, {atlas.name(dominant, in_sentence=True)} is at least as strong as"
            f" {atlas.name(weaker, in_sentence=True)} on every power: no weights can turn that, only other codes."
        )
    return said


def order_sentence(atlas: Atlas, found: Order, one: str, other: str) -> str:
    """How far two responses went, and whether that hangs on the order of neighbouring rungs."""
    a, b = (atlas.name(place, in_sentence=True) for place in (one, other))
    labels = [atlas.label("rung", str(rung)).lower() if rung else "no step on the ladder found" for rung in found.rungs]
    lead = f"Response in this case: {a}, {labels[0]}; {b}, {labels[1]}."
    if found.first == found.second == 0:
        return f"{lead} Neither went further."
    if max(found.first, found.second) == found.orders:
        return (
            f"{lead} {capital(a if found.first else b)} went further up the ladder, also with any two neighbouring"
            " rungs swapped."
        )
    return f"{lead} Which went further hangs on the order of neighbouring rungs."


def weights_sentence(
    atlas: Atlas, one: str, other: str, points: tuple[float | None, float | None], order: int, share: float
) -> str:
    """The order of a pair under the reader's weights, and the share of all weightings that agree."""
    a, b = (atlas.name(place, in_sentence=True) for place in (one, other))
    if points[0] is None or points[1] is None:
        return (
            f"Under your weights {a} and {b} are not put in an order: under 80% of that weight is assessed in one of"
            " them."
        )
    scores = f"Under your weights {a} has {points[0]:.1f} points and {b} {points[1]:.1f}."
    relation = f"{a} level with {b}" if order == 0 else f"{a} ahead of {b}" if order > 0 else f"{b} ahead of {a}"
    return (
        f"{scores} {percent(share)} of all weightings put {relation}. This varies the weights alone and takes every"
        " code as read."
    )


def change_sentence(atlas: Atlas, one: str, other: str, order: int, change: Change | None) -> str:
    """The smallest change of one code that would turn a pair."""
    a, b = (atlas.name(place, in_sentence=True) for place in (one, other))
    if order == 0:
        return f"{capital(a)} and {b} are level or cannot be scored, so there is no order to turn."
    ahead, behind = (a, b) if order > 0 else (b, a)
    if change is None:
        return (
            f"No change of a single code would put {behind} ahead of {ahead}: the order rests on more than one"
            " provision."
        )
    power = atlas.label("power", change.power).lower()
    then = atlas.label("level", str(change.then)).lower()
    if not change.instrument_id:
        owner = atlas.name(change.place, in_sentence=True)
        return (
            f"One finding would put {behind} ahead of {ahead}: the power “{power}” is not assessed in {owner};"
            f" found {then}, it would turn the pair."
        )
    law = named(atlas.instruments.at[change.instrument_id, "short_name"])
    where = f", {change.provision}" if change.provision else ", provision not named in the sources read"
    now = atlas.label("level", str(change.now)).lower()
    both = " This law applies in both." if change.shared else ""
    return (
        f"One code would put {behind} ahead of {ahead}: “{power}” in {law}"
        f" ({atlas.name(_maker(atlas, change), in_sentence=True)}{where}), coded {now}; coded {then}, it would turn the"
        f" pair.{both}"
    )


def _maker(atlas: Atlas, change: Change) -> str:
    return atlas.instruments.at[change.instrument_id, "jurisdiction_id"]


def reform_sentence(
    atlas: Atlas, instrument_id: str, given: tuple[str, ...], taken: tuple[str, ...], renamed: bool
) -> str:
    """What is supposed: `Suppose the AI Promotion Act had a fine in full.`"""
    law = named(atlas.instruments.at[instrument_id, "short_name"])
    parts = []
    if given:
        parts.append("had in full: " + listed([atlas.label("power", power).lower() for power in given]))
    if taken:
        parts.append("did not have: " + listed([atlas.label("power", power).lower() for power in taken]))
    if renamed:
        parts.append("named sexual deepfakes in its text")
    return f"Suppose {law} {'; and '.join(parts)}." if parts else f"Nothing is changed yet: this is {law} as it is."


def tally_sentence(atlas: Atlas, place: str, pairs: dict[str, Pair], before: bool) -> str:
    """How a place stands to all others: ahead of so many, behind so many, the rest not clear."""
    ahead = sum(found.word == AHEAD and found.first == place for found in pairs.values())
    behind = sum(found.word == AHEAD and found.first != place for found in pairs.values())
    rest = len(pairs) - ahead - behind
    verb = "is" if before else "would be"
    some = [number(count) if count else "none" for count in (ahead, behind, rest)]
    return (
        f"of {len(pairs)} others, {atlas.name(place, in_sentence=True)} {verb} ahead of {some[0]} and behind {some[1]};"
        f" in no clear order with {some[2]}."
    )


def standing_sentence(
    atlas: Atlas,
    place: str,
    point: float | None,
    bounds: tuple[float, float],
    ends: tuple[float, float] | None,
    rank: str,
    states: bool,
) -> str:
    """Score, range and order of one place, or its bounds.

    Args:
        point: score, or None where too little is assessed.
        bounds: what it would be if all that is not assessed were absent, or full.
        ends: range that holds nine variants of ten; None while variants await a build.
        rank: order in words, empty likewise.
        states: whether the place is ranked among states and provinces.
    """
    name = capital(atlas.name(place, in_sentence=True))
    if point is None:
        return (
            f"{name}: between {bounds[0]:.0f} and {bounds[1]:.0f} points, depending on what is not assessed; no score."
        )
    if ends is None:
        return f"{name}: {point:.0f} points."
    among = "states and provinces" if states else "countries, territories and the Union"
    return (
        f"{name}: {point:.0f} points; 90% of variants between {ends[0]:.0f} and {ends[1]:.0f}; {rank} (among {among}"
        " with enough assessed)."
    )


def matters_most(widths: dict[str, float]) -> str:
    """Which assumption widens the ranges most when it alone is varied."""
    if not widths or not any(widths.values()):
        return ""
    names = {
        "coding": "coding errors",
        "unassessed": "what is not assessed",
        "partial": "what partial is worth",
        "weights": "the weights",
        "rule": "the rule that puts groups together",
    }
    first, second = sorted(widths, key=widths.__getitem__, reverse=True)[:2]
    return (
        f"Varied alone, {names[first]} widen the typical range most ({widths[first]:.0f} points), then {names[second]}"
        f" ({widths[second]:.0f})."
        if first in ("coding", "weights")
        else (
            f"Varied alone, {names[first]} widens the typical range most ({widths[first]:.0f} points), then"
            f" {names[second]} ({widths[second]:.0f})."
        )
    )


def dominance_words(pairs: int, of: int) -> str:
    """How many pairs no weight can turn."""
    return (
        f"In {pairs:,} of {of:,} pairs of countries and the Union one is, as coded, at least as strong on every power:"
        " no weights can turn those."
    )


def scatter_title(day: str, used: int, unused: int) -> str:
    """The finding of powers against response."""
    if not used + unused:
        return f"By {in_words(day)} no regime with enough law assessed held many compulsory powers"
    return (
        f"By {in_words(day)}, {number(used)} of {number(used + unused)} regimes with many compulsory powers had warned,"
        f" ordered or gone further; of the other {number(unused)} no such step was found"
    )
