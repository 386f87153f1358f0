"""The first views of the pages on evidence and method, and of the page that gives charts away."""

from atlas.charts.catalogue import CHARTS
from atlas.charts.options import FIND, LONGEST_TEXT, one_of, read, refusal
from atlas.draw.sizes import SIZES
from atlas.publish import coverage
from atlas.publish.browse import TABLES, browse, terms_of
from atlas.publish.browse_lines import COLUMNS, MAIN
from atlas.publish.chart_addresses import iframe, short_caption
from atlas.publish.citation import bibtex, plain
from atlas.publish.embeds import frame_height
from atlas.publish.first_view.parts import Field, FirstView, Page, blocks, day_field, place_field
from atlas.publish.present import files
from atlas.publish.trust import section
from atlas.templating import render
from atlas.words import texts

# As the app's page on evidence names the matrix of what was read.
COVERAGE = "fields_read"
TABLE = one_of("table", lambda atlas: (*TABLES, COVERAGE), "responses", "the responses")
ONLY = one_of("only", lambda atlas: atlas.jurisdictions.index, "", "all jurisdictions")


def evidence_page(page: Page) -> FirstView:
    """One table, searched and filtered, page by page; and what can be taken."""
    atlas, prose = page.atlas, texts()["first"]
    package, form = atlas.package, prose["form"]
    found, refused = read(atlas, (TABLE, ONLY, FIND), page.query)
    table, only, text = found[TABLE.name], found[ONLY.name], found[FIND.name][:LONGEST_TEXT]
    asked = page.query.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) <= 6 else 1
    names = {one: package.tables[one].title for one in TABLES} | {COVERAGE: texts()["coverage"]["tab"]}
    words, offered = texts()["evidence"], {} if table == COVERAGE else terms_of(atlas, table)
    kept = {name: page.query[name] for name in offered if page.query.get(name) in offered[name]}
    shared = {"table": table, "find": text, "only": only} | kept
    if table == COVERAGE:
        shown = [render("coverage.html", **coverage.page(atlas, text, only))]
    else:
        rows = browse(atlas, table, text, only, number, page.query.get("sort", ""), kept)
        shown = [
            render(
                "rows.html",
                table=names[table],
                description=package.tables[table].description,
                found=rows,
                main=MAIN[table],
                heads=[
                    {
                        "id": column,
                        "label": words["columns"][column],
                        "sorted": {column: "ascending", f"-{column}": "descending"}.get(rows.sort, ""),
                        "link": page.address(
                            "evidence", **shared, sort=f"-{column}" if rows.sort == column else column
                        ),
                        "hint": words["sort"]["by_head"].format(column=words["columns"][column]),
                    }
                    for column in COLUMNS[table]
                ],
                labels=words["columns"],
                nothing=texts()["site"]["empty"]["rows"],
            ),
            page.choices(
                prose["pages"],
                [
                    (
                        page.address(
                            "evidence", **shared, sort=rows.sort if "sort" in page.query else "", page=str(one)
                        ),
                        str(one),
                        one == rows.page,
                    )
                    for one in _near(rows.page, rows.pages)
                ],
            )
            if rows.pages > 1
            else "",
        ]
    body = blocks(
        page.form(
            Field(TABLE.name, form["table"], table, tuple(names.items())),
            Field(FIND.name, form["find"], text),
            place_field(atlas, ONLY.name, only, form["place"], form["all"]),
        ),
        *shown,
        render(
            "take.html",
            tables=[(name, package.tables[name].title) for name in package.tables],
            version=package.version,
            plain=plain(package),
            bibtex=bibtex(package),
            how=texts()["site"]["error_report"]["how"],
        ),
    )
    notices = tuple(refusal(atlas, one, page.query[one.name]) for one in refused)
    sheets = ("evidence", "coverage") if table == COVERAGE else ("evidence",)
    head = prose["evidence"]
    return FirstView(head["title"], head["deck"], body, sheets=sheets, notices=notices)


def _near(page: int, pages: int) -> list[int]:
    """Numbers to lead to from a page: the first, the last, and those beside it."""
    return sorted({1, pages, *range(max(1, page - 3), min(pages, page + 3) + 1)})


def method_page(page: Page) -> FirstView:
    """How it was coded, and how far it can be trusted; the codebook is a file."""
    prose = texts()["method"]
    body = blocks(
        render("prose.html", sections=prose["sections"]),
        render("trust.html", **section(page.atlas)),
        render("first_link.html", address="./data/CODEBOOK.md", label=texts()["first"]["codebook"]),
    )
    return FirstView(prose["title"], prose["deck"], body)


def present_page(page: Page) -> FirstView:
    """A chart as a picture, its files, and the texts that take it elsewhere."""
    asked, prose, first = page.asked, texts()["present"], texts()["first"]
    view, size = asked.view(), SIZES["wide"]
    kept = {option.name: asked.values[option.name] for option in asked.chart.options if option.name in page.query}
    height = round(size.height)
    body = blocks(
        page.form(
            Field(
                "chart",
                first["form"]["chart"],
                asked.chart.slug,
                tuple((one.slug, one.name) for one in CHARTS.values()),
            ),
            day_field(page),
            **{name: value for name, value in kept.items() if name != "date"},
        ),
        render(
            "first_picture.html",
            address=page.links.picture("svg"),
            alt=view.alt,
            width=size.width,
            height=height,
            files=files(page.links, "wide", "light", height),
            caption=short_caption(asked, view, page.links.page),
            code=iframe(page.links.embed(), view.title, height=frame_height(asked)),
            prose=first,
        ),
    )
    return FirstView(prose["title"], prose["deck"], body, sheets=("present",))
