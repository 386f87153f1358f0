"""Streamlit's `index.html` made ours: the one place where it is rewritten.

Only what is named here changes; Streamlit's scripts stay byte for byte, since their hashes stand in the content
security
policy.
"""

import json
import re
from hashlib import sha256
from html import escape

from atlas.web.files import ASSETS
from atlas.words import texts

_TITLE = re.compile(r"[ \t]*<title>.*?</title>\n?", re.DOTALL)
_NOSCRIPT = re.compile(r"[ \t]*<noscript>.*?</noscript>\n?", re.DOTALL)
_HTML = re.compile(r"<html\b[^>]*>")
# The encoding must stand in the first kilobyte, so what is ours comes after it.
_BEGINNING = re.compile(r"<head\b[^>]*>(?:\s*<meta\b[^>]*>)*")
# With the comment before it, which tells of an interface that we do not offer.
_DESCRIPTION = re.compile(r"(?:<!--(?:(?!-->).)*-->\s*)?<link\b[^>]*\brel=\"service-desc\"[^>]*>", re.DOTALL)
# Keys of the address with which the menu leads on: what a reader looks at on any page.
CARRIED = ("date", "place", "case", "release")
DESCRIPTION = '<link rel="service-desc" type="application/json" href="./api/v1/openapi.json" />'


def prepared(shell: str) -> str:
    """The document with our own script and style before all others, naming our interface instead of Streamlit's.

    Args:
        shell: Streamlit's document.
    """
    folder, site = ASSETS / "shell", texts()["site"]
    words = json.dumps(site["shell"] | {"name": site["name"], "carried": list(CARRIED)}, ensure_ascii=False)
    script = (folder / "shell.js").read_text(encoding="utf-8").replace("WORDS;", words.replace("<", "\\u003c") + ";", 1)
    style = (folder / "shell.css").read_text(encoding="utf-8")
    parts = f"{_box()}\n{_phone_bar()}\n{_beside('contents', 'contents', {})}"
    ours = f"\n<style>\n{style}</style>\n<script>\n{script}</script>\n{parts}\n"
    document = _DESCRIPTION.sub(lambda found: DESCRIPTION, shell, count=1)
    if found := _BEGINNING.search(document):
        document = document[: found.end()] + ours + document[found.end() :]
    return document


def _box() -> str:
    """The search of every page."""
    said = texts()["find"]
    kinds = said["kinds"] | {"view": said["views"], "receipt": said["receipt"]}
    words = {name: said[name] for name in ("label", "placeholder", "key", "answer", "nothing", "views", "all")}
    return _beside("find", "box", words | {"kinds": kinds})


def _phone_bar() -> str:
    """The menu of a phone."""
    site = texts()["site"]
    return _beside("phone_bar", "bar", site["phone"] | {"menu": site["menu"]})


def _beside(folder: str, name: str, words: dict) -> str:
    """A script that puts a part of ours onto every page: its words with it, and by them where its style lies."""
    held = json.dumps(words | {"style": _versioned(folder, f"{name}.css")}, ensure_ascii=False)
    return f'<script defer src="{_versioned(folder, f"{name}.js")}" data-words="{escape(held)}"></script>'


def _versioned(folder: str, name: str) -> str:
    """The address of a file of such a part, by what it holds, so that it may be kept for ever."""
    digest = sha256((ASSETS / folder / name).read_bytes()).hexdigest()[:12]
    return f"./assets/{folder}/{name}?v={digest}"


def rewrite(shell: str, head: str = "", noscript: str = "") -> str:
    """The document for one page.

    Args:
        shell: Streamlit's document, `prepared`.
        head: markup that stands in place of its title, a title included; empty leaves it.
        noscript: a `noscript` element in place of its own; empty leaves it.
    """
    document = _HTML.sub('<html lang="en">', shell, count=1)
    if head:
        document = _put(_TITLE, document, head, "</head>")
    if noscript:
        document = _put(_NOSCRIPT, document, noscript, "</body>")
    return document


def _put(pattern: re.Pattern, document: str, markup: str, else_before: str) -> str:
    """The markup in place of what is there, else before the end of its part; unchanged if the document has neither."""
    if pattern.search(document):
        return pattern.sub(lambda found: markup, document, count=1)
    return document.replace(else_before, markup + else_before, 1)
