"""Names in an address that look like slips of names we know, as `color` for `colour` or `amp;date` for `date`.

Any other name is let pass: platforms, newsletters and caches add their own to the addresses that they hand on.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from atlas.words import texts

# How alike two names must be, as a share of their letters: `dates` and `date` are, `data` and `date` are not.
ALIKE = 0.8
LONGEST, MOST_SAID, MOST_LOOKED_AT = 30, 5, 100
# What others add to addresses. None of it is ours, however much it may look like it.
_OTHERS = """
fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid igshid igsh li_fat_id epik wickedid
mc_cid mc_eid mkt_tok vero_id oly_anon_id oly_enc_id spm scm ref ref_src ref_url referrer referer source src
cmpid cid ncid ocid icid ito smid smtyp share shared si feature hl lang amp outputtype v t ts cb nocache
embed embed_options
"""
OF_OTHERS = frozenset(_OTHERS.split())
PREFIXES_OF_OTHERS = (
    "utm_",
    "utm-",
    "pk_",
    "mtm_",
    "matomo_",
    "piwik_",
    "hsa_",
    "at_",
    "wt_",
    "ga_",
    "trk_",
    "sc_",
    "_",
)


def near_misses(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """A sentence for each name that nothing knows and that is nearly one of ours, in the order of the address.

    Args:
        names: of the address.
        known: names that mean something there.
    """
    ours = tuple(known)
    found: list[str] = []
    prose = texts()["site"]["near_miss"]
    for name in list(names)[:MOST_LOOKED_AT]:
        meant = _meant(name, ours)
        if meant and len(found) < MOST_SAID:
            shown = name if len(name) <= LONGEST else name[:LONGEST] + "…"
            found.append(prose.format(name=shown, meant=meant))
    return found


def _meant(name: str, ours: tuple[str, ...]) -> str:
    """The name of ours that a name is nearly; empty for one of ours, and for none."""
    if name in ours:
        return ""
    # An address that was taken out of HTML without being read as HTML has `&amp;` between its parts.
    bare = name.strip().lower()
    while bare.startswith("amp;"):
        bare = bare.removeprefix("amp;")
    bare = bare.strip("[] ")
    if bare in ours:
        return bare
    if bare in OF_OTHERS or bare.startswith(PREFIXES_OF_OTHERS) or len(bare) > LONGEST:
        return ""
    return next(iter(get_close_matches(bare, ours, 1, ALIKE)), "")
