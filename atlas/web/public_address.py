"""The address of the site: the one place that makes what answers, files, feeds and pictures name it by."""

import os
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.requests import Request

SETTING = "ATLAS_PUBLIC_URL"


@dataclass(frozen=True)
class Site:
    """Where this server stands: `root`, its path, and `base`, its whole address; both without a slash at the end."""

    root: str
    base: str


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
            f"{SETTING}: {text!r} is no address of a site. Expected one like https://atlas.example.org or"
            " https://example.org/atlas"
        )
    return text


def configured() -> str:
    """The address that the environment sets; empty for none.

    Raises:
        ValueError: as `public_url`.
    """
    return public_url(os.environ.get(SETTING, ""))


def requested_site(request: Request) -> Site:
    """The site as the request addressed it.

    A proxy that ends the encryption says so in `X-Forwarded-Proto`. That it is https is believed of anyone: all that
    a visitor can bring about with it is links to https. Another host is never taken from a header.
    """
    root, url = request.scope.get("root_path", "").rstrip("/"), request.base_url
    if request.headers.get("x-forwarded-proto", "").split(",")[0].strip().lower() == "https":
        url = url.replace(scheme="https")
    return Site(root, str(url).rstrip("/"))


def public_site(request: Request) -> Site:
    """The site as others are to address it: by the setting, since behind a proxy a request names another host and path,
    else by the request."""
    base = configured()
    return Site(urlsplit(base).path, base) if base else requested_site(request)
