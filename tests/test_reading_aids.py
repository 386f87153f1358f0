"""Forced colours, the browser's size of text, and paper: on every page of the app, embed, record and frozen file."""

import json

import pytest
from cut_text import FOUND as CUT
from cut_text import UNDER

from atlas.charts import catalogue
from atlas.draw.palette import contrast
from tests.addresses import app_paths
from tests.browsing import visit
from tests.painted import hexed

pytestmark = pytest.mark.browser
# A chosen state may be tinted on paper, and no more than so.
TINT = 2.2
EMBEDS = tuple(f"embed/{slug}" for slug in catalogue.CHARTS)
PLAIN = (
    *EMBEDS,
    "embed/map?theme=dark",
    "embed/timeline?theme=dark",
    "record/instruments/eu-dsa",
    "record/powers/eu-dsa/order",
    "api/v1",
    "find?q=Japan",
    "first-steps",
    "compare.html?places=JPN,EU",
)


def plain_pages(server, frozen):
    """Addresses of all that is no page of the app."""
    site = json.loads((frozen / "manifest.json").read_text(encoding="utf-8"))
    place = next(one["path"] for one in site["places"][0]["files"] if one["kind"] == "html")
    return [
        *(f"{server.url}/{path}" for path in PLAIN),
        *(f"{frozen.as_uri()}/{path}" for path in ("index.html", place)),
    ]


def every_page(page, server, frozen):
    """Opens each page in turn; gives its address."""
    for path in app_paths():
        visit(page, f"{server.url}/{path}")
        yield path or "map"
    for address in plain_pages(server, frozen):
        answer = page.goto(address)
        assert answer is None or answer.ok or address.startswith("file:"), address
        yield address.rpartition("/")[2]


# Of each mark that is drawn by a background: whether its colour is the one its style asks for, or one of the system's.
FORCED = """() => {
  const found = [];
  const clear = paint => !paint || paint === "none" || /^rgba\\(.*, 0\\)$/.test(paint);
  const names = "i, .mk, .track, .ra-bar, .ra-bar u, a.dot, .sw, .st, .stroke";
  for (const one of document.querySelectorAll(`:is(${names})`)) {
    if (!one.checkVisibility() || one.closest(".off") || one.closest("[data-testid=stIconMaterial]")) continue;
    const style = getComputedStyle(one), before = getComputedStyle(one, "::before");
    const asked = one.style.backgroundColor;
    const drawn = !clear(style.backgroundColor) || style.backgroundImage !== "none" || !clear(before.backgroundColor)
      || ["Top", "Left"].some(side => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none")
      || parseFloat(before.borderTopWidth) > 0;
    found.push({class: one.className, adjust: style.forcedColorAdjust, drawn, asked: asked && !asked.startsWith("var") ? asked : "", has: style.backgroundColor, text: one.textContent.trim()});
  }
  const chosen = [...document.querySelectorAll("[role=radio], [role=tab]")].filter(one => one.checkVisibility()).map(one => ({
    on: one.getAttribute("aria-checked") === "true" || one.getAttribute("aria-selected") === "true",
    look: getComputedStyle(one).backgroundColor, name: one.textContent.trim()}));
  return {marks: found, chosen};
}"""


def test_forced_colours_keep_what_is_drawn_by_a_background(server, frozen, page_with):
    page = page_with(forced_colors="active", viewport={"width": 1280, "height": 900})
    marks = 0
    for where in every_page(page, server, frozen):
        seen = page.evaluate(FORCED)
        for one in seen["marks"]:
            if one["text"] or not one["drawn"]:
                continue
            marks += 1
            assert one["adjust"] == "none", (where, one)
            assert not one["asked"] or one["asked"] == one["has"], (where, one)
        on, off = ([one["look"] for one in seen["chosen"] if one["on"] == state] for state in (True, False))
        assert not set(on) & set(off), (where, seen["chosen"])
    assert marks > 100


SIZE = (
    "() => [document.documentElement, document.body, ...document.querySelectorAll('h1, p, td, li, label, button,"
    # The menu is another one where there is less room.
    " summary')].filter(one => one.checkVisibility() && !one.closest('nav, header, .ra-phone')).slice(0, 60).map(one =>"
    " parseFloat(getComputedStyle(one).fontSize))"
)


# Of a size of text in pixels, the widths of the window; between the two, pages lay themselves out in another way.
WIDTHS = {16: (1440, 1024, 560, 390), 32: (1440, 390)}


def test_text_grows_with_the_size_that_the_browser_asks_for(server, frozen, playwright, browser_type_launch_args):
    """Twice the size of text: every text is at least twice as large. In either size, and on a phone too, no page needs to be
    moved sideways, no word is cut, and none lies on another.
    """
    sizes = {}
    for size in (16, 32):
        how = browser_type_launch_args | {
            "args": [*browser_type_launch_args["args"], f"--blink-settings=defaultFontSize={size}"]
        }
        asks = playwright.chromium.launch(**how)
        context = asks.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        sizes[size] = {}
        for where in every_page(page, server, frozen):
            sizes[size][where] = page.evaluate(SIZE)
            for width in WIDTHS[size]:
                page.set_viewport_size({"width": width, "height": 900})
                page.wait_for_timeout(250)
                main = page.locator("[data-testid=stMain]")
                wide = "one => one.scrollWidth - one.clientWidth"
                assert (main if main.count() else page.locator("html")).first.evaluate(wide) <= 1, (where, width)
                assert page.evaluate(CUT) == [], (where, width)
                if main.count():
                    assert page.evaluate(UNDER) == [], (where, width)
            page.set_viewport_size({"width": 1440, "height": 900})
        asks.close()
    for where, small in sizes[16].items():
        if where.startswith("compare.html"):
            continue
        # The layout of a narrower page may have larger letters still.
        grown = [round(one / two, 1) for one, two in zip(sizes[32][where][:8], small[:8], strict=False)]
        assert len(small) > 3 and all(ratio >= 2 for ratio in grown), (where, grown)


PAPER = """() => {
  // What lets the ground through, as while a colour fades, is none.
  const clear = paint => !paint || paint === "none" || paint.startsWith("rgba");
  const ground = one => { for (let at = one; at; at = at.parentElement) { const paint = getComputedStyle(at).backgroundColor; if (!clear(paint)) return paint; } return "rgb(255, 255, 255)"; };
  const seen = [];
  for (const one of document.querySelectorAll("h1, h2, h3, p, li, td, th, dd, dt, summary, figcaption, [role=radio], svg text")) {
    if (!one.checkVisibility() || one.closest(".off, .js-plotly-plot") || !one.textContent.trim()) continue;
    const style = getComputedStyle(one), inSvg = one instanceof SVGElement;
    if (inSvg && one.querySelector("tspan")) continue;
    seen.push([inSvg ? style.fill : style.color, ground(one), one.tagName, one.textContent.trim().slice(0, 40)]);
  }
  return {ground: ground(document.body), seen, fills: [...document.querySelectorAll(".ra-drawing .f-paper")].slice(0, 5).map(one => getComputedStyle(one).fill)};
}"""


def test_paper_is_light(server, frozen, page_with):
    """Printed from a dark device: white ground, dark text, light drawings."""
    page = page_with(color_scheme="dark", viewport={"width": 1000, "height": 900})
    for where in every_page(page, server, frozen):
        page.emulate_media(media="print", color_scheme="dark")
        seen = page.evaluate(PAPER)
        assert hexed(seen["ground"]) == "#FFFFFF", where
        assert seen["seen"], where
        for colour, ground, tag, words in seen["seen"]:
            assert contrast(hexed(ground), "#FFFFFF") < TINT and contrast(hexed(colour), hexed(ground)) >= 4.5, (
                where,
                tag,
                words,
                colour,
                ground,
            )
        assert {hexed(one) for one in seen["fills"]} <= {"#FFFFFF"}, where
        page.emulate_media(media="screen", color_scheme="dark")
