"""The first view of each page: whole in the first answer, and usable without scripts."""

import re
from urllib.parse import parse_qsl, urlsplit

import lxml.html
import pytest
from axe import violations
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.charts.catalogue import CHARTS
from atlas.charts.map.view import readings, world_map
from atlas.draw.palette import LADDER
from atlas.publish.places import summary
from atlas.web import previews
from atlas.web.serve import routes
from atlas.words import texts
from tests.addresses import app_paths

PAGES = app_paths()
PROSE = texts()["first"]
# Bytes on the wire.
MOST, MOST_OF_MAP = 120_000, 70_000
# Addresses that say something on each page.
ADDRESSES = (
    "/",
    "/?date=2026-01-17&colour=now&place=IDN",
    "/compare?places=KOR,FRA,BRA,EU",
    "/compare?instruments=eu-dsa,eu-ai-act",
    "/strength?date=2026-06-01&place=KOR&with=FRA",
    "/timeline?order=region&date=2026-03-01",
    "/jurisdiction?place=FRA",
    "/present?chart=clock&date=2026-03-01",
    "/evidence?table=powers&find=fine&page=2",
    "/evidence?table=fields_read",
    "/method",
)


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=routes(dict.fromkeys(PAGES, ""))))


def first(client, address) -> lxml.html.HtmlElement:
    """The first view of an address, from the page's first answer."""
    (found,) = lxml.html.fromstring(client.get(address).content).xpath("//*[@id='first-view']")
    return found


@pytest.mark.parametrize("address", [*(f"/{page}" for page in PAGES), *ADDRESSES])
def test_the_first_answer_is_a_whole_page(client, address):
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    least = MOST_OF_MAP if urlsplit(address).path == "/" else MOST
    assert int(answer.headers["content-length"]) <= least and answer.headers["content-encoding"] == "gzip"
    document = lxml.html.fromstring(answer.content)
    found = first(client, address)
    (main,), (title,) = document.xpath("//main"), document.xpath("//h1")
    assert main.getparent() is not None and title in main.iter() and found.getparent().tag == "noscript"
    said = document.findtext(".//title").removesuffix(f" · {texts()['site']['name']}")
    page = urlsplit(address).path.strip("/")
    if page in {chart.page for chart in CHARTS.values()}:
        assert title.text == said
    menu = [urlsplit(link.get("href")).path for link in found.xpath("header//nav//a")]
    assert menu == [f"./{one}" for one in PAGES]
    assert [link.get("href") for link in found.xpath("header//nav//a[@aria-current='page']")][0].startswith(f"./{page}")
    assert found.xpath(".//@onclick | .//@onload | .//@onchange | .//@onerror | .//script") == []


@pytest.mark.parametrize("page", [page for page in PAGES if page != "method"])
def test_a_form_leads_to_the_page_with_what_it_shows(client, page):
    """Each form, sent as it stands, leads to the view that it stands on."""
    address = next(one for one in ADDRESSES if urlsplit(one).path.strip("/") == page)
    found = first(client, address)
    (form,) = found.xpath(".//form[@id='first-form']")
    fields = found.xpath(".//*[@name and (@form='first-form' or ancestor::form[@id='first-form'])]")
    sent = [(one.get("name"), one.value if one.tag == "select" else one.get("value")) for one in fields]
    assert form.get("action") == f"./{page}" and sent
    again = first(client, f"/{page}?" + "&".join(f"{name}={value}" for name, value in sent if value))
    assert again.findtext(".//h1") == found.findtext(".//h1")
    asked = dict(parse_qsl(urlsplit(address).query))
    if "date" in asked:
        assert ("date", asked["date"]) in sent


def test_every_link_of_a_first_view_leads_somewhere(client):
    """Relative to the page, as a browser takes it; and within the page."""
    wanted = {}
    for address in ADDRESSES:
        found = first(client, address)
        ids = set(found.xpath(".//@id"))
        for link in found.xpath(".//a/@href"):
            if link.startswith("#"):
                assert link[1:] in ids, (address, link)
            elif not link.startswith(("http://", "https://")):
                # One address of each kind: a path, and the names in its query.
                kind = re.sub(r"/[^/?]*$", "", link.partition("?")[0]) if "record/" in link else link.partition("?")[0]
                wanted.setdefault((kind, *sorted(dict(parse_qsl(urlsplit(link).query)))), link)
    assert len(wanted) > 15
    heavy = ("./data/", "compare.docx", "compare.xlsx", "data/")
    for link in wanted.values():
        if not link.startswith(heavy):
            assert client.get("/" + link.removeprefix("./")).status_code == 200, link


@pytest.mark.parametrize("reading", ["peak", "now"])
def test_the_map_says_and_draws_the_day_and_the_reading(client, atlas, reading):
    assert reading in readings(atlas)
    view = world_map(atlas, reading, "2026-01-17")
    found = first(client, f"/?date=2026-01-17&colour={reading}&place=IDN")
    assert found.findtext(".//h1") == view.title and found.xpath("string(.//*[@class='ra-deck'])") == view.deck
    assert (
        found.xpath(".//svg//*[@data-id='IDN']")
        and summary(atlas, "IDN", "2026-01-17").response in found.text_content()
    )
    counted = {one.get("data-key"): one.findtext("b") for one in found.xpath(".//*[@class='ra-legend']/li")}
    assert counted == {one.id: str(one.count) if one.texture != "open" else None for one in view.classes}
    chosen = found.xpath(".//*[@class='first-readings']//a[@aria-current]")
    assert [one.text for one in chosen] == [texts()["map"]["readings"][reading]["label"]]
    assert len(found.xpath(".//details//tbody/tr")) > 40


def test_a_form_that_names_several_leads_to_one_address(client):
    sent = client.get("/compare?places=KOR&places=FRA&places=&places=&by=places", follow_redirects=False)
    assert sent.status_code == 303 and sent.headers["location"] == "compare?places=KOR,FRA&by=places"
    assert "South Korea and France" in client.get("/compare?places=KOR&places=FRA&places=").text
    hostile = client.get("/compare?places=//evil.example&places=http://evil.example", follow_redirects=False)
    assert hostile.headers["location"].startswith("compare?places=")


def test_a_country_that_nobody_searched_is_shown_as_that(client):
    for page in ("", "jurisdiction"):
        assert "Chad" in first(client, f"/{page}?place=TCD").text_content()


def test_what_an_address_gets_wrong_is_said(client):
    said = first(client, "/?date=2026-99-99&place=XXX&release=9.9.9").xpath("string(.//*[@class='ra-notice'])")
    assert all(one in said for one in ("2026-99-99", "XXX", "9.9.9"))


def test_both_modes_are_in_one_answer(client):
    document = client.get("/").text
    assert "@media screen and (prefers-color-scheme:dark){:root{--ra-ink" in document
    assert all(f"light-dark({one.light},{one.dark})" in document for one in list(LADDER.values())[:2])


def test_a_frame_has_the_view_and_no_menu(client):
    assert first(client, "/?embed=true").xpath(".//nav") == []


def test_a_first_view_that_cannot_be_made_keeps_nobody_from_the_app(client, monkeypatch, caplog):
    def broken(*given):
        raise RuntimeError("for whoever runs the server")

    monkeypatch.setattr(previews, "first_view", broken)
    answer = client.get("/method?nothing=kept")
    assert answer.status_code == 200 and "first-view" not in lxml.html.fromstring(answer.content).xpath("//body//@id")
    assert "for whoever runs the server" in caplog.text


@pytest.mark.browser
def test_without_scripts_a_reader_gets_everywhere(server, new_context, offline):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(server.url)
    said = page.locator(".first-said")
    expect(said).to_be_visible()
    assert said.text_content() == PROSE["why"]
    page.locator("#first-view input[name=date]").fill("2026-01-17")
    page.locator("#first-form select[name=place]").select_option("IDN")
    page.locator("#first-form button").click()
    expect(page.locator("h1")).to_contain_text("restricting Grok")
    page.get_by_role("link", name=texts()["map"]["readings"]["now"]["label"]).click()
    expect(page.locator(".first-readings [aria-current]")).to_have_text(texts()["map"]["readings"]["now"]["label"])
    expect(page.locator(".ra-card h2")).to_have_text("Indonesia")
    page.get_by_role("link", name=PROSE["compare"]).click()
    page.get_by_label(PROSE["form"]["nth"][2]).select_option("FRA")
    page.locator("#first-form button").click()
    expect(page.locator("h1")).to_contain_text("Indonesia, the European Union and France")
    assert "places=IDN,EU,FRA" in page.url and "date=2026-01-17" in page.url
    expect(page.get_by_role("link", name="Table (CSV)")).to_be_visible()
    for name in ("Strength", "Timeline", "Jurisdiction", "Evidence"):
        page.locator(".first-bar nav").get_by_role("link", name=name, exact=True).click()
        expect(page.locator(".first-bar nav [aria-current=page]")).to_have_text(name)
        expect(page.locator("h1")).to_be_visible()
    page.locator(".first-find input").fill("France")
    page.locator(".first-find button").click()
    expect(page.locator("h1")).to_be_visible()
    assert "/find?q=France" in page.url


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_first_views(client, new_context, scheme, offline):
    page = new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}).new_page()
    found = []
    for name in PAGES:
        # Shown as a document of its own: in a browser that runs axe, scripts are on.
        title = f"<title>{name or 'map'}</title>"
        view = lxml.html.tostring(first(client, f"/{name}"), encoding="unicode")
        page.set_content(f'<!doctype html><html lang="en"><head>{title}</head><body>{view}</body></html>')
        found += [(name, *fault) for fault in violations(page)]
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0, name
    assert found == []
