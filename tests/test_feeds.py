"""The feed of changes is Atom (RFC 4287), the dates ahead are a calendar (RFC 5545), and both say what the data say."""

import datetime as dt
import re
from uuid import UUID
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.publish.feeds import _folded, _text, atom, calendar
from atlas.response.changes import changes, upcoming
from atlas.tables.dates import latest_day
from atlas.web.routes import ROUTES

BASE = "https://atlas.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
# Content line (RFC 5545, 3.1): name, parameters, value.
LINE = re.compile(r"(?P<name>[A-Z0-9-]+)(?P<parameters>(;[A-Z0-9-]+=[^\";:,]+)*):(?P<value>.*)")
# What an event must have and may have once (3.6.1).
NEEDED, ONCE = (
    ("UID", "DTSTAMP", "DTSTART"),
    ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "STATUS", "TRANSP"),
)


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES))


# Atom


def test_the_feed_has_what_atom_asks_of_a_feed(atlas):
    raw = atom(atlas, BASE)
    assert raw.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    feed = ElementTree.fromstring(raw)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(ATOM + name)) == 1, name
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    links = {link.get("rel"): link for link in feed.findall(f"{ATOM}link")}
    assert (
        links["self"].get("href") == BASE + "feeds/changes.atom" and links["self"].get("type") == "application/atom+xml"
    )
    assert links["alternate"].get("href").startswith(BASE)
    assert INSTANT.fullmatch(feed.find(f"{ATOM}updated").text)
    # Entries come last, so that no metadata of the feed is read as an entry's.
    tags = [child.tag for child in feed]
    assert set(tags[tags.index(f"{ATOM}entry") :]) == {f"{ATOM}entry"}


def test_each_entry_has_what_atom_asks_of_an_entry(atlas):
    feed = ElementTree.fromstring(atom(atlas, BASE))
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.find(f"{ATOM}id").text for entry in entries]
    assert entries and len(ids) == len(set(ids))
    for identity in [*ids, feed.find(f"{ATOM}id").text]:
        assert identity.startswith("urn:uuid:") and str(UUID(identity[9:])) == identity[9:]
    for entry in entries:
        for name in ("id", "title", "updated", "summary"):
            assert len(entry.findall(ATOM + name)) == 1 and entry.find(ATOM + name).text.strip(), name
        assert INSTANT.fullmatch(entry.find(f"{ATOM}updated").text)
        assert entry.find(f"{ATOM}link").get("rel") == "alternate" and entry.find(f"{ATOM}link").get("href").startswith(
            BASE
        )
        assert len(
            {(child.get("rel"), child.get("type"), child.get("hreflang")) for child in entry.findall(f"{ATOM}link")}
        ) == len(entry.findall(f"{ATOM}link"))
    updated = [entry.find(f"{ATOM}updated").text for entry in entries]
    assert updated == sorted(updated, reverse=True) and updated[0][:10] <= atlas.package.evidence_to


def test_the_feed_tells_what_happened_and_nothing_ahead(atlas):
    feed = ElementTree.fromstring(atom(atlas, BASE))
    titles = [entry.find(f"{ATOM}title").text for entry in feed.findall(f"{ATOM}entry")]
    past = [change for change in changes(atlas) if change.day <= atlas.package.evidence_to]
    assert len(titles) == min(len(past), 100)
    assert "European Union: AI Omnibus adopted" in titles and not any("HB 276 in force" in title for title in titles)


def test_names_of_entries_do_not_depend_on_the_server_or_the_release(atlas):
    first, second = (ElementTree.fromstring(atom(atlas, base)) for base in (BASE, "http://127.0.0.1:8501/"))
    assert [entry.find(f"{ATOM}id").text for entry in first.iter(f"{ATOM}entry")] == [
        entry.find(f"{ATOM}id").text for entry in second.iter(f"{ATOM}entry")
    ]
    assert atom(atlas, BASE) == atom.__wrapped__(atlas, BASE), "the same release, the same bytes"


def test_text_and_addresses_are_escaped(atlas):
    raw = atom(atlas, 'http://x"&<y/').decode()
    assert ElementTree.fromstring(raw).find(f"{ATOM}link").get("href").startswith('http://x"&<y/')


# iCalendar


def content_lines(raw: bytes) -> list[str]:
    """Unfolded lines, after checking line ends and lengths as they are sent."""
    assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b"")
    for line in raw[:-2].split(b"\r\n"):
        assert 0 < len(line) <= 75
        line.decode("utf-8")
    return re.sub(r"\r\n[ \t]", "", raw.decode("utf-8")).split("\r\n")[:-1]


def events(raw: bytes) -> tuple[list[tuple], list[list[tuple]]]:
    """Properties of the calendar, and of each event, as (name, parameters, value)."""
    head, found, current = [], [], None
    lines = content_lines(raw)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    for line in lines[1:-1]:
        match = LINE.fullmatch(line)
        assert match, line
        if line == "BEGIN:VEVENT":
            assert current is None
            current = []
        elif line == "END:VEVENT":
            found.append(current)
            current = None
        else:
            (head if current is None else current).append((match["name"], match["parameters"], match["value"]))
    assert current is None
    return head, found


def test_the_calendar_has_what_icalendar_asks(atlas):
    head, found = events(calendar(atlas, BASE))
    names = [name for name, *_ in head]
    assert (
        names.count("VERSION") == names.count("PRODID") == 1
        and ("VERSION", "", "2.0") in head
        and names.count("CALSCALE") <= 1
        and "METHOD" not in names
    )
    assert found
    for event in found:
        names = [name for name, *_ in event]
        assert all(names.count(name) == 1 for name in NEEDED) and all(names.count(name) <= 1 for name in ONCE)
        values = {name: (parameters, value) for name, parameters, value in event}
        assert re.fullmatch(r"\d{8}T\d{6}Z", values["DTSTAMP"][1])
        assert values["DTSTART"][0] == values["DTEND"][0] == ";VALUE=DATE"
        start, end = (dt.datetime.strptime(values[name][1], "%Y%m%d").date() for name in ("DTSTART", "DTEND"))
        assert start < end, "the end of an all-day event is the day after"
        assert (
            values["URL"][1].startswith(BASE)
            and values["STATUS"][1] in ("CONFIRMED", "TENTATIVE")
            and values["TRANSP"][1] == "TRANSPARENT"
        )
        for name in ("SUMMARY", "DESCRIPTION"):
            assert values[name][1] and not re.search(r"(?<!\\)(\\\\)*[;,]", values[name][1]), name
            assert not re.search(r"(?<!\\)(\\\\)*\\[^\\;,nN]", values[name][1]), name
    uids = [value for event in found for name, _, value in event if name == "UID"]
    assert len(uids) == len(set(uids))


def test_the_calendar_holds_the_dates_ahead(atlas):
    _, found = events(calendar(atlas, BASE))
    rows = [{name: value for name, _, value in event} for event in found]
    assert len(rows) == len(upcoming(atlas, atlas.package.evidence_to))
    by_days = {(row["DTSTART"], row["DTEND"]): row for row in rows}
    ban = by_days["20261202", "20261203"]
    assert "AI Omnibus applies" in ban["SUMMARY"] and "Article 5" in ban["DESCRIPTION"] and ban["STATUS"] == "CONFIRMED"
    assert "Utah: HB 276 in force" in by_days["20270101", "20270102"]["SUMMARY"]
    for change in upcoming(atlas, atlas.package.evidence_to):
        if len(change.date) == 7:
            after = (dt.date.fromisoformat(latest_day(change.date)) + dt.timedelta(days=1)).strftime("%Y%m%d")
            month = by_days[change.date.replace("-", "") + "01", after]
            assert month["STATUS"] == "TENTATIVE" and "day not known" in month["SUMMARY"]


@given(value=st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=300))
def test_any_line_folds_and_unfolds(value):
    folded = _folded("SUMMARY:" + value)
    assert all(len(piece.encode("utf-8")) <= 75 for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == "SUMMARY:" + value


@given(value=st.text(max_size=100))
def test_any_text_is_escaped_so_that_it_can_be_read_back(value):
    escaped = _text(value)
    assert not re.search(r"[\r\n]", escaped)
    back = re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], escaped, flags=re.DOTALL)
    assert back == value.replace("\r\n", "\n").replace("\r", "\n")


# As served


@pytest.mark.parametrize(
    ("path", "kind"), [("/feeds/changes.atom", "application/atom+xml"), ("/feeds/upcoming.ics", "text/calendar")]
)
def test_feeds_are_served_with_their_type_and_may_be_cached(client, path, kind):
    answer = client.get(path)
    assert (
        answer.status_code == 200
        and answer.headers["content-type"].startswith(kind)
        and "charset=utf-8" in answer.headers["content-type"]
    )
    assert b"http://testserver/" in answer.content
    assert client.get(path, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
