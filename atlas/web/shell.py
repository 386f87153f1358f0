"""Streamlit's `index.html` with a head and a `noscript` of our own: the one place where it is rewritten.

Only what is named here changes; scripts stay byte for byte, since their hashes stand in the content security policy.
"""

import re

_TITLE = re.compile(r"[ \t]*<title>.*?</title>\n?", re.DOTALL)
_NOSCRIPT = re.compile(r"[ \t]*<noscript>.*?</noscript>\n?", re.DOTALL)
_HTML = re.compile(r"<html\b[^>]*>")


def rewrite(shell: str, head: str = "", noscript: str = "") -> str:
    """The document for one page.

    Args:
        shell: Streamlit's document.
        head: markup that stands in place of its title, a title included; empty leaves it.
        noscript: a `noscript` element in place of its own; empty leaves it.
    """
    document = _HTML.sub('<html lang="en">', shell, count=1)
    if head:
        document = _put(_TITLE, document, head, "</head>")
    if noscript:
        document = _put(_NOSCRIPT, document, noscript, "</body>")
    return document


def _put(pattern: re.Pattern, document: str, markup: str, else_before: str) -> str:
    """The markup in place of what is there, else before the end of its part; unchanged if the document has neither."""
    if pattern.search(document):
        return pattern.sub(lambda found: markup, document, count=1)
    return document.replace(else_before, markup + else_before, 1)
