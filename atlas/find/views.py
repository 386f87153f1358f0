"""The views that a question opens, in words, the likeliest first. Each is an address of the app, with its day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from atlas.charts.compare.view import FEWEST, MOST
from atlas.find.records import place_path
from atlas.find.understood import Understood
from atlas.publish.record_addresses import record_path
from atlas.tables.atlas import Atlas
from atlas.words import listed, texts

# Beside Japan a reader wants the Union, beside the Union Japan.
OTHER, OTHER_OF_UNION, UNION = "EU", "JPN", "EU"
STEPS = "first-steps"
# Pages that are asked for by what they are for, in the order in which they are tried.
_PAGES = (
    ("begin", STEPS, "steps"),
    ("api", "api/v1", "api"),
    ("present", "present", "present"),
    ("download", "evidence", "evidence"),
    ("cite", "evidence", "evidence"),
    ("correct", "evidence", "evidence"),
    ("feed", "timeline", "clock"),
)
# Readings of the map that are asked for by name.
_READINGS = (("known", "evidence", "known"), ("regime", "regime", "regime"), ("now", "now", "now"))
# Pages that no day changes.
TIMELESS = ("api/v1", "method", "evidence", STEPS)


@dataclass(frozen=True)
class Opening:
    """A view: what it is in words, and its address from the site's root, without a slash before it."""

    words: str
    path: str


def openings(atlas: Atlas, asked: Understood) -> list[Opening]:
    """Views that a question means, the likeliest first; none where it names nothing that has one."""
    found: dict[str, Opening] = {}
    for rule in _RULES:
        for one in rule(atlas, asked):
            found.setdefault(one.path, one)
    return list(found.values())


def _say(form: str, **values: str) -> str:
    return texts()["find"]["views_words"][form].format(**values)


def _name(atlas: Atlas, place: str) -> str:
    return atlas.name(place, in_sentence=True)


def _query(page: str, **values: str) -> str:
    return f"{page}?{urlencode(values, safe=',')}"


def _two_laws(atlas: Atlas, asked: Understood) -> Iterable[Opening]:
    if len(asked.laws) >= FEWEST and not asked.about & {"law"} - {"compare"}:
        laws = asked.laws[:MOST]
        named = listed([atlas.instruments.at[law, "short_name"] for law in laws])
        yield Opening(
            _say("compare_laws", names=named), _query("compare", by="instruments", instruments=",".join(laws))
        )


def _several_places(atlas: Atlas, asked: Understood) -> Iterable[Opening]:
    places = asked.places
    if len(places) < FEWEST:
        return
    if "strength" in asked.about:
        one, other = places[:2]
        words = _say("strength_pair", name=_name(atlas, one), other=_name(atlas, other))
        yield Opening(words, f"strength?{urlencode({'place': one, 'with': other})}")
    if "timeline" in asked.about and "compare" not in asked.about:
        yield Opening(_say("timeline"), "timeline")
    shown = places[:MOST]
    form = "compare" if len(places) <= MOST else "compare_more"
    names = listed([_name(atlas, place) for place in shown])
    yield Opening(_say(form, names=names), _query("compare", places=",".join(shown)))


def _pages(atlas: Atlas, asked: Understood) -> Iterable[Opening]:
    if asked.laws or asked.bodies:
        return
    for about, path, words in _PAGES:
        if about in asked.about and (not asked.places or about in ("present", "api", "download")):
            yield Opening(_say(words), path)
    if "method" in asked.about and not (asked.places or asked.power or asked.action):
        yield Opening(_say("method"), "method")


def _one_law(atlas: Atlas, asked: Understood) -> Iterable[Opening]:
    for law in asked.laws:
        name = (
            f"{atlas.instruments.at[law, 'short_name']}, {_name(atlas, atlas.instruments.at[law, 'jurisdiction_id'])}"
        )
        yield Opening(_say("law", name=name), record_path("instruments", law))


def _one_place(atlas: Atlas, asked: Understood) -> Iterable[Opening]:
    if len(asked.places) != 1:
        return
    (place,) = asked.places
    name = _name(atlas, place)
    if "compare" in asked.about:
        pair = [place, OTHER_OF_UNION if place == UNION else OTHER]
        names = listed([_name(atlas, one) for one in pair])
        yield Opening(_say("compare", names=names), _query("compare", places=",".join(pair)))
    if "next" in asked.about and not asked.power:
        yield Opening(_say("next", name=name), _query("strength", place=place))
    if "strength" in asked.about:
        yield Opening(_say("strength_of", name=name), _query("strength", place=place))
    if "map" in asked.about and not asked.about & {"law", "did"}:
        yield Opening(_say("on_map", name=name), _query("", place=place))
    yield Opening(_say("place", name=name), place_path(place))


def _one_body(atlas: Atlas, asked: Understood) -> Iterable[Opening]:
    for body in asked.bodies:
        row = atlas.authorities.loc[body]
        place = row["jurisdiction_id"]
        if "next" in asked.about and not asked.places:
            yield Opening(_say("next", name=_name(atlas, place)), _query("strength", place=place))
        words = _say("authority", authority=row["name"], name=_name(atlas, place))
        yield Opening(words, place_path(place))


def _everywhere(atlas: Atlas, asked: Understood) -> Iterable[Opening]:
    """Questions that name no place."""
    if asked.places or asked.laws or asked.bodies:
        return
    for about, colour, words in _READINGS:
        if about in asked.about:
            yield Opening(_say(words), _query("", colour=colour))
    if "coming" in asked.about:
        yield Opening(_say("clock"), "timeline")
    if "strength" in asked.about or "next" in asked.about or (asked.power and is_about_law(asked)):
        yield Opening(_say("strength"), "strength")
    if "timeline" in asked.about or "first" in asked.about:
        yield Opening(_say("timeline"), "timeline")
    if asked.action in ("restriction", "restriction_lifted"):
        yield Opening(_say("peak"), _query("", colour="peak"))
    elif asked.action:
        yield Opening(
            _say("actions", action=atlas.label("action", asked.action).lower()), f"timeline?actions={asked.action}"
        )
    if asked.power:
        yield Opening(_say("strength"), "strength")
    if asked.about & {"map", "what_happened"}:
        yield Opening(_say("peak"), _query("", colour="peak"))


def is_about_law(asked: Understood) -> bool:
    """Whether a question asks what the law allows, and not what was done."""
    return "law" in asked.about or not (asked.action or "did" in asked.about)


_RULES: tuple[Callable[[Atlas, Understood], Iterable[Opening]], ...] = (
    _two_laws,
    _several_places,
    _pages,
    _one_law,
    _one_place,
    _one_body,
    _everywhere,
)


def on_day(path: str, day: str, release: str) -> str:
    """An address with the day that a reader looks at, and the release; of pages that know them."""
    page = path.partition("?")[0]
    query = {} if page in TIMELESS or path.startswith("record/") or not day else {"date": day}
    query |= {"release": release} if release and page not in ("api/v1", STEPS) else {}
    if not query:
        return path
    return f"{path}{'&' if '?' in path else '?'}{urlencode(query)}"
