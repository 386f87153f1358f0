"""`tests/install_programs.sh` with a PATH of stubs: what it asks for when a program is missing, there, or not to be
had.
"""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "tests" / "install_programs.sh"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Packages by the need that they answer.
PACKAGES = {
    "playwright": ["libatomic1"],
    "fonts": ["fontconfig", "fonts-dejavu-core"],
    "chromium": ["chromium-headless-shell"],
    "haproxy": ["haproxy"],
}
# What stands for a need on a machine, where it is not called as the need is.
CALLED = {"playwright": "libatomic1", "chromium": "chromium-headless-shell"}
ALL = sorted(package for packages in PACKAGES.values() for package in packages)


class Machine:
    """A folder of stubs that is the whole PATH. What is `on` it answers; each stub writes down how it was called.

    Args:
        folder: where it is made.
        on: programs and libraries that are there at first: browsers, `fonts`, `libatomic1`, `haproxy`.
        shelf: packages that apt-get can install; none for a machine without apt-get.
        user: 0 for root.
        sudo: whether there is one.
    """

    def __init__(self, folder: Path, on=(), shelf=(), user: int = 0, sudo: bool = True):
        self.folder, self.bin, self.log = folder, folder / "bin", folder / "asked"
        for part in (self.bin, folder / "has", folder / "shelf", folder / ".venv" / "bin"):
            part.mkdir(parents=True)
        self.log.touch()
        self._stub("id", f"echo {user}")
        self._stub("env", 'case "$1" in *=*) shift ;; esac; exec "$@"')
        self._stub(
            ".venv/bin/python",
            f'{self._here("libatomic1")} || exit 127\n{self._here("build")} || case "$*" in *install*) exit 1 ;; esac',
            self.folder,
        )
        if sudo:
            self._stub("sudo", 'exec "$@"')
        if shelf is not None:
            for package in shelf:
                (folder / "shelf" / package).touch()
            self._stub("apt-get", self._apt())
        for name in on:
            self.put(name)

    def _here(self, name: str) -> str:
        return f'[ -e "{self.folder}/has/{name}" ]'

    def _stub(self, name: str, body: str, where: Path | None = None) -> None:
        path = (where or self.bin) / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.log}"\n{body}\n')
        path.chmod(0o755)

    def _apt(self) -> str:
        """Installs all or nothing, like the real one.

        Stubs of programs wait in a folder until their package is installed.
        """
        waiting = self.folder / "waiting"
        waiting.mkdir()
        for name in ("chromium-headless-shell", "chromium", "haproxy"):
            self._stub(name, "true", waiting)
        self._stub("fc-list", f"{self._here('fonts-dejavu-core')} && echo DejaVu", waiting)
        return f"""
[ "$1" = install ] || exit 0
shift
for name in "$@"; do case "$name" in -*) ;; *) [ -e "{self.folder}/shelf/$name" ] || exit 100 ;; esac; done
for name in "$@"; do
  case "$name" in -*) continue ;; fontconfig) program=fc-list ;; *) program=$name ;; esac
  : >"{self.folder}/has/$name"
  [ ! -e "{waiting}/$program" ] || /bin/ln "{waiting}/$program" "{self.bin}/$program"
done"""

    def put(self, name: str) -> None:
        """Lays a program or library on the machine."""
        if name == "fonts":
            self._stub("fc-list", "echo DejaVu")
        elif name in ("libatomic1", "build"):
            (self.folder / "has" / name).touch()
        else:
            self._stub(name, "true")

    def run(self, **environment: str) -> subprocess.CompletedProcess:
        settings = {"PATH": str(self.bin), "SYSTEM_PROGRAMS": str(self.folder / "sbin"), **environment}
        return subprocess.run(
            ["/bin/sh", str(SCRIPT)],
            cwd=self.folder,
            env=settings,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def calls(self, program: str) -> list[list[str]]:
        """How a program was called, call by call."""
        lines = (line.split() for line in self.log.read_text().splitlines())
        return [words for _, *words in (line for line in lines if line[0] == program)]

    def asked(self) -> list[str]:
        """Packages that apt-get was asked to install at first."""
        installs = [call for call in self.calls("apt-get") if call[0] == "install"]
        return sorted(word for word in installs[0][1:] if not word.startswith("-")) if installs else []


FULL = ("chromium-headless-shell", "fonts", "libatomic1", "haproxy")


def test_a_bare_machine_is_asked_for_everything(tmp_path):
    machine = Machine(tmp_path, shelf=ALL)
    run = machine.run()
    assert machine.asked() == ALL
    assert run.returncode == 0, run.stderr
    assert machine.calls("apt-get")[0][0] == "update", "lists are empty on a fresh machine"


def test_a_full_machine_is_asked_for_nothing(tmp_path):
    machine = Machine(tmp_path, on=FULL, shelf=ALL)
    run = machine.run()
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert machine.calls("apt-get") == machine.calls("sudo") == []


@pytest.mark.parametrize("browser", BROWSERS)
def test_any_chromium_will_do(tmp_path, browser):
    machine = Machine(tmp_path, on=(browser, *FULL[1:]), shelf=ALL)
    assert machine.run().returncode == 0 and machine.calls("apt-get") == []


@pytest.mark.parametrize("need", PACKAGES)
def test_what_is_missing_alone_is_asked_for(tmp_path, need):
    gone = CALLED.get(need, need)
    machine = Machine(tmp_path, on=[name for name in FULL if name != gone], shelf=ALL)
    run = machine.run()
    assert machine.asked() == PACKAGES[need]
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("need", PACKAGES)
def test_what_cannot_be_had_is_named_and_stops_the_tests(tmp_path, need):
    machine = Machine(tmp_path, shelf=[package for package in ALL if package not in PACKAGES[need]])
    run = machine.run()
    assert run.returncode == 1
    told = [
        line for line in run.stderr.splitlines() if line.startswith("Tests need ") and "could not be installed" in line
    ]
    assert any(line.startswith(f"Tests need {need},") and PACKAGES[need][-1] in line for line in told), run.stderr
    others = [other for other in PACKAGES if other != need]
    assert all(package in machine.log.read_text() for other in others for package in PACKAGES[other])
    assert len(told) == 1, "one package that cannot be had does not keep the others away"


@pytest.mark.parametrize("need", PACKAGES)
def test_a_program_that_is_there_and_does_not_start_is_missing(tmp_path, need):
    machine = Machine(tmp_path, on=[name for name in FULL if (name, need) != ("libatomic1", "playwright")], shelf=())
    if need == "fonts":
        machine._stub("fc-list", "true")
    elif need != "playwright":
        machine._stub(CALLED.get(need, need), "exit 1")
    run = machine.run()
    assert machine.asked() == PACKAGES[need]
    assert run.returncode == 1 and f"Tests need {need}," in run.stderr


def test_playwrights_own_browser_stands_in(tmp_path):
    machine = Machine(tmp_path, on=("build", *FULL[1:]), shelf=())
    run = machine.run()
    assert run.returncode == 0, run.stderr
    assert ["-m", "playwright", "install", "chromium"] in machine.calls(".venv/bin/python")


def test_where_debian_has_no_browser_without_windows_the_one_with_windows_comes(tmp_path):
    machine = Machine(tmp_path, on=FULL[1:], shelf=("chromium",))
    run = machine.run()
    assert run.returncode == 0, run.stderr
    assert ["-m", "playwright", "install", "chromium"] not in machine.calls(".venv/bin/python")


def test_without_apt_get_everything_is_named(tmp_path):
    run = Machine(tmp_path, shelf=None).run()
    assert run.returncode == 1 and "no apt-get" in run.stderr
    assert re.findall(r"^Tests need (\w+),", run.stderr, re.M) == list(PACKAGES)


def test_only_who_is_not_root_asks_sudo(tmp_path):
    for user, name in ((0, "root"), (1000, "user")):
        machine = Machine(tmp_path / name, shelf=ALL, user=user)
        assert machine.run().returncode == 0
        assert bool(machine.calls("sudo")) == (user != 0)
    machine = Machine(tmp_path / "neither", shelf=ALL, user=1000, sudo=False)
    run = machine.run()
    assert run.returncode == 1 and machine.calls("apt-get") == [] and "Tests need chromium," in run.stderr


def test_a_contributor_can_say_that_the_balancer_is_not_wanted_and_only_that(tmp_path):
    run = Machine(tmp_path / "a", on=FULL[:3], shelf=()).run(WITHOUT="haproxy")
    assert run.returncode == 0 and "without haproxy" in run.stderr
    run = Machine(tmp_path / "b", on=FULL[1:], shelf=()).run(WITHOUT="chromium haproxy")
    assert run.returncode == 1 and "Tests need chromium," in run.stderr


def test_a_source_that_is_away_does_not_stop_an_install(tmp_path):
    machine = Machine(tmp_path, shelf=ALL)
    apt = machine.bin / "apt-get"
    apt.write_text(apt.read_text().replace('[ "$1" = install ] || exit 0', '[ "$1" = install ] || exit 100'))
    assert machine.run().returncode == 0


def scripts() -> list[Path]:
    """Every shell script of the repository."""
    skipped = {".git", ".venv", "build", ".cache"}
    found = [path for path in ROOT.rglob("*.sh") if not skipped & set(path.relative_to(ROOT).parts)]
    return sorted([*found, ROOT / ".ci" / "run"])


@pytest.mark.parametrize("script", scripts(), ids=lambda path: path.name)
def test_no_shell_function_has_the_name_of_a_program(script):
    """`command -v NAME` finds a function before a program: a missing program then seems to be there."""
    text = script.read_text(encoding="utf-8")
    functions = set(re.findall(r"^\s*(?:function\s+)?([\w-]+)\s*\(\)", text, re.M))
    packages = {
        *ALL,
        *BROWSERS,
        "firefox",
        "soffice",
        "git",
        "make",
        "sudo",
        "apt-get",
        "node",
        "npm",
        "pip",
        "python3",
    }
    looked_for = set(re.findall(r"command -v \"?([\w.-]+)", text)) | set(re.findall(r"answers (\S+)", text))
    assert functions & (packages | {name.strip(";") for name in looked_for}) == set()
