"""Shots in Chromium: a few pages at once, each look in a context of its own whose caches stay warm."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from playwright.async_api import BrowserContext, Error, Page, async_playwright

from deploy import programs
from tests.browsing import AT_REST
from tests.look.pages import PAPER_WIDTH, first_pages
from tests.look.pixels import judge
from tests.look.shots import (
    DARK,
    FORCED,
    LARGE,
    LIGHT,
    PRINT,
    PRINT_DARK,
    SCREEN,
    WIDTHS,
    Shot,
    Subject,
    file_name,
    most_screens,
)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--font-render-hinting=none",
]
WAIT = 40_000
REPORT = (Path(__file__).parent / "page.js").read_text(encoding="utf-8").split("\n", 1)[1]
DRAWN = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(one => one.querySelector('.main-svg'))
  && !document.querySelector('[data-testid=stSkeleton]')
  && [...document.images].every(one => one.complete || one.loading === 'lazy')"""
# A window that has just grown may still show what it showed before.
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"
# Text twice as large as a reader sets it in the browser: the size that `rem` and `medium` stand for, no zoom.
LARGE_ENOUGH = 22
LARGE_TEXT = "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"


def executable() -> str | None:
    """Chromium's path; None where Playwright's own is the only one there may be."""
    return programs.chromium()


def tasks(subject: Subject) -> list[tuple[str, int, tuple[int, ...]]]:
    """Visits of a subject: the look, the width of the window, and the widths that it is then drawn to."""
    if not subject.whole:
        return [(LIGHT, WIDTHS[0], (WIDTHS[-1],))]
    # Light is opened afresh in each width; a window that is made narrower shows the other looks well enough, and
    # sooner.
    return [*((LIGHT, width, ()) for width in WIDTHS), *((look, WIDTHS[0], WIDTHS[1:]) for look in (DARK, LARGE))]


async def shoot(subjects: list[Subject], folder: Path, at_once: int, done: Callable[[Shot], None]) -> None:
    """Takes all shots of the subjects.

    Args:
        subjects: pages and pictures, each at an address that answers.
        folder: where the PNG go.
        at_once: pages that are open at a time.
        done: told of each shot when it has been judged.
    """
    waiting: asyncio.Queue = asyncio.Queue()
    for subject in subjects:
        for task in tasks(subject):
            waiting.put_nowait((subject, *task))
    async with _contexts() as contexts:

        async def work() -> None:
            while not waiting.empty():
                subject, look, width, more = waiting.get_nowait()
                await _visit(contexts[look], subject, look, width, more, folder, done)

        await asyncio.gather(*(work() for _ in range(at_once)))


@asynccontextmanager
async def _contexts():
    """A browser's context for each look that needs one of its own."""
    async with AsyncExitStack() as stack:
        play = await stack.enter_async_context(async_playwright())
        found = {}
        for look, more in ((LIGHT, []), (DARK, []), (LARGE, [LARGE_TEXT])):
            browser = await play.chromium.launch(executable_path=executable(), args=ARGUMENTS + more)
            stack.push_async_callback(browser.close)
            found[look] = await browser.new_context(color_scheme="dark" if look == DARK else "light")
        yield found


async def _visit(
    context: BrowserContext,
    subject: Subject,
    look: str,
    width: int,
    more: tuple[int, ...],
    folder: Path,
    done: Callable[[Shot], None],
) -> None:
    page = await context.new_page()
    faults, told = [], []
    page.on("pageerror", lambda error: told.append(f"script: {str(error)[:160]}"))
    page.on(
        "console",
        lambda line: told.append(f"console: {line.text[:160]}") if line.type in ("error", "warning") else None,
    )
    try:
        await page.set_viewport_size({"width": width, "height": SCREEN[width]})
        faults += await _open(page, subject)
        for wide in (width, *more):
            looks = [look, FORCED] if look == LIGHT and subject.whole else [look]
            for one in looks:
                await page.emulate_media(forced_colors="active" if one == FORCED else "none")
                done(await _shot(page, subject, one, wide, folder, faults, told))
                faults, told = [], []
        if subject.whole and width == WIDTHS[0] and look in (LIGHT, DARK):
            await page.emulate_media(forced_colors="none")
            for shot in await _paper(page, subject, PRINT if look == LIGHT else PRINT_DARK, folder):
                done(shot)
    except Error as error:
        done(_failed(subject, look, width, folder, str(error).splitlines()[0]))
    finally:
        await page.close()


async def _open(page: Page, subject: Subject) -> list[str]:
    answer = await page.goto(subject.address, timeout=WAIT)
    faults = []
    if answer and subject.status and answer.status != subject.status:
        faults.append(f"answered {answer.status}, not {subject.status}")
    if subject.app:
        await page.locator("h1, [data-testid=stException]").first.wait_for(timeout=WAIT)
        await _settled(page)
        if await page.locator("[data-testid=stException]").count():
            faults.append("shows a stack trace")
    return faults


async def _settled(page: Page) -> None:
    await page.wait_for_function(AT_REST, timeout=WAIT)
    await page.wait_for_function(DRAWN, timeout=WAIT)
    await page.wait_for_load_state("networkidle")


async def _shot(
    page: Page, subject: Subject, look: str, width: int, folder: Path, faults: list[str], told: list[str]
) -> Shot:
    # The app scrolls within itself: the window is made as high as what is in it.
    most = round(SCREEN[width] * most_screens(look))
    await page.set_viewport_size({"width": width, "height": SCREEN[width]})
    found = await page.evaluate(REPORT)
    await page.set_viewport_size({"width": width, "height": max(min(found["height"], most), 200)})
    if subject.app:
        await page.wait_for_timeout(250)
        await _settled(page)
    await page.evaluate(PAINTED)
    found = await page.evaluate(REPORT)
    shot = _named(subject, f"{width} {look}", folder)
    shot.light = not (subject.fixed or look in (DARK, FORCED))
    height = page.viewport_size["height"]
    shot.drawings = [
        (max(left, 0), top, min(right, width), min(bottom, height))
        for left, top, right, bottom in found["charts"]
        if top < height - 100
    ]
    await page.screenshot(path=shot.path)
    shot.faults, shot.notes = [*faults], [*dict.fromkeys(told)]
    if look == LARGE and found["size"] < LARGE_ENOUGH:
        shot.notes.append(
            f"small: half of the text is under {found['size'] + 0.5:.0f} px though the reader asks for twice the size"
        )
    for what, heading in (("wide", "sideways"), ("cut", "cut"), ("over", "on each other")):
        lines = list(dict.fromkeys(found[what]))
        shot.notes += [f"{heading}: {line}" for line in lines[:6]]
        if len(lines) > 6:
            shot.notes.append(f"{heading}: {len(lines) - 6} more")
    await asyncio.to_thread(judge, shot, look != FORCED)
    return shot


async def _paper(page: Page, subject: Subject, look: str, folder: Path) -> list[Shot]:
    """The first pages as they leave the printer, or what the style for print makes of the window where no reader of PDF
    is there.
    """
    await page.set_viewport_size({"width": WIDTHS[0], "height": SCREEN[WIDTHS[0]]})
    first = _named(subject, look, folder)
    paper = first.path.with_suffix(".pdf")
    await page.pdf(path=paper, format="A4", print_background=False, prefer_css_page_size=True)
    shots = []
    for number, path in enumerate(await asyncio.to_thread(first_pages, paper, 2, PAPER_WIDTH), 1):
        shot = Shot(first.group, subject.name, f"Chromium {look}, page {number}", path)
        await asyncio.to_thread(judge, shot)
        shots.append(shot)
    return shots


def _named(subject: Subject, label: str, folder: Path) -> Shot:
    label = f"Chromium {label}"
    return Shot(
        subject.group or subject.name, subject.name, label, folder / f"{file_name(f'{subject.name} {label}')}.png"
    )


def _failed(subject: Subject, look: str, width: int, folder: Path, why: str) -> Shot:
    shot = _named(subject, f"{width} {look}", folder)
    shot.faults.append(f"no shot: {why}")
    return shot
