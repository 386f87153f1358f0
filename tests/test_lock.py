"""What is deployed: versions and hashes of every package, none of them missing, and an audit that tells silence from
safety.
"""

import importlib.util
import json
import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "deploy" / "requirements.lock"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)

specification = importlib.util.spec_from_file_location("audit", ROOT / "deploy" / "audit.py")
audit = importlib.util.module_from_spec(specification)
specification.loader.exec_module(audit)


@pytest.fixture(scope="module")
def locked():
    """Locked version by name."""
    return {canonicalize_name(name): version for name, version, _ in PIN.findall(LOCK.read_text(encoding="utf-8"))}


def wanted():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def test_every_pin_has_a_hash(locked):
    text = LOCK.read_text(encoding="utf-8")
    entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(entries) == len(locked) > 20
    assert "file://" not in text and "index-url" not in text and "find-links" not in text


@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_the_lock_satisfies_the_requirements(requirement, locked):
    name = canonicalize_name(requirement.name)
    assert name in locked, "run `make lock`"
    assert requirement.specifier.contains(locked[name], prereleases=True), (
        f"run `make lock`: {requirement} but {locked[name]} is locked"
    )


def test_the_lock_is_whole(locked):
    """What a locked package needs on Python 3.11 is locked too: with hashes, pip refuses everything else."""
    missing = []
    for name in locked:
        try:
            needs = [Requirement(text) for text in requires(name) or ()]
        except PackageNotFoundError:
            continue  # for another system than this one
        for need in needs:
            if need.marker is None or need.marker.evaluate(
                {"extra": "", "python_version": "3.11", "python_full_version": "3.11.9"}
            ):
                missing += [f"{name} needs {need.name}"] if canonicalize_name(need.name) not in locked else []
    assert missing == []


def report(**vulns):
    packages = [
        (
            {"name": name, "version": "1.0", "vulns": found}
            if found is not None
            else {"name": name, "skip_reason": "not found"}
        )
        for name, found in vulns.items()
    ]
    return json.dumps({"dependencies": packages})


FLAW = {"id": "PYSEC-2026-1", "fix_versions": ["1.1"], "aliases": [], "description": ""}


def test_a_finding_fails_the_audit():
    code, lines = audit.judge(2, 1, report(a=[FLAW], b=None), "Found 1 known vulnerability")
    assert code == 1 and lines[0] == "a 1.0: PYSEC-2026-1, mended in 1.1"


@pytest.mark.parametrize(
    ("code", "answer", "complaint", "said"),
    [
        (
            1,
            "",
            "ERROR: Could not connect to PyPI",
            "audit skipped: advisories cannot be reached (ERROR: Could not connect to PyPI)",
        ),
        (0, report(a=None, b=None), "", "audit skipped: the registry answered for none of 2 locked packages"),
        (
            0,
            report(a=[], b=None),
            "",
            "audit: no advisory on 1 of 2 locked packages; the registry did not answer for 1",
        ),
        (0, report(a=[], b=[]), "", "audit: no advisory on 2 of 2 locked packages"),
    ],
)
def test_a_silent_registry_is_not_a_clean_one(code, answer, complaint, said):
    assert audit.judge(2, code, answer, complaint) == (0, [said])


def test_a_missing_lock_fails(tmp_path, capsys):
    assert audit.main([str(tmp_path / "none.lock")]) == 2
    assert "none.lock" in capsys.readouterr().err
