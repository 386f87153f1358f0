"""What the data interface offers: each endpoint with its parameters, its fields and the one function that makes its
rows.
"""

from collections.abc import Callable
from dataclasses import dataclass

from atlas.charts.strength.view import regions
from atlas.law.powers import STATES
from atlas.law.regime import ORDER
from atlas.tables.atlas import Atlas
from atlas.tables.schema import Package
from atlas.web.api import found, rows, scores
from atlas.web.api.answer_fields import (
    CODING_STATES,
    INSTRUMENT_STATES,
    find_fields,
    ladder_fields,
    law_fields,
    looked_fields,
    page_field,
    pair_fields,
    record_field,
    regime_fields,
    strength_fields,
    with_fields,
)
from atlas.web.api.fields import Field, own
from atlas.web.api.parameters import (
    CASE,
    DATE,
    FROM,
    JURISDICTION,
    LIMIT,
    LIMIT_CSV,
    OFFSET,
    QUESTION,
    RELEASE,
    Parameter,
    terms,
    vocabulary,
)
from atlas.words import texts


@dataclass(frozen=True)
class Endpoint:
    """One endpoint.

    Attributes:
        name: last part of its path.
        parameters: what it takes, paging apart.
        fields: what each row has, by the package served.
        rows: from the data and the values of the parameters to all rows, before paging.
        example: a query worth trying.
        score: whether its figures are a chart's, so that the chart's caveat travels with them.
        about_law: whether its rows are the same in each case.
        typed: whether it is asked in a visitor's own words, so that no answer is kept anywhere.
    """

    name: str
    parameters: tuple[Parameter, ...]
    fields: Callable[[Package], tuple[Field, ...]]
    rows: Callable[[Atlas, rows.Asked], list[dict]]
    example: str
    score: bool = False
    typed: bool = False
    about_law: bool = False

    @property
    def _of_case(self) -> tuple[Parameter, ...]:
        """Law is the same in each case."""
        return () if self.about_law else (CASE,)

    @property
    def title(self) -> str:
        return texts()["api"]["endpoints"][self.name]["title"]

    @property
    def about(self) -> str:
        return texts()["api"]["endpoints"][self.name]["about"]

    @property
    def caveat(self) -> str:
        """One line that must travel with the figures; empty where rows are the tables' own."""
        return texts()["api"]["endpoints"][self.name]["caveat"] if self.score else ""

    @property
    def takes(self) -> tuple[Parameter, ...]:
        """All parameters, case, release and paging included."""
        return (*self.parameters, *self._of_case, RELEASE, LIMIT, OFFSET)

    @property
    def takes_as_csv(self) -> tuple[Parameter, ...]:
        """The same for CSV, which has all rows unless fewer are asked for."""
        return (*self.parameters, *self._of_case, RELEASE, LIMIT_CSV, OFFSET)


def _endpoints() -> tuple[Endpoint, ...]:
    listed_sources = own("sources", "array")
    return (
        Endpoint(
            "jurisdictions",
            (DATE, JURISDICTION, vocabulary("jurisdictions", "kind"), terms("region", "jurisdictions.region", regions)),
            with_fields("jurisdictions", own("law_read", "boolean"), *looked_fields(), *regime_fields(), page_field()),
            rows.jurisdictions,
            "jurisdiction=JPN,EU",
        ),
        Endpoint(
            "responses",
            (
                DATE,
                FROM,
                JURISDICTION,
                vocabulary("responses", "action"),
                vocabulary("responses", "relation"),
                vocabulary("responses", "status"),
            ),
            with_fields(
                "responses",
                own("jurisdictions", "array"),
                own("instruments", "array"),
                own("counts", "boolean"),
                own("rung", "integer", empty=True, minimum=1, maximum=6),
                own("in_force", "boolean", empty=True),
                listed_sources,
                record_field(),
            ),
            rows.responses,
            "jurisdiction=IDN,MYS,PHL&action=restriction",
        ),
        Endpoint(
            "instruments",
            (
                DATE,
                JURISDICTION,
                vocabulary("instruments", "domain"),
                vocabulary("instruments", "legal_force"),
                terms("state", "instruments.state", lambda atlas: INSTRUMENT_STATES),
            ),
            with_fields(
                "instruments",
                own("state", "string", about="instruments.state", enum=list(INSTRUMENT_STATES)),
                own("regime_type", "string", empty=True, about="instruments.regime_type", enum=list(ORDER)),
                listed_sources,
                record_field(),
            ),
            rows.instruments,
            "jurisdiction=KOR&state=in_force",
            about_law=True,
        ),
        Endpoint(
            "powers",
            (
                DATE,
                JURISDICTION,
                vocabulary("powers", "power"),
                vocabulary("powers", "level"),
                terms("instrument", "instrument", lambda atlas: atlas.instruments.index),
                terms("state", "powers.state", lambda atlas: CODING_STATES),
            ),
            with_fields(
                "powers",
                own("jurisdiction_id", "string"),
                own("state", "string", about="powers.state", enum=list(CODING_STATES)),
                own("effective_level", "integer", empty=True, minimum=0, maximum=2),
                listed_sources,
                record_field(),
            ),
            rows.powers,
            "instrument=eu-dsa&power=order,fine",
            about_law=True,
        ),
        Endpoint(
            "sources",
            (
                JURISDICTION,
                vocabulary("sources", "kind"),
                terms("language", "sources.language", lambda atlas: sorted(set(atlas["sources"]["language"]))),
            ),
            with_fields("sources", own("supports", "array"), record_field()),
            rows.sources,
            "jurisdiction=IRL&kind=official",
            about_law=True,
        ),
        Endpoint(
            "strength",
            (DATE, JURISDICTION),
            strength_fields,
            scores.strength,
            "date=2026-06-30&jurisdiction=GBR,DEU,JPN",
            score=True,
            about_law=True,
        ),
        Endpoint(
            "ladder",
            (DATE, JURISDICTION),
            ladder_fields,
            scores.ladder,
            "date=2026-01-20&jurisdiction=IDN,MYS,PHL",
            score=True,
        ),
        Endpoint(
            "pairs",
            (DATE, JURISDICTION),
            pair_fields,
            scores.pairs,
            "jurisdiction=JPN,EU,GBR",
            score=True,
            about_law=True,
        ),
        Endpoint(
            "law",
            (DATE, JURISDICTION, vocabulary("powers", "power"), terms("state", "law.state", lambda atlas: STATES)),
            law_fields,
            scores.law,
            "jurisdiction=JPN,EU&power=order,fine",
            score=True,
            about_law=True,
        ),
        Endpoint(
            "context_events",
            (DATE, FROM, vocabulary("context_events", "kind")),
            with_fields("context_events", listed_sources, record_field()),
            rows.context_events,
            "kind=company_change",
        ),
        Endpoint(
            "search_log",
            (JURISDICTION, vocabulary("search_log", "subject"), vocabulary("search_log", "result")),
            with_fields("search_log"),
            rows.search_log,
            "result=nothing_found",
        ),
        Endpoint(
            "find", (QUESTION, DATE), find_fields, found.find_rows, "q=Which+law+lets+Japan+order+a+removal", typed=True
        ),
    )


ENDPOINTS = {endpoint.name: endpoint for endpoint in _endpoints()}
