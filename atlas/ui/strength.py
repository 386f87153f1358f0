"""The sections of the Strength page: filters, pair, reader's weights, reform explorer, next steps.

A section whose widgets change nothing else is a fragment: moving a slider reruns the section and no more.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.charts.options import LONGEST_TEXT
from atlas.charts.powers_response.view import ScatterView
from atlas.charts.priorities.view import priorities
from atlas.charts.strength.order import ORDERS
from atlas.charts.strength.view import FORCES, KINDS, Filter, families, regions
from atlas.charts.view import View
from atlas.law.priorities import settings as priorities_settings
from atlas.law.reform import Reform, outcome, reformable, reformed_pairs
from atlas.law.standing import dominance, settling_of, share_at_weights, standings
from atlas.law.strength import Weights, compulsory, equal_weights, groups, levels_of, strengths, weights, whole_scores
from atlas.law.what_if import provision_of, smallest_change
from atlas.publish import strength as published
from atlas.publish.page_figures import point_at, scatter_figure, triangle_figure
from atlas.response.next_step import next_step
from atlas.response.order import order, reached
from atlas.tables.dates import in_words
from atlas.ui import page as ui
from atlas.ui.labels import label as as_label
from atlas.ui.page import Page
from atlas.ui.pickers import places_to_choose
from atlas.ui.present_link import present_link
from atlas.ui.url_keys import (
    FIND,
    FORCE,
    GIVE,
    KIND,
    NAMED,
    OTHER,
    PLACE,
    RANKING,
    REFORM,
    REGION,
    TAKE,
    UNFOLD,
    WEIGHTS,
)
from atlas.words import strength as say
from atlas.words import texts
from atlas.words.next_step import next_sentence


def filters(here: Page, day: str) -> Filter:
    """Search, region, kind, legal force, and what to unfold."""
    atlas = here.atlas
    heads, prose = families(atlas, day), texts()["strength"]["order"]
    asked = any(st.session_state[key.name] for key in (REGION, KIND, FORCE))
    above = st.columns([1.1, 1.4, 1.8, 3], gap="small", vertical_alignment="top")
    first = above[3].expander(texts()["strength"]["filters"], expanded=asked).columns(3, gap="small")
    above[0].selectbox(
        prose["label"], ORDERS, format_func=prose.__getitem__, key=RANKING.name, label_visibility="collapsed"
    )
    here.address.give(RANKING, st.session_state[RANKING.name])
    find = above[1].text_input(
        "Search",
        key=FIND.name,
        max_chars=LONGEST_TEXT,
        placeholder="Name of a jurisdiction",
        label_visibility="collapsed",
    )
    region = first[0].selectbox("Region", regions(atlas), index=None, key=REGION.name, placeholder="All regions")
    kinds = [kind for kind in KINDS if kind in set(atlas["jurisdictions"]["kind"])]
    kind = first[1].selectbox(
        "Kind",
        kinds,
        index=None,
        key=KIND.name,
        format_func=lambda term: atlas.label("kind", term),
        placeholder="All kinds",
    )
    force = first[2].selectbox(
        "Has law that is",
        FORCES,
        index=None,
        key=FORCE.name,
        format_func=lambda term: atlas.label("legal_force", term),
        placeholder="Of any force",
    )
    # A family may have nothing to unfold on another day; the widget must not meet a value it does not offer.
    st.session_state[UNFOLD.name] = [head for head in st.session_state[UNFOLD.name] if head in heads]
    unfold = above[2].multiselect(
        "Show one by one",
        list(heads),
        key=UNFOLD.name,
        label_visibility="collapsed",
        placeholder="Members and states one by one",
        format_func=lambda head: f"{atlas.name(head)}: {len(heads[head])} {'members' if head == 'EU' else 'parts'}",
    )
    give = here.address.give
    return Filter(
        give(FIND, find),
        give(REGION, region),
        give(KIND, kind),
        give(FORCE, force),
        tuple(part for part in give(UNFOLD, unfold).split(",") if part),
    )


def pickers(here: Page) -> tuple[str, str]:
    """The pair: two ids."""
    one = st.selectbox("Jurisdiction", **places_to_choose(here, PLACE), label_visibility="collapsed")
    other = st.selectbox("Compared with", **places_to_choose(here, OTHER), label_visibility="collapsed")
    return here.address.give(PLACE, one), here.address.give(OTHER, other)


def pair_section(here: Page, one: str, other: str, day: str) -> None:
    """Two regimes beside the chart: the verdict, the switch, what would settle it, and the triangle."""
    atlas = here.atlas
    if one == other or standings(atlas, day) is None:
        said = say.pair_sentence(atlas, None, one, other) if one == other else texts()["strength"]["waits"]
        ui.block(
            "lead.html", paragraphs=[said, *(_standing(here, place, day) for place in dict.fromkeys((one, other)))]
        )
        return
    view = priorities(atlas, one, other, day)
    ui.block("verdict.html", title=view.title, lines=[*view.lines, *_settling(here, one, other, day)])
    if view.signs:
        ui.show(triangle_figure(view, here.dark))
        present_link(here, view.slug)


@st.fragment
def weighed_section(here: Page, one: str, other: str, day: str) -> None:
    """The reader's weights as a point of the triangle, where the laws differ, and more on the two."""
    atlas = here.atlas
    if one == other or standings(atlas, day) is None:
        ui.block("lead.html", paragraphs=[say.pair_sentence(atlas, None, one, other)])
        return
    view = priorities(atlas, one, other, day)
    left, right = st.columns([1, 1.25], gap="large")
    with right:
        ui.block("decides.html", **published.decisive(atlas, (one, other), day))
    with left:
        figure = st.empty()
        mine = weights_section(here, one, other, day)
        if view.signs and mine != equal_weights():
            figure.html(triangle_figure(view, here.dark, mine.group))
    lines = [_standing(here, place, day) for place in (one, other)]
    dominant = dominance(atlas, one, other, day)
    if dominant:
        lines.append(say.dominant_sentence(atlas, dominant, other if dominant == one else one))
    lines.append(say.order_sentence(atlas, order(atlas, one, other, day), one, other))
    lines.append(say.change_sentence(atlas, one, other, *smallest_change(atlas, one, other, day, equal_weights())))
    with st.expander("More on these two, power by power"):
        ui.block("lead.html", paragraphs=lines)
        ui.block("pair_powers.html", **published.side_by_side(atlas, (one, other), day))
    table(view)


def _settling(here: Page, one: str, other: str, day: str) -> list[str]:
    """What would settle the pair; nothing where nothing would, or where ranges await a build."""
    found = settling_of(here.atlas, one, other, day)
    if found is None:
        return []
    return [say.settling_sentence(here.atlas, found, provision_of(here.atlas, found.instrument_id, found.power))]


def _standing(here: Page, place: str, day: str) -> str:
    """Score, range and order of one place."""
    found, drawn = strengths(here.atlas, day)[place].whole, standings(here.atlas, day)
    position = drawn.row(place) if drawn else None
    if drawn is None or position is None:
        return say.standing_sentence(here.atlas, place, found.point, (found.low, found.high), None, "", False)
    ends = (float(drawn.low[position]), float(drawn.high[position]))
    rank = say.rank_words(int(drawn.rank_low[position]), int(drawn.rank_high[position]), drawn.ranked(place))
    return say.standing_sentence(
        here.atlas, place, found.point, (found.low, found.high), ends, rank, not drawn.pool[position]
    )


def weights_section(here: Page, one: str, other: str, day: str) -> Weights:
    """The reader's weights and what becomes of the pair under them."""
    atlas = here.atlas
    ui.block("aside.html", text=texts()["strength"]["weights"])
    columns = st.columns(len(groups()), gap="small")
    chosen: dict[str, float] = {}
    for column, group in zip(columns, groups()):
        chosen[group] = _slider(here, column, group, atlas.label("power_group", group))
    inner = st.expander("Weights of single powers within their group")
    for power in compulsory():
        chosen[power] = _slider(here, inner, power, atlas.label("power", power))
    mine = weights({group: chosen[group] for group in groups()}, {power: chosen[power] for power in compulsory()})
    ui.block("lead.html", paragraphs=_weighted(here, one, other, day, mine))
    return mine


def _slider(here: Page, column: DeltaGenerator, name: str, label: str) -> float:
    key = WEIGHTS[name]
    return float(here.address.give(key, column.slider(as_label(label), 0, 5, key=key.name)))


def _weighted(here: Page, one: str, other: str, day: str, mine: Weights) -> list[str]:
    levels = levels_of(here.atlas, day, (one, other))
    point = [None if value != value else float(value) for value in whole_scores(levels, mine).point]
    shares = share_at_weights(here.atlas, one, other, day, mine)
    lines = [say.weights_sentence(here.atlas, one, other, (point[0], point[1]), shares)]
    if point_at(mine.group) is None:
        floor = say.percent(priorities_settings()["floor"])
        lines.append(texts()["strength"]["triangle"]["outside"].format(floor=floor))
    if mine != equal_weights():
        lines.append(say.change_sentence(here.atlas, one, other, *smallest_change(here.atlas, one, other, day, mine)))
    return lines


@st.fragment
def reform_section(here: Page, place: str, other: str, day: str) -> None:
    """The reform explorer: one instrument of the picked place, with powers given and taken."""
    atlas = here.atlas
    laws = reformable(atlas, place, day)
    if not laws:
        ui.block(
            "lead.html",
            paragraphs=[
                f"No instrument of its own that applies on {in_words(day)} was read for"
                f" {atlas.name(place, in_sentence=True)}, so there is none to change."
            ],
        )
        return
    if st.session_state.get(REFORM.name) not in laws:
        st.session_state[REFORM.name] = laws[0]
    names = atlas.instruments["short_name"]
    left, given_box, taken_box, named_box = st.columns([1.4, 1.2, 1.2, 1], gap="small", vertical_alignment="bottom")
    law = left.selectbox("Instrument", laws, format_func=names.__getitem__, key=REFORM.name)
    given = given_box.multiselect(
        "Give it in full",
        compulsory(),
        key=GIVE.name,
        format_func=lambda power: atlas.label("power", power),
        placeholder="Powers",
    )
    taken = taken_box.multiselect(
        "Take away",
        compulsory(),
        key=TAKE.name,
        format_func=lambda power: atlas.label("power", power),
        placeholder="Powers",
    )
    named = named_box.checkbox("Name deepfakes", key=NAMED.name)
    here.address.give(REFORM, law if law != laws[0] else None)
    for key, value in ((GIVE, given), (TAKE, taken), (NAMED, named)):
        here.address.give(key, value)
    reform = Reform(place, law, tuple(given), tuple(power for power in taken if power not in given), named)
    before = outcome(atlas, Reform(place, law), day, equal_weights())
    after = outcome(atlas, reform, day, equal_weights())
    pairs = None
    if standings(atlas, day):
        pairs = reformed_pairs(atlas, Reform(place, law), day), reformed_pairs(atlas, reform, day)
    ui.block("reform.html", **published.reform(atlas, reform, before, after, pairs, other, day))


def scatter_section(here: Page, view: ScatterView, named: tuple[str, ...]) -> None:
    """The scatter, its table and the list for review."""
    ui.block("lead.html", paragraphs=[view.title + "."])
    ui.block("aside.html", text=view.deck)
    ui.show(scatter_figure(here.atlas, view, named))
    ui.block("aside.html", text=view.caveat)
    present_link(here, "powers-response")


def next_section(here: Page, place: str, day: str) -> None:
    """The ladder of one place: used, available, needing a new law; and days to each first rung."""
    top = max(reached(here.atlas, day).get(place, (0,)))
    ui.block("lead.html", paragraphs=[next_sentence(here.atlas, place, next_step(here.atlas, place, day), top, day)])
    ui.block("next_steps.html", **published.ladder(here.atlas, place, day))


def section(title: str) -> None:
    """A heading that names a section."""
    ui.block("section.html", title=title)


def foot(view: View) -> None:
    """As-of date, reach of the evidence, caveat, and what is not in the chart."""
    ui.block("strength_foot.html", view=view)


def table(view: View) -> None:
    """The table twin of a chart."""
    ui.twin("Table of this chart", f"{view.slug}_table", view.title, view.table, view.as_of)
