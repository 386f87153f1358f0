"""The first sentence of each of the five steps for students, true in every release."""

from collections.abc import Callable, Mapping

from atlas.response.evidence import knowledge
from atlas.response.ladder import acts, peak
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words.grammar import capital, counted, number
from atlas.words.map_titles import evidence_title, map_title

ASKED = 2


def step_sentences() -> Mapping[str, Callable[[Atlas, str], str]]:
    """By its name in data/texts/steps.json, what makes a step's sentence of the data and a day."""
    return {"case": _case, "stopped": _stopped, "asked": _asked, "unknown": _unknown}


def _case(atlas: Atlas, day: str) -> str:
    """What the case is: the first sentence of its description."""
    return atlas.case.description.split(". ")[0].rstrip(".") + "."


def _stopped(atlas: Atlas, day: str) -> str:
    return f"{map_title(atlas, acts(atlas), day)}."


def _asked(atlas: Atlas, day: str) -> str:
    """How many went no further than asking."""
    reached = peak(acts(atlas), day)
    low = int((reached <= ASKED).sum())
    said = f"{number(low)} of them" if low > 1 else number(low) if low else "none"
    return (
        f"{capital(counted(len(reached), 'jurisdiction', 'jurisdictions'))} had acted by {in_words(day)}, and"
        f" {said} had done no more than speak or ask."
    )


def _unknown(atlas: Atlas, day: str) -> str:
    return f"{evidence_title(knowledge(atlas, day), day)}."
