"""The days on which a case turned, in words: what stands over each small map, and the finding of all."""

from atlas.response.ladder import acts
from atlas.response.turning_days import TurningDay
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words.grammar import capital, counted, listed, texts
from atlas.words.map_titles import map_title

# More names than that give way to their number.
MOST_NAMED = 2


def turning_words(atlas: Atlas, turned: TurningDay) -> str:
    """What happened on a day: `Last restriction ended: Indonesia`."""
    form = texts()["map"]["small"]["kinds"]["one" if _is_one(turned) else turned.kind]
    return capital(form.format(places=_who(atlas, turned.places), count=_restrictions(turned)))


def turning_title(atlas: Atlas, turned: tuple[TurningDay, ...], day: str) -> str:
    """The finding of a row of days as of a date: the most restrictions at once, and whether any is left."""
    kinds = {one.kind: one for one in turned}
    prose, most, over = texts()["map"]["small"]["titles"], kinds.get("most"), kinds.get("over")
    if not most:
        return map_title(atlas, acts(atlas), day)
    if not over:
        return capital(
            prose["one" if _is_one(most) else "most"].format(count=_restrictions(most), day=_short(most.day, day))
        )
    form = prose["one_over" if _is_one(most) else "over"]
    return capital(form.format(count=_restrictions(most), day=_short(most.day, over.day), over=_short(over.day, day)))


def _is_one(turned: TurningDay) -> bool:
    return turned.kind == "most" and len(turned.places) == 1


def _restrictions(turned: TurningDay) -> str:
    return counted(len(turned.places), "restriction", "restrictions")


def _who(atlas: Atlas, places: tuple[str, ...]) -> str:
    if len(places) > MOST_NAMED:
        return counted(len(places), "jurisdiction", "jurisdictions")
    return listed(sorted(atlas.name(place, in_sentence=True) for place in places))


def _short(day: str, beside: str) -> str:
    """A day without its year where another beside it has the same."""
    said = in_words(day)
    return said.rpartition(" ")[0] if day[:4] == beside[:4] else said
