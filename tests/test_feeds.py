"""The feed of changes is Atom (RFC 4287), the dates ahead are a calendar (RFC 5545), and both say what the data say."""

import datetime as dt
import json
import re
from collections import Counter
from types import SimpleNamespace
from uuid import UUID
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.publish.feed_entries import news
from atlas.publish.feeds import _folded, _text, atom, calendar, pages
from atlas.publish.history import go_through
from atlas.publish.make_release import keep
from atlas.response.changes import KINDS, changes, upcoming
from atlas.tables.atlas import load
from atlas.tables.dates import latest_day
from atlas.tables.kept_releases import load_release, releases
from atlas.tables.schema import DATA
from atlas.web import feeds
from atlas.web.routes import ROUTES
from tests.two_releases import GONE

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


@pytest.fixture(scope="module")
def told(atlas) -> list[ElementTree.Element]:
    """Entries of all pages of the feed of the repository's data."""
    return whole(atlas, DATA)


# Atom


def test_the_feed_has_what_atom_asks_of_a_feed(atlas):
    raw = atom(atlas, DATA, BASE)
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
    feed = ElementTree.fromstring(atom(atlas, DATA, BASE))
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
    assert updated == sorted(updated, reverse=True) and updated[0][:10] <= atlas.package.released


def test_the_feed_tells_what_happened_and_nothing_ahead(atlas, told):
    dated = [entry for entry in told if category(entry) in KINDS]
    titles = [entry.find(f"{ATOM}title").text for entry in dated]
    assert len(titles) == len([change for change in changes(atlas) if change.day <= atlas.package.evidence_to])
    assert "European Union: AI Omnibus adopted" in titles and not any("HB 276 in force" in title for title in titles)


def whole(atlas, folder) -> list[ElementTree.Element]:
    """Entries of all pages of the feed."""
    feeds = [ElementTree.fromstring(atom(atlas, folder, BASE, page)) for page in range(1, pages(atlas, folder) + 1)]
    return [entry for feed in feeds for entry in feed.findall(f"{ATOM}entry")]


def category(entry) -> str:
    return entry.find(f"{ATOM}category").get("term")


def by_record(told, path, kind) -> list[ElementTree.Element]:
    """Entries of one kind that lead to a path."""
    return [entry for entry in told if entry.find(f"{ATOM}link").get("href") == BASE + path and category(entry) == kind]


def test_every_correction_of_the_kept_releases_is_an_entry(told):
    """Each step of a record's history that changed it or took it out, of every table, once."""
    wanted = 0
    # What the data served now have beside the newest release is told too, and says so.
    of_releases = [entry for entry in told if "Data release " in entry.find(f"{ATOM}summary").text]
    found = Counter((entry.find(f"{ATOM}link").get("href"), category(entry)) for entry in of_releases)
    for (table, identity), steps in go_through(DATA).steps.items():
        for kind in ("changed", "removed"):
            times = sum(step.kind == kind for step in steps)
            assert found[f"{BASE}record/{table}/{identity}", kind] == times, (table, identity, kind)
            wanted += times
    assert wanted > 1000 and len({entry.find(f"{ATOM}id").text for entry in told}) == len(told)
    updated = [entry.find(f"{ATOM}updated").text for entry in told]
    assert updated == sorted(updated, reverse=True), "newest first, over all pages"


def test_pages_of_the_feed_are_bounded_say_so_and_lead_to_each_other(client, told):
    address, seen, answer = "/feeds/changes.atom", [], None
    while address:
        answer = client.get(address)
        assert answer.status_code == 200 and len(answer.content) < 200_000
        feed = ElementTree.fromstring(answer.content)
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == "http://testserver" + address
        assert links["first"] == "http://testserver/feeds/changes.atom"
        assert ("previous" in links) == bool(seen)
        entries = feed.findall(f"{ATOM}entry")
        assert 0 < len(entries) <= 100 and "at most 100 entries" in feed.find(f"{ATOM}subtitle").text
        seen += [entry.find(f"{ATOM}id").text for entry in entries]
        address = links.get("next", "").removeprefix("http://testserver")
    assert links["last"] == links["self"] and len(seen) == len(set(seen)) == len(told)


@pytest.mark.parametrize(
    ("page", "status"), [("0", 400), ("-1", 400), ("x", 400), ("", 400), ("1e3", 400), ("٣", 400), ("9999", 404)]
)
def test_a_page_that_is_not_there_is_refused_with_a_reason(client, page, status):
    answer = client.get("/feeds/changes.atom", params={"page": page})
    assert answer.status_code == status and re.fullmatch(r"The feed of changes has pages 1 to \d+\.", answer.text)


@pytest.mark.slow
def test_corrections_come_from_the_folder_that_is_served(client, two_releases, monkeypatch):
    """A power is corrected and an event taken out in one release; a source is added after it."""
    served = load(two_releases)
    store = SimpleNamespace(state=SimpleNamespace(atlas=served), folder=two_releases)
    monkeypatch.setattr(feeds, "get_store", lambda: store)
    told = whole(served, two_releases)
    assert client.get("/feeds/changes.atom").content == atom(served, two_releases, "http://testserver/")
    kept = by_record(told, "record/powers/eu-dsa/order", "changed")
    now, then = (" ".join(entry.itertext()) for entry in kept)
    assert "Data release 9.2.0." in then and "Article or section: " in then and "→ Art. 999." in then
    assert "not kept as a release yet" in now and "Sources added: " in now
    assert "European Union: “" in then and "changed in the data" in then
    (gone,) = by_record(told, f"record/context_events/{GONE}", "removed")
    title = load_release(releases(two_releases)[0], two_releases)["context_events"].set_index("event_id").title[GONE]
    assert gone.find(f"{ATOM}title").text == f"“{title}” taken out of the data"
    assert gone.find(f"{ATOM}updated").text == f"{served.package.released}T00:00:00Z"
    # Nothing of the repository's own releases stands in it.
    assert not any("1.1.0" in entry.find(f"{ATOM}summary").text for entry in told)
    ids = [entry.find(f"{ATOM}id").text for entry in told]
    assert len(ids) == len(set(ids))
    # What was told keeps its name when the data that were served are kept.
    descriptor = json.loads((two_releases / "datapackage.json").read_text(encoding="utf-8"))
    (two_releases / "datapackage.json").write_text(json.dumps(descriptor | {"version": "9.3.0"}), encoding="utf-8")
    raised = {entry.find(f"{ATOM}id").text for entry in whole(load(two_releases), two_releases)}
    keep(two_releases)
    after = {entry.find(f"{ATOM}id").text for entry in whole(load(two_releases), two_releases)}
    assert raised == after and {entry.find(f"{ATOM}id").text for entry in (kept[1], gone)} <= after


def test_names_of_entries_do_not_depend_on_the_server_or_the_release(atlas):
    first, second = (ElementTree.fromstring(atom(atlas, DATA, base)) for base in (BASE, "http://127.0.0.1:8501/"))
    assert [entry.find(f"{ATOM}id").text for entry in first.iter(f"{ATOM}entry")] == [
        entry.find(f"{ATOM}id").text for entry in second.iter(f"{ATOM}entry")
    ]
    once = atom(atlas, DATA, BASE)
    news.cache_clear()
    assert atom(atlas, DATA, BASE) == once, "the same data, the same bytes"


def test_text_and_addresses_are_escaped(atlas):
    raw = atom(atlas, DATA, 'http://x"&<y/').decode()
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
    utah = by_days["20270101", "20270102"]["SUMMARY"]
    assert "Utah: HB 276 (Artificial Intelligence Modifications" in utah and "in force" in utah
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
