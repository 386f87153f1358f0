"""What the feed of changes tells, newest first: what happened, what was added late, what was corrected, what was taken
out.

Made of the data served and of the releases kept with them, without an address: the feed puts the site's before each.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from atlas.publish import record_page as records
from atlas.publish import record_rows
from atlas.publish.history import ADDED, CHANGED, REMOVED, Step, all_steps, walk
from atlas.publish.record_addresses import RECORDS, home, record_path
from atlas.response.changes import Change, changes
from atlas.tables.atlas import Atlas
from atlas.tables.kept_releases import Release, Unreadable, bridged, fits, load_release, releases
from atlas.words import texts
from atlas.words import time as time_words

# Of a long text that changed, in characters.
LONGEST_VALUE = 300
# What is new in these is told by a dated change of its act or law; a new source by the record that rests on it.
TOLD_BY_DATES, TOLD_BY_RECORDS = ("responses", "instruments"), ("sources",)


@dataclass(frozen=True)
class Entry:
    """One entry.

    Attributes:
        name: stays the same in every release and on every server.
        title, summary: as plain text.
        updated: the day on which a reader of the feed could first learn of it, ISO.
        path: where it leads, from the site's root.
        category: `act`, `act_ended`, `law`, or `added`, `changed`, `removed` for records.
    """

    name: str
    title: str
    updated: str
    path: str
    category: str
    summary: str


@dataclass(frozen=True)
class News:
    """What an entry is of, before it is put in words: a dated change, or a step of a record."""

    updated: str
    change: Change | None = None
    key: tuple[str, str] = ("", "")
    step: Step | None = None


@lru_cache(maxsize=2)
def news(atlas: Atlas, folder: Path, kept: tuple[Release, ...]) -> tuple[News, ...]:
    """All that the feed tells, newest first; on one day what happened before what became of records.

    Args:
        folder: the data folder whose releases are kept.
        kept: those releases; another set of them is other news.
    """
    told = told_on(atlas, folder, kept)
    past = [change for change in changes(atlas) if change.day <= atlas.package.evidence_to]
    past.sort(key=lambda change: (told[change.id], change.day, change.id), reverse=True)
    happened = [News(told[change.id], change) for change in past]
    steps = _steps(atlas, folder, {change.record for change in past})
    return tuple(sorted([*happened, *steps], key=lambda one: one.updated, reverse=True))


def entry(atlas: Atlas, folder: Path, one: News) -> Entry:
    """News in words."""
    if one.change is not None:
        return _of_change(atlas, one.change, one.updated)
    if one.step is None:
        raise ValueError("news of nothing")
    return _of_step(atlas, folder, *one.key, one.step, one.updated)


def told_on(atlas: Atlas, folder: Path, kept: tuple[Release, ...]) -> dict[str, str]:
    """The day on which a reader of the feed could first learn of each change, by its id.

    What the first release kept knew counts from its own day; what was added later, however old, from the release that
    brought it, so that it comes to those who had read all that was there before.
    """
    told: dict[str, str] = {}
    readable = [(release.released, old) for release in kept if (old := _read(atlas, folder, release)) is not None]
    for number, (released, old) in enumerate([*readable, (atlas.package.released, atlas)]):
        for change in changes(old):
            if change.day <= old.package.evidence_to:
                told.setdefault(change.id, max(change.day, released) if number else change.day)
    return told


def _read(atlas: Atlas, folder: Path, release: Release) -> Atlas | None:
    """A kept release in the present structure; None if it cannot be read."""
    if release.digest == atlas.digest:
        return atlas
    try:
        old = load_release(release, folder)
    except Unreadable:
        return None
    if not fits(old.package, atlas.package):
        return None
    bridge = bridged(old.whole, atlas.whole)
    return bridge.of_case(atlas.case.id) if atlas.case.id in {case.id for case in bridge.cases} else None


def change_path(change: Change, day: str) -> str:
    """Where a reader sees a change on a day, from the site's root."""
    if change.kind == "law":
        return f"jurisdiction?place={quote(change.place)}&date={day}"
    return f"timeline?date={day}&act={quote(change.record)}"


def change_summary(atlas: Atlas, change: Change) -> str:
    """What a change means, in a few sentences."""
    record = atlas.instruments.loc[change.record] if change.kind == "law" else atlas.responses.loc[change.record]
    parts = [record["summary"], time_words.powers_words(atlas, change)]
    if record["conflict_note"]:
        parts.append(f"Sources disagree: {record['conflict_note']}")
    return " ".join(part for part in parts if part)


def _of_change(atlas: Atlas, change: Change, told: str) -> Entry:
    title, path = time_words.change_words(atlas, change), change_path(change, change.day)
    return Entry(change.id, title, told, path, change.kind, change_summary(atlas, change))


def _steps(atlas: Atlas, folder: Path, dated: set[str]) -> list[News]:
    """What became of records: newest release first, then table by table.

    Args:
        dated: ids of the acts and laws of which a dated change is told.
    """
    tables, found = list(RECORDS), []
    for (table, identity), steps in all_steps(atlas, folder).items():
        for before, step in zip((None, *steps), steps):
            if step.kind in (CHANGED, REMOVED) or (step.kind == ADDED and _is_news(table, identity, before, dated)):
                order = ([-int(part) for part in step.version.split(".")], step.released != "", tables.index(table))
                found.append((*order, identity, step))
    return [
        News(step.released or atlas.package.released, key=(tables[table], identity), step=step)
        for *_, table, identity, step in sorted(found, key=lambda row: row[:4])
    ]


def _is_news(table: str, identity: str, before: Step | None, dated: set[str]) -> bool:
    """Whether a record that came is told as such: one that comes back is; else one that nothing else tells of."""
    if before is not None:
        return True
    return table not in TOLD_BY_RECORDS and not (table in TOLD_BY_DATES and identity in dated)


def _of_step(atlas: Atlas, folder: Path, table: str, identity: str, step: Step, updated: str) -> Entry:
    prose, versions = texts()["time"]["feeds"], {release.version for release in releases(folder)}
    # Data that were changed after their version had been kept are a step of their own.
    mark = "" if step.released or step.version not in versions else "+"
    title = _title(atlas, folder, table, identity)
    return Entry(
        f"record/{table}/{identity}/{step.kind}/{step.version}{mark}",
        prose["entry"][step.kind].format(record=title),
        updated,
        record_path(table, identity),
        step.kind,
        _step_summary(atlas, table, step),
    )


def _title(atlas: Atlas, folder: Path, table: str, identity: str) -> str:
    """A record with its place; as the release that had it last calls it, if it left the data; else its id."""
    holder, row = atlas, record_rows.find(atlas, table, identity)
    if row is None:
        try:
            holder = load_release(walk(folder).last_in[table, identity], folder)
        except (KeyError, Unreadable):
            return f"{table}/{identity}"
        row = record_rows.row(holder, table, identity)
    name, places = f"“{record_rows.title(holder, table, identity, row)}”", home(holder, table, identity)
    return f"{holder.name(places[0])}: {name}" if places else name


def _step_summary(atlas: Atlas, table: str, step: Step) -> str:
    prose, history = texts()["time"]["feeds"], texts()["records"]["history"]
    said = records.step_in_words(atlas, table, step)
    release = prose["in_release" if step.released else "not_released"].format(version=step.version)
    parts = [f"{texts()['records']['tables'][table]}. {release}"]
    for change in said["changes"]:
        old, new = (_short(change[name]) or history["nothing"] for name in ("old", "new"))
        parts.append(prose["change"].format(label=change["label"], old=old, new=new))
    for name in ("sources_added", "sources_removed"):
        if said[name]:
            parts.append(prose[name].format(titles=_short("; ".join(said[name]))))
    return " ".join(parts)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
