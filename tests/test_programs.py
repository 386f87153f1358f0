"""Each program that tests drive starts and does one thing: what a machine with a missing piece fails at first."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from deploy.fleet import HAPROXY, PROGRAM


def test_playwrights_driver_starts():
    run = subprocess.run(
        [sys.executable, "-m", "playwright", "--version"], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0 and run.stdout.startswith("Version "), run.stderr


@pytest.mark.browser
def test_chromium_opens_a_page_of_the_app(server, page):
    page.goto(server.url)
    expect(page.locator(".ra-head h1")).to_be_visible(timeout=60_000)


@pytest.mark.browser
def test_chromium_has_a_font_of_its_own(page):
    page.set_content("<span style='font: 40px sans-serif'>Atlas</span>")
    assert page.locator("span").bounding_box()["width"] > 40
    assert page.evaluate("""() => {
        const context = Object.assign(document.createElement('canvas'), {width: 200, height: 60}).getContext('2d');
        const drawn = text => { context.clearRect(0, 0, 200, 60); context.font = '40px sans-serif';
            context.fillText(text, 5, 45); return context.getImageData(0, 0, 200, 60).data.join(); };
        return drawn('A') !== drawn('W');
    }"""), "letters differ: they are not boxes"


@pytest.mark.skipif(
    PROGRAM is None and "haproxy" in os.environ.get("WITHOUT", "").split(), reason="WITHOUT=haproxy was asked for"
)
def test_haproxy_starts():
    run = subprocess.run([PROGRAM, "-v"], capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode == 0 and "version 2." in run.stdout or "version 3." in run.stdout, run.stderr
    assert (HAPROXY / "haproxy.cfg").is_file()
