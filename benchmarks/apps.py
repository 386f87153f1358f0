"""The apps that are measured, each as a process of its own on a free port."""

import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from deploy.ports import unused_ports

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "benchmarks"
# What a stock app needs to run here without a terminal and without talking to anybody.
QUIET = ("--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.address", "127.0.0.1")
NAMES = ("floor", "naive", "ours")


@dataclass(frozen=True)
class Recipe:
    """How an app is started: its script, the folder whose settings hold, flags, and what is set in its environment."""

    script: Path
    folder: Path
    flags: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


RECIPES = {
    "floor": Recipe(HERE / "floor" / "app.py", HERE / "floor"),
    "naive": Recipe(HERE / "naive" / "app.py", HERE / "naive", ("--server.enableStaticServing", "true")),
    "ours": Recipe(ROOT / "dashboard.py", ROOT),
    # The same app as Streamlit would run it by itself: what our settings and preparations are worth.
    "ours, default settings": Recipe(
        ROOT / "dashboard.py",
        ROOT,
        (
            "--runner.postScriptGC",
            "true",
            "--server.enableWebsocketCompression",
            "false",
            "--global.minCachedMessageSize",
            "10000",
        ),
        (("ATLAS_TURNS", "off"),),
    ),
}


class App:
    """A running app. `with App("ours") as app: app.url`."""

    def __init__(self, name: str, data: Path | None = None):
        self.name, self.recipe = name, RECIPES[name]
        self.environment = (
            os.environ
            | {"PYTHONPATH": str(ROOT)}
            | dict(self.recipe.settings)
            | ({"ATLAS_DATA": str(data)} if data else {})
        )

    def __enter__(self) -> "App":
        (port,) = unused_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(self.recipe.script),
            "--server.port",
            str(port),
            *QUIET,
            *self.recipe.flags,
        ]
        start = time.perf_counter()
        self.process = subprocess.Popen(
            command, cwd=self.recipe.folder, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._wait()
        self.seconds_to_healthy = time.perf_counter() - start
        return self

    def _wait(self, patience: float = 120.0) -> None:
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self.process.returncode}")
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.02)
        raise TimeoutError(f"{self.name} did not become healthy")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return float("nan")
