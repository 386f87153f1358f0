"""The address of the site as the pages name it: the same as every other answer does."""

from urllib.parse import urlsplit

import streamlit as st

from atlas.web.public_address import configured


def own_address() -> str:
    """Address of this server as the visitor's browser has it, without a slash at its end; empty where there is no
    browser.
    """
    url = st.context.url
    return urlsplit(url)._replace(query="", fragment="").geturl().rpartition("/")[0] if url else ""


def public_address() -> str:
    """The address for others: by the server's setting, else the visitor's own."""
    return configured() or own_address()
