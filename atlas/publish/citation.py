"""How to cite: plain text, BibTeX and CITATION.cff, all from the package's own metadata."""

import re

from atlas.tables.dates import in_words
from atlas.tables.schema import Package

HOLDER = "The Regime Atlas contributors"
_TEX = re.compile(r"[\\{}%&$#_~^]")
_TEX_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def plain(package: Package, view_title: str = "", link: str = "") -> str:
    """A citation in one line; of a view if its title and link are given."""
    title = package.descriptor["title"]
    what = f"“{view_title}”, in {title}" if view_title else title
    where = f" {link}" if link else ""
    return (
        f"{HOLDER} ({package.released[:4]}). {what}. Data {package.version}, evidence to"
        f" {in_words(package.evidence_to)}. CC BY 4.0.{where}"
    )


def short(package: Package) -> str:
    """Who, when, which data and under which licence, for the source line within a picture."""
    return f"{HOLDER} ({package.released[:4]}), data {package.version}. CC BY 4.0."


def bibtex(package: Package, view_title: str = "", link: str = "") -> str:
    """A BibTeX entry of the data; of a view if its title and link are given."""
    title, note = (
        package.descriptor["title"],
        f"Data {package.version}, evidence to {in_words(package.evidence_to)}. CC BY 4.0",
    )
    what = f"{_tex(view_title)}, in {title}" if view_title else title
    return "\n".join(
        (
            "@misc{regime-atlas,",
            f"  author = {{{{{HOLDER}}}}},",
            f"  title = {{{what}}},",
            f"  year = {{{package.released[:4]}}},",
            *((f"  url = {{{link}}},",) if link else ()),
            f"  note = {{{note}}}",
            "}",
        )
    )


def _tex(text: str) -> str:
    """Text that TeX reads as text; case is kept."""
    return "{" + _TEX.sub(lambda found: _TEX_WORDS.get(found[0], f"\\{found[0]}"), text) + "}"


def citation_cff(package: Package) -> str:
    """The content of CITATION.cff; a test holds the file to it."""
    return "\n".join(
        (
            "cff-version: 1.2.0",
            "message: If you use the data or the software, please cite it as below.",
            "type: dataset",
            f'title: "{package.descriptor["title"]}"',
            "authors:",
            f'  - name: "{HOLDER}"',
            f"version: {package.version}",
            f"date-released: {package.released}",
            "license: CC-BY-4.0",
            "",
        )
    )
