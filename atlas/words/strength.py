"""Sentences about enforcement strength: ranges, pairs, weights, changes, suppositions and next steps.

Never a single rank, and never a judgement of worth: a place is *ahead* in compulsory powers *for most priorities*, or
*between 5th and 12th of 31, as far as the codes can say*.
"""

from atlas.law.priorities import Settling, Switch
from atlas.law.standing import Pair
from atlas.law.what_if import Change
from atlas.response.order import Order
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.tables.method import get_method
from atlas.words.grammar import LONGEST_TITLE, capital, listed, named, number, texts


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
    """`between 5th and 12th of 31, as far as the codes can say`."""
    prose = texts()["strength"]["rank"]
    return prose["one" if low == high else "between"].format(low=ordinal(low), high=ordinal(high), of=of)


def unread_words(count: int) -> tuple[str, ...]:
    """That so many places are not drawn, because their law was not read; nothing for none."""
    prose = texts()["pictures"]["strength"]
    return () if not count else (prose["unread_one" if count == 1 else "unread"].format(count=count),)


def ranges_title(day: str, places: int, ordered: int, built: bool) -> str:
    """The finding of the ranges: of how many regimes the law was read far enough, and how many pairs have an order."""
    prose = texts()["strength"]["title"]
    if places < 2:
        return prose["too_few"].format(day=in_words(day))
    pairs = places * (places - 1) // 2
    form = prose["ordered" if built else "not_built"]
    return form.format(day=in_words(day), places=number(places), ordered=f"{ordered:,}", pairs=f"{pairs:,}")


def strength_map_title(atlas: Atlas, points: dict[str, float | None], day: str) -> str:
    """The finding of the map of strength: how many have half of the points or more. It ranks nobody."""
    scored = [point for point in points.values() if point is not None]
    mark = get_method()["corners"]["strength"]
    high = sum(point >= mark for point in scored)
    return texts()["map"]["titles"]["strength"].format(high=capital(number(high)), scored=len(scored), mark=mark)


def pair_sentence(atlas: Atlas, found: Pair | None, one: str, other: str, dominant: str = "") -> str:
    """The verdict on two regimes, with the shares of priorities behind it."""
    prose = texts()["strength"]["pair"]
    if one == other:
        return prose["same_place"]
    a, b = (atlas.name(place, in_sentence=True) for place in (one, other))
    if found is None:
        return prose["too_little"].format(one=capital(a), other=b)
    first, second = (atlas.name(place, in_sentence=True) for place in (found.first, found.second))
    said = capital(prose[found.verdict].format(first=first, second=second, **_shares(found)))
    if dominant:
        said += " " + dominant_sentence(atlas, dominant, other if dominant == one else one)
    return said


def dominant_sentence(atlas: Atlas, stronger: str, weaker: str) -> str:
    """That one regime is at least as strong on every power as another."""
    first, second = (atlas.name(place, in_sentence=True) for place in (stronger, weaker))
    return capital(texts()["strength"]["pair"]["dominant"].format(first=first, second=second))


def _shares(found: Pair) -> dict[str, str]:
    return {
        "share": whole_percent(found.share),
        "reverse": whole_percent(found.reverse),
        "undecided": whole_percent(found.undecided),
    }


def whole_percent(share: float) -> str:
    """`88%`; never 0% or 100% unless it is all or none."""
    shown = round(100 * share)
    return (
        "over 99%" if shown == 100 and share < 1 - 1e-9 else "under 1%" if shown == 0 and share > 1e-9 else f"{shown}%"
    )


def verdict_words(found: Pair) -> str:
    """The verdict alone, as a key or a cell has it: `for most priorities`."""
    return texts()["strength"]["verdicts"][found.verdict]


def switch_sentences(atlas: Atlas, one: str, other: str, found: tuple[Switch, ...]) -> list[str]:
    """What a reader must value for one of two regimes to be ahead of the other."""
    prose, lines = texts()["strength"]["switch"], []
    for switch in found:
        ahead, behind = (one, other) if switch.side > 0 else (other, one)
        # Rounded so that the sentence holds at every point of the triangle.
        percent = int(100 * switch.weight + 1e-6) if switch.least else -int(-100 * switch.weight + 1e-6)
        form = prose["least" if switch.least else "most"]
        sentence = form.format(
            first=atlas.name(ahead, in_sentence=True),
            second=atlas.name(behind, in_sentence=True),
            group=prose["groups"][switch.group],
            percent=percent,
        )
        lines.append(capital(sentence))
    return lines


def settling_sentence(atlas: Atlas, found: Settling | None, provision: str = "") -> str:
    """The one code whose certain reading would leave least undecided; empty where none would help."""
    if found is None:
        return ""
    prose, power = texts()["strength"]["settle"], atlas.label("power", found.power).lower()
    shares = {"before": whole_percent(found.before), "left": whole_percent(found.undecided)}
    if not found.instrument_id:
        return prose["unread"].format(power=power, place=atlas.name(found.place, in_sentence=True), **shares)
    law = named(atlas.instruments.at[found.instrument_id, "short_name"])
    where = f", {provision}" if provision else ""
    return prose["coded"].format(power=power, law=f"{law}{where}", **shares)


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
    atlas: Atlas, one: str, other: str, points: tuple[float | None, float | None], shares: tuple[float, float]
) -> str:
    """The two scores under the reader's weights, and what the draws of codes say of their order."""
    prose = texts()["strength"]["own_weights"]
    a, b = (atlas.name(place, in_sentence=True) for place in (one, other))
    if points[0] is None or points[1] is None:
        return prose["too_little"].format(one=a, other=b)
    ahead = (a, b) if shares[0] >= shares[1] else (b, a)
    form = prose["level" if max(shares) == 0 else "ahead"]
    said = form.format(first=ahead[0], second=ahead[1], share=percent(max(shares)))
    return (
        prose["scores"].format(one=a, other=b, mine=f"{points[0]:.1f}", theirs=f"{points[1]:.1f}") + " " + capital(said)
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
    """How a place stands to all others: ahead of so many, behind so many, the rest without an order."""
    ahead = sum(found.ordered and found.first == place for found in pairs.values())
    behind = sum(found.ordered and found.first != place for found in pairs.values())
    some = [number(count) if count else "none" for count in (ahead, behind, len(pairs) - ahead - behind)]
    form = texts()["strength"]["tally"]["is" if before else "would"]
    return form.format(
        of=len(pairs), place=atlas.name(place, in_sentence=True), ahead=some[0], behind=some[1], rest=some[2]
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
        ends: range that holds nine draws of codes in ten; None while draws await a build.
        rank: order in words, empty likewise.
        states: whether the place is ranked among states and provinces.
    """
    prose, name = texts()["strength"]["standing"], capital(atlas.name(place, in_sentence=True))
    if point is None:
        return prose["bounds"].format(name=name, low=f"{bounds[0]:.0f}", high=f"{bounds[1]:.0f}")
    if ends is None:
        return prose["point"].format(name=name, point=f"{point:.0f}")
    among = prose["among_states" if states else "among"]
    low, high = (f"{end:.0f}" for end in ends)
    return prose["whole"].format(name=name, point=f"{point:.0f}", low=low, high=high, rank=rank, among=among)


def dominance_words(pairs: int, of: int) -> str:
    """How many pairs no weight can turn."""
    return (
        f"In {pairs:,} of {of:,} pairs of countries and the Union one is, as coded, at least as strong on every power:"
        " no weights can turn those."
    )


def scatter_title(day: str, used: int, unused: int) -> str:
    """The finding of powers against response.

    Args:
        used, unused: places with many powers, and whether a step from the line of the corners up was found.
    """
    prose = texts()["strength"]["scatter"]
    if not used + unused:
        return prose["none"].format(day=in_words(day))
    form = prose["title" if used else "title_none"]
    return capital(form.format(used=number(used), all=number(used + unused)))


def scatter_silence(day: str, nothing: int) -> str:
    """Of how many places with many powers no step on the ladder was found; empty where it is none."""
    return (
        texts()["strength"]["scatter"]["silent"].format(day=in_words(day), nothing=number(nothing)) if nothing else ""
    )


def triangle_title(atlas: Atlas, found: Pair | None, one: str, other: str) -> str:
    """The verdict on two regimes as a title; one without names where they are too long for it."""
    prose = texts()["strength"]["triangle"]["titles"]
    if one == other:
        return pair_sentence(atlas, found, one, other).removesuffix(".")
    places, shares = ((found.first, found.second), _shares(found)) if found else ((one, other), {})
    first, second = (atlas.name(place, in_sentence=True) for place in places)
    said = capital(prose[found.verdict if found else "too_little"].format(first=first, second=second, **shares))
    return said if len(said) <= LONGEST_TITLE else prose["short"]
