"""CONTRIBUTING is true: each recipe is walked on a copy of the repository, by the commands that it names."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from atlas.tables.schema import DATA
from tests.toy_cases import OTHER_SUBJECT, with_toy_cases

ROOT = DATA.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LEFT = re.compile(r"^  (\w+\.csv):(\d+): (\w+): ", re.M)
URL = "https://example.org/one"
# What a contributor fills in, by file and column.
FILLED = {
    "responses.csv": {
        "title": "Warning by the ministry",
        "action": "statement",
        "date_kind": "announced",
        "status": "concluded",
        "relation": "prompted",
        "capacity": "institution",
        "summary": "Warned the public of undressed images.",
        "confidence": "high",
    },
    "instruments.csv": {
        "title": "Example Act 2026",
        "short_name": "Example Act",
        "domain": "online_safety",
        "legal_force": "binding_with_penalties",
        "status": "in_force",
        "covers_deepfake_ncii": "explicit",
        "real_images_only": "no",
        "protects": "both",
        "summary": "Makes platforms remove such images.",
        "confidence": "high",
    },
    "powers.csv": {
        "route": "authority",
        "scope": "general",
        "basis": "explicit",
        "commencement": "with_instrument",
        "provision_status": "not_found",
        "confidence": "high",
    },
    "sources.csv": {"publisher": "Example", "title": "A page", "kind": "official", "language": "en"},
    "authorities.csv": {"authority_type": "ministry"},
}


@pytest.fixture
def tree(tmp_path):
    """A copy of what the repository holds."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    assert len(names) > 300, "this test copies what git lists"
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


def make(tree, target, *values):
    """Runs a command of the Makefile in the copy, with the packages that run this test; what it printed."""
    venv = Path(sys.executable).parent.parent
    command = ["make", "-s", target, f"VENV={venv}", "-o", f"{venv}/.runtime", *values]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def table(tree, name, change):
    """Applies `change` to the rows of a file, which are lists of cells, the header first."""
    path = tree / "data" / name
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows(rows)


def fill(tree, said):
    """Fills each cell that a command has named as left to fill; how many there were."""
    cells = LEFT.findall(said.split("Left to fill", 1)[1])
    for name, line, column in cells:

        def change(rows, name=name, line=int(line), column=column):
            rows[line - 1][rows[0].index(column)] = FILLED[name][column]

        table(tree, name, change)
    return len(cells)


def check_with(tree, *arguments):
    """Runs tests of the copy, in the copy."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore", *arguments]
    environment = os.environ | {"ATLAS_CACHE": str(tree / ".cache"), "PYTHONPATH": str(tree)}
    environment.pop("ATLAS_DATA", None)
    run = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]


@pytest.mark.slow
def test_an_act_a_law_its_powers_and_a_correction_end_in_a_release(tree):
    package = json.loads((tree / "data" / "datapackage.json").read_text(encoding="utf-8"))
    last = package["evidence_to"]

    act = ["PLACE=CHL", f"DATE={last}", "SLUG=ministry-warning", "AUTHORITY=chl-new-ministry"]
    said = make(tree, "new-act", *act, "AUTHORITY_NAME=New Ministry", f"URL={URL} https://example.org/two?a=1&b=2")
    assert f"chl-{last}-ministry-warning" in said and fill(tree, said) == 8 + 1 + 2 * 4
    said = make(
        tree,
        "new-law",
        "PLACE=CHL",
        "SLUG=example-act-2026",
        "FIELD=ai",
        f"URL={URL}",
        "ADOPTED=2026-05",
        "IN_FORCE=2026-06",
    )
    assert "instruments.csv:" in said and "data/sources.csv" not in said and fill(tree, said) == 10
    law = ["LAW=chl-example-act-2026", f"URL={URL}"]
    assert fill(tree, make(tree, "new-power", *law, "POWER=fine", "LEVEL=2")) == 6
    assert fill(tree, make(tree, "new-power", *law, "POWER=block", "LEVEL=0")) == 1

    def correct(rows):
        rows[1][rows[0].index("title")] = "A better title"

    table(tree, "responses.csv", correct)
    with (tree / "data" / "responses.csv").open(encoding="utf-8", newline="") as opened:
        corrected = next(csv.DictReader(opened))["response_id"]
    table(tree, "curation.csv", lambda rows: rows.append([corrected, "corrected", "The page says so.", corrected]))
    assert "no faults" in make(tree, "check-data")

    text = (tree / "data" / "datapackage.json").read_text(encoding="utf-8")
    assert text.count(f'"version": "{package["version"]}"') == text.count(f'"created": "{package["created"]}"') == 1
    text = text.replace(f'"version": "{package["version"]}"', '"version": "99.0.0"')
    text = text.replace(f'"created": "{package["created"]}"', '"created": "2026-12-31T00:00:00Z"')
    (tree / "data" / "datapackage.json").write_text(text, encoding="utf-8")
    log = tree / "data" / "CHANGELOG.md"
    entry = f"## 99.0.0 (2026-12-31), evidence to {last}\n\n- An act and a law.\n\n## "
    log.write_text(log.read_text(encoding="utf-8").replace("## ", entry, 1), encoding="utf-8")
    before = {path: path.read_bytes() for path in (tree / "data" / "built").rglob("*") if path.is_file()}
    said = make(tree, "build")
    changed = {path.name for path, content in before.items() if path.read_bytes() != content}
    assert "standing.json" in changed <= {"audit.json", "standing.json", "standing.npz"}, said
    assert "standing: 2,000 draws of codes" in said and said.count("up to date") == 3 and "wrote CITATION.cff" in said
    assert make(tree, "release").startswith("release 99.0.0")
    # The figures of agreement are those of before, and take minutes to work out again.
    quick = ["-k", "not figures_published"]
    check_with(tree, *quick, "tests/test_data.py", "tests/test_trust.py", "tests/test_releases.py")


@pytest.mark.slow
def test_a_page_needs_its_file_a_line_and_its_words(tree):
    (tree / "pages" / "example.py").write_text(
        '"""Example: a page without a chart."""\n\n'
        "from atlas.ui import page as ui\nfrom atlas.words import texts\n\n"
        'here = ui.begin("example")\n'
        'ui.head(texts()["embed"]["pages"]["example"]["title"], texts()["embed"]["pages"]["example"]["description"])\n',
        encoding="utf-8",
    )
    dashboard = tree / "dashboard.py"
    text = dashboard.read_text(encoding="utf-8")
    line = '    ("pages/method.py", "Method", "method", False),\n'
    assert line in text
    dashboard.write_text(
        text.replace(line, line + '    ("pages/example.py", "Example", "example", False),\n'), encoding="utf-8"
    )
    words = tree / "data" / "texts" / "embed.json"
    prose = json.loads(words.read_text(encoding="utf-8"))
    prose["pages"]["example"] = {
        "title": "Example of a page",
        "description": "What a page needs, and nothing else. " * 2,
    }
    words.write_text(json.dumps(prose), encoding="utf-8")
    check_with(tree, "tests/test_house.py")
    check_with(tree, "tests/test_pages.py", "-k", "the_page_runs")
    check_with(tree, "tests/test_previews.py", "-k", "sitemap or without_a_chart or (hostile and example)")


def test_the_guide_names_commands_and_files_that_are_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    said = GUIDE + (ROOT / "README.md").read_text(encoding="utf-8") + (DATA / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z-]+)", said))
    assert len(named) > 10 and named <= targets, named - targets
    paths = set(re.findall(r"`((?:atlas|tests|pages|data|benchmarks|deploy)/[\w./-]+)`", GUIDE))
    assert len(paths) > 15 and [path for path in paths if not (ROOT / path).exists()] == []


def test_the_table_of_commands_is_whole():
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    listed = set(re.findall(r"`make ([a-z-]+)`", GUIDE.split("## A record")[0]))
    assert targets - {"format", "clean", "installed"} <= listed


def test_what_is_not_supported_is_said():
    assert GUIDE.split("## A language\n\n", 1)[1].startswith("Not supported yet: ")


@pytest.mark.slow
def test_a_case_is_rows_and_its_first_act_is_one_command(tree):
    with_toy_cases(tree / "data")
    last = json.loads((tree / "data" / "datapackage.json").read_text(encoding="utf-8"))["evidence_to"]
    act = ["PLACE=ITA", f"DATE={last}", "SLUG=new-warning", "AUTHORITY=ita-garante-privacy", f"CASE={OTHER_SUBJECT}"]
    said = make(tree, "new-act", *act, f"URL={URL}")
    fill(tree, said)
    assert f"ita-{last}-new-warning,{OTHER_SUBJECT}," in (tree / "data" / "responses.csv").read_text(encoding="utf-8")
    assert "no faults" in make(tree, "check-data")


def test_the_words_of_the_house_are_explained():
    words = {
        word.strip()
        for row in re.findall(r"^\| ([^|]+) \| [^|]+ \|$", GUIDE.split("## Words of the house")[1], re.M)
        for word in row.split(",")
    }
    wanted = "act rung step silence reading place maker arsenal pool twin shelf receipt pin bearing power View built"
    assert set(wanted.split()) <= words
