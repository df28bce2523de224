"""Headings that hang in the margin, beside the first line of what they head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resume_processor.layout.segments import Segment

#: A heading in the margin has at most so many words.
_MOST_WORDS = 4
#: So many rows below begin at the text's edge, with nothing in the margin.
_ROWS_BELOW = 2
#: Points within which edges are the same.
_EDGE = 3.0
#: Sizes that differ by this factor look different.
_SIZE_RATIO = 1.08


def without_margin_labels(rows: Sequence[list[Segment]]) -> Iterator[list[Segment]]:
    """The rows, with a heading in the margin in a row of its own before its text.

    Dates and "Name:" in the margin stay with their line.
    """
    for number, row in enumerate(rows):
        if len(row) > 1 and _is_label(row[0], row[1], rows[number + 1 : number + 1 + _ROWS_BELOW]):
            yield row[:1]
            yield row[1:]
        else:
            yield row


def _is_label(label: Segment, text: Segment, below: Sequence[list[Segment]]) -> bool:
    if label.grid is not None or len(label.words) > _MOST_WORDS or len(below) < _ROWS_BELOW:
        return False
    if any(c.isdigit() or c == ":" for word in label.words for c in word.text):
        return False
    if any(abs(row[0].x0 - text.x0) > _EDGE + 1.5 * text.size for row in below):
        return False
    return _looks_different(label, text) and all(row[0].x0 > label.x1 for row in below)


def _looks_different(label: Segment, text: Segment) -> bool:
    one, other = label.words[0], text.words[0]
    ratio = max(one.size, other.size) / max(min(one.size, other.size), 0.1)
    caps = label.text.isupper() and not text.text.isupper()
    return ratio > _SIZE_RATIO or caps or one.bold != other.bold or one.color != other.color
