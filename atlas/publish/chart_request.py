"""What an address of a chart asks for: which chart, which data, which options, and what was not understood.

The one reader of such addresses: pages' first answers, embeds, pictures, slides, tables, comparison files and oEmbed
come here. What one of them takes beside the chart's own options it hands over as `own`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from atlas.charts import catalogue
from atlas.charts.catalogue import CHARTS, Chart
from atlas.charts.options import CASE, Option, read, reason, refusal
from atlas.charts.view import View
from atlas.publish.near_misses import near_misses
from atlas.publish.pick_case import pick_case
from atlas.publish.pin_release import pin_notice, pinned, release_option, with_newest
from atlas.tables.atlas import Atlas


@dataclass(frozen=True)
class Asked:
    """One chart as an address asks for it.

    Attributes:
        atlas: the data to show.
        chart: which chart.
        values: the accepted value of each of its options.
        release: version to which the data are pinned; empty for the newest.
        refused: sentences on what was not accepted and what is shown instead, for the reader.
        reasons: the same for files, which are not made where there is one: what was not accepted and what would be.
        told: sentences on the pin.
        own: the accepted value of each option that is not the chart's but the outlet's, such as the size of a picture.
    """

    atlas: Atlas
    chart: Chart
    values: Mapping[str, str]
    release: str = ""
    refused: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def notices(self) -> tuple[str, ...]:
        """All that a reader must be told of the address."""
        return (*self.refused, *self.told)

    @property
    def query(self) -> str:
        """The address's query that makes this view again: its date always stands in it."""
        query = catalogue.address(self.atlas, self.chart, self.values)
        pinned_to = {CASE.name: self.case} if self.case else {}
        pinned_to |= {"release": self.release} if self.release else {}
        return f"{query}&{urlencode(pinned_to)}" if pinned_to else query

    @property
    def case(self) -> str:
        """The case in an address; empty for the first."""
        shown = self.atlas.case.id
        return "" if shown == CASE.default(self.atlas) else shown

    def view(self) -> View:
        return catalogue.view(self.atlas, self.chart.slug, self.values)


def ask(newest: Atlas, folder: Path, slug: str, query: Mapping[str, str], own: tuple[Option, ...] = ()) -> Asked:
    """Reads an address. Names that are no option are let pass, since platforms add their own; what looks like a
    slip is said.

    Args:
        newest: the data served.
        folder: the data folder that keeps the releases.
        slug: of the chart.
        query: of the address.
        own: options of the outlet, beside those of the chart.

    Raises:
        KeyError: the chart is unknown.
    """
    chart, option = CHARTS[slug], release_option(lambda: folder)
    version, picked = query.get(option.name, ""), pick_case(newest, query, chart.about_law)
    newest = picked.atlas
    kept = bool(version) and option.accept(newest, version)
    atlas, unshown = pinned(newest, version if kept else "", folder)
    values, notices = catalogue.read(atlas, chart, query)
    options = (*chart.options, *own)
    others, wrong = read(atlas, own, query)
    refused = [*picked.refused, *notices, *(refusal(atlas, one, query[one.name]) for one in wrong)]
    reasons = [*picked.reasons, *(reason(atlas, one, query[one.name]) for one in read(atlas, options, query)[1])]
    if version and not kept:
        refused.append(refusal(newest, option, version))
        reasons.append(reason(newest, option, version))
    slips = near_misses(query, [one.name for one in (*options, CASE, option)])
    shown = kept and not unshown
    told = pin_notice(atlas, newest, values["date"]) if shown else []
    return Asked(
        atlas,
        chart,
        values,
        version if shown else "",
        (*refused, *with_newest(newest, unshown), *slips),
        (*reasons, *unshown, *slips),
        tuple(told),
        others,
    )
