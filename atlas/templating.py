"""Templates to HTML, with every value escaped: text from data is shown as text."""

from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from atlas.tables.dates import in_words

TEMPLATES = Path(__file__).resolve().parent / "templates"


@lru_cache(maxsize=8192)
def safe_link(url: str) -> str:
    """The address if it is http or https with a host, else an empty string."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )
    environment.filters["in_words"] = in_words
    environment.filters["safe_link"] = safe_link
    return environment


def render(template: str, **values: object) -> str:
    """Fills a template of `atlas/templates`; values are escaped."""
    return _environment().get_template(template).render(**values)
