"""Colours as a browser paints them: in every outlet a mark has the colour of its class in the legend, and that one the
palette's.

A chart of the catalogue is covered by being there. What is read of a page is read at once (`painted`).
"""

import http.server
import threading
from functools import partial

import pytest

from atlas.charts import catalogue
from atlas.draw.palette import PAPER, SEEN, contrast
from tests.browsing import Host, heard
from tests.painted import colours, frozen_pages, legend, painted

pytestmark = pytest.mark.browser
CHARTS = tuple(catalogue.CHARTS)
# A theme of the embed, what the device asks for, and whether it is dark then.
MODES = [("light", "dark", False), ("dark", "light", True), ("auto", "light", False), ("auto", "dark", True)]
MODE = pytest.mark.parametrize(("theme", "asks", "dark"), MODES, ids=[f"{theme}-on-{asks}" for theme, asks, _ in MODES])
# Classes of marks that no legend has: what has no record, what companies did, and what lies in no corner.
UNKEYED = {"rest", "context", "none"}


def view_of(atlas, slug, **query):
    chart = catalogue.CHARTS[slug]
    return catalogue.view(atlas, slug, catalogue.read(atlas, chart, query)[0])


def readings(atlas):
    """Every chart, and each of its ways to colour."""
    for slug, chart in catalogue.CHARTS.items():
        option = next((one for one in chart.options if one.name == "colour"), None)
        for term in option.terms(atlas) if option else [""]:
            yield slug, {"colour": term} if term else {}


def strokes(found):
    """Lines and bars that stand for something: no area of theirs and none of their place lies under them."""
    filled = {one.id for one in found if one.fill and one.fill not in (PAPER.light, PAPER.dark)}
    for one in found:
        if (one.key or one.id) and one.line and not one.fill and not one.texture and one.id not in filled - {None}:
            yield one


def classes_of(view, identity):
    """Those that a place or an act has in a view: one, or one in each of its panels."""
    panels = getattr(view, "panels", ()) or (view,)
    return {panel.class_of[identity] for panel in panels if identity in panel.class_of}


def check(found, view, dark, where):
    """Every paint is of the palette, every key the colour of its class, every mark that of its key."""
    assert found, where
    stray = {
        (one.tag, paint) for one in found for paint in (one.fill, one.line) if paint and paint not in colours(dark)
    }
    assert stray == set(), where
    assert {one.texture[1] for one in found if one.texture} <= colours(dark), where
    for one in strokes(found):
        assert contrast(one.line, PAPER.on(dark)) >= SEEN, (where, one)
    keys = legend(found)
    for klass in view.classes:
        if klass.id in keys:
            entry, fill = keys[klass.id], klass.colour.on(dark)
            assert fill in entry.fills | entry.lines, (where, klass.id)
            names = {name for name, _ in entry.textures}
            assert names == ({klass.texture} & {"hatch"}), (where, klass.id)
    seen = set()
    for one in found:
        if one.key or not one.klass or one.text or one.klass in UNKEYED or not keys:
            continue
        if one.texture:
            if one.texture[0] == "hatch":
                assert one.id in view.stale or view.klass(one.klass).texture == "hatch", (where, one)
            else:
                assert one.texture in keys[one.klass].textures, (where, one)
        elif one.tag in ("path", "circle") and one.fill and one.id in view.class_of and one.id not in seen:
            # The first shape of a place or an act is its mark; what lies over it tells more.
            seen.add(one.id)
            assert {one.fill} == keys[one.klass].fills, (where, one)
            assert one.fill in {view.klass(known).colour.on(dark) for known in classes_of(view, one.id)}, (where, one)
    return keys


@pytest.fixture
def device(page_with):
    """Opens pages as a device asks that is light or dark."""
    return lambda mode, **more: page_with(color_scheme=mode, viewport={"width": 1000, "height": 800}, **more)


@MODE
def test_live_embeds(server, device, atlas, theme, asks, dark):
    page = device(asks)
    for slug, query in readings(atlas):
        address = "&".join(f"{name}={term}" for name, term in (query | {"theme": theme}).items())
        page.goto(f"{server.url}/embed/{slug}?{address}")
        check(painted(page), view_of(atlas, slug, **query), dark, address)


@MODE
def test_live_embeds_in_a_page_of_another_origin(server, device, atlas, theme, asks, dark):
    frames = "".join(
        f'<iframe src="{server.url}/embed/{slug}?theme={theme}" width="1000" height="700"></iframe>' for slug in CHARTS
    )
    host, page = Host(frames), device(asks)
    page.goto(host.url)
    heard(page, len(CHARTS))
    for frame, slug in zip(page.main_frame.child_frames, CHARTS, strict=True):
        check(painted(frame), view_of(atlas, slug), dark, f"{slug} framed")
    host.server.shutdown()


@pytest.fixture(scope="session")
def plain_server(frozen):
    """The site on a server that knows nothing of us."""
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=frozen)
    handler.log_message = lambda *text: None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@MODE
def test_frozen_embeds_from_a_disk_and_framed(frozen, plain_server, device, atlas, theme, asks, dark):
    page, pages = device(asks), list(frozen_pages(frozen, "html", theme))
    assert {view["chart"] for view, _ in pages} == set(CHARTS)
    for view, path in pages:
        page.goto(f"{frozen.as_uri()}/{path}")
        check(painted(page), view_of(atlas, view["chart"], **view["options"]), dark, path)
    host = Host(
        "".join(f'<iframe src="{plain_server}/{path}" width="1000" height="700"></iframe>' for _, path in pages)
    )
    page.goto(host.url)
    heard(page, len(pages))
    for frame, (view, path) in zip(page.main_frame.child_frames, pages, strict=True):
        check(painted(frame), view_of(atlas, view["chart"], **view["options"]), dark, f"{path} framed")
    host.server.shutdown()


@pytest.mark.parametrize("dark", [False, True])
def test_covers_of_the_site(frozen, device, atlas, dark):
    page = device("dark" if dark else "light")
    covers = [*frozen_pages(frozen, "cover"), *frozen_pages(frozen, "narrow")]
    assert {view["chart"] for view, _ in covers} == set(CHARTS) - {"compare"}
    for view, path in covers:
        page.goto(f"{frozen.as_uri()}/{path}")
        check(painted(page, "svg"), view_of(atlas, view["chart"], **view["options"]), dark, path)
