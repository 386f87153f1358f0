"""What changed as an Atom feed (RFC 4287), and the dates ahead as a calendar (RFC 5545).

Both are made from the release alone: the same release gives the same bytes. Days are calendar days without a
time zone; where Atom wants an instant, it is the day's first in UTC.
"""

from functools import lru_cache
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from atlas.publish.citation import HOLDER
from atlas.response.changes import Change, changes, upcoming
from atlas.tables.atlas import Atlas
from atlas.tables.dates import day_after, earliest_day, latest_day
from atlas.tables.releases import Release, Unreadable, bridged, fits, load_release, releases
from atlas.words import texts
from atlas.words import time as time_words

SPACE = uuid5(NAMESPACE_URL, "urn:regime-atlas")
SHOWN = 100
OCTETS = 75
PRODUCT = "-//Regime Atlas//Dates ahead//EN"


ATOM_FEED, CALENDAR = "feeds/changes.atom", "feeds/upcoming.ics"


def alternates(base: str) -> list[tuple[str, str, str]]:
    """Kind, title and address of each feed, for the head of a page.

    Args:
        base: address of the site, or its path, without a slash at its end.
    """
    prose = texts()["time"]["feeds"]
    return [
        ("application/atom+xml", prose["atom_title"], f"{base}/{ATOM_FEED}"),
        ("text/calendar", prose["calendar"], f"{base}/{CALENDAR}"),
    ]


def _urn(name: str) -> str:
    """A name that stays the same in every release and on every server (RFC 4151 needs a domain; a UUID does not)."""
    return f"urn:uuid:{uuid5(SPACE, name)}"


def _link(base: str, change: Change, day: str) -> str:
    if change.kind == "law":
        return f"{base}jurisdiction?place={quote(change.place)}&date={day}"
    return f"{base}timeline?date={day}&act={quote(change.record)}"


def _summary(atlas: Atlas, change: Change) -> str:
    record = atlas.instruments.loc[change.record] if change.kind == "law" else atlas.responses.loc[change.record]
    parts = [record["summary"], time_words.powers_words(atlas, change)]
    if record["conflict_note"]:
        parts.append(f"Sources disagree: {record['conflict_note']}")
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=8)
def atom(atlas: Atlas, base: str) -> bytes:
    """The changes up to the end of the evidence that became known last, those first.

    Args:
        base: address of the site, with a slash at its end.
    """
    reach = atlas.package.evidence_to
    told = _told_on(atlas, releases())
    past = [change for change in changes(atlas) if change.day <= reach]
    past = sorted(past, key=lambda change: (told.get(change.id, change.day), change.day, change.id))[-SHOWN:]
    prose = texts()["time"]["feeds"]
    updated = f"{atlas.package.released}T00:00:00Z"
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<id>{_urn('changes')}</id>",
        f"<title>{escape(prose['atom_title'])}</title>",
        f"<subtitle>{escape(prose['atom_subtitle'])}</subtitle>",
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(HOLDER)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(base + ATOM_FEED)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base + "timeline")}/>',
        f"<rights>{escape(atlas.package.descriptor['licenses'][0]['title'])}</rights>",
        f"<generator version={quoteattr(atlas.package.version)}>Regime Atlas</generator>",
    ]
    entries = [_entry(atlas, change, base, told.get(change.id, change.day)) for change in reversed(past)]
    return "\n".join([*head, *entries, "</feed>", ""]).encode("utf-8")


@lru_cache(maxsize=2)
def _told_on(atlas: Atlas, kept: tuple[Release, ...]) -> dict[str, str]:
    """The day on which a reader of the feed could first learn of each change, by its id.

    What the first release kept knew counts from its own day; what was added later, however old, from the release that
    brought it, so that it comes to those who had read all that was there before.
    """
    told: dict[str, str] = {}
    readable = [(release.released, old) for release in kept if (old := _read(atlas, release)) is not None]
    for number, (released, old) in enumerate([*readable, (atlas.package.released, atlas)]):
        for change in changes(old):
            if change.day <= old.package.evidence_to:
                told.setdefault(change.id, max(change.day, released) if number else change.day)
    return told


def _read(atlas: Atlas, release: Release) -> Atlas | None:
    """A kept release in the present structure; None if it cannot be read."""
    try:
        old = load_release(release)
    except Unreadable:
        return None
    return bridged(old, atlas) if fits(old.package, atlas.package) else None


def _entry(atlas: Atlas, change: Change, base: str, told: str) -> str:
    return "\n".join(
        (
            "<entry>",
            f"<id>{_urn(change.id)}</id>",
            f"<title>{escape(time_words.change_words(atlas, change))}</title>",
            f"<updated>{told}T00:00:00Z</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(_link(base, change, change.day))}/>',
            f"<category term={quoteattr(change.kind)}/>",
            f'<summary type="text">{escape(_summary(atlas, change))}</summary>',
            "</entry>",
        )
    )


@lru_cache(maxsize=8)
def calendar(atlas: Atlas, base: str) -> bytes:
    """The dates that lie after the end of the evidence, as all-day events; a date known to the month covers it.

    Args:
        base: address of the site, with a slash at its end.
    """
    reach = atlas.package.evidence_to
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(texts()['time']['feeds']['calendar'])}",
    ]
    stamp = atlas.package.released.replace("-", "") + "T000000Z"
    for change in upcoming(atlas, reach):
        exact = len(change.date) == 10
        title = time_words.change_words(atlas, change) + ("" if exact else " (day not known)")
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uuid5(SPACE, change.id)}@regime-atlas",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{_basic(earliest_day(change.date))}",
            f"DTEND;VALUE=DATE:{_basic(day_after(latest_day(change.date)))}",
            f"SUMMARY:{_text(title)}",
            f"DESCRIPTION:{_text(_summary(atlas, change))}",
            f"URL:{_link(base, change, reach)}",
            f"CATEGORIES:{'LAW' if change.kind == 'law' else 'ACT'}",
            f"STATUS:{'CONFIRMED' if exact else 'TENTATIVE'}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + "\r\n" for line in lines).encode("utf-8")


def _basic(day: str) -> str:
    return day.replace("-", "")


def _text(value: str) -> str:
    """A TEXT value: backslash, comma, semicolon and line breaks escaped (RFC 5545, 3.3.11)."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, none of which cuts a character in two (RFC 5545, 3.1)."""
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode("utf-8"))
        # Lines after the first begin with a space, which counts.
        if size + width > OCTETS:
            pieces.append(piece)
            piece, size = "", 1
        piece += character
        size += width
    return "\r\n ".join([*pieces, piece])
