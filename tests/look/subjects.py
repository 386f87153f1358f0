"""What there is to look at, read from the code: pages, charts with their options, routes, records, frozen files."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from atlas.charts.catalogue import CHARTS, Chart
from atlas.charts.compare.view import FEWEST, MOST
from atlas.draw.sizes import SIZES
from atlas.publish.browse import TABLES
from atlas.publish.embeds import THEMES
from atlas.tables.atlas import Atlas
from tests.addresses import app_paths
from tests.look.shots import Subject

# An option with more terms than that is shown by its first ones; one that leaves rows out, by a single term.
MOST_TERMS = 5
OTHERS, FROZEN = "other pages", "frozen pages"


def views(atlas: Atlas, chart: Chart) -> Iterator[dict[str, str]]:
    """The queries of a chart that differ in one option from its usual view, with the most and the fewest compared."""
    for option in chart.options:
        terms, default = option.terms(atlas), option.default(atlas)
        if "," in default:
            yield {option.name: ",".join(terms[:FEWEST])}
            yield {option.name: ",".join(terms[-MOST:])}
            continue
        for term in terms[:MOST_TERMS] if default else terms[:1]:
            if term != default:
                yield {option.name: term}


def _named(*parts: str, query: dict[str, str] | None = None) -> str:
    return " ".join([*parts, *(f"{name} {value}" for name, value in (query or {}).items())])[:90]


def places(atlas: Atlas) -> tuple[str, ...]:
    """Of each kind of jurisdiction the one with the most acts, and one for which nothing is on record."""
    counts = atlas["response_parties"]["jurisdiction_id"].value_counts()
    all_places = atlas.jurisdictions.assign(acts=counts.reindex(atlas.jurisdictions.index).fillna(0))
    most = all_places.sort_values("acts", ascending=False, kind="stable").groupby("kind", sort=False).head(1).index
    silent = all_places.index[all_places["acts"] == 0][:1]
    return (*most, *silent)


def pages(atlas: Atlas, base: str) -> list[Subject]:
    """The pages of the app: each whole, then each with what its address can ask for."""
    found = [Subject(f"page {path or 'map'}", f"{base}/{path}", app=True, whole=True) for path in app_paths()]
    asked: list[tuple[str, dict[str, str]]] = []
    for chart in CHARTS.values():
        asked += [(chart.page, query) for query in views(atlas, chart)]
    asked += [("jurisdiction", {"place": place}) for place in places(atlas)]
    asked += [("present", {"chart": slug}) for slug in CHARTS] + [("present", {"chart": "map", "size": "embed"})]
    asked += [("evidence", {"table": table}) for table in TABLES]
    asked += [("", {"colour": "none", "date": "1999-01-01"}), ("compare", {"places": "ZZZ", "release": "9.9.9"})]
    asked += [("", {"embed": "true"})]
    found += [
        Subject(
            _named("page", path or "map", query=query),
            f"{base}/{path}?{urlencode(query)}",
            app=True,
            group=f"page {path or 'map'}, other views",
        )
        for path, query in asked
    ]
    return found


def embeds(atlas: Atlas, base: str) -> list[Subject]:
    """Every chart's embed, whole; then with each option; then in each theme."""
    found = [Subject(f"embed {slug}", f"{base}/embed/{slug}", whole=True) for slug in CHARTS]
    for slug, chart in CHARTS.items():
        found += [
            Subject(
                _named("embed", slug, query=query),
                f"{base}/embed/{slug}?{urlencode(query)}",
                group=f"embed {slug}, other views",
            )
            for query in views(atlas, chart)
        ]
        found += [
            Subject(
                f"embed {slug} theme {theme}",
                f"{base}/embed/{slug}?theme={theme}",
                fixed=theme == "dark",
                group=f"embed {slug}, other views",
            )
            for theme in THEMES
            if theme != "auto"
        ]
    return [*found, Subject("embed of no chart", f"{base}/embed/none", whole=True, status=404)]


def plain_pages(base: str, sitemap: str) -> list[Subject]:
    """Pages beside the app: the interface, a record of each table, what is gone or was never there, a comparison to
    print.
    """
    found = [
        Subject("api page", f"{base}/api/v1", whole=True),
        Subject("not found", f"{base}/no/such/page", whole=True, status=404),
        Subject("record not found", f"{base}/record/powers/none", status=404, group=OTHERS),
        Subject("comparison to print", f"{base}/compare.html?places=JPN,EU", whole=True),
        Subject("comparison of four", f"{base}/compare.html?places=JPN,EU,GBR,USA", group=OTHERS),
    ]
    by_table: dict[str, list[str]] = {}
    for address in re.findall(r"<loc>([^<]+)</loc>", sitemap):
        path = urlsplit(address).path
        if "/record/" in path:
            by_table.setdefault(path.split("/record/")[1].split("/")[0], []).append(path)
    for table, paths in by_table.items():
        found.append(Subject(f"record of {table}", f"{base}{paths[0]}", whole=True))
        found.append(Subject(f"record of {table}, the last", f"{base}{paths[-1]}", group=OTHERS))
    return found


def pictures(base: str) -> list[tuple[str, str]]:
    """Name and address of each PNG: every chart, size and theme, its QR code, and what oEmbed shows."""
    found = []
    for slug in CHARTS:
        found += [
            (f"picture {slug} {size} {theme}", f"{base}/picture/{slug}.png?{urlencode(query)}")
            for size in SIZES
            for theme in ("light", "dark")
            if (query := {"size": size, "theme": theme, "scale": "1"})
        ]
        found.append((f"qr {slug}", f"{base}/qr/{slug}.png"))
    return found


def frozen(site: Path) -> tuple[list[Subject], list[tuple[str, Path]]]:
    """Of a frozen site: its pages (the list of all whole, one of each other kind, then the rest), and its pictures as
    files.
    """
    index = Subject("frozen index", (site / "index.html").as_uri(), whole=True, status=0)
    manifest = json.loads((site / "manifest.json").read_text(encoding="utf-8"))
    subjects, images, seen = [index], [], set()
    for entry in (*manifest["views"], *manifest["places"]):
        for one in entry["files"]:
            path, kind = site / one["path"], one["kind"]
            sort = (entry.get("chart", "place"), one.get("theme", ""))
            if kind == "html" and sort not in seen:
                seen.add(sort)
                name = f"frozen {sort[0]} {sort[1]}".strip()
                subjects.append(Subject(name, path.as_uri(), fixed=sort[1] == "dark", status=0, group=FROZEN))
            elif kind == "png":
                images.append((f"frozen {path.name.rsplit('.', 2)[0]}", path))
            elif path.suffix == ".svg" and (kind, sort[0]) not in seen and kind != "png":
                seen.add((kind, sort[0]))
                subjects.append(Subject(f"frozen {kind} {sort[0]}", path.as_uri(), status=0, group=FROZEN))
    return subjects, images
