"""How alike two job titles are: by their words, rare words counting more than common ones."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from resume_processor.scoring.points import FULL
from resume_processor.skills.stems import stem_of, stems_of

#: Words of rank say nothing about the trade.
_RANK_WORDS = (
    "senior junior lead principal staff sr jr chief head assistant trainee intern graduate fresher "
    "i ii iii iv 1 2 3 deputy vice group"
)
RANKS = frozenset(stem_of(word) for word in _RANK_WORDS.split())
_BELOW = frozenset(stem_of(word) for word in ("assistant", "trainee", "intern", "junior", "deputy"))
#: Words that name nearly the same, by the stem that stands for them.
_SAME = {
    stem_of(word): stem_of(head)
    for head, words in {
        "engineer": "developer programmer coder",
        "manager": "supervisor director leader lead head incharge",
        "officer": "executive associate representative specialist",
        "operator": "driver",
        "chef": "cook commis",
        "teacher": "lecturer instructor tutor professor faculty",
        "accountant": "accounts accounting bookkeeper",
        "assistant": "aide helper coordinator",
        "technician": "mechanic",
    }.items()
    for word in words.split()
}
#: Who develops business is no developer.
_BUSINESS_DEVELOPMENT = stem_of("business"), stem_of("development")
_SHORT_FOR_IT = re.compile(r"\bBD\b|\bbiz ?dev\b", re.IGNORECASE)
#: What a title may end with, and alone says little.
JOB_NOUNS = frozenset(_SAME.values()) | frozenset(
    stem_of(noun)
    for noun in ["administrator", "analyst", "architect", "clerk", "consultant", "designer"]
)
#: Trades that are near: who did the one knows much of the other.
_NEAR = {
    stem_of(word): stem_of(head)
    for head, words in {
        "software": "backend frontend fullstack stack web mobile android ios java python php net "
        "javascript react angular application applications devops cloud",
        "sale": "business marketing account presale telesale telemarketing",
        "account": "finance tax audit payroll billing",
        "data": "business bi analytics insight reporting",
    }.items()
    for word in words.split()
}
#: What a near trade counts, of 1000.
NEAR_QUALITY = 600
#: What a held title's words beyond the asked ones cost.
_EXTRA = 0.25


@lru_cache(maxsize=1)
def _counts() -> Mapping[str, int]:
    text = (files("resume_processor.scoring.data") / "title_words.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {stem.removeprefix("# "): int(count) for stem, count in rows}


@lru_cache(maxsize=16_384)
def rarity(stem: str) -> float:
    """How much a word of a title tells: little for "manager", much for "forklift"."""
    counts = _counts()
    return math.log(counts["titles"] / counts.get(stem, 5))


@lru_cache(maxsize=16_384)
def trade_of(title: str) -> tuple[str, ...]:
    """The stems that name the trade, in order; words of rank only where there are no others."""
    stems = stems_of(_SHORT_FOR_IT.sub("business development", title))
    pairs = zip(("", *stems), stems, strict=False)
    trade = tuple(_meant(before, stem) for before, stem in pairs if stem not in RANKS)
    return tuple(dict.fromkeys(trade or stems))


def _meant(before: str, stem: str) -> str:
    return stem if (before, stem) == _BUSINESS_DEVELOPMENT else _SAME.get(stem, stem)


@lru_cache(maxsize=65_536)
def likeness(asked: tuple[str, ...], held: tuple[str, ...]) -> int:
    """0 to 1000 for two trades: the share of the asked one's words that the held one has.

    Words of the held one that were not asked for cost a little; near trades count for less.
    """
    near = _share(_near(asked), _near(held)) * NEAR_QUALITY // FULL
    return max(_share(asked, held), near)


def _near(trade: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_NEAR.get(stem, stem) for stem in trade))


def _share(asked: tuple[str, ...], held: tuple[str, ...]) -> int:
    shared = sum(rarity(stem) for stem in asked if stem in held)
    if not shared:
        return 0
    wanted = sum(map(rarity, asked))
    extra = sum(rarity(stem) for stem in held if stem not in asked)
    return round(FULL * shared / (wanted + _EXTRA * extra))


@lru_cache(maxsize=16_384)
def is_below(title: str) -> bool:
    """Whether a title names a rank below the trade itself: a trainee, an assistant manager."""
    stems = stems_of(title)
    return len(stems) > 1 and not _BELOW.isdisjoint(stems)
