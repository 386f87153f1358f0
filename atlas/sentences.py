"""`make sentences`: every generated sentence of every place on chosen days, as one page to read aloud.

An editor reads it from top to bottom and strikes what is untrue, incomplete or clumsy; the cause is then mended where
the sentence is made, in `atlas/words/`. Written to `build/sentences.html`; it needs no server.
"""

import argparse
from html import escape
from pathlib import Path

from atlas.charts.catalogue import CHARTS
from atlas.charts.clock.view import clock
from atlas.charts.map.view import READINGS, world_map
from atlas.charts.powers_response.view import powers_vs_response
from atlas.charts.timeline.view import timeline
from atlas.law.regime import instrument_types
from atlas.publish.places import summary
from atlas.publish.timeline import restriction_rows
from atlas.response.changes import between, upcoming
from atlas.response.durations import default_start
from atlas.response.ladder import NOTHING, acts, peak
from atlas.response.next_step import next_step
from atlas.response.proceedings import proceedings
from atlas.tables.atlas import Atlas, load
from atlas.tables.dates import in_words
from atlas.tables.schema import DATA
from atlas.words.acts import act_sentence, kind_words
from atlas.words.next_step import next_sentence
from atlas.words.time import change_words, changed_title, restrictions_title

DAYS = ("2026-01-12", "2026-01-20", "2026-03-01", "2026-06-12", "")
OUT = Path("build/sentences.html")
Section = tuple[str, list[tuple[str, str]]]


def of_day(atlas: Atlas, day: str) -> list[Section]:
    """Sentences of one day: titles of every chart, then every place, what changed and what comes."""
    titles = [(f"map, {reading}", world_map(atlas, reading, day).title) for reading in READINGS]
    titles += [("timeline", timeline(atlas, day).title), ("restrictions", restrictions_title(atlas, day))]
    titles += [("clock", clock(atlas, default_start(atlas), day).title)]
    titles += [("powers and response", powers_vs_response(atlas, day).title)]
    titles += [(f"restriction of {row[0]}", ", ".join(row)) for row in restriction_rows(atlas, day)]
    found: list[Section] = [(f"Titles on {in_words(day)}", titles)]
    tops = peak(acts(atlas), day)
    for place in sorted(atlas.jurisdictions.index, key=atlas.name):
        what = summary(atlas, place, day)
        top = int(tops.get(place, NOTHING))
        said = next_sentence(atlas, place, next_step(atlas, place, day), top, day)
        lines = [("title", what.title), ("response", what.response), ("parts", what.parts), ("beside", what.beside)]
        lines += [("law", what.law), ("next step", said)]
        found.append((f"{atlas.name(place)} on {in_words(day)}", [line for line in lines if line[1]]))
    return found


def of_all(atlas: Atlas) -> list[Section]:
    """Sentences that hang on no chosen day: every act for each place that took part, cases, changes, dates ahead."""
    day, types = atlas.package.evidence_to, instrument_types(atlas, atlas.package.evidence_to)
    told = [
        (
            f"{row.response_id}, {kind_words(atlas, atlas.responses.loc[row.response_id])}",
            act_sentence(atlas, row.response_id, row.jurisdiction_id, day, types),
        )
        for row in acts(atlas).itertuples()
    ]
    cases = [
        (
            one.id,
            f"{one.title}: from {in_words(one.opened)}, {'ended ' + in_words(one.ended) if one.ended else 'no end'}",
        )
        for one in proceedings(atlas, day)
    ]
    past = between(atlas, "2025-12-01", day)
    changed = [("title", changed_title(len(past), "2025-12-01", day))]
    changed += [(in_words(one.date), change_words(atlas, one)) for one in (*past, *upcoming(atlas, day))]
    return [("Every act", told), ("Every proceeding", cases), ("Every change", changed)]


def page(atlas: Atlas, days: tuple[str, ...]) -> str:
    """The page as HTML."""
    sections = [section for day in days for section in of_day(atlas, day or atlas.package.evidence_to)] + of_all(atlas)
    body = "\n".join(
        f"<h2>{escape(heading)}</h2><dl>"
        + "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in lines)
        + "</dl>"
        for heading, lines in sections
    )
    style = "body{font:16px/1.5 serif;max-width:44em;margin:2em auto}dt{color:#777;font-size:.8em}dd{margin:0 0 .5em}"
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Sentences</title><style>{style}</style>'
    return f"{head}<h1>Every sentence, data {escape(atlas.package.version)}, {len(CHARTS)} charts</h1>{body}</html>\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes every generated sentence on one page.")
    parser.add_argument("days", nargs="*", default=list(DAYS), help="ISO days; without any, five days of the case")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(page(load(DATA), tuple(given.days)), encoding="utf-8")
    print(f"sentences: {given.out}")


if __name__ == "__main__":
    main()
