"""Replicas behind a real HAProxy, all on this machine's loopback: for the proof in tests and the measurement in
benchmarks.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from deploy.ports import unused_ports
from deploy.programs import haproxy

ROOT = Path(__file__).resolve().parents[1]
HAPROXY = ROOT / "deploy" / "haproxy"
NAMES = ("one", "two", "three")
PROGRAM = haproxy()


class Fleet:
    """Up to three replicas and the balancer before them. `with Fleet(3) as fleet: fleet.url`.

    Args:
        replicas: how many are started; HAProxy finds the others down.
        data: the data folder that they serve; the repository's own by default.
    """

    def __init__(self, replicas: int = 3, data: Path | None = None):
        self.replicas, self.data = NAMES[:replicas], data

    def __enter__(self) -> "Fleet":
        if PROGRAM is None:
            raise RuntimeError("HAProxy is not installed")
        self.folder = Path(tempfile.mkdtemp())
        front, *behind = unused_ports(1 + len(NAMES) + 1)
        self.ports = dict(zip((*NAMES, "site"), behind))
        self.url = f"http://127.0.0.1:{front}"
        self.processes = {name: self._replica(name) for name in self.replicas}
        settings = {
            "PORT": f"127.0.0.1:{front}",
            "ADMIN": str(self.folder / "admin.sock"),
            "COOKIE_KEY": "for this machine only",
            **{f"APP_{name.upper()}": str(self.ports[name]) for name in NAMES},
            "SITE": str(self.ports["site"]),
        }
        command = [PROGRAM, "-db", "-f", str(HAPROXY / "haproxy.cfg"), "-f", str(HAPROXY / "loopback.cfg")]
        with (self.folder / "haproxy.log").open("w") as log:
            self.balancer = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log)
        try:
            for name in self.replicas:
                self.wait_for(name, "UP")
        except BaseException:
            self.__exit__()
            raise
        return self

    def _replica(self, name: str) -> subprocess.Popen:
        environment = os.environ | {
            "ATLAS_CACHE": str(self.folder / "cache"),
            "STREAMLIT_SERVER_COOKIE_SECRET": "the same in all",
        }
        environment |= {"ATLAS_DATA": str(self.data)} if self.data else {}
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "dashboard.py",
            "--server.port",
            str(self.ports[name]),
            "--server.address",
            "127.0.0.1",
        ]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def tell(self, command: str) -> str:
        """A command to HAProxy's admin socket, and its answer."""
        with socket.socket(socket.AF_UNIX) as admin:
            admin.settimeout(5)
            admin.connect(str(self.folder / "admin.sock"))
            admin.sendall(f"{command}\n".encode())
            answer = b""
            while piece := admin.recv(65536):
                answer += piece
        return answer.decode()

    def states(self) -> dict[str, str]:
        """State of each server as HAProxy sees it: `UP`, `DOWN`, `DRAIN`, `MAINT`."""
        header, *rows = (line.split(",") for line in self.tell("show stat").splitlines() if line)
        name, state = header.index("svname"), header.index("status")
        return {row[name]: row[state].split()[0] for row in rows if row[0] == "app" and row[name] in NAMES}

    def sessions(self) -> dict[str, int]:
        """Connections now open to each server."""
        header, *rows = (line.split(",") for line in self.tell("show stat").splitlines() if line)
        name, count = header.index("svname"), header.index("scur")
        return {row[name]: int(row[count]) for row in rows if row[0] == "app" and row[name] in NAMES}

    def wait_for(self, name: str, state: str, seconds: float = 90.0) -> None:
        """Until HAProxy sees a server in a state.

        Raises:
            TimeoutError: it does not get there in time.
            RuntimeError: HAProxy has stopped; with what it said.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.balancer.poll() is not None:
                raise RuntimeError((self.folder / "haproxy.log").read_text(encoding="utf-8"))
            try:
                if self.states().get(name) == state:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise TimeoutError(f"{name} is not {state}")

    def kill(self, name: str) -> None:
        """Ends a replica without warning."""
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait(10)

    def drain(self, name: str) -> None:
        """Sends no new visitor to a replica; those it has stay until it stops."""
        self.tell(f"set server app/{name} state drain")

    def stop(self, name: str) -> int:
        """Asks a replica to stop, and waits for it."""
        self.processes[name].terminate()
        return self.processes[name].wait(10)

    def cookie(self) -> str:
        """The sticky cookie that a first request gets."""
        with urllib.request.urlopen(f"{self.url}/health", timeout=10) as answer:
            return answer.headers["Set-Cookie"].split(";")[0]

    def __exit__(self, *_: object) -> None:
        for process in [*self.processes.values(), self.balancer]:
            process.terminate()
        for process in [*self.processes.values(), self.balancer]:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
