"""axe-core in Chromium, and the baseline: what it finds on a page of Streamlit that holds nothing of ours.

By state: an empty page, and Streamlit's own overlays (a list of choices, a popover) opened over it. A fault of a state
is forgiven in that state alone.

`python -m tests.axe` writes the baseline anew, after a new version of Streamlit.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import streamlit
from axe_playwright_python.sync_playwright import Axe

from deploy.ports import unused_ports

BASELINE = Path(__file__).resolve().parent / "references" / "axe-baseline.json"
# All rules that axe runs by itself, and the one of WCAG 2.2 that it leaves off. Only what breaks a rule is described:
# axe takes four times as long to describe what keeps them.
RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# The rules whose answer can change with the colours of a page and nothing else.
OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
# Faults of Streamlit itself, by rule, with the issue that names each.
UPSTREAM: dict[str, str] = {}
EMPTY = "empty"
STATES = {
    EMPTY: "import streamlit as st\n",
    "list of choices": "import streamlit as st\nst.title('A list')\nst.selectbox('One', ['a', 'b'])\n",
    "popover": "import streamlit as st\nst.title('A popover')\nwith st.popover('Open'):\n    st.text('Text')\n",
}


def violations(page, rules: dict = RULES) -> list[tuple[str, str, str]]:
    """Rule, element and reason of each violation on a page as it stands."""
    found = Axe().run(page, options=rules).response["violations"]
    return [
        (fault["id"], node["html"][:160], " ".join(node["failureSummary"].split())[:200])
        for fault in found
        for node in fault["nodes"]
    ]


def known(state: str = EMPTY) -> set[str]:
    """Rules that a page of Streamlit breaks by itself in a state."""
    found = json.loads(BASELINE.read_text(encoding="utf-8"))["violations"]
    return set(found[EMPTY]) | set(found.get(state, ()))


def into(page, state: str) -> None:
    """Brings a page of Streamlit into a state."""
    if state == "popover":
        page.locator("[data-testid=stPopoverButton]").first.click()
        page.locator("[data-testid=stPopoverBody]").wait_for()
    elif state == "list of choices":
        box = page.locator("[data-testid=stMain]").get_by_role("combobox").first
        option = page.get_by_role("option").first
        # A run that ends meanwhile may draw the field anew and close its list.
        for _ in range(5):
            box.focus()
            box.press("ArrowDown")
            page.wait_for_timeout(1_000)
            if option.is_visible():
                return
        option.wait_for()


@contextmanager
def bare_page(script: str):
    """Serves a page of Streamlit; yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare.py").write_text(script, encoding="utf-8")
        (port,) = unused_ports(1)
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "bare.py",
            "--server.port",
            str(port),
            # Without one, Streamlit asks another host for this machine's address.
            "--server.address",
            "127.0.0.1",
            "--server.headless",
            "true",
            "--browser.gatherUsageStats",
            "false",
            "--server.fileWatcherType",
            "none",
        ]
        served = subprocess.Popen(
            command, cwd=folder, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            end = time.monotonic() + 60
            while time.monotonic() < end:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.2)
            yield f"http://127.0.0.1:{port}/"
        finally:
            served.terminate()
            served.wait(10)


def measured(browser) -> dict:
    """The baseline as it is now."""
    found: dict[str, dict] = {}
    for state, script in STATES.items():
        found[state] = {}
        with bare_page(script) as address:
            for scheme in ("light", "dark"):
                for width in (1440, 390):
                    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                    page = context.new_page()
                    page.goto(address)
                    page.locator("[data-testid=stMainBlockContainer]").wait_for(state="attached", timeout=60_000)
                    if state != EMPTY:
                        page.locator("h1").wait_for()
                    into(page, state)
                    for rule, element, _ in violations(page):
                        found[state].setdefault(
                            rule,
                            {
                                "element": re.sub(r'react-aria[^"]*|st-emotion[^"]*', "…", element),
                                "issue": UPSTREAM.get(rule, "no upstream issue found"),
                            },
                        )
                    context.close()
    return {"streamlit": streamlit.__version__, "violations": found}


if __name__ == "__main__":
    from playwright.sync_api import sync_playwright

    from deploy import programs

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=programs.chromium(), args=["--no-sandbox"])
        BASELINE.parent.mkdir(exist_ok=True)
        BASELINE.write_text(json.dumps(measured(chromium), indent=1) + "\n", encoding="utf-8")
        chromium.close()
