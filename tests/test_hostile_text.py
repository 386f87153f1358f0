"""Hostile text: shown as text or refused with a message; nothing runs, nothing is asked of another host, files open."""

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from addresses import app_paths, flat, good, served
from browsing import WAIT, opened, visit
from conftest import Server
from frictionless import Package
from hostile import ATTACKS, EVIL, LONG, REFUSED, attacked, spoiled
from pptx import Presentation
from pypdf import PdfReader
from starlette.testclient import TestClient

from atlas.charts import catalogue
from atlas.draw.raster import pdf, png
from atlas.draw.sizes import SIZES
from atlas.publish.picture import picture
from atlas.publish.tables import CUT, FORMULA_STARTS
from atlas.tables import store
from atlas.tables.check import check
from atlas.templating import LONG_WORD, with_breaks
from atlas.web.files import ASSETS

SPREAD = "places=JPN,EU,BRA,GBR"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return attacked(tmp_path_factory.mktemp("hostile") / "data")


@pytest.fixture(scope="module")
def client(hostile, tmp_path_factory):
    """Our routes behind the app's middleware, over the hostile data."""
    patch = pytest.MonkeyPatch()
    patch.setenv("ATLAS_CACHE", str(tmp_path_factory.mktemp("cache")))
    patch.setattr(store, "_store", store.Store(hostile))
    assert store.get_store().state.faults == () and store.get_store().state.atlas is not None
    with TestClient(served(), base_url="http://127.0.0.1") as client:
        yield client
    patch.undo()


# Refused


@pytest.mark.parametrize(
    ("file", "column", "text", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_cannot_be_shown_is_refused_by_file_line_and_column(tmp_path, file, column, text, said):
    faults = check(spoiled(tmp_path / "data", file, column, text))
    found = [fault for fault in faults if (fault.file, fault.line, fault.column) == (file, 2, column)]
    assert found and said in str(found[0]), list(map(str, faults))
    assert all(str(fault).isprintable() and len(str(fault)) < 1500 for fault in faults)


def test_what_can_be_shown_passes_the_check(hostile):
    assert list(map(str, check(hostile))) == []


# Files


SEARCH = {"class": "find", "action": "/find", "role": "search"}
FIELD = {"id", "name", "type", "placeholder", "accesskey", "autocomplete", "enterkeyhint", "value"}


class Page(HTMLParser):
    """What a browser would make of a page: its text, and all that could run or ask for something."""

    def __init__(self, text):
        super().__init__()
        self.said, self.live, self._hidden, self.longest = [], [], "", 0
        self.forms, self.main, self._form = 0, False, False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.main = self.main or tag == "main"
        for name, value in attributes:
            address = (value or "").strip().lower()
            if (
                name.startswith("on")
                or name in ("srcdoc", "formaction")
                or name in ("href", "src", "action", "xlink:href")
                and (address.startswith(("javascript:", "vbscript:", "data:text")) or EVIL in address)
            ):
                self.live.append((tag, name, value[:80]))
        if tag in ("form", "input", "button", "select", "textarea"):
            self._field(tag, dict(attributes))
        if (
            tag in ("iframe", "object", "embed", "base")
            or tag == "script"
            and dict(attributes).get("type") != "application/ld+json"
        ):
            self.live.append((tag, "", ""))
        self._hidden = tag if tag in ("script", "style") else self._hidden

    def _field(self, tag, attributes):
        """The search box is the one form of a page: before what the page says, letter by letter as we write it."""
        name = attributes.get("name")
        ours = {
            "form": attributes == SEARCH and self.forms == 0 and not self.main,
            "input": self._form and name in ("q", "date", "release") and set(attributes) <= FIELD,
            "button": self._form and attributes == {},
        }
        self.forms += tag == "form"
        self._form = self._form or tag == "form"
        if not ours.get(tag):
            self.live.append((tag, name, ""))

    def handle_endtag(self, tag):
        self._form = self._form and tag != "form"
        self._hidden = "" if tag == self._hidden else self._hidden

    def handle_data(self, data):
        if not self._hidden:
            self.said.append(data)
            self.longest = max(self.longest, *map(len, data.split() or [""]))


def _html(content):
    # The one script of an embed is our own file, letter by letter; anything beside it counts.
    own = f"<script>{(ASSETS / 'embed.js').read_text(encoding='utf-8').strip()}</script>"
    page = Page(content.decode("utf-8").replace(own, "", 1))
    assert page.live == []
    # A browser lays out a word of 100,000 letters that may break anywhere in half a minute.
    assert page.longest <= LONG_WORD, "a word that no line can hold has places where a line may end"
    return "".join(page.said)


@pytest.mark.parametrize(
    "markup",
    [
        '<main><form class="find" action="/find" role="search"></form></main>',
        '<form class="find" action="/find" role="search" method="post"></form>',
        '<form class="find" action="/find" role="search" target="evil"></form>',
        '<form action="/find"></form>',
        '<form class="find" action="/find" role="search"></form><form class="find" action="/find" role="search"></form>',
        '<form class="find" action="/find" role="search"><input name="password"></form>',
        '<form class="find" action="/find" role="search"><input name="q" formaction="/evil"></form>',
        '<form class="find" action="/find" role="search"><button name="q">go</button></form>',
        '<form class="find" action="/find" role="search"></form><input name="q">',
        "<main><button>go</button></main>",
        "<textarea></textarea>",
    ],
)
def test_a_form_that_is_not_the_search_box_is_found(markup):
    assert Page(markup).live != []


def _xml(content):
    """Well-formed, with no entity or instruction of its own, and no link that could run."""
    assert b"<!ENTITY" not in content.replace(b"&lt;!ENTITY", b"") and b"<!DOCTYPE" not in content
    root = ElementTree.fromstring(content)
    for element in root.iter():
        assert element.tag.rpartition("}")[2] not in ("script", "foreignObject", "iframe"), element.tag
        for name, value in element.attrib.items():
            name = name.rpartition("}")[2]
            assert not name.startswith("on") and not (
                name == "href" and (EVIL in value or not value.startswith(("http", "#", "data:image/", "data:font")))
            ), (name, value[:80])
    return "".join(root.itertext())


def _unguarded(cell):
    """The cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _csv(content):
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [
        cell
        for row in rows
        for cell in row
        if cell.startswith(FORMULA_STARTS) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)
    ] == []
    return "\n".join(_unguarded(cell) for row in rows for cell in row)


def _xlsx(content):
    book, said = openpyxl.load_workbook(io.BytesIO(content)), []
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert cell.hyperlink is None or (cell.hyperlink.target or "").startswith(
                    ("http://127.0.0.1", "https://example.org", "https://creativecommons.org")
                ), cell.hyperlink.target
                said.append(_unguarded(str(cell.value or "")))
    _parts(content)
    return "\n".join(said)


def _parts(content):
    """Parts of an Office file: well-formed, and related to no other host than that of the sources."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(archive.read(name))
                if name.endswith(".rels"):
                    assert [
                        one.get("Target")
                        for one in root
                        if EVIL in one.get("Target", "")
                        or one.get("Target", "").lower().startswith(("javascript", "data", "file"))
                    ] == []


def _docx(content):
    _parts(content)
    document = docx.Document(io.BytesIO(content))
    return "\n".join(
        [part.text for part in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )


def _pptx(content):
    _parts(content)
    said = []
    for slide in Presentation(io.BytesIO(content)).slides:
        shapes = list(slide.shapes) + (list(slide.notes_slide.shapes) if slide.has_notes_slide else [])
        said += [shape.text_frame.text for shape in shapes if shape.has_text_frame]
        said += [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join(said)


def _zip(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None and all(
            not name.startswith("/") and ".." not in name for name in archive.namelist()
        )
    return ""


def _markdown(content):
    """No link, picture, HTML, mathematics or cell that is not ours: each mark of these that is not escaped was written
    by us.
    """
    said = content.decode("utf-8")
    loose = re.sub(r"\\[\\`*_\[\]<>#|$~&]", "", said)
    assert EVIL not in "".join(re.findall(r"\]\(([^)]*)\)", loose)) and "javascript:" not in "".join(
        re.findall(r"\]\(([^)]*)\)", loose)
    )
    assert not re.search(r"<(?!https?://)[a-z!/%]|!\[|\$\$", loose), re.search(
        r"<(?!https?://)[a-z!/%]|!\[|\$\$", loose
    )
    return re.sub(r"\\([\\`*_\[\]<>#|$~&])", r"\1", said)


def _calendar(content):
    lines = content.decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in content.decode("utf-8").split("\r\n"))
    names = {line.partition(":")[0].partition(";")[0] for line in lines if line}
    assert names <= {
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "X-WR-CALNAME",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "URL",
        "CATEGORIES",
        "STATUS",
        "TRANSP",
    }
    assert "BEGIN:VALARM" not in lines and lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")
    return "\n".join(re.sub(r"\\([\\;,])", r"\1", line) for line in lines)


READ = {
    "text/html": _html,
    "application/xml": _xml,
    "text/xml": _xml,
    "application/atom+xml": _xml,
    "application/opensearchdescription+xml": _xml,
    "image/svg+xml": _xml,
    "text/csv": _csv,
    "text/markdown": _markdown,
    "application/json": lambda content: content.decode() if json.loads(content) is not None else "",
    "text/calendar": _calendar,
    "application/zip": _zip,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _xlsx,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _docx,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": _pptx,
    "application/pdf": lambda content: "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages),
    "image/png": lambda content: "" if content.startswith(b"\x89PNG\r\n\x1a\n") else pytest.fail("no PNG"),
    "text/plain": lambda content: content.decode("utf-8"),
}
OURS = {"/data/CODEBOOK.md"}


def _queries(path):
    if path == "/api/v1/find.csv":
        return [f"{path}?q=Japan"]
    if path.startswith("/compare."):
        return [f"{path}?{SPREAD}", f"{path}?instruments=jpn-ai-promotion-act-2025,eu-ai-act"]
    return [f"{path}?{SPREAD}"] if path.startswith("/slides/compare") else [path]


@pytest.mark.parametrize(
    "route", [path for path in flat() if not path.startswith(("/geo", "/assets")) and path not in OURS]
)
def test_every_address_answers_with_text_that_is_text(client, route):
    for path in good(route):
        for address in _queries(path):
            answer = client.get(address)
            kind = answer.headers["content-type"].partition(";")[0]
            assert answer.status_code in (200, 404, 400) and "\n" not in "".join(answer.headers.values()), address
            if answer.status_code == 200:
                said = READ.get(kind, _unknown)(answer.content)
                assert EVIL not in "".join(value for name, value in answer.headers.items())
                if kind in ("text/csv", "application/atom+xml") or address.startswith(
                    ("/record/jurisdictions", "/compare.html", "/compare.md", "/compare.docx", "/compare.xlsx")
                ):
                    assert sum(attack in said for attack in ATTACKS) >= 1, address


def _unknown(content):
    raise AssertionError("READ in this file knows no way to open this type")


def test_every_kind_of_attack_comes_through_as_it_was_written(client):
    """Letter by letter in the tables, the workbook, the comparison and the feed; the long text is whole."""
    book = _xlsx(client.get("/data/regime-atlas.xlsx").content)
    tables = "\n".join(_csv(client.get(f"/data/{name}.csv").content) for name in store.get_store().state.atlas.tables)
    for attack in ATTACKS:
        assert attack in tables and attack in book, attack
    assert LONG in tables and LONG[:30_000] in book and CUT in book
    page = _html(client.get(f"/compare.html?{SPREAD}").content)
    assert sum(attack in page for attack in ATTACKS) >= 12


def test_the_hostile_package_is_still_a_package(client, tmp_path):
    zipfile.ZipFile(io.BytesIO(client.get("/data/regime-atlas.zip").content)).extractall(tmp_path)
    folder = tmp_path / "regime-atlas"
    assert (
        Package.from_descriptor(json.loads((folder / "datapackage.json").read_text()), basepath=str(folder))
        .validate()
        .valid
    )


def test_breaks_stand_in_text_alone():
    word, mark = "a" * 1000, "&lt;" * 400
    for kept in (
        f'<a href="/{word}">a word</a>',
        f"<script>{word}</script>",
        f"<svg><text>{word}</text></svg>",
        f"<textarea>{word}</textarea>",
        f"<p>{word[:LONG_WORD]} {word[:LONG_WORD]}</p>"[: LONG_WORD - 1] + "</p>",
    ):
        assert with_breaks(kept) == kept
    for text in (word, mark, f"{word} and {word}"):
        broken = with_breaks(f"<p>{text}</p>")
        assert broken.replace("<wbr>", "") == f"<p>{text}</p>" and Page(broken).longest <= LONG_WORD
        assert "&lt" not in re.sub(r"&lt;", "", broken), "no mark is taken apart"


@pytest.mark.parametrize("slug", list(catalogue.CHARTS))
def test_pictures_are_whole_and_inert(client, slug):
    atlas, chart = store.get_store().state.atlas, catalogue.CHARTS[slug]
    asked, _ = catalogue.read(atlas, chart, {"places": "JPN,EU,BRA"})
    view = catalogue.view(atlas, slug, asked)
    for size in SIZES:
        said = _xml(picture(atlas, view, size, link="http://127.0.0.1/").svg.encode("utf-8"))
        assert any(attack[:8] in said for attack in ATTACKS), size
    drawn = picture(atlas, view, link="http://127.0.0.1/")
    assert png(drawn, 0.5).startswith(b"\x89PNG\r\n\x1a\n")
    for page in PdfReader(io.BytesIO(pdf(drawn))).pages:
        assert all(EVIL not in str(note.get_object()) for note in page.get("/Annots", ())) and "/AA" not in page


# In Chromium

GUARD = """window.struck = 0; for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => { window.struck = 1; };"""
LIVE = """() => { const found = []; const walk = (root) => { for (const one of root.querySelectorAll('*')) {
  for (const { name, value } of one.attributes) {
    if (/^on/i.test(name) || name === 'srcdoc') found.push(one.outerHTML.slice(0, 120));
    if (/^(href|src|xlink:href|action|formaction)$/i.test(name) && (/^\\s*(javascript|vbscript|data:text)/i.test(value) || value.includes('evil.invalid'))) found.push(one.outerHTML.slice(0, 120));
  }
  if (['IFRAME', 'OBJECT', 'EMBED', 'MATH'].includes(one.tagName) || one.classList?.contains('katex')) found.push(one.outerHTML.slice(0, 120));
  if (one.tagName === 'IMG' && /\\/x$/.test(one.src)) found.push('img x');
  if (one.shadowRoot) walk(one.shadowRoot);
} }; walk(document); return found; }"""
SHOWN = {
    "": "?place=BRA",
    "compare": f"?{SPREAD}",
    "strength": "?place=BRA&with=GBR",
    "timeline": "?act=mys-2026-01-11-mcmc-restriction",
    "jurisdiction": "?place=GBR",
}
TABLES_SHOWN = (
    "responses",
    "instruments",
    "powers",
    "sources",
    "search_log",
    "context_events",
    "labels_elsewhere",
    "curation",
)


@pytest.fixture(scope="module")
def hostile_server(hostile, tmp_path_factory):
    started = Server(hostile, tmp_path_factory.mktemp("cache"))
    yield started
    started.stop()


@pytest.mark.first_visit
@pytest.mark.browser
@pytest.mark.slow
def test_pages_show_text_as_text(hostile_server, page, offline):
    dialogs, faults, said = [], [], ""
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(GUARD)
    visits = [f"{path}{SHOWN.get(path, '')}" for path in app_paths()] + [
        f"evidence?table={name}" for name in TABLES_SHOWN
    ]
    for address in visits:
        visit(page, f"{hostile_server.url}/{address}")
        opened(page)
        # Chromium fires focus, error and load of what was injected within these frames.
        page.wait_for_timeout(400)
        assert page.evaluate(LIVE) == [], address
        assert page.evaluate("() => window.struck") == 0, address
        assert page.locator("[data-testid=stException]").count() == 0, address
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("one => one.scrollWidth - one.clientWidth") <= 1, f"{address}: a long text widens the page"
        said += page.evaluate("document.body.textContent")
    # Plotly's own, of a chart that is taken from the page while it draws: it reads `_scrollZoom` of what is gone.
    assert dialogs == [] and [fault for fault in faults if "_scrollZoom" not in fault] == []
    missing = [attack for attack in ATTACKS if attack not in said]
    assert missing == []


@pytest.mark.first_visit
@pytest.mark.browser
@pytest.mark.slow
def test_labels_and_hover_texts_show_text_as_text(hostile_server, page, offline):
    """What is not a block of ours: labels that Streamlit reads as Markdown, lists of choices, texts of Plotly."""
    page.add_init_script(GUARD)
    visit(page, f"{hostile_server.url}/timeline")
    page.locator(".js-plotly-plot .yaxislayer-above text").first.wait_for(timeout=WAIT)
    plots = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].map(one => ({
        links: one.querySelectorAll('a').length, lanes: [...one.querySelectorAll('.yaxislayer-above text')].map(text => text.textContent) }))"""
    )
    assert all(plot["links"] == 0 for plot in plots)
    assert any("<" in lane or "[" in lane for plot in plots for lane in plot["lanes"])
    page.get_by_role("combobox", name="Receipt of").click()
    page.get_by_role("option").first.wait_for()
    assert page.evaluate(LIVE) == []
    # Names of places come by as the label of a link, letter by letter: no mark of Markdown is read in it.
    seen = set()
    for place in ("BRA", "GBR", "FRA", "IND", "IDN", "MYS", "DEU", "USA", "AUS", "CAN", "KOR", "ITA", "ESP", "MEX"):
        visit(page, f"{hostile_server.url}/?place={place}")
        link = page.get_by_test_id("stPageLink").filter(has_text="All about").first
        label = link.inner_text().replace("\u2060", "").removeprefix("All about ")
        assert label in ATTACKS, label
        assert link.locator("strong, em, del, code, img, a a, .katex, [data-testid=stIconMaterial]").count() == 0, label
        assert page.evaluate(LIVE) == [] and page.evaluate("() => window.struck") == 0
        seen.add(label)
    assert len(seen) > 5
