"""Sentences on the next step that an authority could legally take."""

from atlas.response.next_step import HELD, Step
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, in_words
from atlas.words.grammar import capital, listed, named


def next_sentence(atlas: Atlas, place: str, step: Step | None, top: int, day: str) -> str:
    """The next step that law in force allows, with its article."""
    name = capital(atlas.name(place, in_sentence=True))
    if step is None:
        reached = "had reached the highest rung" if top == 6 else "had no further step that the law read allows"
        return f"By {in_words(day)} {name[0].lower() + name[1:] if name.startswith('The ') else name} {reached}."
    action = atlas.label("action", step.action).lower()
    if step.state != HELD:
        return f"{name}: the next step, {_with_article(action)}, needs no power."
    bases = [basis_words(atlas, basis) for basis in step.bases[:2]]
    return f"{name}: the next step that law allows is {_with_article(action)}, under {listed(bases)}."


def _with_article(action: str) -> str:
    return f"{'an' if action[0] in 'aeiou' else 'a'} {action}"


def basis_words(atlas: Atlas, basis) -> str:
    """`the Online Safety Act, ss. 133 and 135 (corrective order)`; says where no article was read."""
    law = named(atlas.instruments.at[basis.instrument_id, "short_name"])
    where = basis.provision or "article not named in the sources read"
    limit = ", partial" if basis.level == 1 else ""
    return f"{law}, {where} ({atlas.label('power', basis.power).lower()}{limit})"


def later_words(basis_starts: str) -> str:
    """From when an adopted law will allow a step."""
    return f"from {in_words(basis_starts)}" if basis_starts != FAR_FUTURE else "from a day not yet known"
