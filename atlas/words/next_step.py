"""Sentences on the next step that an authority could legally take."""

from atlas.response.next_step import HELD, Basis, Step
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, in_words
from atlas.words.acts import law
from atlas.words.grammar import capital, texts
from atlas.words.powers import qualifiers


def next_sentence(atlas: Atlas, place: str, step: Step | None, top: int, day: str) -> str:
    """The next step that law in force allows, with its article."""
    name = capital(atlas.name(place, in_sentence=True))
    if step is None:
        reached = "had reached the highest rung" if top == 6 else "had no further step that the law read allows"
        return f"By {in_words(day)} {atlas.name(place, in_sentence=True)} {reached}."
    action = atlas.label("action", step.action).lower()
    if step.state != HELD:
        return f"{name}: the next step, {_with_article(action)}, needs no power."
    bases = [basis_words(atlas, basis) for basis in step.bases[:2]]
    return f"{name}: the next step that law allows is {_with_article(action)}, under {'; or under '.join(bases)}."


def _with_article(action: str) -> str:
    return f"{'an' if action[0] in 'aeiou' else 'a'} {action}"


def basis_words(atlas: Atlas, basis: Basis) -> str:
    """`the OSA (Online Safety Act 2023), ss. 144-147: block the service, by a court; authority of this law: Ofcom`.

    Says where no article was read, what limits the power, and which body the law names.
    """
    prose = texts()["strength"]["basis"]
    rows = atlas.rows_of("powers", "instrument_id", basis.instrument_id)
    row = next(row for row in rows if row["power"] == basis.power)
    limits = qualifiers(row) or (prose["partial"] if basis.level == 1 else "")
    body = atlas.instruments.at[basis.instrument_id, "authority_text"]
    return prose["said"].format(
        law=law(atlas, basis.instrument_id),
        where=basis.provision or prose["no_article"],
        power=atlas.label("power", basis.power).lower(),
        limits=f", {limits}" if limits else "",
        body=prose["body"].format(body=body) if body else prose["no_body"],
    )


def later_words(basis_starts: str) -> str:
    """From when an adopted law will allow a step."""
    return f"from {in_words(basis_starts)}" if basis_starts != FAR_FUTURE else "from a day not yet known"
