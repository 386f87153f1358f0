"""Partial ISO dates (`2026`, `2026-01`, `2026-01-16`) and the days they may stand for.

Dates are kept as ISO text from file to screen: text compares in date order, and no time zone can move it.
"""

import calendar
import datetime as dt
from functools import lru_cache

FAR_PAST = "0001-01-01"
FAR_FUTURE = "9999-12-31"


def earliest_day(partial: str) -> str:
    """The first day a partial date can stand for: `2026-01` -> `2026-01-01`; empty -> far past."""
    if not partial:
        return FAR_PAST
    return (partial + "-01-01")[:10] if len(partial) == 4 else (partial + "-01")[:10]


def latest_day(partial: str) -> str:
    """The last day a partial date can stand for: `2026-02` -> `2026-02-28`; empty -> far future."""
    if not partial:
        return FAR_FUTURE
    if len(partial) == 4:
        return f"{partial}-12-31"
    if len(partial) == 7:
        year, month = int(partial[:4]), int(partial[5:])
        return f"{partial}-{calendar.monthrange(year, month)[1]:02d}"
    return partial


def is_real_day(text: str) -> bool:
    """Whether `text` is a complete ISO day that exists."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_real_partial(text: str) -> bool:
    """Whether `text` is a year, a month or a day that exists."""
    return is_real_day(earliest_day(text)) if text else False


def days_between(first: str, second: str) -> int:
    """Whole days from `first` to `second`, both complete ISO days; negative if `second` is earlier."""
    return (dt.date.fromisoformat(second) - dt.date.fromisoformat(first)).days


def day_after(day: str) -> str:
    """The day after a complete ISO day."""
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()


@lru_cache(maxsize=4096)
def in_words(partial: str) -> str:
    """`2026-01-16` -> `16 January 2026`, `2026-01` -> `January 2026`; empty -> `undated`."""
    if not partial:
        return "undated"
    parts = partial.split("-")
    words = parts[0]
    if len(parts) > 1:
        words = f"{calendar.month_name[int(parts[1])]} {words}"
    if len(parts) > 2:
        words = f"{int(parts[2])} {words}"
    return words
