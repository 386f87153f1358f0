"""Five steps for students: each a view to look at, two sentences about it and a question."""

from functools import lru_cache

from atlas.charts.compare.view import PLACES, comparison
from atlas.tables.atlas import Atlas
from atlas.words import texts
from atlas.words.steps import step_sentences

PAIR = ("JPN", "EU")


@lru_cache(maxsize=8)
def steps(atlas: Atlas) -> tuple[dict[str, str], ...]:
    """The steps in order: `id`, `title`, `sentences`, `question`, `view` and `path`."""
    return tuple(one | {"sentences": f"{_first(atlas, one)} {one['then']}"} for one in texts()["steps"]["steps"])


def _first(atlas: Atlas, one: dict[str, str]) -> str:
    day = one.get("date", atlas.package.evidence_to)
    if one["says"] == "differ":
        return f"{comparison(atlas, PLACES, PAIR, day).title}."
    return step_sentences()[one["says"]](atlas, day)
