"""Content security policies (W3C CSP level 3): what a document of ours may load, run and be framed by."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

NOBODY = "'none'"
# A source of frame-ancestors as we take it: this host, any host, or an origin, whose first label may be a star.
ANCESTOR = re.compile(r"'self'|\*|https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

# What every document may not, whatever else its policy says.
_NOTHING = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'", "object-src": "'none'"}


def _written(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def _hashes(texts: Iterable[str]) -> list[str]:
    return [f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode()}'" for text in texts]


def page_policy(shell: str) -> str:
    """For pages of the app: as strict as Streamlit can live with, no other host in any directive.

    Measured in Chromium on every page. Inline styles, since Streamlit writes styles while it runs. Scripts from blobs,
    since it starts components that way. WebAssembly, since its reader of messages counts with it. No `unsafe-eval`:
    neither Streamlit nor Plotly needs it for what we show.

    Args:
        shell: Streamlit's `index.html`; its inline scripts are allowed by their hashes.
    """
    scripts = ["'self'", *_hashes(INLINE_SCRIPT.findall(shell)), "'wasm-unsafe-eval'", "blob:"]
    return _written(
        _NOTHING
        | {
            "base-uri": "'self'",
            # The forms of the first view, which lead to this host alone.
            "form-action": "'self'",
            "script-src": " ".join(scripts),
            "style-src": "'self' 'unsafe-inline'",
            "img-src": "'self' data: blob:",
            "font-src": "'self' data:",
            "connect-src": "'self'",
            "worker-src": "'self' blob:",
            "frame-src": "'self'",
        }
    )


def document_policy(styles: Iterable[str] | None = None, scripts: Iterable[str] = (), forms: bool = False) -> str:
    """For documents of our own routes: styles, pictures and fonts of this host, and nothing that is not named here.

    Args:
        styles: the exact texts of its inline style sheets, allowed by their hashes; None allows any inline style,
            for documents that carry colours in attributes.
        scripts: the exact texts of its inline scripts, allowed by their hashes.
        forms: whether it has a form, which may lead to this host alone.
    """
    style = ["'unsafe-inline'"] if styles is None else _hashes(styles)
    directives = _NOTHING | {
        "style-src": " ".join(["'self'", *style]),
        "img-src": "'self' data:",
        "font-src": "'self' data:",
    }
    if forms:
        directives["form-action"] = "'self'"
    allowed = _hashes(scripts)
    return _written(directives | {"script-src": " ".join(allowed)} if allowed else directives)


def file_policy() -> str:
    """For what is no document: should a browser show it as one, it can do nothing."""
    return _written(_NOTHING)


def frame_ancestors(text: str) -> str:
    """The sources of `frame-ancestors` by a setting: origins separated by spaces; empty for nobody.

    Raises:
        ValueError: one of them is no origin; the message names it.
    """
    sources = text.split()
    for source in sources:
        if not ANCESTOR.fullmatch(source):
            raise ValueError(
                f"ATLAS_FRAME_ANCESTORS: {source!r} is no origin. Expected 'self', * or origins like"
                " https://example.org, separated by spaces"
            )
    return " ".join(sources) or NOBODY
