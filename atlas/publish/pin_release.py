"""Data pinned to a kept release: what `release=` in an address shows, for pages and embeds alike."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from atlas.charts.options import Option, reason, refusal
from atlas.publish.near_misses import near_misses
from atlas.response.differences import differences
from atlas.tables.atlas import Atlas
from atlas.tables.kept_releases import Unreadable, bridged, fits, load_release, releases
from atlas.words import texts
from atlas.words import time as time_words


def release_option(folder: Callable[[], Path]) -> Option:
    """The option `release`: a version that is kept with the data folder, or none."""
    return Option(
        "release",
        lambda atlas, text: text in {release.version for release in releases(folder())},
        lambda atlas: "",
        "the newest data release",
        lambda atlas: tuple(release.version for release in releases(folder())),
    )


# A link of ours to a record or a page that can show a case or a release. Templates write them relative to the root.
_LINK = re.compile(
    r'(?<=href=")((?:record/|(?:jurisdiction|compare|timeline|strength|evidence|present|find)?(?=\?))[^"?#]*)(\?[^"#]*)?'
)


def with_view(html: str, case: str, version: str) -> str:
    """The same HTML, its links to records and pages of ours with the case and the release that the reader looks at.

    Args:
        case: id of the case; empty for the first.
        version: of the release; empty for the newest data.
    """
    asked = {name: value for name, value in (("case", case), ("release", version)) if value}
    if not asked:
        return html

    def kept_link(link: re.Match) -> str:
        path, query = link[1], link[2] or ""
        # A record is the same in each case.
        missing = [
            f"{name}={quote(value)}"
            for name, value in asked.items()
            if f"{name}=" not in query and not (name == "case" and path.startswith("record/"))
        ]
        if not missing:
            return link[0]
        return f"{path}{query}{'&amp;' if query else '?'}{'&amp;'.join(missing)}"

    return _LINK.sub(kept_link, html)


@dataclass(frozen=True)
class Pin:
    """The data that an address asks for with `release=`, and what was not understood of it.

    Attributes:
        atlas: the data to show.
        version: the release to which they are pinned; empty for the newest.
        refused: sentences for a reader: what was not accepted, and that the newest data are shown instead.
        reasons: the same for files, which are not made where there is one.
    """

    atlas: Atlas
    version: str = ""
    refused: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def read_pin(newest: Atlas, folder: Path, query: Mapping[str, str]) -> Pin:
    """Reads an address that takes nothing but `release`.

    Args:
        newest: the data served.
        folder: the data folder that keeps the releases.
        query: of the address.
    """
    option = release_option(lambda: folder)
    version, slips = query.get(option.name, ""), tuple(near_misses(query, [option.name]))
    if version and not option.accept(newest, version):
        return Pin(newest, "", (refusal(newest, option, version), *slips), (reason(newest, option, version), *slips))
    atlas, unshown = pinned(newest, version, folder)
    return Pin(atlas, "" if unshown else version, (*with_newest(newest, unshown), *slips), (*unshown, *slips))


def pinned(newest: Atlas, version: str, folder: Path) -> tuple[Atlas, tuple[str, ...]]:
    """The data to show: those of a release if it is kept and can be read, else the newest.

    Args:
        newest: what is served without a pin.
        version: of the release; empty, or one that is not kept, for none.
        folder: the data folder that keeps the releases.

    Returns:
        The atlas, and why the release cannot be shown if it cannot (a sentence), for which `with_newest` has the rest.
    """
    kept = {release.version: release for release in releases(folder)}
    if version not in kept or kept[version].digest == newest.digest:
        return newest, ()
    prose = texts()["time"]["unshown"]
    try:
        atlas = load_release(kept[version], folder)
    except Unreadable as error:
        return newest, (prose["unreadable"].format(version=version, why=error),)
    if not fits(atlas.package, newest.package):
        return newest, (prose["other_structure"].format(version=version),)
    bridge = bridged(atlas.whole, newest.whole)
    if newest.case.id not in {case.id for case in bridge.cases}:
        return newest, (prose["other_case"].format(version=version, case=newest.case.name),)
    return bridge.of_case(newest.case.id), ()


def with_newest(newest: Atlas, unshown: Iterable[str]) -> list[str]:
    """Why a release cannot be shown, with what a reader sees instead."""
    shown = texts()["time"]["unshown"]["newest"].format(version=newest.package.version)
    return [f"{one} {shown}" for one in unshown]


def pin_notice(atlas: Atlas, newest: Atlas, day: str) -> list[str]:
    """What a reader of a pinned release is told: which it is, and whether the newest data show something else on the
    day.
    """
    acts, law = differences(atlas, newest, day)
    return time_words.release_notice(newest, atlas.package, newest.package, acts, law, day)
