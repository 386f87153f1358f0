"""A comparison says what the data say: cells, receipts, ceilings, sentences and files."""

import csv
import io
import re
import shutil
from itertools import combinations, permutations

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as some
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.charts.compare.view import READ, comparison
from atlas.draw.palette import ladder_steps
from atlas.law.ceilings import GREATER, SHARE, Ceiling, ceilings, illustrate, in_dollars, rates
from atlas.law.likeness import holders_of_what_it_lacks, nearest
from atlas.publish.comparison import docx as compare_docx
from atlas.publish.comparison import page as compare_page
from atlas.publish.comparison import receipts as comparing
from atlas.publish.comparison import response as compare_response
from atlas.publish.comparison import text as compare_text
from atlas.publish.comparison import xlsx as compare_xlsx
from atlas.publish.tables import FORMULA_STARTS
from atlas.response.ladder import acts, change_days
from atlas.tables.atlas import load
from atlas.tables.dates import in_words
from atlas.tables.schema import DATA
from atlas.templating import render
from atlas.web.routes import ROUTES

DAY = "2026-11-23"
GROUPS = [("JPN", "EU"), ("GBR", "FRA"), ("MYS", "IDN", "PHL"), ("US-CA", "USA"), ("KOR", "JPN")]
FOUR = ("JPN", "EU", "GBR", "US-CA")


def sheet(atlas, *ids, day=DAY, mode="places"):
    return comparison(atlas, mode, ids, day)


def cell(view, place, power):
    position = [column.id for column in view.columns].index(place)
    return next(row for row in view.rows if row.power == power).cells[position]


def coded(atlas, instrument, power):
    rows = atlas["powers"]
    return rows[(rows["instrument_id"] == instrument) & (rows["power"] == power)].iloc[0]


@pytest.mark.parametrize("ids", GROUPS, ids="-".join)
def test_every_cell_is_a_row_of_the_data(atlas, ids):
    view = sheet(atlas, *ids)
    assert len(view.rows) == 13
    for row in view.rows:
        for column, one in zip(view.columns, row.cells):
            if one.state == "not_assessed" or one.words == "absent: not its to make":
                assert not one.instrument_id and not one.provision
                continue
            source = coded(atlas, one.instrument_id, row.power)
            assert one.provision == source["provision"]
            assert one.short_name == atlas.instruments.at[one.instrument_id, "short_name"]
            assert (source["level"] == 0) == (one.state == "absent")
            maker = atlas.instruments.at[one.instrument_id, "jurisdiction_id"]
            assert one.inherited == ("" if maker == column.id else atlas.name(maker))
            assert atlas.instruments.at[one.instrument_id, "status"] not in ("bill", "withdrawn")


@pytest.mark.parametrize("ids", GROUPS, ids="-".join)
def test_every_receipt_names_its_sources_and_coders(atlas, ids):
    view = sheet(atlas, *ids)
    books = comparing.cell_receipts(atlas, "places", ids, DAY)
    for row in view.rows:
        for column, one in zip(view.columns, row.cells):
            entries = books[column.id, row.power]
            assert [entry["instrument_id"] for entry in entries] == list(one.bearing)
            if one.instrument_id:
                assert entries[0]["instrument_id"] == one.instrument_id
            for entry in entries:
                assert {source["source_id"] for source in entry["sources"]} == set(
                    atlas.sources_of("power_sources", entry["instrument_id"], row.power)
                )
                assert (
                    entry["sources"]
                    and entry["coder"]
                    and entry["confidence_label"]
                    and entry["state_words"]
                    and entry["second_words"]
                )


def test_japan_and_the_union(atlas):
    view = sheet(atlas, "JPN", "EU")
    # Its law on AI lacks it; an order under data protection law to stop processing can stop a service.
    assert cell(view, "JPN", "block").state == "partial" and cell(view, "JPN", "block").short_name == "APPI"
    assert cell(view, "JPN", "duty_label").state == "absent"
    assert cell(view, "EU", "criminal_creation").words == "absent: not its to make"
    assert cell(view, "JPN", "inquire").short_name == "AI Promotion Act"
    assert (
        cell(view, "EU", "fine").state,
        cell(view, "EU", "fine").short_name,
        cell(view, "EU", "fine").provision,
    ) == ("full", "DSA", "Art. 74 and 76")
    assert cell(view, "JPN", "fine").state == "partial" and "by a court" in cell(view, "JPN", "fine").words
    japan = view.columns[0].sentence
    assert (
        japan.startswith("In Japan the Cabinet Office asked X for action or answers on 16 January 2026")
        and "a law for inquiry and guidance without penalties" in japan
    )
    assert "No formal case or restriction was found by 23 November 2026." in japan
    assert "Newest source on an act of it: " in japan
    assert "opened an investigation of X over Grok on 26 January 2026" in view.columns[1].sentence


def test_france_holds_the_law_of_the_union_and_the_kingdom_does_not(atlas):
    view = sheet(atlas, "GBR", "FRA")
    assert {row.cells[0].inherited for row in view.rows} == {""}
    assert cell(view, "FRA", "compel_information").inherited == "European Union"
    assert cell(view, "FRA", "compel_information").short_name == "DSA"
    assert cell(view, "GBR", "compel_information").short_name == "OSA"
    before = sheet(atlas, "GBR", "FRA", day="2019-06-01")
    assert "European Union" in {row.cells[0].inherited for row in before.rows}, "a member until 31 January 2020"


def test_three_that_restricted_and_lifted(atlas):
    view = sheet(atlas, "MYS", "IDN", "PHL")
    for column, start in zip(view.columns, ("11 January 2026", "10 January 2026", "16 January 2026")):
        assert f"restricted Grok on {start}" in column.sentence and "It was lifted" in column.sentence
        assert "has not been restricted there since" in column.sentence
    during = sheet(atlas, "MYS", "IDN", "PHL", day="2026-01-20")
    assert all("in force on 20 January 2026" in column.sentence for column in during.columns)
    assert len(view.pairs) == 3


def test_california_holds_federal_law(atlas):
    view = sheet(atlas, "US-CA", "USA")
    inherited = [row.power for row in view.rows if row.cells[0].inherited == "United States"]
    assert inherited and not any(row.cells[1].inherited for row in view.rows)
    for power in inherited:
        assert cell(view, "US-CA", power).instrument_id == cell(view, "USA", power).instrument_id


def test_korea_punishes_the_making_of_such_images_and_japan_in_part(atlas):
    view = sheet(atlas, "KOR", "JPN")
    assert (cell(view, "KOR", "criminal_creation").state, cell(view, "KOR", "criminal_creation").instrument_id) == (
        "full",
        "kor-sexual-crimes-act-14-2",
    )
    assert cell(view, "JPN", "criminal_creation").state == "partial"
    assert "South Korea and Japan differ on" in view.pairs[0].sentence


@pytest.mark.parametrize("ids", GROUPS, ids="-".join)
def test_order_of_columns_changes_nothing_but_order(atlas, ids):
    first = sheet(atlas, *ids)
    for other in permutations(ids):
        again = sheet(atlas, *other)
        assert [row.differs for row in again.rows] == [row.differs for row in first.rows]
        for row, same in zip(first.rows, again.rows):
            assert dict(zip(ids, row.cells)) == dict(zip(other, same.cells))


def test_what_nobody_read_is_no_difference(atlas):
    places = ("JPN", "EU", "PHL", "KAZ", "FJI", "US-MN")
    assert set(places) <= set(atlas.jurisdictions.index)
    unread = [
        row
        for ids in combinations(places, 2)
        for row in sheet(atlas, *ids).rows
        if any(one.state not in READ for one in row.cells)
    ]
    assert unread and {row.differs for row in unread} == {None}


def test_switches_leave_out_what_they_say(atlas):
    view = sheet(atlas, *FOUR)
    assert all(row.differs for row in view.shown(True, False))
    assert not any(row.group == "soft" for row in view.shown(False, True)) and len(view.shown(False, True)) == 10
    assert len(view.shown(False, False)) == 13


def test_a_bill_is_no_law_and_tomorrow_is_not_today(atlas):
    bill = atlas["instruments"].query("status == 'bill'")["instrument_id"]
    coded_bills = [one for one in bill if one in set(atlas["powers"]["instrument_id"])]
    view = sheet(atlas, coded_bills[0], "jpn-ai-promotion-act-2025", mode="instruments")
    assert {row.cells[0].state for row in view.rows} <= {"bill", "not_assessed"} and "not law" in view.columns[
        0
    ].sentence
    early = sheet(atlas, "jpn-ai-promotion-act-2025", "eu-dsa", day="2024-12-01", mode="instruments")
    assert {row.cells[0].state for row in early.rows} <= {"not_yet", "not_assessed"}


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def days_in(text):
    """Every complete date in a sentence, ISO."""
    return [
        f"{year}-{MONTHS.index(month) + 1:02d}-{int(day):02d}"
        for day, month, year in re.findall(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})", text)
    ]


def test_no_sentence_tells_of_a_later_day(atlas):
    for day in [
        "2025-12-28",
        *list(change_days(atlas, acts(atlas)).loc["2026-01-01":"2026-03-15"].index)[::4],
        "2026-06-30",
        DAY,
    ]:
        for ids in GROUPS:
            view = sheet(atlas, *ids, day=day)
            for sentence in [*(column.sentence for column in view.columns), *(pair.sentence for pair in view.pairs)]:
                # The term of an order in force was fixed when it was made, so it may lie ahead.
                told = re.sub(r"It runs until [^.]*\.", "", sentence)
                assert sentence.endswith(".") and all(one <= day for one in days_in(told)), (day, sentence)
            assert not re.search(r"\bbetter\b|\bquality\b|\brank", view.title + view.alt, re.I)


@pytest.mark.parametrize("ids", [("JPN",), ("JPN", "JPN"), ("JPN", "EU", "GBR", "USA", "FRA")])
def test_two_to_four_different_ids(atlas, ids):
    with pytest.raises(ValueError):
        sheet(atlas, *ids)


def test_rates_are_the_published_ones_divided(atlas):
    frame = atlas["exchange_rates"].set_index("currency")
    dollar = frame.at["USD", "per_pound"]
    for row in frame.itertuples():
        assert row.usd_per_unit == pytest.approx(dollar / row.per_pound, rel=1e-5)
    assert rates(atlas)["EUR"].usd_per_unit == pytest.approx(1.3396 / 1.193, rel=1e-5)
    assert in_dollars(atlas, 35e6, "EUR") == pytest.approx(39_300_800, rel=1e-4)


def test_a_currency_without_a_rate_has_no_figure(atlas, broken):
    path = broken / "exchange_rates.csv"
    links = broken / "exchange_rate_sources.csv"
    for one in (path, links):
        one.write_text("".join(line for line in one.read_text().splitlines(True) if not line.startswith("EUR,")))
    without = load(broken)
    view = sheet(without, "JPN", "EU")
    found = {one.name: one for one in comparing.sanctions(without, view, 1e9)[1][1]}
    assert found["GDPR"].usd == "no sourced rate" and found["GDPR"].amount == "EUR 20 million"
    assert (
        found["GDPR"].worked.startswith("4% of USD 1 billion: USD 40 million") and "greater" not in found["GDPR"].worked
    )


def test_ceilings_are_worded_as_the_law_words_them(atlas):
    for place in FOUR:
        for one in ceilings(atlas, place, DAY):
            row = atlas.instruments.loc[one.instrument_id]
            assert one.wording == row["max_fine_text"] and row["status"] not in ("bill", "withdrawn")
            assert one.currency == row["max_fine_currency"]
    prose = comparing.texts()["compare"]["sanctions"]["deck"]
    assert "No figure here is a fine imposed" in prose


amounts = some.none() | some.floats(0, 1e12)


@given(
    amount=amounts,
    percent=some.none() | some.floats(0, 100),
    basis=some.sampled_from([GREATER, SHARE, "", "per_violation"]),
    turnover=some.floats(0, 1e13),
)
@settings(max_examples=300)
def test_the_worked_figure_never_falls_short(amount, percent, basis, turnover):
    one = Ceiling("x", "", "in_force", "", amount, "USD", basis, percent, None, amount, "")
    shown = illustrate(one, turnover)
    assert (shown is None) == (percent is None)
    if shown is not None:
        assert shown.share == pytest.approx(turnover * percent / 100)
        if shown.rule == "greater" and shown.ceiling is not None:
            assert shown.ceiling == max(shown.share, amount)
        if shown.rule == "open":
            assert shown.ceiling is None, "the wording settles it, not we"


def test_likeness_is_the_same_from_both_sides(atlas):
    places = [place for place in ("JPN", "KOR", "GBR", "BRA", "AUS", "CHN", "USA") if nearest(atlas, place, DAY)]
    met = 0
    for one, other in combinations(places, 2):
        there = {like.place: like for like in nearest(atlas, one, DAY)}
        back = {like.place: like for like in nearest(atlas, other, DAY)}
        if other in there:
            assert there[other].distance == back[one].distance and set(there[other].apart) == set(back[one].apart)
            assert 0 <= there[other].distance <= 1 and (there[other].distance == 0) == (there[other].apart == ())
            met += 1
    assert met


def test_a_member_is_not_like_its_union(atlas):
    members = set(atlas["memberships"].query("organisation_id == 'EU' and to_date == ''")["jurisdiction_id"])
    assert not members & {like.place for like in nearest(atlas, "EU", DAY)}
    for power, holders in holders_of_what_it_lacks(atlas, "JPN", DAY):
        assert cell(sheet(atlas, "JPN", "EU"), "JPN", power).state in ("absent", "not_yet")
        for holder in holders:
            found = cell(sheet(atlas, "JPN", holder), holder, power)
            assert found.state == "full" and not found.inherited


def test_labels_elsewhere_name_the_provision_that_settles_them(atlas):
    view = sheet(atlas, "JPN", "EU")
    rows = compare_response.labels(atlas, view)
    trackers = {row["tracker"] for row in rows if row["jurisdiction_id"] == "JPN"}
    assert len(trackers) >= 4 and {"AI Law Radar", "nope.net", "PAI"} <= trackers
    for row in rows:
        assert row["sources"] and row["label"]
        if row["settled_by_power"]:
            level = coded(atlas, row["settled_by_instrument"], row["settled_by_power"])["level"]
            assert atlas.label("level", str(level)).lower() in row["settled"]


def test_acts_stand_on_one_clock(atlas):
    found = compare_response.responses(atlas, sheet(atlas, *FOUR))
    japan = found["lanes"][0]["acts"]
    assert 14 in [act["number"] for act in japan], "16 January is day 14 from 2 January"
    assert all(0 <= act["at"] <= 100 for lane in found["lanes"] for act in lane["acts"])
    assert all(act["from_day"] <= DAY for lane in found["lanes"] for act in lane["acts"])
    early = compare_response.responses(atlas, sheet(atlas, *FOUR, day="2025-12-31"))
    assert not any(lane["acts"] for lane in early["lanes"])


def cells_of(book):
    return [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value is not None]


def test_the_workbook_has_its_sources_on_the_second_sheet(atlas):
    book = openpyxl.load_workbook(io.BytesIO(compare_xlsx.workbook(atlas, sheet(atlas, *FOUR), 1e9)))
    assert book.sheetnames[:2] == ["Comparison", "Sources"]
    said = cells_of(book)
    view = sheet(atlas, *FOUR)
    assert (
        view.title in said
        and any(view.caveat in one for one in said)
        and any(f"evidence to {in_words(atlas.package.evidence_to)}" in one for one in said)
    )
    assert {row.label for row in view.rows} <= set(said)
    urls = {
        source["url"]
        for entries in comparing.cell_receipts(atlas, "places", FOUR, DAY).values()
        for entry in entries
        for source in entry["sources"]
    }
    assert urls <= set(said)
    assert not any(cell.data_type == "f" for page in book for row in page.iter_rows() for cell in row)


def test_no_cell_can_run_in_a_spreadsheet(broken):
    shutil.copyfile(DATA / "instruments.csv", broken / "instruments.csv")
    for name, old in (("instruments.csv", ",DSA,"), ("powers.csv", ",Art. 74 and 76,")):
        path = broken / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, ',"=HYPERLINK(""http://x.example"",""a"")",'), encoding="utf-8")
    bad = load(broken)
    view = sheet(bad, "JPN", "EU")
    rows = list(csv.reader(io.StringIO(compare_text.as_csv(bad, view).decode("utf-8-sig"))))
    assert any("HYPERLINK" in one for row in rows for one in row)
    assert not [one for row in rows for one in row if one.startswith(FORMULA_STARTS)]
    book = openpyxl.load_workbook(io.BytesIO(compare_xlsx.workbook(bad, view, 1e9)))
    assert not [one for one in cells_of(book) if one.startswith(FORMULA_STARTS)]
    assert not any(cell.data_type == "f" for page in book for row in page.iter_rows() for cell in row)


def test_markup_in_the_data_is_shown_as_text(broken):
    path = broken / "instruments.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",DSA,", ",<script>alert(1)</script>,"), encoding="utf-8")
    bad = load(broken)
    view = sheet(bad, "JPN", "EU")
    rest = {"steps": ladder_steps(False), "ladder": {rung: "#000" for rung in range(7)}} | compare_page.rest(
        bad, view, 10**9
    )
    texts = {
        "print": render("compare_print.html", **compare_page.printable(bad, view, 10**9, "", "")),
        "matrix": "".join(compare_page.matrix_html(bad, view.mode, ("JPN", "EU"), view.as_of, False, False)),
        "sanctions": render("compare_sanctions.html", **compare_page.sanctions(bad, view, 1e9)),
        "rest": "".join(render(template, **rest) for template in compare_page.REST),
    }
    for name, said in texts.items():
        assert "<script" not in said and "&lt;script&gt;" in said, name


def test_text_of_the_data_stays_text_in_markdown():
    assert compare_text.plain_mark("a|b <i>*c*\n[d](e)") == "a\\|b \\<i\\>\\*c\\* \\[d\\](e)"


def test_the_brief_holds_the_whole_comparison(atlas):
    view = sheet(atlas, "GBR", "FRA")
    document = Document(io.BytesIO(compare_docx.brief(atlas, view, 1e9, "http://x/compare")))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert view.title in text and view.columns[0].sentence in text and view.pairs[0].sentence in text
    assert "Cite as:" in text and atlas.package.version in text
    powers = document.tables[0]
    assert [one.text for one in powers.rows[0].cells] == ["Power", "United Kingdom", "France"] and len(
        powers.rows
    ) == 14
    assert "inherited from European Union" in "\n".join(one.text for row in powers.rows for one in row.cells)


def test_page_files_and_table_say_the_same(atlas):
    view = sheet(atlas, *FOUR)
    records = compare_text.records(atlas, view)
    assert len(records) == 52 and {record["words"] for record in records} == {
        one.words for row in view.rows for one in row.cells
    }
    markdown = compare_text.as_markdown(atlas, view, 1e9, "http://x/compare")
    assert all(compare_text.plain_mark(column.sentence) in markdown for column in view.columns)
    for row in view.table.itertuples(index=False):
        assert all(compare_text.plain_mark(one) in markdown for one in row[1:])


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES))


@pytest.mark.parametrize("kind", [kind for kind, _ in compare_page.FILES])
def test_every_file_has_an_address(client, kind):
    answer = client.get(f"/compare.{kind}?places=JPN,EU&date={DAY}")
    assert answer.status_code == 200 and len(answer.content) > 5000
    if kind != "html":
        assert answer.headers["content-disposition"] == f'attachment; filename="regime-atlas-JPN-EU-{DAY}.{kind}"'


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("places=JPN", 400),
        ("places=JPN,XXX", 400),
        ("places=JPN,JPN", 400),
        ("", 400),
        ("places=JPN,EU&date=2026-02-30", 400),
        ("places=JPN,EU&turnover=-1", 400),
        ("places=JPN,EU&turnover=%3Cb%3E", 400),
        ("instruments=eu-dsa,eu-ai-act", 200),
    ],
)
def test_an_address_that_asks_for_nothing_is_refused_in_words(client, query, code):
    answer = client.get(f"/compare.csv?{query}")
    assert answer.status_code == code and (
        code == 200 or " takes " in answer.text or (not query and "asked for by name" in answer.text)
    )


def test_an_unknown_format_is_not_found(client):
    assert client.get("/compare.exe?places=JPN,EU").status_code == 404
