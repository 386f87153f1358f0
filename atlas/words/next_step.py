"""Sentences on the next step that an authority could legally take."""

from atlas.response.next_step import HELD, Basis, Step
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, in_words
from atlas.words.grammar import capital, texts
from atlas.words.laws import law, says_more
from atlas.words.powers import qualifiers

HIGHEST = 6


def next_sentence(atlas: Atlas, place: str, step: Step | None, top: int, day: str) -> str:
    """The next step that law in force allows, with its article."""
    prose, name = texts()["strength"]["next_step"], atlas.name(place, in_sentence=True)
    if step is None:
        return prose["top" if top == HIGHEST else "none"].format(day=in_words(day), place=name)
    action = _with_article(atlas.label("action", step.action).lower())
    if step.state != HELD:
        return capital(prose["free"].format(place=name, action=action))
    under = [prose["under"].format(basis=basis_words(atlas, basis)) for basis in step.bases[:2]]
    bases = prose["or"].join([under[0], *under[1:]])
    return capital(prose["held"].format(place=name, action=action, bases=bases))


def _with_article(action: str) -> str:
    return f"{'an' if action[0] in 'aeiou' else 'a'} {action}"


def basis_words(atlas: Atlas, basis: Basis) -> str:
    """`the OSA (Online Safety Act 2023), ss. 144-147: block the service, by a court; body named for this law: Ofcom`.

    Says where no article was read, what limits the power, whose law it is if not the place's own, and which body the
    law names.
    """
    prose = texts()["strength"]["basis"]
    rows = atlas.rows_of("powers", "instrument_id", basis.instrument_id)
    row = next(row for row in rows if row["power"] == basis.power)
    limits = qualifiers(row) or (prose["partial"] if basis.level == 1 else "")
    body, known = atlas.instruments.at[basis.instrument_id, "authority_text"], law(atlas, basis.instrument_id)
    maker = basis.inherited_from and atlas.name(basis.inherited_from, in_sentence=True)
    form = ("body_of" if maker else "body") if body else ("no_body_of" if maker else "no_body")
    article = says_more(basis.provision, known) or not basis.provision
    where = prose["where"].format(article=basis.provision) if basis.provision else prose["no_article"]
    return prose["said"].format(
        law=known,
        where=where if article else "",
        power=atlas.label("power", basis.power).lower(),
        limits=f", {limits}" if limits else "",
        body=prose[form].format(body=body, maker=maker),
    )


def later_words(basis_starts: str) -> str:
    """From when an adopted law will allow a step."""
    return f"from {in_words(basis_starts)}" if basis_starts != FAR_FUTURE else "from a day not yet known"
