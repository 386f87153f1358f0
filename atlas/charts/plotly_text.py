"""Text for Plotly. It reads a little HTML in labels and hover texts; data are text, so brackets are made inert."""


def plotly_text(text: str) -> str:
    """The text with `&`, `<` and `>` escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
