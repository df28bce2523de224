"""Whether a word that is also an everyday word stands for a skill where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resume_processor.skills.tokens import Token

if TYPE_CHECKING:
    from resume_processor.skills.find_skills import Candidate

#: What parts the items of a list; a line's begin and end are items' borders too.
_BORDER = re.compile(r"\s*(?:[,;/|•·:()\[\]+&]|\n|\s[-–—]\s|\.\s|\.\Z)\s*")
_JOINS = frozenset({"and", "or", "und", "oder", "et", "ou", "y", "o", "e"})
#: Words that make their left neighbour a skill.
_AFTER = frozenset(
    [
        "language",
        "programming",
        "developer",
        "development",
        "programmer",
        "framework",
        "engineer",
        "code",
        "coding",
        "script",
        "scripting",
        "library",
        "software",
        "service",
        "application",
        "microservice",
        "api",
        "backend",
        "code",
    ]
)
#: Words that make their right neighbour a skill, when a border or one of the above follows.
_BEFORE = frozenset(
    [
        "in",
        "with",
        "using",
        "use",
        "of",
        "like",
        "knowledge",
        "language",
        "via",
        "into",
        "including",
        "e.g",
    ]
)
#: How many tokens away another skill may stand.
_COMPANY = 6


def stands_as_skill(
    text: str, tokens: list[Token], found: Candidate, certain: list[Candidate]
) -> bool:
    """A neighbour says so (Go developer), or it is an item of a list with another skill in it."""
    after = tokens[found.last].form if _touches_right(text, tokens, found) else ""
    if after in _AFTER:
        return True
    return (
        _free_on_the_left(text, tokens, found)
        and _free_on_the_right(text, tokens, found)
        and (_alone(text, tokens, found) or _in_company(text, tokens, found, certain))
    )


def _gap_before(text: str, tokens: list[Token], found: Candidate) -> str:
    start = tokens[found.first - 1].end if found.first else 0
    return text[start : tokens[found.first].start]


def _gap_after(text: str, tokens: list[Token], found: Candidate) -> str:
    stop = tokens[found.last].start if found.last < len(tokens) else len(text)
    return text[tokens[found.last - 1].end : stop]


def _touches_right(text: str, tokens: list[Token], found: Candidate) -> bool:
    return found.last < len(tokens) and _gap_after(text, tokens, found) in (" ", "-")


def _free_on_the_left(text: str, tokens: list[Token], found: Candidate) -> bool:
    if found.first == 0 or _BORDER.fullmatch(_gap_before(text, tokens, found)):
        return True
    if _gap_before(text, tokens, found) != " ":
        return False
    word = tokens[found.first - 1].form
    return word in _JOINS or word in _BEFORE


def _free_on_the_right(text: str, tokens: list[Token], found: Candidate) -> bool:
    if found.last == len(tokens) or _BORDER.fullmatch(_gap_after(text, tokens, found)):
        return True
    return _gap_after(text, tokens, found) == " " and tokens[found.last].form in _JOINS


def _alone(text: str, tokens: list[Token], found: Candidate) -> bool:
    """The whole text is the word: an entry of a list of skills."""
    return found.first == 0 and found.last == len(tokens) and not text.strip().endswith(".")


def _in_company(text: str, tokens: list[Token], found: Candidate, certain: list[Candidate]) -> bool:
    """Another skill, found without doubt, stands near in the same line."""
    here = tokens[found.first].start
    return any(
        (found.first - _COMPANY <= one.last and one.first <= found.last + _COMPANY)
        and "\n"
        not in text[min(here, tokens[one.first].start) : max(here, tokens[one.first].start)]
        for one in certain
    )
