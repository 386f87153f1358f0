"""The same data give the same bytes: in another process, with other hash seeds, in another time zone, at another time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASKED = [
    "/data/regime-atlas.xlsx",
    "/data/regime-atlas.zip",
    "/data/responses.csv",
    "/feeds/changes.atom",
    "/feeds/upcoming.ics",
    "/sitemap.xml",
    "/api/v1/strength",
    "/api/v1/openapi.json",
    "/record/instruments/eu-ai-act",
    *(f"/compare.{kind}?places=JPN,EU" for kind in ("xlsx", "docx", "md", "csv", "html")),
    *(f"/slides/{slug}.pptx" for slug in ("map", "compare")),
    *(f"/picture/map.{kind}?scale=0.5" for kind in ("svg", "png", "pdf")),
    "/picture/compare.pdf",
    "/embed/timeline",
    "/table/strength.json",
    "/qr/map.png",
    "/assets/app.css",
]
ASK = """
import json, sys
from hashlib import sha256
from starlette.applications import Starlette
from starlette.testclient import TestClient
from atlas.web.routes import ROUTES
client = TestClient(Starlette(routes=ROUTES))
found = {}
for address in json.loads(sys.argv[1]):
    answer = client.get(address)
    found[address] = [answer.status_code, answer.headers.get("etag"), sha256(answer.content).hexdigest()]
print(json.dumps(found))
"""


def started(seed: str, zone: str) -> subprocess.Popen:
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
    command = [sys.executable, "-W", "ignore", "-c", ASK, json.dumps(ASKED)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_two_processes_give_the_same_bytes_and_tags():
    # One after the other, so that their clocks differ by more than a second.
    one, other = (json.loads(started(*how).communicate()[0]) for how in (("1", "UTC"), ("2", "Pacific/Kiritimati")))
    assert set(one) == set(ASKED) and all(status == 200 and tag for status, tag, _ in one.values())
    assert one == other
