"""How senior a title is, by its words."""

from __future__ import annotations

import re
from functools import lru_cache

from resume_processor.scoring.score import SENIORITIES

#: Rank by the words of a title; the first that matches counts.
_RANKS = tuple(
    (rank, re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE))
    for rank, words in (
        (
            "intern",
            r"intern(?:ship)?|trainee|apprentice|werkstudent(?:in)?|praktikant(?:in)?|stagiaire",
        ),
        ("junior", r"junior|jr\.?|entry[- ]level|graduate|freshers?|associate|débutant|júnior"),
        (
            "director",
            r"director|head of|vp|vice president|chief|c[etfom]o|directeur|geschäftsführer(?:in)?",
        ),
        ("manager", r"manager(?:in)?|supervisor|gerente|leiter(?:in)?"),
        ("lead", r"lead|leader|principal|staff|architect|teamleiter(?:in)?"),
        ("mid", r"mid[- ]?(?:level|career|senior)?|intermediate"),
        ("senior", r"senior|sr\.?|experienced|sénior|confirmé"),
    )
)


@lru_cache(maxsize=16_384)
def seniority_of(title: str) -> str | None:
    """One of ``SENIORITIES`` by the title's words, or None where they name no rank."""
    return next((rank for rank, words in _RANKS if words.search(title)), None)


def rank_of(seniority: str | None) -> int:
    """Its place from low to high; no rank stands in the middle."""
    return SENIORITIES.index(seniority if seniority in SENIORITIES else "mid")
