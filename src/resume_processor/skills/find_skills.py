"""Finding the skills that a text names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from resume_processor.skills.context import stands_as_skill
from resume_processor.skills.taxonomy import ExactLabel, Taxonomy
from resume_processor.skills.taxonomy_file import load_taxonomy
from resume_processor.skills.tokens import Token, tokens_of

#: What may stand between two tokens of one label.
_GLUE = re.compile(r"[  \t]?[-–/.&(]?[  \t]?\Z")


@dataclass(frozen=True, slots=True)
class SkillSpan:
    """A skill named at ``start`` to ``end`` of a text; ``name`` and ``id`` are the taxonomy's."""

    start: int
    end: int
    name: str
    id: str
    number: int  #: of the concept in the loaded taxonomy


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label found at tokens ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    concept: int
    needs_context: bool


def find_skills(text: str, taxonomy: Taxonomy | None = None) -> tuple[SkillSpan, ...]:
    """The skills of a text in order, without overlaps; the longest label wins.

    ``start`` and ``end`` are offsets into ``text``. A label that is also an everyday word (Go, C,
    R, Spring) counts only as it is written and in the company of other skills.
    """
    known = load_taxonomy() if taxonomy is None else taxonomy
    tokens = tokens_of(text)
    found = _candidates(text, tokens, known)
    certain = [one for one in found if not one.needs_context]
    kept = [
        one for one in found if not one.needs_context or stands_as_skill(text, tokens, one, certain)
    ]
    return tuple(_span(tokens, one, known) for one in kept)


def _span(tokens: list[Token], found: Candidate, known: Taxonomy) -> SkillSpan:
    return SkillSpan(
        tokens[found.first].start,
        tokens[found.last - 1].end,
        known.names[found.concept],
        known.ids[found.concept],
        found.concept,
    )


def _candidates(text: str, tokens: list[Token], known: Taxonomy) -> list[Candidate]:
    numbers = [known.vocabulary.get(token.form, -1) for token in tokens]
    found, at = [], 0
    while at < len(tokens):
        longest = None if numbers[at] < 0 else _longest(text, tokens, numbers, at, known)
        if longest is not None:
            found.append(longest)
        at = at + 1 if longest is None else longest.last
    return found


def _longest(
    text: str, tokens: list[Token], numbers: list[int], first: int, known: Taxonomy
) -> Candidate | None:
    """The longest label that begins at a token."""
    best, node = None, known.trie.step(0, numbers[first])
    last = first + 1
    while node is not None:
        label = known.trie.value[node] - 1
        if label >= 0:
            best = _accepted(tokens, first, last, label, known) or best
        if last >= len(tokens) or numbers[last] < 0:
            break
        if not _GLUE.match(text, tokens[last - 1].end, tokens[last].start):
            break
        node = known.trie.step(node, numbers[last])
        last += 1
    return best


def _accepted(
    tokens: list[Token], first: int, last: int, label: int, known: Taxonomy
) -> Candidate | None:
    plain = known.labels.plain[label]
    if plain:
        return Candidate(first, last, plain - 1, needs_context=False)
    surface = " ".join(token.surface for token in tokens[first:last])
    exact: ExactLabel | None = known.labels.exact[label].get(surface)
    return None if exact is None else Candidate(first, last, exact.concept, exact.needs_context)
