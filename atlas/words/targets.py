"""To whom acts are addressed and what they are about, in words: the targets of the case."""

from collections.abc import Mapping
from functools import lru_cache

from atlas.tables.atlas import Atlas
from atlas.tables.schema import SEVERAL
from atlas.words.grammar import listed, texts


@lru_cache(maxsize=8)
def _targets(atlas: Atlas) -> dict[tuple[str, str], str]:
    """Targets of all cases as they stand in a sentence, by case and id."""
    rows = atlas.whole["case_targets"]
    return dict(zip(zip(rows["case_id"], rows["target_id"]), rows["name_in_sentence"]))


def _several(atlas: Atlas, act: Mapping, cell: str) -> str:
    words = _targets(atlas)
    return listed([words[act["case_id"], part] for part in cell.split(SEVERAL)])


def whom(atlas: Atlas, act: Mapping) -> str:
    """To whom an act was addressed, in words."""
    return _several(atlas, act, act["target_entity"]) if act["target_entity"] else texts()["act"]["nobody"]


def product(atlas: Atlas, act: Mapping) -> str:
    """What an act was about, in words; a restriction without a product is of the company's service."""
    if act["target_product"]:
        return _several(atlas, act, act["target_product"])
    return whom(atlas, act) if act["target_entity"] else texts()["act"]["nothing"]


def product_of_case(atlas: Atlas) -> str:
    """What the case that is shown is about, as it stands in a sentence: `Grok`."""
    return _targets(atlas)[atlas.case.id, atlas.case.product]
