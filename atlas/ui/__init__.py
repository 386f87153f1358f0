"""The few Streamlit pieces that pages share. The only package here that may import Streamlit."""
