"""All routes beside the app, in one list for `st.App`."""

from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from atlas.web.downloads import download_package, download_table, download_workbook
from atlas.web.files import ASSETS, geometry_file
from atlas.web.health import health

ROUTES = [
    Route("/health", health),
    Route("/geo/world_110m.json", geometry_file),
    Route("/geo/{digest}/{name}", geometry_file),
    Mount("/assets", StaticFiles(directory=ASSETS)),
    Route("/data/regime-atlas.zip", download_package),
    Route("/data/regime-atlas.xlsx", download_workbook),
    Route("/data/{table}.csv", download_table),
]
