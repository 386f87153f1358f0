"""Shots in Debian's Firefox, which Playwright cannot drive: by WebDriver BiDi, the protocol that Firefox itself speaks.

Each look is a profile of its own: Firefox takes colours and the size of text from its settings.
"""

import base64
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from websockets.sync.client import ClientConnection, connect

from tests.look.pixels import judge
from tests.look.shots import DARK, FORCED, LARGE, LIGHT, SCREEN, SCREENS, WIDTHS, Shot, Subject, file_name

NAMES = ("firefox-esr", "firefox")
STARTS_IN, WAIT = 60, 60
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
# What no profile should do: ask anybody anything.
QUIET: dict[str, object] = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}
PREFERENCES: dict[str, dict[str, object]] = {
    LIGHT: {"layout.css.prefers-color-scheme.content-override": 1},
    DARK: {"layout.css.prefers-color-scheme.content-override": 0},
    FORCED: {"browser.display.document_color_use": 2, "ui.useAccessibilityTheme": 1},
    LARGE: {"font.size.variable.x-western": 32, "font.size.monospace.x-western": 26},
}
# Light in each width, the others wide and narrow.
DRAWN_AT = {LIGHT: WIDTHS, DARK: WIDTHS[:1], FORCED: WIDTHS[:1], LARGE: (WIDTHS[0], WIDTHS[-1])}
_READY = """() => { const app = document.querySelector('[data-testid=stApp]');
  return !app || !!document.querySelector('h1') && app.dataset.testScriptState === 'notRunning'
    && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(one => one.querySelector('.main-svg'))
    && !document.querySelector('[data-testid=stSkeleton]'); }"""
_HEIGHT = """() => Math.max(document.documentElement.scrollHeight,
  document.querySelector('[data-testid=stMain]')?.scrollHeight ?? 0)"""


def executable() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Session:
    """One tab of one Firefox."""

    def __init__(self, socket: ClientConnection):
        self._socket, self._last = socket, 0
        self.ask("session.new", capabilities={})
        self.tab = self.ask("browsingContext.create", type="tab")["context"]

    def ask(self, method: str, **parameters: object) -> dict:
        """One command and its answer.

        Raises:
            RuntimeError: Firefox refused it.
            TimeoutError: no answer came.
        """
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=WAIT))
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}: {answer.get('message', '')[:160]}")
                return answer["result"]

    def call(self, function: str) -> object:
        """The value of a function in the page."""
        answer = self.ask(
            "script.callFunction", functionDeclaration=function, awaitPromise=False, target={"context": self.tab}
        )
        return answer["result"].get("value")

    def size(self, width: int, height: int) -> None:
        self.ask("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": height})

    def settle(self) -> None:
        """Waits until the page is drawn; a page that never is stays as it stands."""
        end = time.monotonic() + WAIT
        while not self.call(_READY) and time.monotonic() < end:
            time.sleep(0.15)
        time.sleep(0.3)


@contextmanager
def session(look: str):
    """Firefox with the settings of a look; yields its session."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        settings = QUIET | PREFERENCES[look]
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
        (Path(profile) / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [executable(), "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            address = next((found.group(1) for line in running.stderr if (found := _LISTENING.search(line))), None)
            if address is None:
                raise RuntimeError("Firefox ended before it listened")
            with connect(f"{address}/session", max_size=None, open_timeout=STARTS_IN, proxy=None) as socket:
                yield Session(socket)
        finally:
            running.terminate()
            running.wait(20)


def shoot(subjects: list[Subject], look: str, folder: Path, done: Callable[[Shot], None]) -> None:
    """Takes the shots of one look.

    Raises:
        RuntimeError: Firefox did not start.
    """
    with session(look) as tab:
        for subject in subjects:
            _visit(tab, subject, look, folder, done)


def _visit(tab: Session, subject: Subject, look: str, folder: Path, done: Callable[[Shot], None]) -> None:
    for width in DRAWN_AT[look]:
        label = f"Firefox {width} {look}"
        shot = Shot(
            subject.group or subject.name, subject.name, label, folder / f"{file_name(f'{subject.name} {label}')}.png"
        )
        shot.light = not (subject.fixed or look in (DARK, FORCED))
        try:
            tab.size(width, SCREEN[width])
            if width == DRAWN_AT[look][0]:
                tab.ask("browsingContext.navigate", context=tab.tab, url=subject.address, wait="complete")
            tab.settle()
            height = min(int(tab.call(_HEIGHT) or 0), round(SCREEN[width] * SCREENS))
            tab.size(width, max(height, 200))
            tab.settle()
            picture = tab.ask("browsingContext.captureScreenshot", context=tab.tab)["data"]
            shot.path.write_bytes(base64.b64decode(picture))
            judge(shot)
        except (RuntimeError, TimeoutError) as error:
            shot.faults.append(f"no shot: {str(error)[:200]}")
        done(shot)
