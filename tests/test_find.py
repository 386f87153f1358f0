"""Find: the right view first, answers from the tables with receipts, nothing kept, and no question that breaks it."""

import asyncio
import csv
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from addresses import served
from cut_text import UNDER
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import expect
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from atlas.charts.compare.cells import place_cell
from atlas.charts.options import LONGEST_TEXT
from atlas.find import find as find_module
from atlas.find.answers import answer
from atlas.find.find import find
from atlas.find.folding import key, words
from atlas.find.index import index
from atlas.find.names import names
from atlas.find.records import KINDS
from atlas.find.understood import understand
from atlas.find.views import openings
from atlas.law.strength import compulsory
from atlas.publish import record_rows
from atlas.response.ladder import acts
from atlas.tables.fold import fold
from atlas.tables.method import get_method
from atlas.web.api import serve
from atlas.words import texts

QUESTIONS = list(csv.DictReader((Path(__file__).parent / "find_questions.csv").open(encoding="utf-8")))
FEWEST_QUESTIONS, RIGHT = 60, 0.9
PATHS = ("/find", "/api/v1/find", "/api/v1/find.csv")


@pytest.fixture(scope="module")
def client():
    return TestClient(served(), base_url="http://testserver")


def first(found) -> str:
    return found.views[0].path if found.views else ""


def opened(atlas, question) -> list[str]:
    """Addresses of the views alone, without a search for records."""
    asked = understand(atlas, names(atlas, atlas), index(atlas, atlas), question)
    return [one.path for one in openings(atlas, asked)]


def ids(atlas, kind, question) -> list[str]:
    """Ids of the records of a kind that hold all words of a question."""
    found = index(atlas, atlas).search(words(question), kinds=(kind,))
    return [one.id for one in found.get(kind, ())]


# The view that a question opens


def test_the_right_view_comes_first(atlas):
    assert len({one["question"] for one in QUESTIONS}) == len(QUESTIONS) >= FEWEST_QUESTIONS
    wrong = [
        f"{one['question']}: {got}, not {one['opens']}"
        for one in QUESTIONS
        if (got := first(find(atlas, one["question"]))) != one["opens"]
    ]
    assert len(wrong) <= (1 - RIGHT) * len(QUESTIONS), "\n".join(wrong)


def test_every_place_is_found_by_each_of_its_names(atlas):
    """Whatever the case; a code in capitals alone."""
    rows = [*zip(atlas.jurisdictions["name"], atlas.jurisdictions.index, [""] * len(atlas.jurisdictions))]
    rows += [(row.name, row.jurisdiction_id, row.name_kind) for row in atlas["names"].itertuples()]
    wrong = []
    for name, place, kind in rows:
        for typed in (name,) if kind == "code" else (name, name.upper(), name.lower(), f"{name}?"):
            seen = opened(atlas, typed)
            # A law or an authority may have the same name, and come first.
            if f"jurisdiction?place={place}" not in seen:
                wrong.append(f"{typed}: {seen}")
    assert wrong == []


def test_a_code_is_a_word_in_small_letters(atlas):
    seen = names(atlas, atlas)
    assert find(atlas, "what is in it").views == () or "ITA" not in find(atlas, "what is in it").views[0].path
    assert first(find(atlas, "fines in IT")) == "jurisdiction?place=ITA"
    assert seen is names(atlas, atlas), "made once"


@pytest.mark.parametrize("typed", ["tell us about Japan", "show us Japan", "help us with Japan"])
def test_those_who_ask_are_not_a_country(atlas, typed):
    assert first(find(atlas, typed)) == "jurisdiction?place=JPN"


def test_every_law_and_authority_is_found_by_its_name(atlas):
    wrong = []
    for law, row in atlas.instruments.iterrows():
        asked = f"{row['short_name']} {atlas.name(row['jurisdiction_id'])}"
        if f"record/instruments/{law}" not in opened(atlas, asked) and law not in ids(atlas, "laws", asked):
            wrong.append(law)
    for body, row in atlas.authorities.iterrows():
        place = f"jurisdiction?place={row['jurisdiction_id']}"
        if place not in opened(atlas, row["name"]) and body not in ids(atlas, "authorities", row["name"]):
            wrong.append(body)
    assert wrong == []


def test_every_act_is_found_by_its_title(atlas):
    wrong = []
    for act, row in atlas.responses.iterrows():
        if act not in ids(atlas, "acts", f"{atlas.name(row['jurisdiction_id'])} {row['title']}"):
            wrong.append(act)
    assert wrong == []


@pytest.mark.parametrize("day", ["2026-01-10", "2026-01-17", "2026-06-30"])
def test_the_day_goes_along_and_one_that_is_named_wins(atlas, day):
    for question in ("Compare Japan and France", "Turkey", "who blocked grok", "timeline"):
        found = find(atlas, question, day)
        assert found.day == day and parse_qs(urlsplit(first(found)).query)["date"] == [day]
    when = date.fromisoformat(day)
    for typed in (day, f"{when.day} {when:%B} {when.year}", f"{when:%B} {when.day}, {when.year}"):
        assert find(atlas, f"Turkey {typed}", "2026-03-03").day == day, typed
    later = [one for group in find(atlas, "Grok", day).groups for one in group.entries if one.day > day]
    assert all(one.note.endswith(texts()["find"]["later"]) for one in later)


def test_an_act_after_the_day_says_so(atlas):
    found = find(atlas, "Baltimore lawsuit", "2026-01-17")
    (act,) = [one for group in found.groups if group.kind == "acts" for one in group.entries]
    assert act.day > "2026-01-17" and act.note.endswith(texts()["find"]["later"])
    assert "no act of the kind" in found.answer.sentence


# Answers


@pytest.mark.parametrize("power", compulsory())
def test_what_the_law_of_a_place_allows_is_what_compare_says(atlas, power):
    """Every place, every compulsory power: state, law and article of the cell, with the record as receipt."""
    day, label = atlas.package.evidence_to, atlas.label("power", power).lower()
    for place in atlas.jurisdictions.index:
        name = atlas.name(place)
        question = f"Does the law of {name} allow: {label}?"
        cell = place_cell(atlas, place, power, day)
        assert opened(atlas, question)[0] == f"jurisdiction?place={place}", name
        asked = understand(atlas, names(atlas, atlas), index(atlas, atlas), question)
        found = answer(atlas, asked, day)
        said = found.sentence
        assert cell.words.partition(": ")[0] in said and cell.short_name in said and cell.provision in said
        paths = [one.path for one in found.receipts]
        if cell.instrument_id:
            assert paths[0] == f"record/powers/{cell.instrument_id}/{power}"
        assert paths[-1] == f"jurisdiction?place={place}"


@pytest.mark.parametrize("action", ["restriction", "investigation", "lawsuit", "binding_order", "information_order"])
@pytest.mark.parametrize("day", ["2026-01-12", "2026-02-20", "2026-11-26"])
def test_who_did_names_those_whose_acts_count_and_none_that_only_announced(atlas, action, day):
    frame = acts(atlas)
    done = frame[(frame["action"] == action) & frame["counts"] & (frame["from_day"] <= day)]
    announced = atlas.responses.loc[done["response_id"], "status"] == get_method()["announced_status"]
    places = set(done.loc[~announced.to_numpy(), "jurisdiction_id"])
    said = find(atlas, f"which authorities took this action: {atlas.label('action', action)}", day).answer.sentence
    for place in places:
        assert atlas.name(place, in_sentence=True) in said, place
    only = set(done["jurisdiction_id"]) - places
    listing = said.partition(" The first")[0]
    assert not [place for place in only if atlas.name(place, in_sentence=True) in listing]


def test_an_act_that_does_not_count_is_told_and_not_counted(atlas):
    said = find(atlas, "Has the EU fined X?").answer.sentence
    assert "no act of the kind “sanction” that counts" in said and "not counted" in said
    assert "Fine on X under the Digital Services Act" in said


def test_every_receipt_and_view_is_an_address_that_opens(atlas, client):
    pages = {"", "compare", "strength", "timeline", "jurisdiction", "present", "evidence", "method"}
    seen = set()
    for one in QUESTIONS:
        found = find(atlas, one["question"])
        receipts = found.answer.receipts if found.answer else ()
        assert not found.answer or (receipts and found.answer.sentence.endswith((".", "”"))), one
        seen |= {link.path for link in (*found.views, *receipts)}
        seen |= {entry.path for group in found.groups for entry in group.entries[:1]}
    assert len(seen) > 100
    elsewhere = sorted(path for path in seen if path.partition("?")[0] not in pages)
    records = [tuple(path.split("/", 2)[1:]) for path in elsewhere if path.startswith("record/")]
    known = set(record_rows.every(atlas))
    assert records and set(records) <= known
    for path in {path for path in elsewhere if not path.startswith("record/")}:
        assert client.get(f"/{path}").status_code == 200, path


def test_order_has_no_answer_in_one_sentence(atlas):
    assert find(atlas, "Which has the stronger law, Japan or South Korea?").answer is None


def test_a_word_of_the_codebook_is_answered_with_its_meaning(atlas):
    assert atlas.definition("level", "1") in find(atlas, "what does partial mean").answer.sentence


def test_what_nothing_is_found_for_says_what_was_searched(atlas, client):
    found = find(atlas, "zzxqv qqwxz")
    assert found.nothing and f"{len(atlas.responses)} acts" in found.searched
    page = client.get("/find?q=zzxqv+qqwxz")
    assert found.searched in html.fromstring(page.text).text_content()


# What is typed


HOSTILE = [
    '"',
    "'",
    '""""',
    "AND",
    "NEAR(a b)",
    "a NOT b",
    "names:japan",
    "* OR *",
    "^japan",
    "{names body} : x",
    "-japan",
    "(((((",
    "japan*",
    "a" * 100_000,
    "japan " * 20_000,
    '"japan" ' * 10_000,
    "\x00",
    "jap\x00an",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "\u202ejapan",
    "🇯🇵",
    "日" * 5000,
    "Ω≈ç√∫˜µ≤≥÷",
    "السعودية وتركيا",
    "ישראל",
    "ไทย",
    "भारत",
    "日本국ไทย",
    "ﬀ ﬁ ①②③",
    "%00%0a",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "'; DROP TABLE entry; --",
    "../../etc/passwd",
    "\r\nSet-Cookie: a=b",
    " ",
    "​",
    "1" * 400,
    "2026-99-99",
    "9999-12-31 0000-00-00",
    "may 99999999999999999999",
    "e\u0301" * 3000,
    "\u0301" * 3000,
]


def asked(path: str, question: str) -> tuple[int, str]:
    """Status and text of an answer, asked past the client, which sends no address as long as some of these."""
    sent: list[dict] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": urlencode({"q": question}, errors="replace").encode(),
        "root_path": "",
        "headers": [(b"host", b"testserver")],
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1),
    }

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    # In a thread of its own: tests in the browser leave a loop running in this one.
    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, served()(scope, receive, send)).result()
    raw = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], raw.decode("utf-8")


@pytest.mark.parametrize("question", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_get_results_or_a_message(question):
    for path in PATHS:
        status, text = asked(path, question)
        assert status in ((200,) if path == "/find" else (200, 400)), path
        if path == "/find":
            assert html.fromstring(text).findtext(".//h1") and "<script>alert" not in text


@settings(max_examples=60, deadline=None)
@given(question=st.text(max_size=400))
def test_any_text_is_a_question(atlas, question):
    found = find(atlas, question)
    assert len(found.question) <= LONGEST_TEXT
    for view in found.views:
        assert not re.search(r"[\s<>\"\x00-\x1f]", view.path)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*"\"'*():^-+{}", "AND", "OR", "NOT", "NEAR", "japan", "law", "dsa", "2026"]), max_size=12)
)
def test_no_operator_reaches_the_index(atlas, parts):
    assert find(atlas, " ".join(parts)).question == " ".join(" ".join(parts).split())


def test_what_is_read_of_a_long_text_is_said(client):
    page = client.get("/find", params={"q": "Japan " + "x" * 5000}).text
    assert f"Only the first {LONGEST_TEXT} characters were read" in page


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TÜRKİYE", "turkiye"),
        ("Côte", "cote"),
        ("Straße", "strasse"),
        ("Ｊａｐａｎ", "japan"),
        ("Łódź", "lodz"),
        ("Ελλάδα", "ελλαδα"),
    ],
)
def test_accents_and_case_are_folded(one, other):
    assert fold(one) == other


def test_scripts_without_spaces_are_cut_in_pairs():
    assert words("個人情報保護法 2026") == ["個人", "人情", "情報", "報保", "保護", "護法", "2026"]
    assert key("日本") == ("日", "本") and words("법") == ["법"]
    assert words("대한민국의 법") == ["대한", "한민", "민국", "국의", "법"]


def test_words_are_stemmed(atlas):
    one, other = (find(atlas, f"{word} Garda reports") for word in ("inquiries", "inquiry"))
    assert [group.entries for group in one.groups] and one.groups[0].entries == other.groups[0].entries


# Outlets


def test_the_interface_says_what_the_page_says(client, atlas):
    for question in ("Can Japan block a service?", "Compare Japan and France", "Ofcom", "zzxqv"):
        rows = client.get("/api/v1/find", params={"q": question}).json()["data"]
        page = html.fromstring(client.get("/find", params={"q": question}).text)
        links = [link.get("href") for link in page.findall(".//main//a")]
        for row in rows:
            assert row["page"] is None or row["page"] in links
            assert row["title"] in page.text_content()
        assert rows or question == "zzxqv"
        assert {row["kind"] for row in rows} <= {"view", "answer", "receipt", *KINDS}


@pytest.mark.parametrize("path", PATHS)
def test_nothing_that_is_typed_is_kept(client, path):
    secret = "somebodysearchedthis"
    answer = client.get(path, params={"q": f"Japan {secret}"})
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    held = [repr(key) for key in serve.shelf._held]
    assert not [one for one in held if secret in one]
    caches = {name for name, value in vars(find_module).items() if hasattr(value, "cache_info")}
    assert caches <= {"index", "names", "stop_words", "texts"}, "none of what takes a question"


def test_pages_of_questions_are_left_to_those_who_ask(client):
    assert 'content="noindex"' in client.get("/find?q=japan").text
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /find" in lines and lines[-1].startswith("Sitemap: http")


def test_browsers_can_offer_the_search(client, monkeypatch):
    monkeypatch.setenv("ATLAS_PUBLIC_URL", "https://atlas.example/below")
    tree = ElementTree.fromstring(client.get("/opensearch.xml").content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    templates = [url.get("template") for url in tree.findall(f"{space}Url")]
    assert templates == [f"https://atlas.example/below/{path}?q={{searchTerms}}" for path in ("find", "api/v1/find")]
    assert len(tree.findtext(f"{space}ShortName")) <= 16 and len(tree.findtext(f"{space}Description")) <= 1024


def test_a_light_page_has_the_box_and_may_send_it_home_alone(client):
    for path in ("/find", "/api/v1", "/record/instruments/eu-dsa", "/first-steps", "/record/instruments/none"):
        answer = client.get(path)
        form = html.fromstring(answer.text).find(".//form")
        assert form.get("action") == "/find" and form.find(".//input[@name='q']").get("accesskey") == "/"
        assert "form-action 'self'" in answer.headers["content-security-policy"], path


def test_a_release_is_searched_as_it_was_and_goes_along(client):
    old = html.fromstring(client.get("/find?q=UK+Grok&release=1.1.0&date=2026-02-01").text)
    links = [link.get("href") for link in old.findall(".//main//a")]
    assert links and all("release=1.1.0" in link for link in links)
    assert "release 1.1.0" in old.text_content()
    hidden = {one.get("name"): one.get("value") for one in old.findall(".//form//input[@type='hidden']")}
    assert hidden == {"date": "2026-02-01", "release": "1.1.0"}
    # A name that only the newest data have is understood all the same.
    assert links[0].startswith("/jurisdiction?place=GBR")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("date=banana", "asked for the date"),
        ("release=9.9.9", "asked for the release"),
        ("dates=2026-01-17", "names “dates”"),
    ],
)
def test_what_is_not_understood_of_the_address_is_said(client, query, said):
    answer = client.get(f"/find?q=japan&{query}")
    assert answer.status_code == 200 and said in answer.text


def test_the_interface_refuses_what_is_too_long(client):
    answer = client.get("/api/v1/find", params={"q": "x" * 2001})
    assert answer.status_code == 400 and "2000 characters" in answer.json()["expected"]
    assert client.get("/api/v1/find").json()["data"] == []


def test_each_word_that_is_understood_is_one_of_the_tables(atlas):
    said = texts()["find"]
    assert set(said["powers"]) == set(atlas.package.tables["powers"].vocabulary("power"))
    assert set(said["actions"]) == set(atlas.package.tables["responses"].vocabulary("action"))
    assert set(said["kinds"]) == set(said["singular"]) == set(KINDS)
    assert atlas.case.first_day < atlas.package.evidence_to < atlas.case.last_day and json.dumps(said)


# On the pages


@pytest.mark.browser
def test_no_page_of_the_menu_lies_under_the_search(server, page, offline):
    """Wide and narrow, with the text as it is and half as large again, where Streamlit folds the menu."""
    page.goto(f"{server.url}/method")
    expect(page.locator(".ra-find input")).to_be_visible(timeout=60_000)
    for size in ("100%", "150%"):
        page.add_style_tag(content=f"html {{ font-size: {size} !important }}")
        for width in (1440, 1200, 1024, 900, 800, 770, 390):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(300)
            assert page.evaluate(UNDER) == [], (width, size)


@pytest.mark.browser
def test_a_slash_leads_to_the_box_and_arrows_to_the_view(server, page, offline):
    page.goto(f"{server.url}/method")
    expect(page.locator(".ra-find input")).to_be_visible(timeout=60_000)
    page.keyboard.press("/")
    expect(page.locator(".ra-find input")).to_be_focused()
    page.keyboard.type("Compare Japan and France")
    link = page.locator(".ra-find .found a").first
    expect(link).to_have_text("Compare Japan and France", timeout=60_000)
    page.keyboard.press("Escape")
    expect(page.locator(".ra-find .found")).to_be_hidden()
    page.keyboard.type("?")
    expect(link).to_be_visible(timeout=60_000)
    page.keyboard.press("ArrowDown")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?places=JPN,FRA*", timeout=60_000)


@pytest.mark.slow
def test_compare_takes_up_the_place_chosen_elsewhere():
    app = AppTest.from_file("../dashboard.py", default_timeout=60).run()
    assert not app.exception
    app.selectbox(key="place").set_value("KOR").run()
    app.switch_page("pages/compare.py").run()
    assert not app.exception and app.session_state["places"] == ["KOR", "EU"]
    app.selectbox(key="places_at_0").set_value("FRA").run()
    app.selectbox(key="places_at_1").set_value("DEU").run()
    app.switch_page("pages/map.py").run()
    app.switch_page("pages/compare.py").run()
    assert app.session_state["places"] == ["FRA", "DEU"], "nothing else was chosen since"
