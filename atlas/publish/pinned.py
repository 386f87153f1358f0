"""Data pinned to a kept release: what `release=` in an address shows, for pages and embeds alike."""

from collections.abc import Callable
from pathlib import Path

from atlas.charts.options import Option
from atlas.response.differences import differences
from atlas.tables.atlas import Atlas
from atlas.tables.releases import Unreadable, bridged, fits, load_release, releases
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


def pinned(newest: Atlas, version: str, folder: Path) -> tuple[Atlas, list[str]]:
    """The data to show: those of a release if it is kept and can be read, else the newest.

    Args:
        newest: what is served without a pin.
        version: of the release; empty, or one that is not kept, for none.
        folder: the data folder that keeps the releases.

    Returns:
        The atlas, and what a reader must be told if the release cannot be shown.
    """
    kept = {release.version: release for release in releases(folder)}
    if version not in kept or kept[version].digest == newest.digest:
        return newest, []
    try:
        atlas = load_release(kept[version], folder)
    except Unreadable as error:
        return newest, [
            f"Data release {version} cannot be shown: {error}. You are looking at the newest data, {newest.package.version}."
        ]
    if not fits(atlas.package, newest.package):
        return newest, [
            f"Data release {version} has another structure than these pages read, so it cannot be shown here; it can be downloaded whole. "
            f"You are looking at the newest data, {newest.package.version}."
        ]
    return bridged(atlas, newest), []


def pin_notice(atlas: Atlas, newest: Atlas, day: str) -> list[str]:
    """What a reader of a pinned release is told: which it is, and whether the newest data show something else on the day."""
    acts, law = differences(atlas, newest, day)
    return time_words.release_notice(newest, atlas.package, newest.package, acts, law, day)
