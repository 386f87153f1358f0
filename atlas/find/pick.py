"""Names in a list of places to choose from: those that Find knows, so that `Turkey` or `UK` leads where it should."""

from functools import lru_cache

from atlas.find.folding import fold, units
from atlas.find.names import PLACE, names
from atlas.tables.atlas import Atlas

# How many other names stand beside a name, of which kinds, and how long a short form is.
SHOWN, KINDS, LONGEST_SHORT = 2, ("abbreviation", "other_name"), 4


@lru_cache(maxsize=4)
def place_labels(atlas: Atlas, other: Atlas) -> dict[str, str]:
    """By place, its name with the other names by which English readers look for it: `Türkiye (Turkey)`.

    Args:
        other: the data whose other names are taken; a kept release may have none.
    """
    found = {}
    for place, name in atlas.jurisdictions["name"].items():
        beside = _beside(other, place, name)
        found[place] = f"{name} ({', '.join(beside)})" if beside else name
    return found


def _beside(other: Atlas, place: str, name: str) -> list[str]:
    """The first short form and the first other name that the name itself does not show."""
    found: dict[str, str] = {}
    for row in other.rows_of("names", "jurisdiction_id", place):
        kind, one = row["name_kind"], row["name"]
        short = one.isalpha() and one.isupper() and len(one) <= LONGEST_SHORT and one != place
        new = fold(one) not in fold(name) and fold(name) not in fold(one)
        if kind in KINDS and row["language"] == "en" and new and (short if kind == KINDS[0] else "." not in one):
            found.setdefault(kind, one)
    return [found[kind] for kind in KINDS if kind in found][:SHOWN]


def place_named(atlas: Atlas, other: Atlas, text: str) -> str:
    """The one place that a typed name means, slips forgiven as Find does; empty where it is none or not one."""
    typed, known = units(text), names(atlas, other)
    if not typed:
        return ""
    seen = known.exact(typed, True)
    seen = seen or known.nearly(typed, [True] * len(typed), [True] * len(typed))
    places = {place for one in seen if one.meant.kind == PLACE for place in one.meant.ids}
    return places.pop() if len(places) == 1 else ""
