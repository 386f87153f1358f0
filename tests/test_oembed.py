"""oEmbed: a pasted address becomes the chart; and the addresses, snippets and pictures of a view."""

import io
import re
import threading
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import lxml.html
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.charts import catalogue
from atlas.draw import raster
from atlas.publish import picture as picture_frame
from atlas.publish.chart_addresses import links, markdown, short_caption
from atlas.publish.chart_request import ask
from atlas.tables.schema import DATA
from atlas.web import charts, oembed, picture
from atlas.web.public_address import SETTING, public_url
from atlas.web.response_cache import Shelf
from atlas.web.routes import ROUTES

CHARTS = tuple(catalogue.CHARTS)
HOME = "http://testserver"


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES))


@pytest.fixture(autouse=True)
def empty_shelf(monkeypatch):
    monkeypatch.setattr(charts, "shelf", Shelf(charts.MOST_KEPT, charts.MOST_BYTES))


def described(client, url, **more):
    answer = client.get("/oembed", params={"url": url, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("slug", CHARTS)
def test_an_embeds_address_becomes_its_frame(client, atlas, slug):
    found = described(client, f"{HOME}/embed/{slug}?date=2026-02-02")
    view = ask(atlas, DATA, slug, {"date": "2026-02-02"}).view()
    assert (found["version"], found["type"], found["title"], found["provider_name"], found["provider_url"]) == (
        "1.0",
        "rich",
        view.title,
        "Regime Atlas",
        f"{HOME}/",
    )
    frame = lxml.html.fromstring(found["html"])
    assert (
        frame.tag == "iframe"
        and frame.get("loading") == "lazy"
        and frame.get("title") == f"{view.title} (Regime Atlas)"
    )
    assert frame.get("sandbox") == "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    assert (int(frame.get("width")), int(frame.get("height"))) == (found["width"], found["height"])
    shown = client.get(frame.get("src"))
    assert shown.status_code == 200 and lxml.html.fromstring(shown.text).findtext(".//h1") == view.title
    thumbnail = client.get(found["thumbnail_url"])
    assert Image.open(io.BytesIO(thumbnail.content)).size == (found["thumbnail_width"], found["thumbnail_height"])


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("/", "map"),
        ("", "map"),
        ("/?colour=now", "map"),
        ("/compare?places=FRA,KOR", "compare"),
        ("/strength", "strength"),
        ("/timeline", "timeline"),
        ("/embed/clock", "clock"),
    ],
)
def test_a_page_becomes_the_chart_that_it_leads_with(client, path, slug):
    source = lxml.html.fromstring(described(client, HOME + path)["html"]).get("src")
    assert urlsplit(source).path == f"/embed/{slug}"
    asked = parse_qs(urlsplit(path).query)
    assert asked.items() <= parse_qs(urlsplit(source).query).items()


def test_the_same_stands_in_xml(client):
    url = f"{HOME}/embed/map?colour=now"
    answer = client.get("/oembed", params={"url": url, "format": "xml"})
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert {one.tag: one.text for one in ElementTree.fromstring(answer.content)} == {
        name: str(value) for name, value in described(client, url).items()
    }


@pytest.mark.parametrize(
    ("most_wide", "most_high"), [(0, 0), (2000, 2000), (500, 0), (640, 300), (300, 250), (280, 100), (100, 20)]
)
def test_limits_are_kept(client, most_wide, most_high):
    limits = {name: value for name, value in (("maxwidth", most_wide), ("maxheight", most_high)) if value}
    found = described(client, f"{HOME}/embed/map", **limits)
    assert 0 < found["width"] <= (most_wide or 800) and 0 < found["height"] <= (most_high or 2000)
    if "thumbnail_url" in found:
        assert found["thumbnail_width"] <= (most_wide or 1280) and found["thumbnail_height"] <= (most_high or 720)
    else:
        assert most_wide < 320 or most_high < 180


@pytest.mark.parametrize(
    "url",
    [
        "http://elsewhere.example/embed/map",
        "http://testserver.evil.example/embed/map",
        "http://testserver@evil.example/embed/map",
        "http://evil.example/http://testserver/embed/map",
        "http://user@testserver/embed/map",
        "http://testserver:8080/embed/map",
        "ftp://testserver/embed/map",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//testserver/embed/map",
        "http://testserver/embed/none",
        "http://testserver/embed/map/more",
        "http://testserver/evidence",
        "http://testserver/api/v1",
        "http://testserver/embed/",
        "http://[::1/embed/map",
        "http://testserver:x/embed/map",
        "map",
        "",
        "http://testserver/" + "x" * 3000,
        "http://127.0.0.1/embed/map",
        "http://169.254.169.254/latest",
        "http://testserver\\@evil.example/embed/map",
    ],
)
def test_addresses_that_are_not_ours_are_not_found_and_never_fetched(client, url, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *given: pytest.fail("a request left"))
    monkeypatch.setattr("socket.getaddrinfo", lambda *given, **more: pytest.fail("a name was looked up"))
    answer = client.get("/oembed", params={"url": url})
    assert (
        answer.status_code == 404
        and answer.headers["content-type"].startswith("text/plain")
        and "testserver" not in answer.text
    )


def test_wrong_questions_are_refused_with_the_reason(client):
    assert client.get("/oembed").status_code == 400
    assert client.get("/oembed", params={"url": f"{HOME}/embed/map", "format": "yaml"}).status_code == 501
    for text in ("-1", "0", "1e3", "½", "9" * 50, "x"):
        answer = client.get("/oembed", params={"url": f"{HOME}/embed/map", "maxwidth": text})
        assert answer.status_code == 400 and "maxwidth" in answer.text, text
    assert client.post("/oembed").status_code == 405


def test_options_that_are_not_understood_fall_back_as_in_the_frame(client):
    source = lxml.html.fromstring(
        described(client, f"{HOME}/embed/map?colour=zzz&date=2026-01-17&evil=%3Cscript%3E&theme=dark")["html"]
    ).get("src")
    assert source == f"{HOME}/embed/map?date=2026-01-17&theme=dark"


def test_behind_a_proxy_the_public_address_is_used(client, monkeypatch):
    monkeypatch.setenv(SETTING, "https://atlas.example.org/tool/")
    for url in (
        "https://atlas.example.org/tool/embed/map",
        "http://atlas.example.org/tool/embed/map",
        f"{HOME}/embed/map",
    ):
        found = described(client, url)
        assert (
            found["html"].startswith('<iframe src="https://atlas.example.org/tool/embed/map?')
            and found["provider_url"] == "https://atlas.example.org/tool/"
        )
    assert client.get("/oembed", params={"url": "https://atlas.example.org/embed/map"}).status_code == 404
    assert client.get("/oembed", params={"url": "https://atlas.example.org/toolbox/embed/map"}).status_code == 404
    page = lxml.html.fromstring(client.get("/embed/map").text)
    assert page.find(".//a[@class='open']").get("href").startswith("https://atlas.example.org/tool/?date=")
    assert HOME not in client.get("/embed/map").text


@pytest.mark.parametrize(
    "text",
    [
        "atlas.example.org",
        "ftp://a.example",
        "https://",
        "https://a.example?x=1",
        "https://user@a.example",
        "https://a.example:99999",
        "https://a.example/#x",
    ],
)
def test_a_wrong_public_address_is_refused(text):
    with pytest.raises(ValueError, match=SETTING):
        public_url(text)


def test_embeds_tell_platforms_where_to_ask(client):
    page = lxml.html.fromstring(client.get("/embed/timeline?order=region").text)
    found = {link.get("type"): link.get("href") for link in page.iterfind(".//link[@rel='alternate']")}
    assert set(found) == {"application/json+oembed", "text/xml+oembed"}
    assert "order=region" in lxml.html.fromstring(client.get(found["application/json+oembed"]).json()["html"]).get(
        "src"
    )
    assert client.get(found["text/xml+oembed"]).status_code == 200


# Pictures and permalinks.


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
@pytest.mark.parametrize("slug", CHARTS)
def test_a_picture_stands_at_the_same_address(client, atlas, slug, kind):
    answer = client.get(f"/picture/{slug}.{kind}?date=2026-02-02&size=square&theme=dark")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(picture.TYPES[kind])
    assert f'filename="regime-atlas-{slug}-2026-02-02.{kind}"' in answer.headers["content-disposition"]
    assert (
        answer.headers["access-control-allow-origin"] == "*"
        and answer.headers["cross-origin-resource-policy"] == "cross-origin"
    )
    assert (
        client.get(
            f"/picture/{slug}.{kind}?date=2026-02-02&size=square&theme=dark",
            headers={"If-None-Match": answer.headers["etag"]},
        ).status_code
        == 304
    )
    if kind == "svg":
        asked = ask(atlas, DATA, slug, {"date": "2026-02-02"})
        assert answer.text == picture_frame.picture(atlas, asked.view(), "square", True, links(asked, HOME).page).svg
    elif kind == "png":
        assert Image.open(io.BytesIO(answer.content)).size == (2160, 2160)
    else:
        assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("scale", "size"),
    [("0.25", (320, 180)), ("0.5", (640, 360)), ("1", (1280, 720)), ("2", (2560, 1440)), ("", (2560, 1440))],
)
def test_a_png_comes_in_several_scales(client, scale, size):
    assert Image.open(io.BytesIO(client.get(f"/picture/clock.png?scale={scale}").content)).size == size


@pytest.mark.parametrize(
    "query",
    ["size=huge", "theme=auto", "scale=99", "colour=zzz", "date=2026-99-99", "release=9.9.9", "date=%3Cscript%3E"],
)
def test_a_picture_that_is_not_understood_is_refused_with_the_reason(client, query):
    answer = client.get(f"/picture/map.png?{query}")
    assert answer.status_code == 400 and answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert f"asked for the {query.split('=')[0]} “" in answer.text and "Showing" not in answer.text


@pytest.mark.parametrize("path", ["/picture/none.png", "/picture/map.gif", "/picture/map", "/picture/..%2fmap.png"])
def test_unknown_pictures_are_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.slow
def test_only_a_few_pictures_are_drawn_at_once(monkeypatch):
    busy, most, lock = 0, 0, threading.Lock()
    real = raster.png

    def counted(*given):
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        try:
            return real(*given)
        finally:
            with lock:
                busy -= 1

    monkeypatch.setattr(raster, "png", counted)
    with TestClient(Starlette(routes=ROUTES)) as shared:
        threads = [
            threading.Thread(target=shared.get, args=(f"/picture/clock.png?scale=0.5&date=2026-03-{day:02}",))
            for day in range(1, 9)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert 1 <= most <= charts.AT_ONCE


@pytest.mark.parametrize("slug", CHARTS)
def test_a_permalink_carries_the_whole_state_of_a_view(client, atlas, slug):
    query = {
        "map": {"colour": "regime"},
        "small-maps": {},
        "timeline": {"order": "region", "actions": "restriction"},
        "clock": {},
        "compare": {"places": "KOR,FRA"},
        "strength": {"region": "Asia", "unfold": "USA"},
        "powers-response": {},
        "priorities": {"place": "BRA", "with": "GBR"},
    }[slug] | {"date": "2026-03-01"}
    asked = ask(atlas, DATA, slug, query)
    where = links(asked, HOME)
    for address in (where.page, where.embed(), where.slides, where.picture("png", "square"), where.embed("dark")):
        got = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert query.items() <= got.items() and address.startswith(f"{HOME}/")
        again = ask(atlas, DATA, slug, got)
        assert again.values == asked.values and again.notices == ()
    assert (
        urlsplit(where.page).path == f"/{catalogue.CHARTS[slug].page}"
        and urlsplit(where.slides).path == f"/slides/{slug}.pptx"
    )
    assert client.get(where.embed()).status_code == client.get(where.picture("svg")).status_code == 200


def test_a_caption_is_short_and_says_day_reach_data_and_licence(atlas):
    asked = ask(atlas, DATA, "map", {"date": "2026-01-17"})
    view = asked.view()
    said = short_caption(asked, view, links(asked, HOME).page)
    assert said.startswith(f"{view.title}. Regime Atlas, as of 17 January 2026; evidence to ") and said.endswith(
        f"CC BY 4.0. {HOME}/?date=2026-01-17"
    )
    assert f"data {atlas.package.version}" in said and len(said) < 320


def test_the_markdown_snippet_is_a_picture_that_links_to_its_page(atlas):
    asked = ask(atlas, DATA, "compare", {})
    where = links(asked, HOME)
    text = markdown(asked, asked.view(), where)
    found = re.match(r"\[!\[(.+)\]\((\S+)\)\]\((\S+)\)\n\n(.+)\n$", text)
    assert (
        found
        and found[2] == where.picture()
        and found[3] == where.page
        and not re.search(r"(?<!\\)[\[\]*_`<>]", found[1])
    )


def test_the_release_travels_along(atlas):
    where = links(ask(atlas, DATA, "map", {"release": "1.0.0", "date": "2026-01-17"}), HOME)
    assert where.page == f"{HOME}/?date=2026-01-17&release=1.0.0" and where.embed().endswith("release=1.0.0")
    assert oembed.locate(where.embed(), (HOME,)).query["release"] == "1.0.0"
