"""All routes beside the app, in one list for `st.App`."""

from starlette.routing import Mount, Route

from atlas.web.api.serve import interface
from atlas.web.compare import compare_file
from atlas.web.downloads import download_package, download_table, download_workbook
from atlas.web.embed import embed
from atlas.web.feeds import ahead_calendar, changes_feed
from atlas.web.files import ASSETS, Assets, geometry_file
from atlas.web.health import health
from atlas.web.oembed import oembed
from atlas.web.picture import picture
from atlas.web.records import codebook, record_page, sitemap
from atlas.web.releases import download_release
from atlas.web.slides import deck
from atlas.web.take import code, table

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
    Route("/data/CODEBOOK.md", codebook),
    Route("/api", interface),
    Route("/api/{path:path}", interface),
    Route("/record/{path:path}", record_page),
    Route("/sitemap.xml", sitemap),
    Route("/compare.{kind}", compare_file),
    Route("/slides/{slug}.pptx", deck),
    Route("/embed/{slug}", embed),
    Route("/picture/{slug}.{kind}", picture),
    Route("/oembed", oembed),
    Route("/table/{slug}.{kind}", table),
    Route("/qr/{slug}.{kind}", code),
]
