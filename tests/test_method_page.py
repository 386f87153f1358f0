"""The Method page: figures first, a score worked out, contents in sight, records as links."""

import re

import pytest
from browsing import visit
from playwright.sync_api import expect

from atlas.law.strength import strengths
from atlas.publish import method_page
from atlas.publish.codebook import WRITTEN
from atlas.publish.trust import section
from atlas.tables.schema import DATA

CODEBOOK = (DATA / WRITTEN).read_text(encoding="utf-8")
GUIDE = (DATA / "INTERPRETATION.md").read_text(encoding="utf-8")


def test_the_figures_come_first_and_are_those_of_the_data(atlas):
    shown = method_page.figures(atlas)
    assert [bool(re.fullmatch(r"\d+(\.\d)?%?", one["value"])) for one in shown] == [True] * 5
    assert all("{" not in one["words"] for one in shown)


def test_the_score_that_is_worked_out_is_the_score(atlas):
    shown = method_page.worked(atlas)
    means = [sum(float(row["points"]) for row in group["powers"]) / len(group["powers"]) for group in shown["groups"]]
    score = strengths(atlas, atlas.package.evidence_to)["JPN"].whole.point
    assert f"{sum(means) / len(means):.0f}" in shown["whole"] and abs(sum(means) / len(means) - score) < 0.01


def test_each_record_that_the_text_names_is_a_link(atlas):
    text = method_page.linked(atlas, GUIDE)
    links = re.findall(r"\[`([^`]+)`\]\((record/\w+/[^)]+)\)", text)
    assert len(links) > 20 and all(path.endswith(f"/{record}") for record, path in links)
    for record, path in links:
        table = path.split("/")[1]
        known = atlas.responses.index if table == "responses" else atlas.instruments.index
        assert record.split("/")[0] in known
    assert method_page.linked(atlas, "`no-such-record` and `sector_law`") == "`no-such-record` and `sector_law`"


@pytest.mark.browser
def test_contents_stay_in_sight_and_lead_to_every_part(server, page_with, atlas):
    listed = [link for _, links in method_page.contents(section(atlas)["blocks"], CODEBOOK) for link in links]
    page = page_with(viewport={"width": 1440, "height": 900})
    visit(page, f"{server.url}/method#silence-in-five-kinds")
    nav = page.locator(".ra-contents")
    assert nav.locator("a").count() == len(listed) > 30
    assert (
        page.evaluate(
            "() => [...document.querySelectorAll('.ra-contents a')].filter(one => !document.getElementById(one.hash.slice(1))).length"
        )
        == 0
    )
    # An address that names a part opens there, and the list says where one is.
    expect(page.locator("#silence-in-five-kinds")).to_be_in_viewport()
    expect(nav.locator("[aria-current]")).to_have_text("Silence, in five kinds")
    expect(nav).to_be_in_viewport()
    nav.get_by_role("link", name="Levels of powers").click()
    expect(page.locator("#levels-of-powers")).to_be_in_viewport()
    expect(nav.locator("[aria-current]")).to_have_text("Levels of powers")
    # No table under thirty rows scrolls inside itself.
    cut = "() => [...document.querySelectorAll('.ra-scroll')].filter(one => one.scrollHeight > one.clientHeight + 1 && one.querySelectorAll('tbody tr').length < 30).length"
    assert page.evaluate(cut) == 0
    page.set_viewport_size({"width": 390, "height": 844})
    expect(nav).to_be_hidden()
    button = page.locator(".ra-sections summary")
    expect(button).to_be_in_viewport()
    button.click()
    page.locator(".ra-sections a", has_text="Fields of law").click()
    expect(page.locator("#fields-of-law")).to_be_in_viewport()
    expect(page.locator(".ra-sections ul")).to_be_hidden()
