"""Sentences of a comparison: one for each place, one for each pair, and the words of a cell."""

from collections.abc import Sequence

from atlas.law.spans import instrument_spans, instrument_state
from atlas.response.evidence import Knowledge
from atlas.response.ladder import NOTHING
from atlas.response.next_step import Step
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, FAR_PAST, in_words
from atlas.words.grammar import LONGEST_TITLE, NUMBERS, capital, counted, listed, number, texts
from atlas.words.laws import state_words
from atlas.words.next_step import basis_words
from atlas.words.places import response_sentence

SHOWN_GAPS = 2


def start_words(starts: str) -> str:
    """`from 2 December 2026`, or that no start was found."""
    return "adopted, no start found" if starts == FAR_FUTURE else f"from {in_words(starts)}"


def cell_words(state: str, qualifier: str, starts: str = "") -> str:
    """What a cell says: `full`, `partial: by interpretation`, `not yet: from 2 December 2026`, `not assessed`."""
    word, limit = texts()["compare"]["states"][state]["label"], cell_limit(state, qualifier, starts)
    return f"{word}: {limit}" if limit else word


def cell_limit(state: str, qualifier: str, starts: str = "") -> str:
    """What a cell says after its state: what limits the power, or from when it is there; empty for nothing."""
    if state == "not_yet" and starts:
        return start_words(starts)
    if state == "partial":
        return qualifier or texts()["compare"]["unqualified"]
    return qualifier if state == "full" else ""


def not_its_to_make_words() -> str:
    """A power that a place lacks because such law is not its to make: `absent: not its to make`."""
    word, why = texts()["compare"]["states"]["absent"]["label"], texts()["compare"]["not_its_to_make"]
    return f"{word}: {why}"


def place_line(atlas: Atlas, known: Knowledge, place: str, day: str, types: dict[str, str]) -> str:
    """What a place did by a day, under which law, how it stands, and how far the evidence reaches."""
    said = response_sentence(atlas, known, place, day, types)
    reach = min(known.evidence_to, day) if known.evidence_to else ""
    return f"{said} {texts()['compare']['reach'].format(day=in_words(reach))}" if reach else said


def instrument_line(atlas: Atlas, instrument_id: str, day: str, types: dict[str, str]) -> str:
    """One sentence on an instrument: whose law, its state on a day, its kind."""
    row = atlas.instruments.loc[instrument_id]
    state = instrument_state(atlas, instrument_id, day)
    starts = instrument_spans(atlas).at[instrument_id, "starts"]
    words = state_words(atlas, instrument_id, day)
    if state == "in_force" and starts != FAR_PAST:
        known = row["applicable_date"] or row["in_force_date"] or row["adopted_date"]
        words += f"{', applicable' if row['applicable_date'] else ''} since {in_words(known)}"
    clauses = [words, atlas.label("legal_force", row["legal_force"]).lower()]
    if instrument_id in types:
        clauses.append(f"type on {in_words(day)}: {atlas.label('regime_type', types[instrument_id]).lower()}")
    return f"{row['short_name']} ({atlas.name(row['jurisdiction_id'])}): {'; '.join(clauses)}."


def pair_line(
    names: tuple[str, str],
    read: int,
    differing: int,
    group: str,
    gaps: Sequence[tuple[str, str, str]],
    verdict: str = "",
) -> str:
    """One sentence on how two columns differ most.

    Args:
        names: the two as they stand in a sentence.
        read: powers read in both.
        differing: on how many of those their cells differ.
        group: label of the group in which they differ most; empty if they do not.
        gaps: (power, words of the first, words of the second), the widest first.
        verdict: what can be said of their order, a clause; empty where none is given.
    """
    one, other = names
    if not read:
        sentence = f"{capital(one)} and {other} cannot be compared: no power was read in both"
    elif not differing:
        sentence = (
            f"{capital(one)} and {other} are coded alike on the {number(read)} {'power' if read == 1 else 'powers'}"
            " read in both, which does not make them alike in use"
        )
    else:
        shown = [f"{power} ({mine} in {one}, {theirs} in {other})" for power, mine, theirs in gaps[:SHOWN_GAPS]]
        sentence = (
            f"{capital(one)} and {other} differ on {share(differing, read, 'the ')}"
            f" {'power' if read == 1 else 'powers'} read in both, most under “{group}”: {listed(shown)}"
        )
    return f"{sentence}; {verdict}." if verdict else f"{sentence}."


def share(part: int, whole: int, article: str = "") -> str:
    """`three of ten`, `11 of 13`: words for small numbers, figures for both if one is large."""
    wordy = whole < len(NUMBERS)
    return f"{number(part)} of {article}{number(whole)}" if wordy else f"{part} of {article}{whole}"


def verdict_clause(outcome: str, first: str = "", second: str = "", share: str = "", reverse: str = "") -> str:
    """What can be said of the order of two regimes.

    Args:
        outcome: a key of `verdicts` in data/texts/compare.json.
        first, second: the two as they stand in a sentence, the one ahead for more priorities first.
        share, reverse: for which share of priorities each is ahead, in words.
    """
    return texts()["compare"]["verdicts"][outcome].format(first=first, second=second, share=share, reverse=reverse)


def step_lines(atlas: Atlas, step: Step | None, every: Sequence[Step]) -> list[str]:
    """The next legal step of a place, and which steps above it wait for a law or were not assessed."""
    prose = texts()["compare"]["response"]
    if step is None:
        lines, top = [prose["next_none"]], max((one.rung for one in every if one.used), default=NOTHING)
    else:
        basis = step.bases[0] if step.bases else None
        law = "" if basis is None else f"under {basis_words(atlas, basis)}"
        form = prose["next_free"] if basis is None else prose["next"]
        lines = [
            form.format(action=atlas.label("action", step.action).lower(), rung=f"rung {step.rung} of 6", basis=law)
        ]
        top = step.rung - 1
    for state in ("later", "new_law", "unread"):
        actions = [
            atlas.label("action", one.action).lower()
            for one in every
            if one.rung > top and one.state == state and not one.used
        ]
        if actions:
            lines.append(prose[state].format(actions=listed(actions)))
    return lines


def compare_title(names: list[str], differing: int, open_rows: int, total: int) -> str:
    """The finding of a comparison: on how many powers the columns differ, and on how many nothing can be said."""
    named = _compare_title(capital(listed(names)), differing, open_rows, total)
    if len(named) <= LONGEST_TITLE:
        return named
    return _compare_title(texts()["compare"]["these"].format(count=number(len(names))), differing, open_rows, total)


def _compare_title(who: str, differing: int, open_rows: int, total: int) -> str:
    if open_rows == total:
        return f"{who}: no power has been read in two of them"
    start = (
        f"{who} differ on {share(differing, total)} powers"
        if differing
        else f"{who} are coded alike on every power that can be compared"
    )
    return f"{start}; {number(open_rows)} not compared" if open_rows else start


def likeness_line(atlas: Atlas, place: str, other: str, apart: list[str], shared: int) -> str:
    """How a like regime differs from a place."""
    name = capital(atlas.name(other, in_sentence=True))
    if not apart:
        return f"{name}: alike on all {number(shared)} compulsory powers read in both."
    return f"{name}: differs on {share(len(apart), shared)} ({listed(apart).lower()})."


def holders_line(power: str, names: list[str], day: str) -> str:
    """Who holds in full, on a day, a power that a place lacks; where a court must order it the name says so."""
    if not names:
        return f"{power}: on {in_words(day)} no other place read so far holds it in full by its own law."
    more = len(names) - 6
    shown = names if more <= 1 else names[:6]
    return (
        f"{power}: on {in_words(day)} held in full, by their own law, in"
        f" {listed(shown) if more <= 1 else ', '.join(shown) + f' and {number(more)} more'}."
    )


def money_words(amount: float, currency: str) -> str:
    """`EUR 35 million`, `IDR 6 billion`, `USD 53,088`."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if amount >= size:
            return f"{currency} {amount / size:,.4g} {word}"
    return f"{currency} {amount:,.0f}" if amount >= 10 else f"{currency} {amount:,.2f}"


def prison_months(months: float) -> str:
    """`84 months (seven years)`."""
    years, rest = divmod(int(months), 12)
    parts = ([counted(years, "year", "years")] if years else []) + (
        [counted(rest, "month", "months")] if rest and years else []
    )
    spelled = f" ({' and '.join(parts)})" if parts else ""
    return f"{int(months)} {'month' if int(months) == 1 else 'months'}{spelled}"
