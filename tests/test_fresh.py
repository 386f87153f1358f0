"""`make fresh` where it cannot be done, and what it carries of a machine's package settings.

Done for real, it is a part of CI.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FRESH = ROOT / "tests" / "fresh"


def module(name: str):
    specification = importlib.util.spec_from_file_location(f"fresh_{name}", FRESH / f"{name}.py")
    made = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = made
    specification.loader.exec_module(made)
    return made


settings = module("settings")


def machine(folder: Path, **stubs: str) -> dict[str, str]:
    """An environment whose PATH has the named stubs alone."""
    folder.mkdir()
    for name, body in stubs.items():
        path = folder / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        path.chmod(0o755)
    return {"PATH": str(folder)}


def fresh(environment, *arguments, user=0):
    """Runs the command as if by a user, without touching anything."""
    code = (
        f"import os, runpy, sys; os.geteuid = lambda: {user}; sys.argv = {['fresh', *arguments]!r};"
        f" runpy.run_path({str(FRESH)!r}, run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_without_root_it_says_so_and_stops(tmp_path):
    run = fresh(machine(tmp_path / "bin"), "setup", user=1000)
    assert run.returncode == 2 and "needs root" in run.stderr
    assert fresh(machine(tmp_path / "b"), "possible", user=1000).returncode == 1


PRESENT = {name: "exit 0" for name in ("unshare", "chroot", "mount", "git", "tar", "wget", "debootstrap")}


@pytest.mark.parametrize("name", ["git", "wget", "tar"])
def test_each_missing_program_is_named(tmp_path, name):
    run = fresh(machine(tmp_path / "bin", **{one: body for one, body in PRESENT.items() if one != name}), "whole")
    # The usual folders of root are looked into as well; these programs do not lie there.
    assert run.returncode == 2 and f"it needs {name} " in run.stderr


@pytest.mark.parametrize(("name", "said"), [("unshare", "may not make mounts"), ("wget", "mirror"), ("git", "")])
def test_a_machine_that_refuses_is_no_place_for_it(tmp_path, name, said):
    run = fresh(machine(tmp_path / "bin", **PRESENT | {name: "exit 1"}), "possible")
    assert (run.returncode, said in run.stderr) == ((1, True) if said else (0, True))


def test_an_unknown_part_is_refused(tmp_path):
    run = fresh(machine(tmp_path / "bin", **PRESENT), "half")
    assert run.returncode == 2 and "setup|whole" in run.stderr


def test_debians_own_sources_are_carried_and_no_others(tmp_path):
    lists = tmp_path / "sources.list.d"
    lists.mkdir()
    (tmp_path / "sources.list").write_text(
        "# deb http://old.example/debian bookworm main\n"
        "deb [signed-by=/usr/share/keyrings/ours.gpg arch=amd64] https://mirror.example/debian bookworm main contrib\n"
        "deb http://mirror.example/debian bookworm-backports main\n",
        encoding="utf-8",
    )
    (lists / "other.list").write_text("deb https://other.example/apt cloud-bookworm main\n", encoding="utf-8")
    (lists / "debian.sources").write_text(
        "Types: deb\nURIs: http://second.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\n\n"
        "Types: deb\nURIs: http://second.example/node\nSuites: nodistro\nComponents: main\n\n"
        "Types: deb\nURIs: http://third.example/debian\nSuites: bookworm\nComponents: main\nEnabled: no\n",
        encoding="utf-8",
    )
    lines, stanzas = settings.debian_sources(tmp_path)
    assert len(lines) == 1 and len(stanzas) == 1
    assert settings.mirror_of(lines, stanzas) == "https://mirror.example/debian"
    assert settings.mirror_of([], stanzas) == "http://second.example/debian"
    assert settings.mirror_of([], []) == settings.DEBIAN
    assert settings._keys_of(lines, stanzas) == [Path("/usr/share/keyrings/ours.gpg")]


def test_folders_of_packages_are_seen_and_files_of_settings_copied(tmp_path, monkeypatch):
    for folder in ("index/simple", "index/files", "wheels"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("cert.pem", "constraints.txt"):
        (tmp_path / file).touch()
    said = (
        f"global.cert='{tmp_path}/cert.pem'\nglobal.constraint='{tmp_path}/constraints.txt'\n"
        f"global.extra-index-url='file://{tmp_path}/index/simple https://pypi.example/simple'\n:env:.timeout='9'\n"
    )
    monkeypatch.setattr(settings, "_said", lambda *command: said if "pip" in command else "")
    found = settings.read(
        {"PIP_FIND_LINKS": f"{tmp_path}/wheels", "https_proxy": "http://p.example:3128", "SECRET": "x", "HOME": "/h"},
        tmp_path,
    )
    assert found.mounts == [tmp_path / "index", tmp_path / "wheels"], "an index lies beside its files"
    assert {str(tmp_path / "cert.pem"), str(tmp_path / "constraints.txt")} <= set(found.copies)
    assert found.environment == {"PIP_FIND_LINKS": f"{tmp_path}/wheels", "https_proxy": "http://p.example:3128"}
    assert (
        "https://pypi.example/simple" in found.texts["/etc/pip.conf"] and "timeout" not in found.texts["/etc/pip.conf"]
    )


def test_a_bundle_of_certificates_is_kept_where_debian_does_not_write_it_anew(tmp_path, monkeypatch):
    bundle = tmp_path / "all.crt"
    bundle.touch()
    monkeypatch.setattr(settings, "WRITTEN_ANEW", str(tmp_path))
    monkeypatch.setattr(settings, "_said", lambda *command: f"global.cert='{bundle}'\n" if "pip" in command else "")
    found = settings.read({"SSL_CERT_FILE": str(bundle)}, tmp_path)
    kept = f"/etc/carried{bundle}"
    assert found.copies[kept] == bundle and found.environment == {"SSL_CERT_FILE": kept}
    assert f"cert = {kept}\n" in found.texts["/etc/pip.conf"]


def test_only_settings_of_fetching_are_carried_from_apt(tmp_path, monkeypatch):
    said = (
        'APT::Update::Post-Invoke:: "rm x";\nAcquire::http::Proxy "http://p.example";\nAcquire::http::Proxy-Auto-Detect'
        ' "/usr/bin/x";\n'
    )
    monkeypatch.setattr(settings, "_said", lambda *command: said if command[0] == "apt-config" else "")
    assert (
        settings.read({}, tmp_path).texts["/etc/apt/apt.conf.d/99carried"]
        == 'Acquire::http::Proxy "http://p.example";\n'
    )


def test_ci_says_when_it_was_not_checked(tmp_path):
    """The closing part of `.ci/run`, where nothing can be tried."""
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    stubs = machine(tmp_path / "bin", python3="exit 1", make='echo "make $*"', dirname="echo .")
    run = subprocess.run(
        ["/bin/bash", "-s"],
        input=text.replace('cd "$(dirname "$0")/.."', ""),
        env=stubs,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0 and "NOT CHECKED" in run.stdout
    assert [line for line in run.stdout.splitlines() if line.startswith("make")] == [
        "make test",
        "make lint",
        "make audit",
    ]
    stubs = machine(tmp_path / "able", python3="exit 0", make='echo "make $*"; [ "$1" != fresh ]')
    run = subprocess.run(
        ["/bin/bash", "-s"],
        input=text.replace('cd "$(dirname "$0")/.."', ""),
        env=stubs,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0 and "make fresh PART=setup" in run.stdout


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="mounts are root's, on Linux")
def test_a_root_with_a_mount_in_it_is_not_taken_away(tmp_path):
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no mounts of one's own here")
    code = f"""
import subprocess, sys
sys.path.insert(0, {str(FRESH)!r})
import __main__, importlib.util
spec = importlib.util.spec_from_file_location('fresh_main', {str(FRESH / "__main__.py")!r})
main = importlib.util.module_from_spec(spec); spec.loader.exec_module(main)
from pathlib import Path
root, kept = Path({str(tmp_path / "root")!r}), Path({str(tmp_path / "kept")!r})
(root / 'in').mkdir(parents=True); kept.mkdir(); (kept / 'file').touch()
subprocess.run(['mount', '--bind', kept, root / 'in'], check=True)
main.remove(root)
"""
    run = subprocess.run(
        ["unshare", "--mount", sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert run.returncode != 0 and "left as it is" in run.stderr
    assert (tmp_path / "kept" / "file").is_file()
