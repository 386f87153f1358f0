"""Days between which the law stands still. What hangs on the law alone is computed once for all of them."""

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache, wraps

from atlas.law.inheritance import membership_days
from atlas.law.spans import instrument_spans, power_spans
from atlas.tables.atlas import Atlas
from atlas.tables.dates import FAR_FUTURE, FAR_PAST, day_after


@lru_cache(maxsize=4)
def law_days(atlas: Atlas) -> tuple[str, ...]:
    """Every day on which a law or a power is adopted, starts or has just ended, or a membership moves; the far past
    first.
    """
    laws, powers = instrument_spans(atlas), power_spans(atlas)
    ended = {day_after(day) for day in {*laws["ends"], *powers["ends"]} if day < FAR_FUTURE}
    return (
        FAR_PAST,
        *sorted({*laws["adopted"], *laws["starts"], *powers["starts"], *ended, *membership_days(atlas)} - {FAR_PAST}),
    )


def law_day(atlas: Atlas, day: str) -> str:
    """The last day up to a day on which the law changed: on both it is the same."""
    days = law_days(atlas)
    return days[bisect_right(days, day) - 1]


def while_law_stands(maxsize: int) -> Callable[[Callable], Callable]:
    """Keeps the results of a function of `(atlas, day, ...)` that hangs on the law alone, one for all days on which it
    is the same.
    """

    def keeping(function: Callable) -> Callable:
        kept = lru_cache(maxsize)(function)

        @wraps(function)
        def asked(atlas: Atlas, day: str, *rest: object, **named: object) -> object:
            return kept(atlas, law_day(atlas, day), *rest, **named)

        return asked

    return keeping
