"""What the data interface offers: each endpoint with its parameters, its fields and the one function that makes its rows."""

from collections.abc import Callable
from dataclasses import dataclass

from atlas.charts.strength.view import regions
from atlas.law import variants as sure
from atlas.law.powers import STATES
from atlas.law.regime import ORDER
from atlas.law.strength import compulsory, groups, soft
from atlas.response.evidence import FOUND, NOT_SEARCHED, NOTHING_FOUND, OFF_LADDER
from atlas.tables.atlas import Atlas
from atlas.tables.schema import Package
from atlas.web.api import rows, scores
from atlas.web.api.fields import Field, of_table, own
from atlas.web.api.parameters import (
    DATE,
    FROM,
    JURISDICTION,
    LIMIT,
    LIMIT_CSV,
    OFFSET,
    RELEASE,
    Parameter,
    terms,
    vocabulary,
)
from atlas.words import texts

INSTRUMENT_STATES = ("not_yet", "bill", "adopted", "in_force", "ended", "withdrawn")
CODING_STATES = ("full", "partial", "absent", "not_yet", "bill", "ended")
EVIDENCE = (FOUND, NOTHING_FOUND, NOT_SEARCHED)
WITHOUT_STEP = (OFF_LADDER, NOTHING_FOUND, NOT_SEARCHED)


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
    """

    name: str
    parameters: tuple[Parameter, ...]
    fields: Callable[[Package], tuple[Field, ...]]
    rows: Callable[[Atlas, rows.Asked], list[dict]]
    example: str
    score: bool = False

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
        """All parameters, release and paging included."""
        return (*self.parameters, RELEASE, LIMIT, OFFSET)

    @property
    def takes_as_csv(self) -> tuple[Parameter, ...]:
        """The same for CSV, which has all rows unless fewer are asked for."""
        return (*self.parameters, RELEASE, LIMIT_CSV, OFFSET)


def _record() -> Field:
    return own("record", "string", format="uri-reference")


def _as_of() -> Field:
    return own("as_of", "string", format="date")


def _page() -> Field:
    return own("page", "string", format="uri-reference")


def _share(name: str, about: str = "") -> Field:
    return own(name, "number", empty=True, about=about, minimum=0, maximum=1)


def _points(name: str, empty: bool = True, about: str = "") -> Field:
    return own(name, "number", empty=empty, about=about, minimum=0, maximum=100)


def _with(table: str, *more: Field) -> Callable[[Package], tuple[Field, ...]]:
    return lambda package: (*of_table(package, table), *more)


def _looked() -> tuple[Field, ...]:
    return (
        own("evidence", "string", enum=list(EVIDENCE)),
        own("reaches_to", "string", empty=True, format="date"),
        own("stale", "boolean"),
    )


def _regime() -> tuple[Field, ...]:
    """Types of a place's law, each with the instrument that decides it and whose that is."""
    found = []
    for kind in ("ai_law", "regime"):
        found += [
            own(f"{kind}_type", "string", empty=True, enum=list(ORDER)),
            own(f"{kind}_instrument_id", "string", empty=True),
            own(f"{kind}_inherited_from", "string", empty=True),
        ]
    return tuple(found)


def _place(name: str = "jurisdiction_id", label: str = "name") -> tuple[Field, ...]:
    return own(name, "string"), own(label, "string")


def _strength_fields(package: Package) -> tuple[Field, ...]:
    return (
        *_place(),
        _as_of(),
        own("state", "string", about="strength.state", enum=[scores.SCORED, scores.TOO_LITTLE, scores.NOT_READ]),
        _points("score"),
        _points("score_if_absent", empty=False),
        _points("score_if_full", empty=False),
        own("coverage", "number", minimum=0, maximum=1),
        own("powers_assessed", "integer", minimum=0, maximum=len(compulsory())),
        own("powers", "integer", minimum=0),
        _points("median"),
        _points("low_5"),
        _points("high_95"),
        own("order", "string", empty=True),
        *(_points(group, about="group") for group in groups()),
        _points("soft"),
        _points("outlined"),
        own("regime_type", "string", empty=True, enum=list(ORDER)),
        own("at_least_as_strong_as", "array"),
        _page(),
    )


def _ladder_fields(package: Package) -> tuple[Field, ...]:
    return (
        *_place(),
        _as_of(),
        own("state", "string", about="ladder.state", enum=["rung", *WITHOUT_STEP]),
        own("peak", "integer", empty=True, minimum=0, maximum=6),
        own("peak_label", "string"),
        own("strongest_act", "string", empty=True),
        own("strongest_act_date", "string", empty=True),
        own("current", "integer", empty=True, minimum=1, maximum=6),
        own("current_state", "string", enum=["rung", "past", *WITHOUT_STEP]),
        own("counted_acts", "integer", empty=True, minimum=0),
        *_looked(),
        own("record", "string", empty=True, format="uri-reference"),
        _page(),
    )


def _pair_fields(package: Package) -> tuple[Field, ...]:
    return (
        *_place("first", "first_name"),
        *_place("second", "second_name"),
        _as_of(),
        own("state", "string", about="pairs.state", enum=[scores.JUDGED, scores.TOO_LITTLE, scores.NO_BUILD]),
        own("word", "string", empty=True, enum=[sure.AHEAD, sure.LEANING, sure.APART]),
        own("ahead", "string", empty=True),
        _share("share_first_ahead"),
        _share("share_second_ahead"),
        own("dominates", "string", empty=True),
        own("variants", "integer", empty=True, minimum=1),
        _page(),
    )


def _law_fields(package: Package) -> tuple[Field, ...]:
    levels = {"minimum": 0, "maximum": 2}
    return (
        *_place(),
        own("power", "string", enum=[*soft(), *compulsory()]),
        _as_of(),
        own("state", "string", about="law.state", enum=list(STATES)),
        own("level", "integer", empty=True, **levels),
        own("words", "string"),
        own("instrument_id", "string", empty=True),
        own("provision", "string", empty=True),
        own("inherited_from", "string", empty=True),
        own("confidence", "string", empty=True, enum=list(package.tables["powers"].vocabulary("confidence"))),
        own("later_instrument_id", "string", empty=True),
        own("later_level", "integer", empty=True, minimum=1, maximum=2),
        own("later_from", "string", empty=True, format="date"),
        own("record", "string", empty=True, format="uri-reference"),
    )


def _endpoints() -> tuple[Endpoint, ...]:
    listed_sources = own("sources", "array")
    return (
        Endpoint(
            "jurisdictions",
            (DATE, JURISDICTION, vocabulary("jurisdictions", "kind"), terms("region", "jurisdictions.region", regions)),
            _with("jurisdictions", own("law_read", "boolean"), *_looked(), *_regime(), _page()),
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
            _with(
                "responses",
                own("jurisdictions", "array"),
                own("instruments", "array"),
                own("counts", "boolean"),
                own("rung", "integer", empty=True, minimum=1, maximum=6),
                own("in_force", "boolean", empty=True),
                listed_sources,
                _record(),
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
            _with(
                "instruments",
                own("state", "string", about="instruments.state", enum=list(INSTRUMENT_STATES)),
                own("regime_type", "string", empty=True, about="instruments.regime_type", enum=list(ORDER)),
                listed_sources,
                _record(),
            ),
            rows.instruments,
            "jurisdiction=KOR&state=in_force",
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
            _with(
                "powers",
                own("jurisdiction_id", "string"),
                own("state", "string", about="powers.state", enum=list(CODING_STATES)),
                own("effective_level", "integer", empty=True, minimum=0, maximum=2),
                listed_sources,
                _record(),
            ),
            rows.powers,
            "instrument=eu-dsa&power=order,fine",
        ),
        Endpoint(
            "sources",
            (
                JURISDICTION,
                vocabulary("sources", "kind"),
                terms("language", "sources.language", lambda atlas: sorted(set(atlas["sources"]["language"]))),
            ),
            _with("sources", own("supports", "array"), _record()),
            rows.sources,
            "jurisdiction=IRL&kind=official",
        ),
        Endpoint(
            "strength",
            (DATE, JURISDICTION),
            _strength_fields,
            scores.strength,
            "date=2026-06-30&jurisdiction=GBR,DEU,JPN",
            score=True,
        ),
        Endpoint(
            "ladder",
            (DATE, JURISDICTION),
            _ladder_fields,
            scores.ladder,
            "date=2026-01-20&jurisdiction=IDN,MYS,PHL",
            score=True,
        ),
        Endpoint("pairs", (DATE, JURISDICTION), _pair_fields, scores.pairs, "jurisdiction=JPN,EU,GBR", score=True),
        Endpoint(
            "law",
            (DATE, JURISDICTION, vocabulary("powers", "power"), terms("state", "law.state", lambda atlas: STATES)),
            _law_fields,
            scores.law,
            "jurisdiction=JPN,EU&power=order,fine",
            score=True,
        ),
        Endpoint(
            "context_events",
            (DATE, FROM, vocabulary("context_events", "kind")),
            _with("context_events", listed_sources, _record()),
            rows.context_events,
            "kind=company_change",
        ),
        Endpoint(
            "search_log",
            (JURISDICTION, vocabulary("search_log", "subject"), vocabulary("search_log", "result")),
            _with("search_log"),
            rows.search_log,
            "result=nothing_found",
        ),
    )


ENDPOINTS = {endpoint.name: endpoint for endpoint in _endpoints()}
