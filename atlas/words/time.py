"""Sentences about time: the timeline, the clock, what changed, and what another data release says."""

from atlas.response.changes import Change
from atlas.response.durations import Restriction, first_acts, restrictions
from atlas.tables.atlas import Atlas
from atlas.tables.dates import days_between, in_words
from atlas.tables.method import get_method
from atlas.tables.schema import Package
from atlas.words.grammar import capital, counted, listed, number, texts
from atlas.words.laws import law


def timeline_title(total: int, quick: int, open_cases: int, day: str) -> str:
    """The finding of the timeline: how soon most of it came, and what has no end found.

    Args:
        total: counted acts by the day among those shown.
        quick: how many of them came within the method's first days.
        open_cases: formal cases without an end by the day.
    """
    prose = texts()["time"]["titles"]
    if not total:
        return prose["none"].format(day=in_words(day))
    form = prose["all_quick" if total == quick else "quick"]
    acts, span = counted(total, "act", "acts"), get_method()["clock"]["quick_days"]
    first = capital(form.format(quick=number(quick), total=acts, span=span))
    cases = prose["case" if open_cases == 1 else "cases"].format(count=number(open_cases))
    return prose["open"].format(acts=first, cases=cases if open_cases else prose["no_case"])


def clock_title(atlas: Atlas, start: str, day: str) -> str:
    """The finding of the clock: days from the start to the first of each kind anywhere."""
    found = first_acts(atlas, start, day)
    days = {
        kind: sorted(kinds[kind].days for kinds in found.values() if kind in kinds)
        for kind in ("statement", "formal_case", "restriction")
    }
    prose = texts()["time"]["titles"]
    kinds = (("first_case", days["formal_case"]), ("first_restriction", days["restriction"]))
    parts = [prose[kind].format(when=_day(counts[0])) for kind, counts in kinds if counts]
    if len(parts) == 1:
        return capital(prose["alone"].format(first=parts[0]))
    if parts:
        return capital(", ".join(parts))
    if not days["statement"]:
        return prose["no_act"].format(day=in_words(day))
    return prose["statement"].format(when=_day(days["statement"][0]))


def _day(days: int) -> str:
    return f"day {days}" if days >= 0 else f"day minus {-days}"


def clock_days(days: int, joint: bool) -> str:
    """A cell of the table of first acts: `day 9`, `day 52, joint`; minus before the start."""
    text = f"day {days}" if days >= 0 else f"{-days} {'day' if days == -1 else 'days'} before"
    return f"{text}, joint" if joint else text


def _days(count: int) -> str:
    """In figures, as tables want them: `1 day`, `22 days`."""
    return f"{count} {'day' if count == 1 else 'days'}"


def restriction_days(atlas: Atlas, row: Restriction, day: str) -> str:
    """How long a restriction lasted and how it ended."""
    if not row.ended:
        prose = texts()["time"]["lasted"]
        return prose["so_far" if row.days else "begun"].format(days=_days(row.days), day=in_words(day))
    how = (
        "lifted with conditions"
        if row.end_kind == "lifted_conditionally"
        else atlas.label("end_kind", row.end_kind).lower().rstrip(".")
    )
    return f"{_days(row.days)}; {how if row.end_kind else 'ended'} on {in_words(row.ended)}"


def restrictions_title(atlas: Atlas, day: str) -> str:
    """The finding on restrictions by a day."""
    rows = restrictions(atlas, day)
    if not rows:
        return f"No restriction had begun by {in_words(day)}"
    held = sum(not row.ended for row in rows)
    spans = sorted(row.days for row in rows if row.ended)
    if held == len(rows):
        return f"{capital(counted(held, 'restriction', 'restrictions'))} in force on {in_words(day)}"
    lasted = f"{spans[0]} days" if spans[0] == spans[-1] else f"{spans[0]} to {spans[-1]} days"
    first = f"{capital(counted(len(spans), 'restriction has', 'restrictions have'))} ended, after {lasted}"
    return (
        f"{first}; {counted(held, 'is', 'are')} in force" if held else f"{first}; none was in force on {in_words(day)}"
    )


def change_words(atlas: Atlas, change: Change) -> str:
    """One change as a headline: `European Union: AI Omnibus applies`, `Malaysia: Restriction of Grok ends`."""
    place = atlas.name(change.place)
    if change.kind == "law":
        # Dates of single powers are no stage of the whole law, so they are set off from its name.
        between = ", " if change.stages == ("powers",) else " "
        return f"{place}: {law(atlas, change.record, article=False)}{between}{stage_words(change)}"
    title = atlas.responses.at[change.record, "title"]
    return f"{place}: {title}" if change.kind == "act" else f"{place}: end of “{title}”"


def stage_words(change: Change) -> str:
    """`adopted`, `in force and applies`, `further powers start`."""
    return listed([texts()["time"]["stages"][stage] for stage in change.stages])


def powers_words(atlas: Atlas, change: Change) -> str:
    """Which powers start with the change; empty if the record dates none."""
    if not change.powers:
        return ""
    order = atlas.package.tables["powers"].vocabulary("power")
    return (
        "Powers that start: "
        + ", ".join(atlas.label("power", power).lower() for power in sorted(change.powers, key=order.index))
        + "."
    )


def changed_title(count: int, after: str, until: str) -> str:
    """The finding of what changed between two days."""
    span = f"between {in_words(after)} and {in_words(until)}"
    return (
        f"{capital(counted(count, 'change', 'changes'))} on record {span}" if count else f"No change on record {span}"
    )


def ahead_title(atlas: Atlas, ahead: tuple[Change, ...], day: str) -> str:
    """The finding of the dates ahead: how many, and which is next."""
    if not ahead:
        return f"No later date was fixed by {in_words(day)}"
    next_one = ahead[0]
    return f"Next after {in_words(day)}: {change_words(atlas, next_one)}, {in_words(next_one.date)}"


def in_days(day: str, date: str) -> str:
    """`in 9 days`, from a day to a later one."""
    return f"in {_days(days_between(day, date))}"


def release_notice(
    atlas: Atlas, pinned: Package, newest: Package, acts_differ: tuple[str, ...], law_differs: tuple[str, ...], day: str
) -> list[str]:
    """What a reader of a pinned release must know: that it is one, and whether the newest data show something else.

    Args:
        pinned, newest: descriptors of the two.
        acts_differ, law_differs: places of which the newest data show other acts or other law on the day.
    """
    first = f"You are looking at data release {pinned.version}, with evidence to {in_words(pinned.evidence_to)}."
    now = (
        f"The newest release, {newest.version}," if newest.version != pinned.version else "What is served without a pin"
    )
    parts = [
        f"{what} in {_some(atlas, list(places))}"
        for what, places in (("other acts", acts_differ), ("other law", law_differs))
        if places
    ]
    if not parts:
        return [f"{first} {now} shows the same acts and powers for {in_words(day)}."]
    return [f"{first} {now} shows something else for {in_words(day)}: {' and '.join(parts)}."]


def _some(atlas: Atlas, places: list[str], shown: int = 4) -> str:
    names = [atlas.name(place, in_sentence=True) if place in atlas.jurisdictions.index else place for place in places]
    if len(names) <= shown:
        return listed(names)
    return f"{', '.join(names[:shown])} and {number(len(names) - shown)} more"
