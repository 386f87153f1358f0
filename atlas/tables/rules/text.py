"""Rules about text: one plain line each, short summaries, true weekdays."""

import calendar
import re
import unicodedata
from collections.abc import Iterator

from atlas.tables.fault import Fault
from atlas.tables.rules.frames import Frames, fault_in, rows
from atlas.tables.schema import Package

MAX_SUMMARY_WORDS = 70
# Controls, formats, surrogates, private use, line and paragraph separators; the zero-width non-joiner belongs to
# Persian.
ODD, ALLOWED = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"), "\u200c"
WEEKDAY = re.compile(
    r"\b("
    + "|".join(calendar.day_name)
    + r"),? (?:the )?(\d{1,2}) ("
    + "|".join(calendar.month_name[1:])
    + r")(?: (\d{4}))?"
)


def text_is_plain(frames: Frames, package: Package) -> Iterator[Fault]:
    """One line, no stray space, no invisible or direction-changing character; summaries short, weekdays right."""
    for name, frame in frames.items():
        for column in frame.columns:
            cells = frame[column].tolist()
            # All characters of a column at once: there are few, and hardly ever an odd one.
            odd = {c for c in set("".join(cells)) if unicodedata.category(c) in ODD and c not in ALLOWED}
            for line, text in zip(frame.index, cells):
                if odd and (found := next((c for c in text if c in odd), None)):
                    wanted = f"text without the invisible character U+{ord(found):04X}"
                    yield fault_in(package, name, line, column, text, wanted)
                elif text != text.strip():
                    yield fault_in(package, name, line, column, text, "no space at the start or the end")
                if column == "summary" and len(text.split()) > MAX_SUMMARY_WORDS:
                    wanted = f"at most {MAX_SUMMARY_WORDS} words, found {len(text.split())}"
                    yield fault_in(package, name, line, column, text, wanted)
    for name in ("responses", "context_events"):
        for line, row in rows(frames[name]):
            for column in ("title", "summary", "note", "conflict_note"):
                yield from _wrong_weekdays(
                    package, name, line, column, row[column], (row["date"] or package.evidence_to)[:4]
                )


def _wrong_weekdays(package: Package, table: str, line: int, column: str, text: str, year: str) -> Iterator[Fault]:
    """`Tuesday 14 January` must be a Tuesday in the year named, or in the row's own."""
    for weekday, day, month, named_year in WEEKDAY.findall(text):
        number = list(calendar.month_name).index(month)
        try:
            real = calendar.day_name[calendar.weekday(int(named_year or year), number, int(day))]
        except ValueError:
            real = "no such day"
        # A conflict note may quote a wrong weekday in order to say so.
        if real != weekday and column != "conflict_note":
            yield fault_in(
                package, table, line, column, f"{weekday} {day} {month}", f"the weekday of that date ({real})"
            )
