"""The page that lists everything frozen: each chart under its finding, each place by name."""

from atlas.charts.catalogue import CHARTS
from atlas.publish.chart_addresses import iframe
from atlas.publish.site.files import Out
from atlas.publish.site.views import INDEX
from atlas.templating import render
from atlas.words import texts


def write_index(frame: dict, views: list[dict], places: list[dict], out: Out) -> None:
    """Writes the index.

    Args:
        frame: values of site_base.html.
        views: entries of the manifest.
        places: entries of the manifest.
        out: where to.
    """
    prose = texts()["frozen"]
    shown = {view["id"]: _shown(view, frame["url"]) for view in views}
    covered = [view for view in shown.values() if view["cover"]]
    groups = [
        (group, content, [view for view in covered if view["group"] == group])
        for group, content in (prose["groups"] | _others(covered)).items()
    ]
    out.write(
        INDEX,
        render(
            "site_index.html",
            **frame,
            title=prose["title"],
            description=prose["deck"],
            prose=prose,
            groups=[group for group in groups if group[2]],
            places=places,
            compared=shown,
            total=len(views),
        ),
    )


def _others(views: list[dict]) -> dict[str, dict]:
    """Headings of charts that the plan does not name in a group of its own: their names."""
    slugs = [view["group"] for view in views if view["group"] not in texts()["frozen"]["groups"]]
    return {slug: {"nav": CHARTS[slug].name, "title": CHARTS[slug].name, "deck": ""} for slug in slugs}


def _shown(view: dict, url: str) -> dict:
    """A view as the index's template takes it: its files by kind and size, and what frames it elsewhere."""
    files = {
        (one["kind"], one.get("size") or one.get("theme") or "", one.get("theme") or ""): one for one in view["files"]
    }
    pages = {one["theme"]: one["path"] for one in view["files"] if one["kind"] == "html"}
    page = next(iter(pages.values()))
    sizes = texts()["frozen"]["sizes"]
    takes = [
        (f"{one['kind'].upper()} {sizes[one['size']]}" + (f", {sizes['dark']}" if one["theme"] == "dark" else ""), one)
        for one in view["files"]
        if one["kind"] in ("svg", "png")
    ]
    takes += [(one["kind"].upper(), one) for one in view["files"] if one["kind"] in ("csv", "json")]
    return view | {
        "page": page,
        "cover": files.get(("cover", "", "")),
        "narrow": files.get(("narrow", "", "")),
        "takes": takes,
        "other_themes": [(theme, path) for theme, path in pages.items() if path != page],
        "iframe": iframe(f"{url}/{page}" if url else page, view["title"], height=view["frame_height"]),
    }
