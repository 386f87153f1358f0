"""The static site: whole, findable, the same every time, and at home anywhere: under any path and on a disk."""

import errno
import gzip
import json
import re
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from types import MappingProxyType

import pytest
from playwright.sync_api import expect

from atlas.charts import catalogue, options
from atlas.law.strength import strengths
from atlas.publish import table_file as twin
from atlas.publish.chart_request import ask
from atlas.publish.site import __main__ as command
from atlas.publish.site import build as building
from atlas.publish.site.build import Wanted, build
from atlas.publish.site.frozen import MANIFEST
from atlas.publish.site.plan import PictureOf, Plan, Set, plan
from atlas.response.durations import restrictions
from atlas.tables.schema import DATA
from deploy.ports import unused_ports

PLACES = ("JPN", "EU", "IDN", "FRA")
APP = "https://atlas.example.org/deep"
FEW = Set(
    ("auto", "dark"),
    (PictureOf("svg", "wide", "light"), PictureOf("svg", "wide", "dark"), PictureOf("png", "square", "light", 0.25)),
)


@pytest.fixture(scope="session")
def few(atlas):
    """The plan cut to one view of each group and the views of `PLACES`, with small pictures."""
    whole = plan(atlas)
    first = {view.group: view for view in reversed(whole.views)}
    wanted = [
        view
        for view in whole.views
        if view is first[view.group] or dict(view.query).get("places") in ("JPN,EU", "FRA,EU")
    ]
    return Plan(tuple(replace(view, files=FEW) for view in wanted), whole.most_png, whole.most_megabytes)


@pytest.fixture(scope="session")
def site(atlas, few, tmp_path_factory):
    place = tmp_path_factory.mktemp("site") / "under" / "a path"
    build(atlas, few, PLACES, Wanted(DATA, place))
    return place


def manifest(place):
    return json.loads((place / MANIFEST).read_text(encoding="utf-8"))


def every_file(place):
    return {
        path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()
    }


class Page(HTMLParser):
    """Ids, links to follow and files to load of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loads = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if found.get("id"):
            self.ids.add(found["id"])
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        elif (
            tag == "link"
            and found.get("rel") in ("stylesheet", "icon")
            or tag in ("img", "script", "iframe")
            and found.get("src")
        ):
            self.loads.append(found.get("href") or found["src"])


def pages(place):
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(place.rglob("*.html"))}


def test_every_file_is_named_by_its_content_and_stands_in_the_manifest(site):
    held, said = every_file(site), manifest(site)
    listed = {one["path"]: one for entry in (*said["views"], *said["places"]) for one in entry["files"]} | {
        one["path"]: one for one in said["assets"]
    }
    assert set(held) == set(listed) | {"index.html", MANIFEST}
    for path, one in listed.items():
        digest = sha256(held[path]).hexdigest()
        assert one["sha256"] == digest and one["bytes"] == len(held[path]) and f".{digest[:12]}." in path, path
    assert (
        said["count"] == len(listed)
        and said["bytes"] == sum(map(len, (held[path] for path in listed)))
        and said["png"] == sum(path.endswith(".png") for path in listed)
    )


def test_the_manifest_says_of_each_view_what_the_view_says(site, atlas):
    said = manifest(site)
    assert (said["data_version"], said["data_digest"], said["evidence_to"]) == (
        atlas.package.version,
        atlas.digest,
        atlas.package.evidence_to,
    )
    for entry in said["views"]:
        asked = ask(atlas, DATA, entry["chart"], entry["options"])
        view = asked.view()
        assert (
            asked.notices == ()
            and entry["query"] == asked.query
            and (entry["title"], entry["as_of"], entry["alt"]) == (view.title, view.as_of, view.alt)
        )
        assert view.caveat in entry["caption"] and view.title in entry["citation"] and entry["live"] == ""
        files = {one["kind"]: site / one["path"] for one in entry["files"]}
        assert {"html", "svg", "png", "csv", "json"} <= set(files)
        assert files["csv"].read_bytes() == twin.as_csv(view).encode("utf-8")
        assert len(json.loads(files["json"].read_text(encoding="utf-8"))["rows"]) == len(view.table)
        page = files["html"].read_text(encoding="utf-8")
        assert "A frozen copy" in page and "evidence to" in page and "Content-Security-Policy" in page


def test_the_same_data_make_the_same_bytes_whoever_builds_them(site, atlas, few, tmp_path):
    build(atlas, few, PLACES, Wanted(DATA, tmp_path / "again", workers=2))
    assert every_file(tmp_path / "again") == every_file(site)


def test_no_link_is_broken_and_none_leaves_the_folder_but_to_sources(site):
    found = pages(site)
    assert len(found) > len(PLACES) + 8
    for path, page in found.items():
        for link in page.links:
            if re.match(r"https?://", link):
                continue
            assert not re.match(r"[a-z]+:|/", link), f"{path.name}: {link}"
            target, _, mark = link.partition("#")
            there = (path.parent / target).resolve() if target else path
            assert there.is_file() and site.resolve() in [*there.parents], f"{path.name}: {link}"
            assert not mark or mark in found[site / there.relative_to(site.resolve())].ids, f"{path.name}: {link}"


def test_nothing_is_loaded_from_elsewhere(site):
    for path, page in pages(site).items():
        for load in page.loads:
            assert load.startswith("data:") or (path.parent / load).resolve().is_file(), f"{path.name}: {load}"
    for path in site.rglob("*.css"):
        assert set(
            re.findall(r"url\((?!data:)", path.read_text(encoding="utf-8"))
        ) == set() and "@import" not in path.read_text(encoding="utf-8")
    for path in site.rglob("*.svg"):
        assert not re.search(r'(?:href|src)="https?:|url\(["\']?https?:', path.read_text(encoding="utf-8")), path.name


def test_each_place_has_its_acts_its_law_and_their_sources(site, atlas):
    for entry in manifest(site)["places"]:
        files = {one["kind"]: (site / one["path"]).read_text(encoding="utf-8") for one in entry["files"]}
        held = json.loads(files["json"])
        assert (
            held["title"] == entry["title"]
            and len(held["acts"]) == entry["acts"]
            and len(held["instruments"]) == entry["instruments"]
        )
        for record in (*held["acts"], *held["instruments"]):
            assert f"<code>{record['id']}</code>" in files["html"] and record["sources"]
        assert "Not assessed, which is not absent" in files["html"] or not held["instruments"]
        assert f"data {atlas.package.version}" in files["html"].lower()


def test_with_the_address_of_the_app_every_view_leads_to_itself_there(atlas, few, tmp_path):
    two = Plan(few.views[:2], few.most_png, few.most_megabytes)
    build(atlas, two, ("JPN",), Wanted(DATA, tmp_path / "site", base=APP, url="https://frozen.example.org/x"))
    for entry in manifest(tmp_path / "site")["views"]:
        assert entry["live"] == f"{APP}/{catalogue.CHARTS[entry['chart']].page}?{entry['query']}"
        page = (tmp_path / "site" / next(one["path"] for one in entry["files"] if one["kind"] == "html")).read_text(
            encoding="utf-8"
        )
        assert entry["live"].replace("&", "&amp;") in page and "oembed" in page
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "https://frozen.example.org/x/embed/" in index and f"{APP}/" in index
    assert f"{APP}/jurisdiction?place=JPN" in "".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "site" / "place").glob("*.html")
    )


def test_what_was_embedded_stays_where_a_new_build_keeps_it(atlas, few, tmp_path):
    place, one = tmp_path / "site", Plan(few.views[:1], few.most_png, few.most_megabytes)
    build(atlas, one, ("JPN",), Wanted(DATA, place))
    old = every_file(place)
    build(atlas, one, ("JPN",), Wanted(DATA, place, base=APP, keep=True))
    new, listed = every_file(place), {path["path"] for entry in manifest(place)["views"] for path in entry["files"]}
    frozen = [path for path in old if path.startswith("embed/")]
    assert frozen and all(new[path] == old[path] and path not in listed for path in frozen)
    assert all(path in new for path in listed)
    build(atlas, one, ("JPN",), Wanted(DATA, place, base=APP))
    assert not any(path in every_file(place) for path in frozen)


def test_a_build_that_fails_leaves_the_old_site_whole(atlas, few, tmp_path, monkeypatch):
    place, one = tmp_path / "site", Plan(few.views[:1], few.most_png, few.most_megabytes)
    build(atlas, one, ("JPN",), Wanted(DATA, place))
    old = every_file(place)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(building, "write_index", full)
    with pytest.raises(OSError):
        build(atlas, one, ("IDN",), Wanted(DATA, place))
    monkeypatch.undo()
    for limits in ((0, 100.0), (100, 0.001)):
        with pytest.raises(ValueError, match=r"site\.json allows"):
            build(atlas, Plan(one.views, *limits), ("IDN",), Wanted(DATA, place))
    assert every_file(place) == old and [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_with_something_else_in_it_is_never_replaced(atlas, few, tmp_path):
    place = tmp_path / "home"
    place.mkdir()
    (place / "letter.txt").write_text("dear")
    (place / MANIFEST).write_text('{"format": "another"}')
    with pytest.raises(ValueError, match="nothing was written"):
        build(atlas, few, PLACES, Wanted(DATA, place))
    (tmp_path / "link").symlink_to(place)
    with pytest.raises(ValueError, match="no folder of its own"):
        build(atlas, few, PLACES, Wanted(DATA, tmp_path / "link"))
    assert (place / "letter.txt").read_text() == "dear"


def test_compressed_twins_hold_the_same(atlas, few, tmp_path):
    build(atlas, Plan(few.views[:1], 10, 10), ("JPN",), Wanted(DATA, tmp_path / "site", packed=True))
    twins = list((tmp_path / "site").rglob("*.gz"))
    assert {path.suffixes[-2] for path in twins} >= {".html", ".svg", ".css", ".json"} and not [
        path for path in twins if ".png" in path.name
    ]
    for path in twins:
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_the_plan_takes_every_reading_order_start_and_day_of_restriction(atlas):
    views = plan(atlas).views
    asked = {(view.slug, *pair) for view in views for pair in view.query}
    for slug, option in (("map", options.COLOUR), ("timeline", options.ORDER), ("clock", options.START)):
        assert {(slug, option.name, term) for term in option.terms(atlas)} <= asked
    for one in restrictions(atlas, atlas.package.evidence_to):
        assert ("map", "date", one.started) in asked and (not one.ended or ("map", "date", one.ended) in asked)
    pairs = {value for slug, _, value in asked if slug == "compare"}
    read = {
        place for place, found in strengths(atlas, atlas.package.evidence_to).items() if found.whole.point is not None
    }
    assert pairs == {f"{place},EU" for place in read - {"EU"}} and "JPN,EU" in pairs
    assert len({view.id for view in views}) == len(views) and {
        f"map-peak-{atlas.package.evidence_to}",
        "map-peak-2026-01-10",
    } <= {view.id for view in views}


def test_the_plan_is_bounded(atlas):
    made = plan(atlas)
    assert 50 < sum(one.kind == "png" for view in made.views for one in view.files.pictures) <= made.most_png


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda content: content["groups"][0].update(option="no"), "no option"),
        (lambda content: content["groups"][0].update(each=["no"]), "does not take"),
        (lambda content: content["groups"][0].update(chart="no"), "KeyError"),
        (lambda content: content["groups"][0].update(set="no"), "KeyError"),
        (lambda content: content["sets"]["full"]["pictures"][0].update(size="no"), "no picture like"),
        (lambda content: content["sets"]["full"].update(themes=["no"]), "themes"),
        (lambda content: content.pop("limits"), "limits"),
    ],
)
def test_a_plan_that_asks_for_what_is_not_there_is_refused(atlas, tmp_path, change, said):
    content = json.loads((DATA / "site.json").read_text(encoding="utf-8"))
    change(content)
    (tmp_path / "site.json").write_text(json.dumps(content))
    with pytest.raises(ValueError, match=said):
        plan(atlas, tmp_path / "site.json")


def test_data_are_shown_as_text(atlas, few, tmp_path):
    hostile, tables = "<img src=x onerror=alert(1)></script>", dict(atlas.tables)
    acts = tables["responses"].copy()
    acts.loc[acts["jurisdiction_id"] == "JPN", ["title", "summary"]] = hostile
    tables["responses"] = acts
    build(
        replace(atlas, tables=MappingProxyType(tables), digest="hostile"),
        Plan(few.views[:1], 10, 10),
        ("JPN",),
        Wanted(DATA, tmp_path / "site"),
    )
    for path in (tmp_path / "site").rglob("*.html"):
        assert "<img src=x" not in path.read_text(encoding="utf-8")
    assert "&lt;img src=x onerror=alert(1)&gt;" in next((tmp_path / "site" / "place").glob("*.html")).read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "example.org", "ftp://example.org"])
def test_the_command_takes_no_address_that_is_none(address, tmp_path):
    with pytest.raises(SystemExit):
        command.main(["--to", str(tmp_path / "site"), "--base", address])
    assert not (tmp_path / "site").exists()


def test_the_command_freezes_no_ranges_that_are_missing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "standings", lambda atlas, day: None)
    assert command.main(["--to", str(tmp_path / "site")]) == 1
    assert "make build" in capsys.readouterr().err and not (tmp_path / "site").exists()


@pytest.fixture(scope="module")
def served(site):
    """The site two folders below the root of a plain web server."""
    (port,) = unused_ports(1)
    process = subprocess.Popen(
        [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(site.parents[1])],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/under/a%20path"
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/index.html", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(10)


def listen(page):
    """Collects what a page complains of, and what it could not load."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    # A picture that was still on its way when the reader went on has not failed.
    page.on("requestfailed", lambda request: said.append(request.url) if "ABORTED" not in request.failure else None)
    return said


def walk(page, address, said):
    """Index, a chart, a place; every picture of the index drawn."""
    page.goto(f"{address}/index.html")
    page.evaluate("document.querySelectorAll('img').forEach(image => { image.loading = 'eager' })")
    # The page's policy forbids what `wait_for_function` does.
    for _ in range(100):
        drawn = page.evaluate("[...document.images].map(image => image.complete && image.naturalWidth > 0)")
        if all(drawn):
            break
        page.wait_for_timeout(50)
    assert len(drawn) > 5 and all(drawn)
    expect(page.locator("h3").first).to_contain_text("restricted Grok")
    page.get_by_label("Find a place").fill("japan")
    expect(page.locator(".places li:visible")).to_have_count(1)
    page.get_by_label("Find a place").press("Enter")
    expect(page.locator("h1")).to_contain_text("Japan")
    # The heading may be there before the style sheet is.
    page.wait_for_load_state("load")
    assert page.evaluate("document.fonts.size && getComputedStyle(document.body).fontFamily").startswith(
        '"Source Sans 3"'
    )
    page.go_back()
    page.locator(".view h3 a").first.click()
    expect(page.locator(".chart svg:visible").first).to_be_visible()
    page.get_by_role("link", name="All frozen charts").wait_for()
    assert said == []


@pytest.mark.browser
def test_the_site_works_under_a_path_of_a_plain_server(served, site, page, offline):
    walk(page, served, listen(page))
    page.goto(f"{served}/index.html")
    code = page.locator("pre[data-path]").first
    assert re.search(rf'src="{re.escape(served)}/embed/[\w.-]+\.html"', code.text_content())
    expect(page.locator(".relative")).to_have_count(0)


@pytest.mark.browser
def test_the_site_works_from_a_disk(site, page, offline):
    walk(page, site.as_uri(), listen(page))
    page.goto(f"{site.as_uri()}/index.html")
    assert 'src="embed/' in page.locator("pre[data-path]").first.text_content()


@pytest.mark.browser
def test_the_site_is_read_without_scripts(served, site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/index.html")
    expect(page.locator(".places li")).to_have_count(len(PLACES))
    expect(page.get_by_label("Find a place")).to_be_hidden()
    page.locator("summary").first.click()
    expect(page.locator("pre[data-path]").first).to_be_visible()
    page.locator(".places a").first.click()
    expect(page.locator("#acts")).to_be_visible()
    context.close()


@pytest.mark.browser
def test_a_frozen_chart_stands_in_a_page_of_another_origin(served, site, page, offline, tmp_path):
    entry = next(view for view in manifest(site)["views"] if view["chart"] == "map")
    path = next(one["path"] for one in entry["files"] if one["kind"] == "html")
    (tmp_path / "host.html").write_text(f'<iframe src="{served}/{path}" width="700" height="600"></iframe>')
    page.goto((tmp_path / "host.html").as_uri())
    expect(page.frame_locator("iframe").locator("h1")).to_have_text(entry["title"])
    expect(page.frame_locator("iframe").locator(".ra-drawing:visible").first).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_page_scrolls_sideways(served, site, page, offline, width):
    page.set_viewport_size({"width": width, "height": 900})
    place = next(
        one["path"]
        for entry in manifest(site)["places"]
        if entry["id"] == "JPN"
        for one in entry["files"]
        if one["kind"] == "html"
    )
    for path in ("index.html", place):
        page.goto(f"{served}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


@pytest.mark.browser
def test_a_text_is_copied_by_keyboard(served, site, page, context, offline):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served}/index.html")
    page.locator("summary").first.press("Enter")
    button = page.locator(".copy button:visible").first
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith(f'<iframe src="{served}/embed/')


def test_the_index_names_every_group_that_is_planned_with_a_cover(site, atlas):
    index = (site / "index.html").read_text(encoding="utf-8")
    covered = [view for view in manifest(site)["views"] if any(one["kind"] == "cover" for one in view["files"])]
    assert covered
    for view in covered:
        assert f'id="{view["id"]}"' in index and view["notices"][0] in unescape(index)
