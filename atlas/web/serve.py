"""What is done once, before the first visitor, and what stands around the app. Called by the server only, so it may touch Streamlit."""

import gc
import os
from pathlib import Path

from starlette.middleware import Middleware


def prepare() -> None:
    """Loads the data and the heavy libraries, then freezes them out of garbage collection.

    Importing pandas and Plotly before serving also keeps two sessions from importing them at the same time.
    """
    # Arrow's own allocator keeps what it once had; the system's gives it back. Read when Arrow is loaded.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    # Nothing that is loaded here is ever garbage: looking for some on the way is lost time.
    gc.disable()
    import plotly.graph_objects  # noqa: F401 - read from disk once
    from streamlit.runtime.pages_manager import PagesManager

    from atlas.tables.store import get_store
    from atlas.web.files import layers
    from atlas.web.logs import forget_visitors
    from atlas.web.wire import widen_window

    # Until the first run calls st.navigation, Streamlit takes `pages/` for its older kind of multipage app, and a
    # first visitor who opens /jurisdiction would get that script without its navigation.
    PagesManager.uses_pages_directory = False
    forget_visitors()
    widen_window()
    get_store()
    layers()
    routes()
    gc.freeze()
    gc.enable()


def routes() -> list:
    """Our HTTP routes."""
    from atlas.web.routes import ROUTES

    return list(ROUTES)


def middleware(pages: tuple[str, ...]) -> list[Middleware]:
    """What each request passes, outermost first.

    Args:
        pages: paths of the pages, the start page's empty.

    Raises:
        ValueError: a setting in the environment is not as it must be.
    """
    from streamlit import config, file_util

    from atlas.tables.store import cache_root
    from atlas.web.bundles import Bundles, compressible
    from atlas.web.headers import SecurityHeaders
    from atlas.web.hosts import Hosts, allowed_hosts
    from atlas.web.packed import Packer
    from atlas.web.policy import frame_ancestors, page_policy
    from atlas.web.wire import Prompt

    folder = Path(file_util.get_static_dir())
    shell = (folder / "index.html").read_text(encoding="utf-8")
    framed_by = frame_ancestors(os.environ.get("ATLAS_FRAME_ANCESTORS", ""))
    base = (config.get_option("server.baseUrlPath") or "").strip("/")
    return [
        Middleware(Prompt),
        Middleware(SecurityHeaders, page=page_policy(shell), routes=routes(), pages=pages, framed_by=framed_by),
        Middleware(Hosts, allowed=allowed_hosts(os.environ.get("ATLAS_ALLOWED_HOSTS", ""))),
        Middleware(Bundles, folder=folder, packer=Packer(cache_root() / "bundles", tuple(compressible(folder))), base=f"/{base}" if base else ""),
    ]
