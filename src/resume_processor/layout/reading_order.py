"""Words of a page to lines in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from resume_processor.layout.boxes import union
from resume_processor.layout.bullets import take_bullet
from resume_processor.layout.lines import Line, LineRole, Word
from resume_processor.layout.regions import Region, regions_of
from resume_processor.layout.segments import rows_of, segments_of
from resume_processor.layout.spacing import without_letter_spacing

#: A gap this much wider than the usual one, in units of the font size, begins a block.
_BLOCK_GAP = 0.35


def in_reading_order(words: Sequence[Word], *, page: int, first_block: int = 0) -> tuple[Line, ...]:
    """Lines of one page, column after column; blocks are counted from ``first_block``."""
    lines: list[Line] = []
    block = first_block
    for region in regions_of(segments_of(words)):
        rows = [list(row) for row in _rows(region)]
        for row, begins_block in zip(rows, _gaps(rows), strict=True):
            if begins_block and lines:
                block += 1
            lines.append(_line(row, page, region.column, block))
    return tuple(lines)


def _rows(region: Region) -> Iterator[list[Word]]:
    for row in rows_of(region.segments):
        yield [word for segment in row for word in segment.words]


def _gaps(rows: list[list[Word]]) -> list[bool]:
    """For each row whether a gap stands above it; always before the first."""
    boxes = [union(word.box for word in row) for row in rows]
    gaps = [b.y0 - a.y1 for a, b in zip(boxes, boxes[1:], strict=False)]
    if not gaps:
        return [True]
    sizes = [row[0].size for row in rows[1:]]
    close = [gap for gap, size in zip(gaps, sizes, strict=True) if gap < size]
    usual = median(close) if close else 0.0
    return [True, *(gap > usual + _BLOCK_GAP * s for gap, s in zip(gaps, sizes, strict=True))]


def _line(row: list[Word], page: int, column: int, block: int) -> Line:
    bullet, words = take_bullet(without_letter_spacing(row))
    return Line(
        tuple(words),
        union(word.box for word in words),
        page,
        column,
        block,
        bullet,
        LineRole.BODY if bullet is None else LineRole.LIST_ITEM,
    )
