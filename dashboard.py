"""Regime Atlas: the app.

`streamlit run dashboard.py`, `uvicorn dashboard:app` and Streamlit's `AppTest` all start here. Inside a script
run it draws the navigation and the chosen page; imported by the server it offers the app with our own routes.
"""

from pathlib import Path

import streamlit as st
from streamlit import runtime

ASSETS = Path(__file__).resolve().parent / "atlas" / "assets"
PAGES = (
    ("pages/map.py", "Map", "", True),
    ("pages/compare.py", "Compare", "compare", False),
    ("pages/strength.py", "Strength", "strength", False),
    ("pages/timeline.py", "Timeline", "timeline", False),
    ("pages/jurisdiction.py", "Jurisdiction", "jurisdiction", False),
    ("pages/present.py", "Present", "present", False),
    ("pages/evidence.py", "Evidence", "evidence", False),
    ("pages/method.py", "Method", "method", False),
)


def main() -> None:
    """One script run: page config, navigation, the page."""
    # By address: Streamlit would send a file's content along with every run. It takes no other path than this one.
    st.logo(f"/app/static/{'wordmark-dark' if st.context.theme.type == 'dark' else 'wordmark'}.svg", size="large")
    pages = [st.Page(path, title=title, url_path=url or None, default=default) for path, title, url, default in PAGES]
    page = st.navigation(pages, position="hidden" if st.context.is_embedded else "top")
    # Icon and wordmark are files of ours: Streamlit would fetch an icon by name from another host.
    # The tab's title is the finding that the page comes to: `atlas.ui.page.head`.
    st.set_page_config(page_icon=str(ASSETS / "icon.png"), layout="wide")
    page.run()


if runtime.exists():
    from atlas.web.run_queue import turn

    with turn():
        main()
else:
    from atlas.web.serve import middleware, prepare, routes

    prepare()
    from atlas.ui.preload import warming

    titles = {url: title for _, title, url, _ in PAGES}
    beside = routes(titles)
    app = st.App(
        str(Path(__file__).resolve()), routes=beside, middleware=middleware(titles, beside), lifespan=warming(beside)
    )
