"""Templates to HTML, with every value escaped: text from data is shown as text."""

import re
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension

from atlas.tables.dates import in_words

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
# A word of this many letters gets places where a line may end. Without them a browser lays out one word of 100,000
# letters in quadratic time, and the page stands still for half a minute.
LONG_WORD = 250
# Looked for where a word begins, so that each letter is read once.
_LONG = re.compile(rf"(?<![^\s<>])[^\s<>]{{{LONG_WORD}}}")
_PART = re.compile(rf"(?:&#?\w+;|[^\s&<>]|&){{{LONG_WORD - 50}}}(?=[^\s<])")
# What a line may not be broken in: tags, and the text of elements that take no other element.
_WHOLE = re.compile(r"(<(style|script|svg|textarea|title|option)\b.*?</\2>|<[^>]*>)", re.DOTALL)
TEMPLATES = Path(__file__).resolve().parent / "templates"


@lru_cache(maxsize=8192)
def safe_link(url: str) -> str:
    """The address if it is http or https with a host, else an empty string."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def anchor(title: str) -> str:
    """The id of a heading, as Streamlit makes it from the same words."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


class _Flush(Extension):
    """Takes the indentation of templates out of what is sent: a tenth of the bytes of a large table."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return INDENTATION.sub("", source)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[_Flush],
    )
    environment.filters["in_words"] = in_words
    environment.filters["safe_link"] = safe_link
    environment.filters["anchor"] = anchor
    return environment


def render(template: str, **values: object) -> str:
    """Fills a template of `atlas/templates`; values are escaped, and words without end can be broken."""
    return with_breaks(_environment().get_template(template).render(**values))


def with_breaks(html: str) -> str:
    """The same HTML, its text word for word, with a `<wbr>` in each word that is longer than any page is wide."""
    if not _LONG.search(html):
        return html
    pieces, at = [], 0
    for whole in _WHOLE.finditer(html):
        pieces += [_PART.sub(r"\g<0><wbr>", html[at : whole.start()]), whole.group()]
        at = whole.end()
    return "".join([*pieces, _PART.sub(r"\g<0><wbr>", html[at:])])
