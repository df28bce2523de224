"""Keyword stuffing: words that are there to be counted, not to say something.

Told from honest text are the same words over and over, one skill under many names, and the
advertisement itself pasted into the resume. What is stuffed is no evidence; what dated work shows
counts as ever.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, pairwise

from resume_processor.scoring.statements import Place, Unit

#: The code of the warning.
KEYWORD_STUFFING = "keyword_stuffing"
#: Nobody names one skill so often in one statement of so few words for each time.
TOO_OFTEN_IN_ONE, IN_ONE_OF_WORDS = 4, 6
#: Nobody names one skill in so many statements, and so often for the length of the resume.
TOO_OFTEN, OF_WORDS = 12, 15
#: Nobody lists one skill under so many names; a few are usual ("Java", "Java 8", "Java EE").
MANY_NAMES, SHORT_NAME = 6, 3
#: The same statement so many times is no longer a slip.
SAME_STATEMENT = 4
#: Words that an advertisement and a resume do not share by chance, in a row.
LONG_QUOTE = 5
#: So many sentences of the advertisement make a pasted advertisement.
QUOTES = 2
#: Statements between two quotes belong to the pasted advertisement, if there are not more.
_HOLE = 4


def without_repeats(
    units: Sequence[Unit], dated: AbstractSet[int]
) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
    """Statements without those that only repeat, and the warning if there were any.

    ``dated`` are the numbers of work entries with dates. A skill that is named out of all
    proportion counts only where a sentence of dated work names it.
    """
    suspect = _named_too_often(units)
    kept = tuple(_kept(unit, suspect, dated) for unit in units if not _only_repeats(unit))
    repeated = any(
        count >= SAME_STATEMENT
        for stems, count in Counter(
            unit.stems for unit in units if unit.place is not Place.LIST
        ).items()
        if len(stems.split()) >= LONG_QUOTE
    )
    stuffed = suspect or repeated or len(kept) < len(units) or _many_names(units)
    return kept, (KEYWORD_STUFFING,) if stuffed else ()


def _only_repeats(unit: Unit) -> bool:
    """The same few words again and again in one value."""
    words = unit.stems.split()
    said_again = unit.most >= TOO_OFTEN_IN_ONE and unit.most * IN_ONE_OF_WORDS > len(words)
    return said_again or (
        len(words) >= 2 * TOO_OFTEN_IN_ONE and len(words) >= TOO_OFTEN_IN_ONE * len(set(words))
    )


def _named_too_often(units: Sequence[Unit]) -> AbstractSet[int]:
    """Skills that make up more of the resume's words than any sentence needs."""
    words = sum(len(unit.stems.split()) for unit in units)
    named = Counter(skill for unit in units for skill in unit.skills)
    return {n for n, count in named.items() if count >= TOO_OFTEN and count * OF_WORDS > words}


def _many_names(units: Sequence[Unit]) -> bool:
    """A list that names one skill over and over in other words: it counts once, as ever."""
    names: dict[int, set[str]] = {}
    for unit in units:
        if unit.place is Place.LIST and len(unit.stems.split()) <= SHORT_NAME:
            for skill in unit.skills:
                names.setdefault(skill, set()).add(unit.stems)
    return any(len(said) >= MANY_NAMES for said in names.values())


def _kept(unit: Unit, suspect: AbstractSet[int], dated: AbstractSet[int]) -> Unit:
    is_sentence = unit.entry in dated and len(unit.stems.split()) >= LONG_QUOTE
    if is_sentence or suspect.isdisjoint(unit.skills):
        return unit
    return unit._replace(skills=tuple(skill for skill in unit.skills if skill not in suspect))


def pasted(units: Sequence[Unit], sources: Sequence[str]) -> frozenset[int]:
    """Numbers of the statements that are the advertisement itself; empty where it was not pasted.

    ``sources`` are the stems of the advertisement's sentences. A sentence may run over several
    values, because the lines of a document were cut elsewhere.
    """
    quoted = _quoted(units, [one for one in sources if one.count(" ") > LONG_QUOTE])
    if len(quoted) < QUOTES:
        return frozenset()
    numbers = sorted({number for one in quoted for number in one})
    filled = set(numbers)
    for before, after in pairwise(numbers):
        if after - before <= _HOLE:
            filled.update(range(before, after))
    short_ones = {source for source in sources if source.strip()}
    filled.update(n for n, unit in enumerate(units) if unit.stems in short_ones)
    return frozenset(filled)


def _quoted(units: Sequence[Unit], sources: Sequence[str]) -> list[range]:
    """For each sentence that is there word by word: the statements that it stands in."""
    text = " " + "".join([unit.stems[1:] for unit in units])
    there = [source for source in sources if source in text]
    if not there:
        return []
    starts = list(accumulate((len(unit.stems) - 1 for unit in units[:-1]), initial=0))
    return [
        range(_unit_at(starts, at), _unit_at(starts, at + len(source) - 2) + 1)
        for source in there
        for at in (text.index(source),)
    ]


def _unit_at(starts: Sequence[int], position: int) -> int:
    return max(n for n, start in enumerate(starts) if start <= position)
