"""Text from data as a label of a widget: Streamlit reads labels as Markdown, so what means something to it is made
inert.
"""

import re

# A colon opens an emoji shortcode, which is looked for after backslashes are gone; an unseen joiner keeps it apart.
UNSEEN = "\u2060"
MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def label(text: str) -> str:
    """The text as Markdown that shows it letter by letter, on one line."""
    return MARKS.sub(r"\\\1", " ".join(text.split())).replace(":", ":" + UNSEEN)
