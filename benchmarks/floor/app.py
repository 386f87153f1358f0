"""The floor: as little as a Streamlit page with one Plotly chart can be, with default settings."""

import plotly.graph_objects as go
import streamlit as st

st.title("Hello, world")
choice = st.selectbox("Show", ["first", "second", "third"], key="choice")
st.plotly_chart(go.Figure(go.Bar(x=["a", "b", "c"], y=[1, 2, {"first": 3, "second": 4, "third": 5}[choice]])))
