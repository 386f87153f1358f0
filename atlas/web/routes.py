"""All routes beside the app, in one list for `st.App`."""

from collections.abc import Collection, Mapping

from starlette.routing import BaseRoute, Mount, Route

from atlas.web.files import ASSETS, Assets, geometry_file
from atlas.web.health import health
from atlas.web.lazy_routes import late
from atlas.web.nearby import Nearby


def _charts() -> Mapping[str, object]:
    from atlas.charts.catalogue import CHARTS

    return CHARTS


_ROUTES = [
    Route("/health", health),
    Route("/geo/world_110m.json", geometry_file),
    Route("/geo/{digest}/{name}", geometry_file),
    Mount("/assets", Assets(directory=ASSETS)),
    # The one path of the app's own that Streamlit takes for a picture without sending its content along.
    Mount("/app/static", Assets(directory=ASSETS)),
    late("/data/regime-atlas.zip", "downloads.download_package"),
    late("/data/regime-atlas.xlsx", "downloads.download_workbook"),
    late("/data/releases/{version}.zip", "downloads.download_release"),
    late("/feeds/changes.atom", "feeds.changes_feed"),
    late("/feeds/upcoming.ics", "feeds.ahead_calendar"),
    late("/data/{table}.csv", "downloads.download_table"),
    late("/data/CODEBOOK.md", "record_routes.codebook"),
    # It answers every method itself.
    late("/api", "api.serve.interface", methods=None),
    late("/api/{path:path}", "api.serve.interface", methods=None),
    late("/record/{path:path}", "record_routes.record_page"),
    late("/sitemap.xml", "record_routes.sitemap"),
    late("/robots.txt", "find.robots"),
    late("/find", "find.find_page"),
    late("/first-steps", "steps.steps_page"),
    late("/opensearch.xml", "find.opensearch"),
    late("/compare.{kind}", "compare.compare_file"),
    late("/slides/{slug}.pptx", "slides.deck"),
    late("/embed/{slug}", "embed.embed"),
    late("/picture/{slug}.{kind}", "picture.picture"),
    late("/oembed", "oembed.oembed"),
    late("/table/{slug}.{kind}", "chart_table.table"),
    late("/qr/{slug}.{kind}", "chart_table.code"),
]


def our_routes(pages: Collection[str]) -> list[BaseRoute]:
    """Our routes, before them what leads to the right address.

    Args:
        pages: paths of the app's pages, the start page's empty.
    """
    return [Nearby(_ROUTES, lambda: pages, _charts), *_ROUTES]


ROUTES = our_routes(())
