"""How alike two titles are, by their words."""

from __future__ import annotations

from functools import lru_cache

from resume_processor.scoring.points import FULL

#: Words of rank say nothing about the trade.
RANKS = frozenset(
    ["senior", "junior", "lead", "principal", "staff", "sr", "jr", "chief", "head", "assistant", "trainee", "intern", "i", "ii", "iii"]
)
#: Words that name the same trade, by stem.
_SAME = {
    "develop": "engineer", "programm": "engineer", "cod": "engineer", "software": "software",
    "execut": "offic", "associat": "offic", "specialist": "offic", "representat": "offic",
    "consult": "consult", "advis": "consult", "manag": "manag", "lead": "manag", "head": "manag",
    "supervis": "manag", "direct": "manag",
}  # fmt: skip


@lru_cache(maxsize=65_536)
def likeness(asked: tuple[str, ...], held: tuple[str, ...]) -> int:
    """0 to 1000: the share of the asked title's words in the held one, words of rank left out."""
    wanted = {_SAME.get(stem, stem) for stem in asked if stem not in RANKS} or set(asked)
    there = {_SAME.get(stem, stem) for stem in held}
    if not wanted or not there:
        return 0
    shared = len(wanted & there)
    return FULL * 2 * shared // (len(wanted) + max(shared, min(len(there), len(wanted) + 2)))
