"""`python -m tests.look`: looks at everything, and says how far it is."""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from atlas.charts.catalogue import CHARTS
from atlas.tables.atlas import load
from atlas.tables.schema import DATA
from atlas.web.api.endpoints import ENDPOINTS
from tests.conftest import Server
from tests.look import chromium, files, firefox, pages, pixels, sheets, subjects
from tests.look.shots import LOOKS, Shot, Subject, file_name

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "build" / "look"
SAID_EVERY = 25


class Run:
    """One look at everything: shots as they come, what was left out, and how far it is."""

    def __init__(self, place: Path):
        self.place, self.shots, self.missing = place, [], []
        self.began, self._lock = time.monotonic(), threading.Lock()
        self.folder = place / "shots"
        self.folder.mkdir(parents=True)

    def say(self, text: str) -> None:
        print(f"{time.monotonic() - self.began:5.0f} s  {text}", flush=True)

    def done(self, shot: Shot) -> None:
        with self._lock:
            self.shots.append(shot)
            if len(self.shots) % SAID_EVERY == 0:
                self.say(f"{len(self.shots)} shots, the last: {shot.name}, {shot.label}")

    def leave_out(self, text: str) -> None:
        self.missing.append(text)
        self.say(f"not looked at: {text}")

    def picture(self, group: str, name: str, path: Path, ours: bool = True) -> None:
        """A picture that is there already, as a shot."""
        shot = Shot(group, name, name, path, light="dark" not in name)
        try:
            pixels.judge(shot)
        except OSError as error:
            shot.faults.append(f"no picture: {error}")
        self.done(shot)


def fetched(address: str, path: Path) -> bytes:
    """The body of an address, kept as a file.

    Raises:
        OSError: it did not answer with 200.
    """
    with urllib.request.urlopen(address, timeout=120) as answer:
        content = answer.read()
    path.write_bytes(content)
    return content


def freeze(to: Path) -> subprocess.Popen:
    """Begins to freeze the site beside everything else, with a single worker."""
    command = [sys.executable, "-m", "atlas.publish.site", "--to", str(to), "--workers", "1"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def documents(run: Run, base: str) -> None:
    """Slides, workbooks, documents, PDF and text."""
    office, loose = run.folder / "office", run.folder / "files"
    office.mkdir()
    loose.mkdir()
    wanted = [(f"slides-{slug}.pptx", f"slides/{slug}.pptx") for slug in CHARTS]
    wanted += [(f"comparison.{kind}", f"compare.{kind}?places=JPN,EU") for kind in ("xlsx", "docx")]
    wanted += [("four.xlsx", "compare.xlsx?places=JPN,EU,GBR,USA"), ("four.docx", "compare.docx?places=JPN,EU,GBR,USA")]
    wanted += [("data.xlsx", "data/regime-atlas.xlsx")]
    wanted += [(f"picture-{slug}.pdf", f"picture/{slug}.pdf") for slug in CHARTS]
    texts = [("changes.atom", "feeds/changes.atom"), ("upcoming.ics", "feeds/upcoming.ics")]
    texts += [("CODEBOOK.md", "data/CODEBOOK.md")]
    texts += [(f"comparison.{kind}", f"compare.{kind}?places=JPN,EU") for kind in ("md", "csv")]
    texts += [(f"table-{slug}.csv", f"table/{slug}.csv") for slug in CHARTS]
    texts += [(f"oembed-{slug}.json", f"oembed?url={base}/embed/{slug}") for slug in CHARTS]
    texts += [(f"api-{name}.json", f"api/v1/{name}?limit=2") for name in ENDPOINTS]
    texts += [("sitemap.xml", "sitemap.xml"), ("health.json", "health"), ("responses.csv", "data/responses.csv")]
    for name, path in [*wanted, *texts]:
        group = "texts" if (name, path) in texts else "slides, documents, workbooks"
        try:
            content = fetched(f"{base}/{path}", loose / name)
            if group == "texts":
                run.picture(group, name, files.text_picture(name, content.decode("utf-8"), run.folder))
        except OSError as error:
            run.done(Shot(group, name, name, run.folder / name, faults=[f"no answer: {error}"]))
    if not shutil.which(pages.PROGRAM):
        run.leave_out("print, PDF, slides, documents and workbooks: pdftoppm is missing (Debian: poppler-utils)")
        return
    for slug in CHARTS:
        for path in files.paper_pages(loose / f"picture-{slug}.pdf"):
            run.picture("pictures as PDF", path.stem, path)
    if not files.has_office():
        run.leave_out("slides, documents and workbooks: soffice is missing (Debian: libreoffice)")
        return
    read = files.office_pages([loose / name for name, _ in wanted if not name.endswith(".pdf")], office)
    for path, found in read.items():
        kind = {".pptx": "slides", ".docx": "documents", ".xlsx": "workbooks"}[path.suffix]
        for page in found:
            run.picture(kind, page.stem, page)
        if not found:
            run.done(Shot(kind, path.name, path.name, path, faults=["LibreOffice could not read it"]))
    run.say("slides, documents and workbooks are drawn")


def pictures(run: Run, base: str) -> None:
    """Every picture that the server draws."""
    for name, address in subjects.pictures(base):
        path = run.folder / f"{file_name(name)}.png"
        try:
            fetched(address, path)
            run.picture(name.split(" ")[0] + " " + name.split(" ")[1], name, path)
        except OSError as error:
            run.done(Shot("picture", name, name, path, faults=[f"no answer: {error}"]))
    run.say("pictures are drawn")


def in_firefox(run: Run, chosen: list[Subject]) -> None:
    if not firefox.executable():
        run.leave_out("Firefox: firefox-esr is missing (Debian: firefox-esr)")
        return
    for look in LOOKS:
        try:
            firefox.shoot(chosen, look, run.folder, run.done)
        except (RuntimeError, OSError, TimeoutError) as error:
            run.leave_out(f"Firefox, {look}: {error}")
    run.say("Firefox has seen its pages")


def _started(data: Path, cache: Path, tries: int = 3) -> Server:
    """The app; on a machine that is busy with other things it may not come at the first try."""
    for _ in range(tries - 1):
        try:
            return Server(data, cache)
        except TimeoutError:
            continue
    return Server(data, cache)


@contextmanager
def served(data: Path) -> Iterator[str]:
    """The app over a folder of data; yields its address."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache:
        server = _started(data, Path(cache))
        try:
            yield server.url
        finally:
            server.stop()


def without_data() -> list[tuple[str, str, bool]]:
    """Names and paths of what a reader meets while there are no data."""
    return [("page", "", True), ("embed", "embed/map", False), ("record", "record/responses/x", False)]


@contextmanager
def framed(run: Run, base: str) -> Iterator[Subject]:
    """A page of another site that holds every chart as oEmbed says, in frames of the heights it names."""
    frames = []
    for slug in CHARTS:
        for width in (800, 390):
            with urllib.request.urlopen(f"{base}/oembed?url={base}/embed/{slug}&maxwidth={width}") as answer:
                frames.append(f"<p>{slug}, {width}</p>" + json.load(answer)["html"].replace('loading="lazy"', ""))
    (run.folder / "framed.html").write_text(
        f"<!DOCTYPE html><html lang=en><title>Frames</title>{''.join(frames)}</html>", encoding="utf-8"
    )
    # Chromium lets no page from a disk frame one from this machine.
    how = partial(_Quiet, directory=str(run.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), how) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield Subject("frames as oEmbed says", f"http://localhost:{site.server_port}/framed.html")
        site.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *text: object) -> None:
        """Says nothing."""


def look(run: Run, chosen: str = "") -> None:
    """Takes every shot whose name holds the chosen text."""
    atlas = load(DATA)
    at_once = min((os.cpu_count() or 1) + 1, 8)
    site = run.folder / "site"
    with (
        tempfile.TemporaryDirectory() as empty,
        served(DATA) as base,
        served(Path(empty)) as bare,
        framed(run, base) as frames,
    ):
        run.say("the app is up")
        freezing = None if chosen else freeze(site)
        with urllib.request.urlopen(f"{base}/sitemap.xml") as answer:
            sitemap = answer.read().decode("utf-8")
        found = [*subjects.pages(atlas, base), *subjects.embeds(atlas, base), *subjects.plain_pages(base, sitemap)]
        found += [
            Subject(f"no data: {name}", f"{bare}/{path}", app=app, status=200 if app else 503, whole=True)
            for name, path, app in without_data()
        ]
        found = [one for one in [*found, frames] if chosen in one.name]
        run.say(f"{len(found)} pages and embeds; {at_once} at a time")
        with ThreadPoolExecutor(3) as beside:
            others = []
            if not chosen:
                others = [beside.submit(pictures, run, base), beside.submit(documents, run, base)]
            others += [beside.submit(in_firefox, run, [one for one in found if one.whole])]
            asyncio.run(chromium.shoot(found, run.folder, at_once, run.done))
            run.say("Chromium has seen its pages")
            for other in others:
                other.result()
    if freezing:
        said = freezing.communicate()[0]
        if freezing.returncode:
            run.leave_out(f"the frozen site: it was not built: {said.strip()[-300:]}")
        else:
            stills, images = subjects.frozen(site)
            asyncio.run(chromium.shoot(stills, run.folder, at_once, run.done))
            for name, path in images:
                run.picture("frozen pictures", name, path)


def finish(run: Run) -> int:
    """Writes the sheets, says what was found; returns 1 if something is surely wrong."""
    by_group: dict[str, list[Shot]] = {}
    for shot in run.shots:
        by_group.setdefault(shot.group, []).append(shot)
    order = {look: number for number, look in enumerate(LOOKS)}
    for shots in by_group.values():
        shots.sort(
            key=lambda one: ("Firefox" in one.label, one.label.split(" ")[0], _width(one), order.get(_look(one), 9))
        )
    with ThreadPoolExecutor(os.cpu_count() or 1) as beside:
        made = dict(
            zip(by_group, beside.map(lambda item: sheets.sheets(*item, run.place), by_group.items()), strict=True)
        )
    listed = sheets.index(run.place, made, run.shots, run.missing)
    wrong = [shot for shot in run.shots if shot.faults]
    for shot in wrong:
        print(f"wrong: {shot.name}, {shot.label}: {'; '.join(shot.faults)}")
    notes = sum(len(shot.notes) for shot in run.shots)
    run.say(
        f"{listed}: {sum(map(len, made.values()))} sheets of {len(run.shots)} shots; "
        f"{len(wrong)} surely wrong, {notes} notes to read there"
    )
    return 1 if wrong else 0


def _width(shot: Shot) -> int:
    return -next((int(part) for part in shot.label.split(" ") if part.isdigit()), 0)


def _look(shot: Shot) -> str:
    return " ".join(shot.label.split(" ")[2:])


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.look", description="Everything we show, on contact sheets.")
    parser.add_argument("--only", default="", help="pages and embeds whose name holds this text, and nothing else")
    parser.add_argument("--to", type=Path, default=PLACE, help="folder of the sheets; what is in it is replaced")
    asked = parser.parse_args(arguments)
    place = asked.to.absolute()
    if place.exists():
        if any(place.iterdir()) and not (place / "shots").is_dir():
            parser.error(f"{place} holds something else; nothing was written")
        shutil.rmtree(place)
    run = Run(place)
    look(run, asked.only)
    return finish(run)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
