"""How to cite: plain text, BibTeX and CITATION.cff, all from the package's own metadata."""

from atlas.tables.dates import in_words
from atlas.tables.schema import Package

HOLDER = "The Regime Atlas contributors"


def plain(package: Package, view_title: str = "", link: str = "") -> str:
    """A citation in one line; of a view if its title and link are given."""
    title = package.descriptor["title"]
    what = f"“{view_title}”, in {title}" if view_title else title
    where = f" {link}" if link else ""
    return f"{HOLDER} ({package.released[:4]}). {what}. Data {package.version}, evidence to {in_words(package.evidence_to)}. CC BY 4.0.{where}"


def short(package: Package) -> str:
    """Who, when, which data and under which licence, for the source line within a picture."""
    return f"{HOLDER} ({package.released[:4]}), data {package.version}. CC BY 4.0."


def bibtex(package: Package) -> str:
    """A BibTeX entry of the data."""
    return "\n".join((
        "@misc{regime-atlas,", f"  author = {{{{{HOLDER}}}}},", f"  title = {{{package.descriptor['title']}}},",
        f"  year = {{{package.released[:4]}}},",
        f"  note = {{Data {package.version}, evidence to {in_words(package.evidence_to)}. CC BY 4.0}}", "}",
    ))


def citation_cff(package: Package) -> str:
    """The content of CITATION.cff; a test holds the file to it."""
    return "\n".join((
        "cff-version: 1.2.0", "message: If you use the data or the software, please cite it as below.",
        "type: dataset", f'title: "{package.descriptor["title"]}"', "authors:", f'  - name: "{HOLDER}"',
        f"version: {package.version}", f"date-released: {package.released}", "license: CC-BY-4.0", "",
    ))
