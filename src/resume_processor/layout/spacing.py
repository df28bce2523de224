"""Words set with wide spaces between their letters ("J O H N   D O E")."""

from __future__ import annotations

from statistics import median

from resume_processor.layout.boxes import union
from resume_processor.layout.lines import Word

#: A line is letter-spaced where at least so many of its words are single letters …
_FEWEST = 4
#: … and at least this part of them.
_PART = 0.75
#: A gap this much wider than the usual one stands between words.
_WORD_GAP = 1.6


def without_letter_spacing(words: list[Word]) -> list[Word]:
    """The words with spaced letters joined; the same words where there are none."""
    single = sum(1 for word in words if len(word.text) == 1 and word.text.isalpha())
    if single < _FEWEST or single < _PART * len(words):
        return words
    gaps = [b.box.x0 - a.box.x1 for a, b in zip(words, words[1:], strict=False)]
    usual = max(median(gaps), 0.1 * words[0].size)
    joined: list[list[Word]] = [[words[0]]]
    for word, gap in zip(words[1:], gaps, strict=True):
        if gap > _WORD_GAP * usual:
            joined.append([word])
        else:
            joined[-1].append(word)
    return [_join(group) for group in joined]


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
