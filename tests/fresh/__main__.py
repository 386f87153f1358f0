"""`make fresh`: README's two commands on a bare Debian 12, made for this and taken away again.

    python3 tests/fresh [setup|whole|possible]

`setup` installs, and starts the app and each program of the tests once: some minutes. `whole`, the default, runs
`make run` until it answers and then all of `make test`. `possible` only says what is missing here, and ends with 1.
Ends with 2 where it cannot be done and with 1 where something failed. Only what is committed is tried.
Needs root, Linux, git and debootstrap, which it installs where apt-get can. KEEP=1 leaves the root for looking around.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from settings import SUITE, Settings, read

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
FOLDER = "/root/regime-atlas"
PROGRAMS = {
    "unshare": "util-linux",
    "chroot": "coreutils",
    "mount": "mount",
    "git": "git",
    "tar": "tar",
    "wget": "wget",
}
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
STEPS = 4
SECONDS = {"setup": 1800, "whole": 5400}


class Progress:
    """Says which step of how many begins, and how long it has taken so far."""

    def __init__(self) -> None:
        self.begun, self.step = time.monotonic(), 0

    def __call__(self, what: str) -> None:
        self.step += 1
        print(f"fresh {self.step}/{STEPS} ({time.monotonic() - self.begun:.0f} s): {what}", flush=True)


def missing() -> list[str]:
    """What this machine has not got for it; nothing where all is there."""
    if sys.platform != "linux":
        return ["it needs Linux"]
    found = [] if os.geteuid() == 0 else ["it needs root: chroot and mounts are its walls"]
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    found += [
        f"it needs {name} (Debian: {package})"
        for name, package in PROGRAMS.items()
        if not shutil.which(name, path=path)
    ]
    if found:
        return found
    if not shutil.which("debootstrap", path=path):
        if shutil.which("apt-get"):
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
            subprocess.run(["apt-get", "update", "-qq"], **quiet)
            subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "debootstrap"], **quiet)
        if not shutil.which("debootstrap", path=path):
            return ["it needs debootstrap, and apt-get could not install it"]
    return []


def refused(settings: Settings) -> list[str]:
    """What this machine or its mirror does not let it do."""
    alone = ["unshare", "--mount", "--pid", "--fork", "mount", "--make-rprivate", "/"]
    if subprocess.run(alone, capture_output=True, check=False).returncode:
        return ["it may not make mounts of its own here, as in most containers"]
    if not settings.mirror.startswith("file:"):
        asked = [
            "wget",
            "-q",
            "--spider",
            "-T",
            "20",
            "-t",
            "2",
            f"{settings.mirror.rstrip('/')}/dists/{SUITE}/InRelease",
        ]
        if subprocess.run(asked, check=False).returncode:
            return ["the Debian mirror of this machine's settings does not answer"]
    return []


def bare(root: Path, settings: Settings) -> None:
    """Debian 12 and nothing else."""
    log = root.with_suffix(".log")
    with log.open("wb") as out:
        command = ["debootstrap", "--variant=minbase", SUITE, str(root), settings.mirror]
        code = subprocess.run(command, stdout=out, stderr=out, check=False).returncode
    told = log.read_text(encoding="utf-8", errors="replace").splitlines()
    log.unlink()
    if code:
        raise SystemExit("\n".join(["fresh: debootstrap failed:", *told[-20:]]))


def carry(root: Path, settings: Settings) -> None:
    """Lays the settings and the committed tree into the root."""
    for name, path in settings.copies.items():
        target = root / name.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, target, dirs_exist_ok=True)
        else:
            target.unlink(missing_ok=True)
            shutil.copyfile(path, target)
    for name, text in settings.texts.items():
        target = root / name.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    folder = root / FOLDER.lstrip("/")
    folder.mkdir(parents=True)
    packed = subprocess.run(["git", "archive", "HEAD"], cwd=REPOSITORY, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed, check=True)


def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def run_inside(root: Path, settings: Settings, part: str) -> int:
    """Runs README's commands in the root; its exit code. All its processes and mounts end with it."""
    variables = {"PATH": PATH, "HOME": "/root", **settings.environment}
    command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", str(HERE / "mounts.sh"), str(root)]
    command += [
        *map(str, settings.mounts),
        "--",
        "/usr/bin/env",
        "-i",
        *(f"{name}={value}" for name, value in variables.items()),
    ]
    command += ["/bin/sh", f"{FOLDER}/tests/fresh/inside.sh", part, str(unused_port()), FOLDER]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        return process.wait(SECONDS[part])
    except subprocess.TimeoutExpired:
        print(f"fresh: not done after {SECONDS[part]} s", flush=True)
        return 1
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def remove(root: Path) -> None:
    """Takes the root away, never through something that is mounted in it."""
    mounted = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()]
    inside = [place for place in mounted if place.startswith(f"{root}/")]
    if inside:
        raise SystemExit(f"fresh: {root} is left as it is, because of mounts in it: {', '.join(inside)}")
    subprocess.run(["rm", "-rf", "--one-file-system", str(root)], check=True)


def main(arguments: list[str]) -> int:
    part = arguments[0] if arguments and arguments[0] else "whole"
    if part not in (*SECONDS, "possible") or len(arguments) > 1:
        print(__doc__, file=sys.stderr)
        return 2
    found, settings = missing(), Settings()
    if not found:
        settings = read()
        found = refused(settings)
    if found:
        print(f"fresh: cannot be done here: {'; '.join(found)}", file=sys.stderr)
        return 1 if part == "possible" else 2
    if part == "possible":
        return 0
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: sys.exit(1))
    say, root = Progress(), Path(tempfile.mkdtemp(prefix="fresh-", dir=os.environ.get("TMPDIR", "/var/tmp")))
    # Not all that runs inside is root: apt fetches as a user of its own.
    root.chmod(0o755)
    changed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    if changed.stdout.strip():
        print("fresh: changes that are not committed are not tried", flush=True)
    try:
        say("a bare Debian 12 by debootstrap, a minute or two")
        bare(root, settings)
        say(f"this machine's package settings and the committed tree ({len(settings.mounts)} folders of packages)")
        carry(root, settings)
        say("README's commands inside" + (", installs and starts only: some minutes" if part == "setup" else ""))
        code = run_inside(root, settings, part)
    finally:
        if os.environ.get("KEEP") == "1":
            print(f"fresh: kept in {root}", flush=True)
        else:
            say("taking it away")
            remove(root)
    print(f"fresh: part {part} {'passed' if code == 0 else 'FAILED'}", flush=True)
    return int(code != 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
