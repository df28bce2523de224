"""Words set with wide spaces between their letters ("J O H N   D O E")."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from resume_processor.layout.boxes import union
from resume_processor.layout.lines import Word

#: A line is letter-spaced where it has at least so many pieces …
_FEWEST = 4
#: … of which this part is no longer than this many characters …
_PART = 0.6
_SHORT = 3
#: … and this part of the gaps is narrow, the narrow ones being like each other.
_NARROW = 0.4
#: A gap this much wider than the narrow ones stands between words.
_WORD_GAP = 1.7
#: Without wider gaps, letters are joined into one word only where this part are single letters.
_SINGLE = 0.75
#: Widest gap between two letters of a word, in units of the font size.
_WIDEST = 1.2


def without_letter_spacing(words: list[Word]) -> list[Word]:
    """The words with spaced letters joined; the same words where there are none."""
    if len(words) < _FEWEST or not _is_choppy(words):
        return words
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(words)]
    limit = _limit(words, gaps)
    if limit is None:
        return words
    joined: list[list[Word]] = [[words[0]]]
    for word, gap in zip(words[1:], gaps, strict=True):
        if gap > limit:
            joined.append([word])
        else:
            joined[-1].append(word)
    return [_join(group) for group in joined]


def _is_choppy(words: Sequence[Word]) -> bool:
    if sum(len(word.text) for word in words) > _SHORT * len(words):
        return False
    short = sum(1 for word in words if len(word.text) <= _SHORT)
    single = sum(1 for word in words if len(word.text) == 1)
    letters = sum(1 for word in words if any(c.isalpha() for c in word.text))
    return short >= _PART * len(words) and 3 * single >= len(words) and 3 * letters >= len(words)


def _limit(words: Sequence[Word], gaps: Sequence[float]) -> float | None:
    """The widest gap inside a word; None where the gaps are those between words."""
    size = min(word.size for word in words)
    ordered = sorted(max(gap, 0.0) for gap in gaps)
    usual = max(ordered[int(_NARROW * (len(ordered) - 1))], 0.1 * size)
    if usual > _WIDEST * size or ordered[0] * _WORD_GAP < usual / _WORD_GAP:
        return None
    if ordered[-1] > _WORD_GAP * usual:
        return _WORD_GAP * usual
    single = sum(1 for word in words if len(word.text) == 1 and word.text.isalpha())
    return usual * _WORD_GAP if single >= _SINGLE * len(words) else None


def _join(group: list[Word]) -> Word:
    first = group[0]
    return Word(
        "".join(word.text for word in group),
        union(word.box for word in group),
        first.size,
        first.bold,
        first.italic,
        first.color,
        first.link,
        first.space_before,
    )
