"""Columns of a page, measured from the page.

A gutter is a strip that no text crosses, with text on both sides at the same height. The page is
cut at its longest gutter into what is above, left, right and below, and each part is cut again. A
strip between the title of a job and its dates is no gutter: there both sides share their base
lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resume_processor.layout.bullets import is_bullet
from resume_processor.layout.segments import SAME_LINE, Segment

#: A gutter is at least so wide, in units of the font size.
_NARROWEST = 0.7
#: Two segments stand side by side when they share this part of the smaller one's height.
_BESIDE = 0.3
#: Pairs side by side of which more than this part have different base lines are columns.
_UNALIGNED = 0.25
#: Strips that are tried in one region.
_MOST_STRIPS = 24
#: Cuts inside each other; a page of more is no document.
_DEEPEST = 12
#: A line of so many words is running text.
_RUNNING = 5
#: So many lines of running text below each other make a paragraph.
_PARAGRAPH = 3
#: So many marked lines below each other make a list.
_LIST = 2
#: Lines of one paragraph are no further apart than this, in units of the font size.
_PITCH = 1.9


@dataclass(frozen=True, slots=True)
class Region:
    """Segments of one column that are read line by line."""

    segments: tuple[Segment, ...]
    column: int


@dataclass(frozen=True, slots=True)
class _Strip:
    """An empty strip: the run ``start`` … ``end`` of the segments, parted into left and right."""

    start: int
    end: int
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    width: float


def regions_of(segments: Sequence[Segment]) -> list[Region]:
    """The regions of the page in reading order."""
    return list(_cut(sorted(segments, key=lambda s: (s.top, s.x0)), 0, 0))


def _cut(segments: list[Segment], column: int, depth: int) -> Iterator[Region]:
    strip = _gutter(segments) if depth < _DEEPEST else None
    if strip is None:
        if segments:
            yield Region(tuple(segments), column)
        return
    yield from _cut(segments[: strip.start], column, depth + 1)
    rightmost = column
    for region in _cut(list(strip.left), column, depth + 1):
        rightmost = max(rightmost, region.column)
        yield region
    yield from _cut(list(strip.right), rightmost + 1, depth + 1)
    yield from _cut(segments[strip.end :], column, depth + 1)


def _gutter(segments: list[Segment]) -> _Strip | None:
    """The strip with most text beside it that parts columns."""
    strips = [_grown(segments, *seed) for seed in _seeds(segments)]
    strips.sort(key=lambda s: (s.end - s.start, s.width), reverse=True)
    for strip in strips:
        if strip.left and strip.right and _parts_columns(strip):
            return strip
    return None


# ---- strips


def _beside(a: Segment, b: Segment) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > _BESIDE * min(a.bottom - a.top, b.bottom - b.top)


def _seeds(segments: list[Segment]) -> list[tuple[int, Segment, Segment]]:
    """Pairs side by side, the closest one for each left edge: (place of the lower, left, right)."""
    found: dict[int, tuple[int, Segment, Segment]] = {}
    counts: dict[int, int] = {}
    active: list[Segment] = []
    for index, segment in enumerate(segments):
        active = [other for other in active if other.bottom > segment.top]
        for other in active:
            if not _beside(other, segment):
                continue
            left, right = (other, segment) if other.x0 < segment.x0 else (segment, other)
            if right.x0 - left.x1 < _NARROWEST * min(left.size, right.size):
                continue
            edge = round(right.x0 / 4)
            counts[edge] = counts.get(edge, 0) + 1
            if edge not in found or left.x1 > found[edge][1].x1:
                found[edge] = (index, left, right)
        active.append(segment)
    often = sorted(found, key=lambda edge: (-counts[edge], edge))
    return [found[edge] for edge in often[:_MOST_STRIPS]]


def _grown(segments: list[Segment], seed: int, left: Segment, right: Segment) -> _Strip:
    """The strip between the two, grown up and down until text crosses it."""
    growth = _Growth(segments, left, right)
    start = seed
    while start > 0 and growth.takes(segments[start - 1]):
        start -= 1
    growth.takes(segments[seed])
    end = seed + 1
    while end < len(segments) and growth.takes(segments[end]):
        end += 1
    run = segments[start:end]
    middle = (growth.low + growth.high) / 2
    lefts = tuple(s for s in run if (s.x0 + min(s.x1, growth.high)) / 2 < middle)
    rights = tuple(s for s in run if (s.x0 + min(s.x1, growth.high)) / 2 >= middle)
    return _Strip(start, end, lefts, rights, growth.high - growth.low)


class _Growth:
    """The strip's edges while it grows."""

    def __init__(self, segments: list[Segment], left: Segment, right: Segment) -> None:
        self._segments = segments
        self.low, self.high = left.x1, right.x0
        self._least = _NARROWEST * min(left.size, right.size)

    def takes(self, segment: Segment) -> bool:
        """Whether the segment stands on one side; the strip is narrowed to leave it out."""
        if segment.x1 <= self.low or segment.x0 >= self.high:
            return True
        as_left, as_right = self.high - segment.x1, segment.x0 - self.low
        if max(as_left, as_right) < self._least:
            return self._overflows(segment)
        if as_left >= as_right:
            self.low = max(self.low, segment.x1)
        else:
            self.high = min(self.high, segment.x0)
        return True

    def _overflows(self, segment: Segment) -> bool:
        """Whether a left line runs too far: something of the right column is beside it."""
        return segment.x1 < self.high + 4 * segment.size and any(
            other.x0 >= segment.x1 and other.x0 <= self.high + 4 * segment.size
            for other in self._segments
            if other is not segment and _beside(segment, other)
        )


# ---- columns or rows


def _parts_columns(strip: _Strip) -> bool:
    """Whether the sides are read one after the other, and not line by line across."""
    aligned, unaligned = _pairs(strip.left, strip.right)
    if not aligned and not unaligned:
        return False
    if unaligned > _UNALIGNED * (aligned + unaligned):
        return True
    left_runs, right_runs = _has_paragraph(strip.left), _has_paragraph(strip.right)
    if left_runs and right_runs:
        return True
    return _is_list(strip.left) and _is_list(strip.right)


def _pairs(left: Sequence[Segment], right: Sequence[Segment]) -> tuple[int, int]:
    """How many pairs side by side share their base line, and how many do not."""
    aligned = unaligned = 0
    for a in left:
        for b in right:
            if b.top > a.bottom:
                break
            if _beside(a, b):
                if abs(a.base - b.base) <= SAME_LINE * min(a.size, b.size):
                    aligned += 1
                else:
                    unaligned += 1
    return aligned, unaligned


def _has_paragraph(side: Sequence[Segment]) -> bool:
    """Whether some lines of running text stand directly below each other."""
    run = 0
    above: Segment | None = None
    for segment in side:
        close = above is not None and segment.base - above.base <= _PITCH * segment.size
        follows = run if close else 0
        run = follows + 1 if len(segment.words) >= _RUNNING else 0
        if run >= _PARAGRAPH:
            return True
        above = segment
    return False


def _is_list(side: Sequence[Segment]) -> bool:
    """Whether most lines begin with a bullet, one below the other (no separators in a line)."""
    marked = [segment for segment in side if is_bullet(segment.words[0].text)]
    if len(marked) < _LIST or len(marked) * 2 <= len(side):
        return False
    return max(s.x0 for s in marked) - min(s.x0 for s in marked) <= marked[0].size
