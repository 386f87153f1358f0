"""A page for every record: complete, safe, accessible, with its history; and its JSON twin."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from types import MappingProxyType, SimpleNamespace
from xml.etree import ElementTree

import pandas as pd
import pytest
from axe import violations
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.publish import history, record_rows
from atlas.publish import pin_release as pinned
from atlas.publish import record_page as records
from atlas.publish.browse import TABLES, browse
from atlas.publish.browse_lines import MAIN
from atlas.publish.cells_in_words import is_empty
from atlas.publish.places import acts_of, card, instruments_of
from atlas.publish.record_addresses import RECORDS
from atlas.tables.atlas import load
from atlas.tables.dates import in_words
from atlas.tables.kept_releases import Unreadable, load_release, releases
from atlas.tables.schema import DATA, Package
from atlas.templating import render
from atlas.web import record_routes as served
from atlas.web.routes import ROUTES
from atlas.words import texts
from tests.two_releases import GONE

POWER = "record/powers/eu-dsa/order"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} [a](javascript:alert(3)) =1+1 \"' &amp;"


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES))


class Seen(HTMLParser):
    """What a page holds: elements with attributes, text, and texts of headings and terms."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self._open, self._within = [], [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        # A place where a line may end stands within a word, and holds nothing.
        self._within = tag == "wbr"
        if not self._within:
            self._open.append(tag)

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if not {"script", "style"} & set(self._open):
            self.text.append(self.text.pop() + data if self._within else data)
        self._within = False

    def all(self, tag):
        return [attributes for found, attributes in self.tags if found == tag]

    @property
    def words(self):
        return " ".join(" ".join(self.text).split())


def serving(monkeypatch, atlas, folder=DATA):
    monkeypatch.setattr(served, "get_store", lambda: SimpleNamespace(state=SimpleNamespace(atlas=atlas), folder=folder))


@pytest.mark.slow
@pytest.mark.parametrize("table", list(RECORDS))
def test_every_record_has_a_whole_page(client, atlas, table):
    """Every field in words, every source with a link, one heading, the landmarks, no script, no stray address."""
    ids = [identity for name, identity in record_rows.every(atlas) if name == table]
    assert len(ids) == len(set(ids)) == len(atlas[table])
    for identity in ids:
        answer = client.get(f"/record/{table}/{identity}")
        assert answer.status_code == 200, identity
        seen, row = Seen(answer.text), record_rows.find(atlas, table, identity)
        words = seen.words
        for one in records.facts(atlas, table, row):
            assert " ".join(one.words.split()) in words, (identity, one.name)
            assert one.empty == is_empty(row[one.name])
        assert len(seen.all("h1")) == len(seen.all("main")) == len(seen.all("header")) == len(seen.all("footer")) == 1
        assert seen.all("html") == [{"lang": "en"}]
        links = [attributes["href"] for attributes in seen.all("a")]
        assert all(re.match(r"https?://|/[^/]|/$|#main$", link) for link in links), links
        for source in records.sources(atlas, table, identity):
            assert source["url"] in links and source["publisher"].split()[0] in words
        assert [attributes["type"] for attributes in seen.all("script")] == ["application/ld+json"]
        assert "Cite this record" in words and f"record {table}/{identity} in the project" in words


def test_ids_headings_and_labels_are_sound(client):
    for path in (POWER, "record/instruments/eu-dsa", "record/responses/phl-2026-01-23-dict-closure"):
        seen = Seen(client.get("/" + path).text)
        ids = [attributes["id"] for _, attributes in seen.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        assert all(attributes["aria-labelledby"] in ids for attributes in seen.all("section"))
        assert all(attributes.get("aria-label") for attributes in seen.all("nav"))


def test_every_field_has_a_label_and_a_place_of_its_own(atlas):
    prose = texts()["records"]
    for table in RECORDS:
        fields = list(atlas.package.tables[table].fields)
        named = [name for group in prose["groups"][table] for name in group["fields"]]
        assert len(named) == len(set(named))
        above = {*atlas.package.tables[table].key, records.HEADING.get(table), "summary"}
        assert set(fields) <= set(named) | above, set(fields) - set(named) - above
        assert all(name in prose["fields"] for name in fields), [name for name in fields if name not in prose["fields"]]


@pytest.mark.parametrize(
    "path",
    [
        "powers/eu-dsa",
        "powers/eu-dsa/order/x",
        "powers/eu-dsa/nothing",
        "responses/",
        "nothing/x",
        "curation/x",
        "x" * 3000,
        "responses/%3Cscript%3Ealert(1)%3C/script%3E",
        "responses/..%2f..%2fsecrets",
        "powers/eu-dsa/order.csv",
    ],
)
def test_an_unknown_record_is_a_designed_404(client, path):
    answer = client.get(f"/record/{path}")
    assert answer.status_code == 404 and "There is no such record" in answer.text and len(answer.text) < 20_000
    assert "<script>" not in answer.text and 'content="noindex"' in answer.text
    twin = client.get(f"/record/{path}.json")
    assert twin.status_code == 404 and twin.headers["content-type"] == "application/problem+json"


def test_text_from_data_is_shown_as_text(client, atlas, monkeypatch):
    tables = dict(atlas.tables)
    for name, table in atlas.package.tables.items():
        free = [
            field
            for field, descriptor in table.fields.items()
            if descriptor["type"] == "string"
            and not descriptor.get("constraints", {}).get("pattern")
            and not table.vocabulary(field)
            and name not in ("vocabulary", "curation")
        ]
        tables[name] = tables[name].assign(**dict.fromkeys(free, HOSTILE))
    tables["sources"] = tables["sources"].assign(url="javascript:alert(4)")
    tables["curation"] = tables["curation"].assign(reason=HOSTILE)
    bad = replace(atlas, tables=MappingProxyType(tables), digest="hostile")
    serving(monkeypatch, bad)
    for table in RECORDS:
        identity = next(identity for name, identity in record_rows.every(atlas) if name == table)
        answer = client.get(f"/record/{table}/{identity}")
        seen = Seen(answer.text)
        assert answer.status_code == 200 and HOSTILE in seen.words
        assert not seen.all("img") and "49" not in seen.words.split()
        assert [attributes["type"] for attributes in seen.all("script")] == ["application/ld+json"]
        assert not [attributes for _, attributes in seen.tags if any(name.startswith("on") for name in attributes)]
        assert not [link for attributes in seen.all("a") if (link := attributes["href"]).startswith("javascript")]
        twin = client.get(f"/record/{table}/{identity}.json").json()
        assert all(source["url"] is None and source["title"] == HOSTILE for source in twin["sources"])
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_twin_holds_the_row(client, atlas):
    for table in RECORDS:
        identity = [identity for name, identity in record_rows.every(atlas) if name == table][3]
        twin = client.get(f"/record/{table}/{identity}.json")
        content, row = twin.json(), record_rows.find(atlas, table, identity)
        assert twin.headers["access-control-allow-origin"] == "*" and "etag" in twin.headers
        assert list(content["fields"]) == list(atlas.package.tables[table].fields)
        for name, field in content["fields"].items():
            assert field["value"] is None if is_empty(row[name]) else field["value"] == row[name], name
        links = RECORDS[table]
        assert {source["source_id"] for source in content["sources"]} == set(
            atlas.sources_of(links, *identity.split("/")) if links else ()
        )
        assert (
            content["meta"]["data_version"] == atlas.package.version
            and content["meta"]["in_data"] is True
            and content["history"]
        )
    assert client.head(f"/{POWER}").content == b"" and client.post(f"/{POWER}").status_code == 405


# Two readings


def with_second_readings(atlas, rows, levels=()):
    """The data with a table of second readings, as the schema of a later release has it."""
    fields = [
        "record_kind",
        "record_id",
        "first_value",
        "second_value",
        "settled_value",
        "settled_how",
        "reason",
        "second_confidence",
        "read_on",
    ]
    descriptor = json.loads(json.dumps(atlas.package.descriptor))
    if "second_readings" not in atlas.package.tables:
        schema = {
            "fields": [{"name": name, "type": "string", "title": name, "description": name} for name in fields],
            "primaryKey": ["record_kind", "record_id"],
        }
        descriptor["resources"].append(
            {
                "name": "second_readings",
                "path": "second_readings.csv",
                "title": "Second readings",
                "description": "",
                "schema": schema,
            }
        )
    powers = atlas["powers"].copy()
    for instrument, power, level in levels:
        powers.loc[(powers["instrument_id"] == instrument) & (powers["power"] == power), "second_coder_level"] = level
    tables = {**atlas.tables, "powers": powers, "second_readings": pd.DataFrame(rows, columns=fields)}
    return replace(atlas, package=Package(descriptor), tables=MappingProxyType(tables), digest="second")


def reading_on(client, path):
    content = client.get(f"/record/{path}.json").json()["second_reading"]
    return content["done"], content["facts"]


def test_a_record_without_a_second_reading_says_so(client, atlas, monkeypatch):
    powers = atlas["powers"].assign(second_coder_level=pd.array([pd.NA] * len(atlas["powers"]), dtype="Int64"))
    tables = {name: frame for name, frame in atlas.tables.items() if name != "second_readings"}
    serving(monkeypatch, replace(atlas, tables=MappingProxyType({**tables, "powers": powers}), digest="first only"))
    level = record_rows.find(atlas, "powers", "eu-dsa/order")["level"]
    assert reading_on(client, "powers/eu-dsa/order") == (False, {"First reading": atlas.label("level", str(level))})
    assert "No second reading yet." in Seen(client.get(f"/{POWER}").text).words
    assert client.get("/record/sources/" + atlas["sources"]["source_id"][0] + ".json").json()["second_reading"] is None


def test_both_readings_and_how_they_were_settled_are_shown(client, atlas, monkeypatch):
    act = "phl-2026-01-23-dict-closure"
    rows = [
        (
            "power",
            "eu-dsa/order",
            "2",
            "1",
            "1",
            "second_taken",
            "Interim measures need a prima facie finding.",
            "high",
            "2026-11-25",
        ),
        ("power", "eu-dsa/fine", "2", "", "2", "not_decided", "The copy read lacks Art. 74.", "", "2026-11-25"),
        ("act", act, "closure", "closure", "closure", "agreed", "", "medium", "2026-11-25"),
    ]
    serving(monkeypatch, with_second_readings(atlas, rows, [("eu-dsa", "order", 1), ("eu-dsa", "block", 2)]))
    done, said = reading_on(client, "powers/eu-dsa/order")
    assert done and (said["First reading"], said["Second, blind reading"], said["In the data"]) == (
        "Full",
        "Partial",
        "Partial",
    )
    assert (
        "second was taken" in said["How it was settled"]
        and said["Why"].startswith("Interim")
        and said["Read on"] == "25 November 2026"
    )
    done, said = reading_on(client, "powers/eu-dsa/fine")
    assert done and said["Second, blind reading"].startswith("could not decide") and said["In the data"] == "Full"
    done, said = reading_on(client, f"responses/{act}")
    assert done and said["Second, blind reading"] == "Closure" and "same value" in said["How it was settled"]
    done, said = reading_on(client, "powers/eu-dsa/block")
    assert (
        done
        and said["Second, blind reading"] == "Full"
        and said["How it was settled"] == texts()["records"]["readings"]["unsettled"]
    )
    assert "No second reading yet." not in client.get(f"/{POWER}").text


# History


@pytest.mark.slow
def test_the_history_of_a_record_follows_the_releases(client, two_releases, monkeypatch):
    atlas = load(two_releases)
    serving(monkeypatch, atlas, two_releases)
    steps = client.get(f"/{POWER}.json").json()["history"]
    assert [(step["version"], step["kind"]) for step in steps] == [
        ("9.1.0", "first"),
        ("9.2.0", "changed"),
        ("9.2.0", "changed"),
    ]
    old = load_release(releases(two_releases)[0], two_releases)
    before = old["powers"].query("instrument_id == 'eu-dsa' and power == 'order'")["provision"].iloc[0]
    assert [(change["field"], change["old"], change["new"]) for change in steps[1]["changes"]] == [
        ("provision", before, "Art. 999")
    ]
    assert steps[2]["released"] == "" and len(steps[2]["sources_added"]) == 1 and not steps[2]["changes"]
    words = Seen(client.get(f"/{POWER}").text).words
    assert f"{before} → Art. 999" in words and "not kept as a release yet" in words
    assert [step["kind"] for step in client.get("/record/powers/eu-dsa/fine.json").json()["history"]] == ["first"]


@pytest.mark.slow
def test_a_record_that_left_the_data_keeps_its_address(client, two_releases, monkeypatch):
    serving(monkeypatch, load(two_releases), two_releases)
    path = f"/record/context_events/{GONE}"
    answer = client.get(path)
    words = Seen(answer.text).words
    assert (
        answer.status_code == 410
        and "was in data release 9.1.0" in words
        and "No longer in the data." in words
        and "Unchanged since" not in words
    )
    twin = client.get(path + ".json")
    assert (
        twin.status_code == 410
        and twin.json()["meta"]["in_data"] is False
        and [step["kind"] for step in twin.json()["history"]] == ["first", "removed"]
    )
    (two_releases / "releases" / "9.1.0.zip").write_bytes(b"not a release")
    load_release.cache_clear()
    history._walk.cache_clear()
    assert client.get(path).status_code == 404
    assert (
        f"9.1.0 , {in_words(load(two_releases).package.released)}: This release cannot be read."
        in Seen(client.get("/record/powers/eu-dsa/takedown").text).words
    )


@pytest.mark.slow
def test_a_record_that_left_the_data_is_there_in_the_release_that_had_it(client, two_releases, monkeypatch):
    serving(monkeypatch, load(two_releases), two_releases)
    path = f"/record/context_events/{GONE}"
    answer = client.get(f"{path}?release=9.1.0")
    assert answer.status_code == 200 and "It is no longer in the data served now." in answer.text
    assert client.get(f"{path}.json?release=9.1.0").json()["meta"]["in_data"] is True
    words = Seen(client.get(f"{path}?release=9.2.0").text).words
    assert f"Data release 9.2.0 has no record with this id: context_events/{GONE}" in words
    assert (
        client.get(f"{path}?release=9.2.0").status_code == client.get(f"{path}.json?release=9.2.0").status_code == 404
    )
    assert client.get(path).status_code == 410


@pytest.mark.parametrize("table", list(RECORDS))
def test_a_record_is_shown_as_the_release_asked_for_had_it(client, table):
    """Of each table the record that changed most: page and JSON hold the old cells and say so, links keep the release."""
    first = releases()[0]
    old, steps = load_release(first), history.walk(DATA).steps
    then = _keys(old)
    kept = [key for key in steps if key[0] == table and key in then]
    _, identity = max(kept, key=lambda key: sum(len(step.changes) for step in steps[key]))
    row, path = record_rows.find(old, table, identity), f"/record/{table}/{identity}"
    twin = client.get(f"{path}.json?release={first.version}")
    content = twin.json()
    assert content["meta"]["release"] == content["meta"]["data_version"] == first.version
    for name, one in content["fields"].items():
        cell = row.get(name)
        assert one["value"] == (None if is_empty(cell) else cell), name
    assert {one["source_id"] for one in content["sources"]} == {
        one["source_id"] for one in records.sources(old, table, identity)
    }
    changed = any(step.version != first.version for step in steps[table, identity])
    answer = client.get(f"{path}?release={first.version}")
    words = Seen(answer.text).words
    assert f"You are looking at this record as data release {first.version} had it." in words
    assert ("It has changed since" in words) == changed and ("have it unchanged" in words) == (not changed)
    if changed:
        assert content["fields"] != client.get(f"{path}.json").json()["fields"] or table == "sources"
    inside = [
        one["href"] for one in Seen(answer.text).all("a") if one["href"].startswith(("/record/", "/jurisdiction?"))
    ]
    assert all(f"release={first.version}" in link for link in inside if link != path) and path in inside
    assert f'rel="canonical" href="http://testserver{path}?release={first.version}"' in answer.text


def _keys(atlas):
    return set(record_rows.every(atlas))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("release=9.9.9", "The address asked for the release “9.9.9”, which is not known here."),
        ("release=1.0.0%20", "which is not known here."),
        ("releases=1.0.0", "The address names “releases”, which means nothing here."),
        ("Release=1.0.0", "The address names “Release”, which means nothing here."),
        ("amp;release=1.0.0", "The address names “amp;release”, which means nothing here."),
    ],
)
def test_a_release_that_is_not_understood_is_said_and_refused_to_programs(client, query, said):
    page, twin = client.get(f"/{POWER}?{query}"), client.get(f"/{POWER}.json?{query}")
    assert page.status_code == 200 and said in Seen(page.text).words.replace("&amp;", "&")
    assert twin.status_code == 400 and twin.headers["content-type"] == "application/problem+json"
    assert said in twin.json()["detail"] and twin.json()["parameter"] == "release"


def test_what_platforms_add_to_the_address_of_a_record_is_let_pass(client):
    for path in (POWER, f"{POWER}.json"):
        assert client.get(f"/{path}?utm_source=a&fbclid=b&ref=c").content == client.get(f"/{path}").content


def test_a_release_that_cannot_be_read_is_said(client, monkeypatch):
    def unreadable(release, folder):
        raise Unreadable("its file is missing")

    monkeypatch.setattr(pinned, "load_release", unreadable)
    words, twin = Seen(client.get(f"/{POWER}?release=1.0.0").text).words, client.get(f"/{POWER}.json?release=1.0.0")
    assert "Data release 1.0.0 cannot be shown: its file is missing. You are looking at the newest data" in words
    assert (
        twin.status_code == 400 and twin.json()["detail"] == "Data release 1.0.0 cannot be shown: its file is missing."
    )


def test_what_was_decided_about_a_record_stands_on_its_page(client, atlas):
    row = atlas["curation"][
        atlas["curation"]["data_id"].isin(
            [identity for table, identity in record_rows.every(atlas) if table == "responses"]
        )
    ].iloc[0]
    words = Seen(client.get(f"/record/responses/{row['data_id']}").text).words
    assert " ".join(row["reason"].split()) in words and atlas.label("decision", row["decision"]) in words


# The way there


def test_addresses_hold_below_a_path():
    below = TestClient(Starlette(routes=ROUTES), root_path="/atlas")
    seen = Seen(below.get(f"/{POWER}").text)
    links = [attributes["href"] for attributes in seen.all("a") if not attributes["href"].startswith(("http", "#"))]
    assert links and all(link.startswith("/atlas/") for link in links)
    assert 'url("/atlas/assets/fonts/' in below.get(f"/{POWER}").text
    row = below.get("/api/v1/powers?instrument=eu-dsa&power=order").json()["data"][0]
    assert row["record"] == f"/atlas/{POWER}" and below.get("/api/v1/openapi.json").json()["servers"] == [
        {"url": "http://testserver/atlas/api/v1"}
    ]


def test_the_sitemap_lists_every_record(client, atlas):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = [entry.text for entry in tree.findall("s:url/s:loc", space)]
    assert len(found) == len(set(found)) < 50_000
    assert {f"http://testserver/record/{table}/{identity}" for table, identity in record_rows.every(atlas)} <= set(
        found
    )


def test_receipts_in_the_app_lead_to_records(client, atlas):
    day = atlas.package.evidence_to
    pages = [
        render(
            "instruments.html",
            prose=texts()["dossier"],
            instruments=instruments_of(atlas, "EU", day),
            reaching=instruments_of(atlas, "EU", day),
            others=[],
            deck="",
            opened=False,
        ),
        render(
            "jurisdiction.html",
            opened=False,
            near=[],
            contents=texts()["dossier"]["contents"],
            acts=acts_of(atlas, "PHL", day)[0],
            later=0,
            day=day,
            counted=1,
            no_acts="",
            searches=[],
        ),
        render("card.html", **card(atlas, "JPN", day), steps=[]),
        *(
            render(
                "rows.html",
                table=name,
                description="",
                found=browse(atlas, name, "", "JPN" if name != "sources" else ""),
                main=MAIN[name],
                heads=[],
                labels=texts()["evidence"]["columns"],
                nothing="",
            )
            for name in TABLES
        ),
    ]
    paths = {
        attributes["href"]
        for page in pages
        for attributes in Seen(page).all("a")
        if attributes["href"].startswith("record/")
    }
    assert {path.split("/")[1] for path in paths} == set(RECORDS)
    assert all(client.get("/" + path).status_code == 200 for path in paths)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path, status",
    [
        (POWER, 200),
        ("record/responses/phl-2026-01-23-dict-closure", 200),
        ("api/v1", 200),
        ("record/powers/no/such", 404),
    ],
)
def test_light_pages_are_accessible_and_fit(server, page, offline, scheme, path, status):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if "404" not in message.text else None)
    page.emulate_media(color_scheme=scheme)
    assert page.goto(f"{server.url}/{path}").status == status
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 27)"
    assert dark == (scheme == "dark")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Source Sans 3\"'))")
    for details in page.locator("details").all():
        details.evaluate("one => one.open = true")
    assert violations(page) == []
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1024, "height": 800})
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert complaints == []


@pytest.mark.browser
def test_a_reader_goes_from_a_receipt_to_the_record(server, page, offline):
    page.goto(f"{server.url}/evidence?table=powers&find=eu-dsa")
    page.locator(".ra-rows-list details summary").first.click(timeout=60_000)
    page.get_by_role("link", name="Record: sources, history, how to dispute it").first.click()
    page.wait_for_url("**/record/powers/eu-dsa/**")
    assert page.locator("h1").inner_text().endswith(": DSA")
    page.get_by_role("link", name="European Union").first.click()
    page.wait_for_url("**/jurisdiction?place=EU")


# What a first reader waits for


def test_the_first_reader_of_a_record_waits_for_no_release(atlas, monkeypatch):
    """Each release took seconds to read; 21 s in all on a loaded machine."""

    def refuse(release, folder):
        raise AssertionError(f"release {release.version} was read")

    monkeypatch.setattr(history, "load_release", refuse)
    history._walk.cache_clear()
    firsts = [next(key for key in record_rows.every(atlas) if key[0] == table) for table in RECORDS]
    assert all([history.steps_of(atlas, DATA, key) for key in firsts])
    assert all([history.last_kept(DATA, key) for key in firsts])
    history._walk.cache_clear()


@pytest.mark.slow
def test_what_is_written_of_the_releases_is_what_they_hold():
    assert history.read(DATA) == history.go_through(DATA)


def test_a_release_that_was_replaced_is_gone_through_anew(two_releases):
    assert history.read(two_releases) == history.walk(two_releases)
    (two_releases / "releases" / "9.1.0.zip").write_bytes(b"not a release")
    # Keeping it has read it once; another process has not.
    load_release.cache_clear()
    assert history.read(two_releases) is None
    assert [step.version for step in history.walk(two_releases).unreadable] == ["9.1.0"]


def test_data_that_no_release_keeps_read_one_release_for_a_changed_record_only(two_releases, monkeypatch):
    path = two_releases / "jurisdictions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Indonesia", "Indonesien"), encoding="utf-8")
    served, read = load(two_releases), []
    monkeypatch.setattr(
        history, "load_release", lambda release, folder: read.append(release.version) or load_release(release, folder)
    )
    changed = next(key for key in record_rows.every(served) if key[0] == "responses")
    frame = served["responses"]
    assert history.steps_of(served, two_releases, changed) and read == []
    row = frame.iloc[0]
    path = two_releases / "responses.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(row["title"], row["title"] + " again"), encoding="utf-8")
    steps = history.steps_of(load(two_releases), two_releases, ("responses", row["response_id"]))
    assert steps[-1].released == "" and [change.field for change in steps[-1].changes] == ["title"]
    assert read == [releases(two_releases)[-1].version]
