"""All routes beside the app, in one list for `st.App`."""

from starlette.routing import Mount, Route

from atlas.web.compare import compare_file
from atlas.web.downloads import download_package, download_table, download_workbook
from atlas.web.feeds import ahead_calendar, changes_feed
from atlas.web.files import ASSETS, Assets, geometry_file
from atlas.web.health import health
from atlas.web.releases import download_release

ROUTES = [
    Route("/health", health),
    Route("/geo/world_110m.json", geometry_file),
    Route("/geo/{digest}/{name}", geometry_file),
    Mount("/assets", Assets(directory=ASSETS)),
    # The one path of the app's own that Streamlit takes for a picture without sending its content along.
    Mount("/app/static", Assets(directory=ASSETS)),
    Route("/data/regime-atlas.zip", download_package),
    Route("/data/regime-atlas.xlsx", download_workbook),
    Route("/data/releases/{version}.zip", download_release),
    Route("/feeds/changes.atom", changes_feed),
    Route("/feeds/upcoming.ics", ahead_calendar),
    Route("/data/{table}.csv", download_table),
    Route("/compare.{kind}", compare_file),
]
