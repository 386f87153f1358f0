"""The style sheet of the site's own pages, with its font inside, so that it works from a folder as from a server."""

import re
from base64 import b64encode
from pathlib import Path

from atlas import templating

ASSETS = Path(templating.__file__).parent / "assets"
_FONT = re.compile(r'url\("@root@/assets/(fonts/[\w.-]+)"\)')


def style_sheet() -> str:
    """The light pages' sheet and what the site adds to it."""
    sheets = "\n".join((ASSETS / f"{name}.css").read_text(encoding="utf-8").strip() for name in ("light_page", "site"))
    return (
        _FONT.sub(
            lambda found: f"url(data:font/woff2;base64,{b64encode((ASSETS / found[1]).read_bytes()).decode('ascii')})",
            sheets,
        )
        + "\n"
    )
