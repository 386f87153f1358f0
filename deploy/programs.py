"""Where the programs lie that tests and benchmarks drive: Chromium and HAProxy."""

import shutil

# Chromium without its own windows comes first: the same engine, in half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The path of Chromium for use without a screen; None where Playwright's own, which it finds by itself, is the only
    one there may be.
    """
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def haproxy() -> str | None:
    """HAProxy's path; Debian puts it where only root looks."""
    return shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin")
