"""The incident that an address asks for with `case=`: the data it means, and why it cannot be shown where it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass

from atlas.charts.options import CASE, reason, refusal
from atlas.law.subject import law_was_read
from atlas.tables.atlas import Atlas
from atlas.words import texts


@dataclass(frozen=True)
class PickedCase:
    """The data of the case to show.

    Attributes:
        atlas: showing that case.
        refused: sentences for a reader: what was not accepted, and that the first case is shown instead.
        reasons: the same for files, which are not made where there is one.
    """

    atlas: Atlas
    refused: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def pick_case(newest: Atlas, query: Mapping[str, str], about_law: bool = False) -> PickedCase:
    """Reads `case` of an address.

    Args:
        newest: the data served.
        query: of the address.
        about_law: whether the address is of something that is computed from law, which was read for one subject only.
    """
    asked = query.get(CASE.name, "")
    if not asked:
        return PickedCase(newest)
    if not CASE.accept(newest, asked):
        return PickedCase(newest, (refusal(newest, CASE, asked),), (reason(newest, CASE, asked),))
    atlas = newest.of_case(asked)
    if about_law and not law_was_read(atlas):
        why = not_about_law(atlas)
        shown = texts()["cases"]["first_instead"].format(case=newest.case.name)
        return PickedCase(newest, (f"{why} {shown}",), (why,))
    return PickedCase(atlas)


def not_about_law(atlas: Atlas) -> str:
    """Why nothing that is computed from law is offered for the case that is shown."""
    subject = atlas.label("law_subject", atlas.case.law_subject).lower()
    return texts()["cases"]["law_not_read"].format(case=atlas.case.name, subject=subject)
