"""Words of a page to lines in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.layout.boxes import union
from resume_processor.layout.bullets import bullet_of
from resume_processor.layout.lines import Line, Word


def in_reading_order(words: Sequence[Word], *, page: int, first_block: int = 0) -> tuple[Line, ...]:
    """Lines of one page, read in one column."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.box.y1, w.box.x0)):
        if rows and abs(rows[-1][0].box.y1 - word.box.y1) < 0.4 * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    lines: list[Line] = []
    block = first_block
    for row in rows:
        row.sort(key=lambda w: w.box.x0)
        if lines and row[0].box.y0 - lines[-1].box.y1 > 0.7 * row[0].size:
            block += 1
        lines.append(_line(row, page, block))
    return tuple(lines)


def _line(row: list[Word], page: int, block: int) -> Line:
    bullet = bullet_of(row[0].text, followed=len(row) > 1)
    words = row[1:] if bullet else row
    return Line(tuple(words), union(w.box for w in words), page, block=block, bullet=bullet)
