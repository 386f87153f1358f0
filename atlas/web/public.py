"""The address under which the site is known to others, for links that leave it."""

import os
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.requests import Request

from atlas.web.answers import Site, site

SETTING = "ATLAS_PUBLIC_URL"


@lru_cache(maxsize=8)
def public_url(text: str) -> str:
    """The address by a setting, without a slash at its end; empty for none.

    Raises:
        ValueError: it is no http or https address of a site.
    """
    text = text.strip().rstrip("/")
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        good = (
            parts.scheme in ("http", "https")
            and parts.hostname
            and parts.port != 0
            and not (parts.query or parts.fragment or parts.username)
        )
    except ValueError:
        good = False
    if not good:
        raise ValueError(
            f"{SETTING}: {text!r} is no address of a site. Expected one like https://atlas.example.org or https://example.org/atlas"
        )
    return text


def configured() -> str:
    """The address that the environment sets; empty for none.

    Raises:
        ValueError: as `public_url`.
    """
    return public_url(os.environ.get(SETTING, ""))


def public_site(request: Request) -> Site:
    """The site as others are to address it: by the setting, since behind a proxy a request names another host, else by the request."""
    here, base = site(request), configured()
    return Site(here.root, base) if base else here
