"""What changed as an Atom feed (RFC 4287), and the dates ahead as a calendar (RFC 5545).

Both are made from the data served, the feed from the releases kept with them too: the same data give the same bytes.
    Days are calendar days without a
time zone; where Atom wants an instant, it is the day's first in UTC.
"""

from functools import lru_cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from atlas.publish.citation import HOLDER
from atlas.publish.feed_entries import Entry, change_path, change_summary, entry, news
from atlas.response.changes import upcoming
from atlas.tables.atlas import Atlas
from atlas.tables.dates import day_after, earliest_day, latest_day
from atlas.tables.kept_releases import releases
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


def pages(atlas: Atlas, folder: Path) -> int:
    """How many pages the feed has; at least one."""
    return max(1, -(-len(news(atlas, folder, releases(folder))) // SHOWN))


def atom(atlas: Atlas, folder: Path, base: str, page: int = 1) -> bytes:
    """One page of what changed, newest first (paged as RFC 5005 has it): what happened up to the end of the evidence,
    by the day on which it became known, and what was added, corrected and taken out, by the day of the release.

    Args:
        folder: the data folder whose releases are kept.
        base: address of the site, with a slash at its end.
        page: from 1 to `pages`.

    Raises:
        IndexError: there is no such page.
    """
    every, last = news(atlas, folder, releases(folder)), pages(atlas, folder)
    if not 1 <= page <= last:
        raise IndexError(page)
    prose = texts()["time"]["feeds"]
    newest = max([atlas.package.released, *(one.updated for one in every[:1])])
    address = base + ATOM_FEED
    turns = {"first": 1, "previous": page - 1, "next": page + 1, "last": last}
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<id>{_urn('changes')}</id>",
        f"<title>{escape(prose['atom_title'])}</title>",
        f"<subtitle>{escape(prose['atom_subtitle'].format(most=SHOWN, page=page, pages=last))}</subtitle>",
        f"<updated>{newest}T00:00:00Z</updated>",
        f"<author><name>{escape(HOLDER)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(_of_page(address, page))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base + "timeline")}/>',
        *(
            f'<link rel="{turn}" type="application/atom+xml" href={quoteattr(_of_page(address, to))}/>'
            for turn, to in turns.items()
            if 1 <= to <= last
        ),
        f"<rights>{escape(atlas.package.descriptor['licenses'][0]['title'])}</rights>",
        f"<generator version={quoteattr(atlas.package.version)}>Regime Atlas</generator>",
    ]
    shown = [_markup(entry(atlas, folder, one), base) for one in every[(page - 1) * SHOWN : page * SHOWN]]
    return "\n".join([*head, *shown, "</feed>", ""]).encode("utf-8")


def _of_page(address: str, page: int) -> str:
    return address if page == 1 else f"{address}?page={page}"


def _markup(one: Entry, base: str) -> str:
    return "\n".join(
        (
            "<entry>",
            f"<id>{_urn(one.name)}</id>",
            f"<title>{escape(one.title)}</title>",
            f"<updated>{one.updated}T00:00:00Z</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(base + one.path)}/>',
            f"<category term={quoteattr(one.category)}/>",
            f'<summary type="text">{escape(one.summary)}</summary>',
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
            f"DESCRIPTION:{_text(change_summary(atlas, change))}",
            f"URL:{base + change_path(change, reach)}",
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
