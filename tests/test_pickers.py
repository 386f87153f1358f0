"""A list of places to choose from knows the names that Find knows; a country without a record is shown as that."""

import pytest
from streamlit.testing.v1 import AppTest

from atlas.charts import options
from atlas.charts.catalogue import CHARTS, read
from atlas.find.pick import place_labels, place_named
from atlas.maps.geometry import get_geometry
from atlas.publish.preview import preview
from atlas.tables.schema import DATA


def html(app):
    return " ".join(element.proto.body for element in app.get("html"))


def test_labels_are_names_with_the_names_that_are_typed(atlas):
    labels = place_labels(atlas, atlas)
    assert labels["TUR"] == "Türkiye (Turkey)" and labels["NLD"] == "Netherlands (Holland)"
    assert labels["GBR"] == "United Kingdom (UK, Britain)" and labels["CZE"] == "Czechia (Czech Republic)"
    assert labels["MYS"] == "Malaysia" and labels["KOR"] == "South Korea (ROK, Republic of Korea)"
    assert set(labels) == set(atlas.jurisdictions.index) and len(set(labels.values())) == len(labels)
    assert all(label.startswith(atlas.name(place)) and len(label) < 60 for place, label in labels.items())


def test_every_name_that_means_one_place_is_understood(atlas):
    """Seen to fail where a list knew none but the names it shows."""
    rows = atlas["names"]
    alone = rows.groupby("name")["jurisdiction_id"].nunique()
    missed = [
        (row.name, row.jurisdiction_id)
        for row in rows.itertuples()
        if alone[row.name] == 1 and place_named(atlas, atlas, row.name) != row.jurisdiction_id
    ]
    # Two names that differ by an accent or a case alone are one to whoever types.
    assert len(missed) <= 8, missed
    assert [
        place_named(atlas, atlas, text) for text in ("Turkey", "uk", "holland", "Baltimore", "Malasyia", "日本")
    ] == ["TUR", "GBR", "NLD", "US-MD", "MYS", "JPN"]
    assert [place_named(atlas, atlas, text) for text in ("", "?", "qqqq", "Japan and France", "x" * 100_000)] == [
        ""
    ] * 5


def test_a_country_without_a_record_is_never_said_to_be_unknown(atlas):
    """Seen to fail where `place=TCD` said that Chad is not known, and showed Japan."""
    for identity, name in get_geometry().names.items():
        if identity not in atlas.jurisdictions.index:
            said = options.refusal(atlas, options.FIRST, identity)
            assert said.startswith(f"{name}: not searched.") and "Showing Japan instead" in said
    values, notices = read(atlas, CHARTS["compare"], {"places": "TCD,EU"})
    assert values["places"] == "JPN,EU" and notices[0].startswith("Chad: not searched.")
    assert "not known here" in options.refusal(atlas, options.FIRST, "XYZ")
    first = preview(atlas, DATA, "jurisdiction", {"place": "TCD"}, "https://atlas.example")
    assert first.title == "Chad: not searched" and "Japan" not in first.description
    assert first.canonical.endswith("?place=TCD")


@pytest.mark.slow
def test_its_page_and_the_map_say_that_it_was_not_searched():
    app = AppTest.from_file("../dashboard.py", default_timeout=60)
    app.query_params["place"] = "TCD"
    app.run()
    assert not app.exception and "Chad: not searched" in html(app) and app.selectbox(key="place").value is None
    app.switch_page("pages/jurisdiction.py")
    app.query_params["place"] = "TCD"
    app.run()
    assert not app.exception and "<h1>Chad: not searched</h1>" in html(app) and "Japan" not in html(app)
    app.selectbox(key="place").set_value("FRA").run()
    assert not app.exception and app.query_params["place"] in ("FRA", ["FRA"]) and "Paris" in html(app)
