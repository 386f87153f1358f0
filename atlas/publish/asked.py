"""What an address of a chart asks for: which chart, which data, which options, and what was not understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from atlas.charts import catalogue
from atlas.charts.catalogue import CHARTS, Chart
from atlas.charts.options import refusal
from atlas.charts.view import View
from atlas.publish.pinned import pin_notice, pinned, release_option
from atlas.tables.atlas import Atlas


@dataclass(frozen=True)
class Asked:
    """One chart as an address asks for it.

    Attributes:
        atlas: the data to show.
        chart: which chart.
        values: the accepted value of each of its options.
        release: version to which the data are pinned; empty for the newest.
        notices: sentences on what was not accepted and on the pin, for the reader.
    """

    atlas: Atlas
    chart: Chart
    values: Mapping[str, str]
    release: str = ""
    notices: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The address's query that makes this view again: its date always stands in it."""
        query = catalogue.address(self.atlas, self.chart, self.values)
        return f"{query}&{urlencode({'release': self.release})}" if self.release else query

    def view(self) -> View:
        return catalogue.view(self.atlas, self.chart.slug, self.values)


def ask(newest: Atlas, folder: Path, slug: str, query: Mapping[str, str]) -> Asked:
    """Reads an address. Names that are no option are let pass: platforms add their own.

    Raises:
        KeyError: the chart is unknown.
    """
    chart, option = CHARTS[slug], release_option(lambda: folder)
    version = query.get(option.name, "")
    kept = bool(version) and option.accept(newest, version)
    atlas, unshown = pinned(newest, version if kept else "", folder)
    values, notices = catalogue.read(atlas, chart, query)
    if version and not kept:
        notices.append(refusal(newest, option, version))
    shown = kept and not unshown
    if shown:
        unshown = pin_notice(atlas, newest, values["date"])
    return Asked(atlas, chart, values, version if shown else "", (*notices, *unshown))
