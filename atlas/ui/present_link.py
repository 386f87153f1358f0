"""The link under every chart that opens it on the Present page, as it stands."""

from urllib.parse import parse_qsl

import streamlit as st

from atlas.charts import catalogue
from atlas.charts.catalogue import CHARTS
from atlas.ui.page import Page
from atlas.ui.url_keys import CHART, OF_CHARTS, RELEASE
from atlas.words import texts


def present_link(here: Page, slug: str, label: str = "") -> None:
    """A link to the Present page with this chart and the options that the page's widgets gave.

    To be called after them.

    Args:
        here: the page.
        slug: of the chart.
        label: what the link says, where a page has several charts in sight.
    """
    chart = CHARTS[slug]
    values = {option.name: here.address.held(OF_CHARTS[option.name]) for option in chart.options}
    query = {CHART.name: slug} | dict(parse_qsl(catalogue.address(here.atlas, chart, values)))
    release = st.session_state.get(RELEASE.name)
    st.page_link(
        "pages/present.py",
        label=label or texts()["present"]["link"],
        query_params=query | ({RELEASE.name: release} if release else {}),
    )
