"""Counting months. A month is a whole number: year * 12 + (month - 1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Months from ``start`` up to, not including, ``end``."""

    start: int
    end: int


def first_month(iso: str) -> int:
    """The month in which something that starts at this date starts.

    A year without a month counts from its middle, so that neither a start nor an end is favoured.
    """
    year, month = _parts(iso)
    return year * 12 + (month - 1 if month else 6)


def month_after(iso: str) -> int:
    """The first month after something that ends at this date; a year alone ends in its middle."""
    year, month = _parts(iso)
    return year * 12 + (month or 6)


def _parts(iso: str) -> tuple[int, int]:
    parts = iso.split("-")
    return int(parts[0]), int(parts[1]) if len(parts) > 1 else 0


def iso_month(month: int) -> str:
    """``YYYY-MM``."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same months without overlaps, in order; empty spans are dropped."""
    result: list[Span] = []
    for span in sorted(s for s in spans if s.end > s.start):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def total(spans: Iterable[Span]) -> int:
    """Months in the spans, each month once."""
    return sum(span.end - span.start for span in merged(spans))


def holes(spans: Iterable[Span]) -> Sequence[Span]:
    """What lies between the spans."""
    parts = merged(spans)
    return [Span(a.end, b.start) for a, b in pairwise(parts)]
