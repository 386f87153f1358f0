"""The domain of Regime Atlas. Nothing here imports Streamlit, save `atlas.ui`."""
