"""Pages in Chromium that are kept from one test to the next, and made as new in between.

A page that is opened anew starts a process that reads and compiles some 7 MB of the framework's scripts: two thirds of
the time of a visit. A kept page has them. What a test can leave behind is undone; a test whose traces cannot be undone
(scripts added to every document, functions given to it), or that measures a first visit, asks for a page of its own
with the mark `first_visit`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

# What a browser without a wish has, as in `browser.new_context()`.
USUAL = {"width": 1280, "height": 720}
# Settings that a page can change while it stands; those of other names belong to its context.
OF_A_PAGE = ("viewport", "color_scheme", "reduced_motion", "forced_colors")


class Listening:
    """Remembers who listens to a page or a context, so that it can be ended."""

    def __init__(self, thing: Page | BrowserContext):
        self._thing, self._on, self._heard = thing, thing.on, []
        thing.on = self._listen

    def _listen(self, event: str, handler: Callable) -> None:
        self._on(event, handler)
        self._heard.append((event, handler))

    def end(self) -> None:
        for event, handler in self._heard:
            self._thing.remove_listener(event, handler)
        self._heard.clear()


class Kept:
    """One page with its context, and what is needed to make both as new."""

    def __init__(self, browser: Browser, patience: int, **of_context: Any):
        self.context = browser.new_context(**of_context)
        self.context.set_default_timeout(patience)
        self.page = self.context.new_page()
        self.ears = [Listening(self.context), Listening(self.page)]
        self._session = self.context.new_cdp_session(self.page)
        self._patience = patience

    def set(self, wishes: dict[str, Any]) -> None:
        viewport = wishes.get("viewport", USUAL)
        if self.page.viewport_size != viewport:
            self.page.set_viewport_size(viewport)
        self.page.emulate_media(
            media="null",
            color_scheme=wishes.get("color_scheme", "light"),
            reduced_motion=wishes.get("reduced_motion", "no-preference"),
            forced_colors=wishes.get("forced_colors", "none"),
        )

    def clean(self) -> None:
        """Ends what listens and intercepts, empties what is stored, forgets the steps that were taken."""
        for ear in self.ears:
            ear.end()
        for other in self.context.pages:
            if other != self.page:
                other.close()
        self.page.unroute_all(behavior="ignoreErrors")
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.set_offline(False)
        self.context.clear_permissions()
        self.context.clear_cookies()
        self.page.set_extra_http_headers({})
        self.page.set_default_timeout(self._patience)
        self.page.evaluate("() => { try { localStorage.clear(); sessionStorage.clear(); } catch {} }")
        self.page.goto("about:blank")
        self._session.send("Page.resetNavigationHistory")


class KeptPages:
    """Pages that are kept, one for each set of settings that only a new context can have."""

    def __init__(self, browser: Browser, patience: int):
        self._browser, self._patience, self._free = browser, patience, {}

    @contextmanager
    def lend(self, **wishes: Any) -> Iterator[Page]:
        """A page as new, with settings as `browser.new_context()` takes them. It is kept if it can be cleaned."""
        of_context = {name: value for name, value in wishes.items() if name not in OF_A_PAGE}
        key = tuple(sorted(of_context.items()))
        waiting = self._free.setdefault(key, [])
        kept = waiting.pop() if waiting else Kept(self._browser, self._patience, **of_context)
        try:
            kept.set(wishes)
            yield kept.page
        except BaseException:
            kept.context.close()
            raise
        try:
            kept.clean()
        except Error:
            kept.context.close()
        else:
            waiting.append(kept)
