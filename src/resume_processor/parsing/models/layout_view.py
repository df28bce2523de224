"""How each line looks against the rest of its document: the numbers behind the layout features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from resume_processor.layout.lines import Document, Line

#: A gap between two words that is wider than this many font sizes separates parts of a line.
PART_GAP = 1.5


@dataclass(frozen=True, slots=True)
class LineLook:
    """One line's look. Ratios are against the body text of the document."""

    size: float  #: font size / body font size
    bold: float  #: share of the characters that are bold
    italic: float
    coloured: bool  #: another colour than the body's
    indent: float  #: from the left edge of its column, in body font sizes
    gap_before: float  #: to the line above, in body font sizes; negative at the top of a column
    gap_after: float
    fill: float  #: width / width of the widest line in its column
    depth: float  #: 0 at the top of its page, 1 at the bottom


def looks(document: Document) -> list[LineLook]:
    """The look of each line of ``document.lines``."""
    lines = document.lines
    body_size, body_color = _body(lines)
    edges = _edges(lines)
    heights = {page.number: page.height or 1.0 for page in document.pages}
    found: list[LineLook] = []
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        below = lines[index + 1] if index + 1 < len(lines) else None
        left, widest = edges[line.page, line.column]
        letters = sum(len(word.text) for word in line.words)
        found.append(
            LineLook(
                size=line.size / body_size,
                bold=sum(len(w.text) for w in line.words if w.bold) / letters,
                italic=sum(len(w.text) for w in line.words if w.italic) / letters,
                coloured=line.words[0].color != body_color,
                indent=(line.box.x0 - left) / body_size,
                gap_before=_gap(above, line, body_size),
                gap_after=_gap(line, below, body_size),
                fill=line.box.width / widest,
                depth=line.box.y0 / heights[line.page],
            )
        )
    return found


def part_starts(line: Line) -> frozenset[int]:
    """Indices of the words that a wide gap separates from the word before them."""
    wide = PART_GAP * max(line.size, 1.0)
    return frozenset(
        index
        for index in range(1, len(line.words))
        if line.words[index].box.x0 - line.words[index - 1].box.x1 > wide
    )


def _body(lines: Sequence[Line]) -> tuple[float, int]:
    """Size and colour of most of the document's characters."""
    sizes: Counter[float] = Counter()
    colors: Counter[int] = Counter()
    for line in lines:
        for word in line.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
            colors[word.color] += len(word.text)
    size = max(sizes, key=lambda s: (sizes[s], s), default=1.0)
    color = max(colors, key=lambda c: (colors[c], c), default=0)
    return size or 1.0, color


def _edges(lines: Sequence[Line]) -> dict[tuple[int, int], tuple[float, float]]:
    """Left edge and greatest width of each column of each page; table cells do not set the edge."""
    left: dict[tuple[int, int], float] = {}
    widest: dict[tuple[int, int], float] = {}
    for line in sorted(lines, key=lambda line: line.cell is not None):
        key = line.page, line.column
        if line.cell is None or key not in left:
            left[key] = min(left.get(key, line.box.x0), line.box.x0)
        widest[key] = max(widest.get(key, 1.0), line.box.width)
    return {key: (left[key], widest[key]) for key in left}


def _gap(above: Line | None, below: Line | None, unit: float) -> float:
    if above is None or below is None:
        return -1.0
    if above.page != below.page or above.column != below.column:
        return -1.0
    return (below.box.y0 - above.box.y1) / unit
