"""Of which subject the law was read. What is computed from law is shown for cases of that subject alone."""

from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method


def law_was_read(atlas: Atlas) -> bool:
    """Whether strength, comparison and next steps speak to the case that is shown."""
    return atlas.case.law_subject in get_method()["subjects_read"]
