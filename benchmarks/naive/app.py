"""The naive map page: what a developer writes in an afternoon over the same files, with default settings.

Plotly Express, the GeoJSON inside the figure, tables as data frames, and `st.cache_data` where one usually puts it.
"""

import json
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

DATA = Path(__file__).resolve().parents[2] / "data"
READINGS = ["Strongest step", "In force now", "Enforcement strength"]

st.set_page_config(page_title="Deepfake responses", layout="wide")


@st.cache_data
def load(name):
    return pd.read_csv(DATA / f"{name}.csv")


@st.cache_data
def load_json(name):
    return json.loads((DATA / name).read_text())


jurisdictions, responses, parties = load("jurisdictions"), load("responses"), load("response_parties")
instruments, powers, sources, links = load("instruments"), load("powers"), load("sources"), load("response_sources")
rung_of = {action: int(rung) for rung, actions in load_json("method.json")["rungs"].items() for action in actions}

st.title("Responses to sexual deepfakes")
reading = st.selectbox("Colour by", READINGS, key="colour")
day = st.text_input("As of", "2026-11-23", key="day")
place = st.selectbox("Jurisdiction", sorted(jurisdictions["name"]), key="place")

acts = responses.drop(columns="jurisdiction_id").merge(
    parties[["response_id", "jurisdiction_id"]].drop_duplicates(), on="response_id"
)
acts = acts[acts["date_earliest"] <= day].assign(rung=lambda frame: frame["action"].map(rung_of).fillna(0))
if reading == "In force now":
    acts = acts[acts["end_date"].isna() | (acts["end_date"] > day)]
if reading == "Enforcement strength":
    values = powers.merge(instruments[["instrument_id", "jurisdiction_id", "in_force_date"]], on="instrument_id")
    values = values[values["in_force_date"].fillna("9999") <= day]
    values = values.groupby(["jurisdiction_id", "power"])["level"].max().groupby("jurisdiction_id").sum()
else:
    values = acts.groupby("jurisdiction_id")["rung"].max()
frame = jurisdictions.merge(values.rename("value"), left_on="jurisdiction_id", right_index=True, how="left")

left, right = st.columns([3, 1])
with left:
    figure = px.choropleth(
        frame,
        geojson=load_json("geo/world.json"),
        locations="map_id",
        color="value",
        hover_name="name",
        hover_data=["region", "kind"],
        color_continuous_scale="Blues",
    )
    figure.update_geos(visible=False)
    # Without plotly's servers the map would not be drawn at all: an empty base file stands in for theirs.
    st.plotly_chart(figure, config={"topojsonURL": "app/static/"})
    st.dataframe(frame[["name", "region", "kind", "value"]])
with right:
    mine = acts[acts["jurisdiction_id"] == jurisdictions.loc[jurisdictions["name"] == place, "jurisdiction_id"].iloc[0]]
    st.subheader(place)
    for row in mine.itertuples():
        st.markdown(f"**{row.date}** {row.title}")
        st.write(row.summary)
        for link in links.loc[links["response_id"] == row.response_id, "source_id"]:
            source = sources[sources["source_id"] == link].iloc[0]
            st.markdown(f"[{source['title']}]({source['url']})")
