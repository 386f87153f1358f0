"""What is done once, before the first visitor, and what stands around the app.

Called by the server only, so it may touch Streamlit.
"""

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import BaseRoute


def prepare() -> None:
    """Loads the data and the heavy libraries, then freezes them out of garbage collection.

    Importing pandas and Plotly before serving also keeps two sessions from importing them at the same time. What only
    some requests need is loaded later, see `atlas.ui.preload`.
    """
    # Arrow's own allocator keeps what it once had; the system's gives it back. Read when Arrow is loaded.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    # Nothing that is loaded here is ever garbage: looking for some on the way is lost time.
    gc.disable()
    import plotly.graph_objects  # noqa: F401 - read from disk once
    from streamlit import delta_generator, net_util
    from streamlit.runtime.pages_manager import PagesManager

    from atlas.tables.store import get_store
    from atlas.web.files import layers
    from atlas.web.logs import forget_visitors
    from atlas.web.run_queue import switch_often
    from atlas.web.sockets import widen_window

    # Until the first run calls st.navigation, Streamlit takes `pages/` for its older kind of multipage app, and a
    # first visitor who opens /jurisdiction would get that script without its navigation.
    PagesManager.uses_pages_directory = False
    # The first visitor would wait while Streamlit finds out whether it was started by hand, from the source of
    # every module.
    delta_generator._use_warning_has_been_displayed = True
    # When a page of another site opens the websocket, Streamlit asks another host for this machine's public address,
    # to compare the two. Names that are ours stand in `Host`, or in the setting server.corsAllowedOrigins.
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None
    switch_often()
    forget_visitors()
    widen_window()
    get_store()
    layers()
    gc.freeze()
    gc.enable()


def routes(pages: Mapping[str, str]) -> list:
    """Our HTTP routes, the first answer of each page among them, and at their end an answer for what nobody knows.

    Args:
        pages: titles of the pages by path, the start page's empty.

    Raises:
        ValueError: a setting in the environment is not as it must be.
    """
    from starlette.routing import Route

    from atlas.web.lazy_routes import Late
    from atlas.web.missing import Missing
    from atlas.web.public_address import configured
    from atlas.web.routes import our_routes

    configured()
    first = [
        Route(f"/{page}", Late(partial(_first_answer, page)), methods=["GET"], name=f"page-{page or 'start'}")
        for page in pages
    ]
    return [*our_routes(tuple(pages)), *first, Missing(pages, os.listdir(_static()))]


def _first_answer(page: str) -> Callable:
    from atlas.web.previews import page_answer

    return page_answer(page, _shell())


def _static() -> Path:
    """Streamlit's own files."""
    from streamlit import file_util

    return Path(file_util.get_static_dir())


def _shell() -> str:
    """Streamlit's `index.html`, made ours."""
    from atlas.web.shell import prepared

    return prepared((_static() / "index.html").read_text(encoding="utf-8"))


def middleware(pages: Mapping[str, str], beside: Sequence[BaseRoute]) -> list[Middleware]:
    """What each request passes, outermost first.

    Args:
        pages: as for `routes`.
        beside: what `routes` made.

    Raises:
        ValueError: a setting in the environment is not as it must be.
    """
    from streamlit import config

    from atlas.tables.store import cache_root
    from atlas.web.bundles import Bundles, compressible
    from atlas.web.compressed_files import Packer
    from atlas.web.conditional import Conditional
    from atlas.web.headers import SecurityHeaders
    from atlas.web.hosts import Hosts, allowed_hosts
    from atlas.web.policy import frame_ancestors, page_policy
    from atlas.web.sockets import Prompt

    framed_by = frame_ancestors(os.environ.get("ATLAS_FRAME_ANCESTORS", ""))
    base, folder = (config.get_option("server.baseUrlPath") or "").strip("/"), _static()
    return [
        Middleware(Prompt),
        Middleware(SecurityHeaders, page=page_policy(_shell()), routes=beside, pages=set(pages), framed_by=framed_by),
        Middleware(Hosts, allowed=allowed_hosts(os.environ.get("ATLAS_ALLOWED_HOSTS", ""))),
        Middleware(Conditional),
        Middleware(
            Bundles,
            folder=folder,
            packer=Packer(cache_root() / "bundles", tuple(compressible(folder))),
            base=f"/{base}" if base else "",
        ),
    ]
