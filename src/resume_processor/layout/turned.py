"""Text that runs up or down the page: read after the rest, a run a line."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.layout.boxes import union
from resume_processor.layout.lines import Line, Word
from resume_processor.layout.reading_order import Counters

#: Words of one run are no further apart than this, in units of the font size.
_GAP = 1.0


def turned_lines(words: Sequence[Word], *, page: int, counters: Counters) -> tuple[Line, ...]:
    """Words in the order of the content stream to lines, each a block of its own."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _touch(runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    lines: list[Line] = []
    for run in runs:
        counters.block += 1
        box = union(word.box for word in run)
        lines.append(Line(tuple(run), box, page, block=counters.block))
    return tuple(lines)


def _touch(one: Word, other: Word) -> bool:
    reach = _GAP * max(one.size, other.size)
    a, b = one.box, other.box
    return (
        b.x0 - a.x1 <= reach
        and a.x0 - b.x1 <= reach
        and b.y0 - a.y1 <= reach
        and a.y0 - b.y1 <= reach
    )
