"""Rectangles on a page: PDF points (1/72 inch), origin at the top left, y grows downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with ``x0 <= x1`` and ``y0 <= y1`` in points."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """Vertical centre in points."""
        return (self.y0 + self.y1) / 2

    def holds_middle_of(self, other: Box) -> bool:
        """Whether the centre of ``other`` lies in this box."""
        x, y = (other.x0 + other.x1) / 2, (other.y0 + other.y1) / 2
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of ``boxes``; raises ValueError where there is none."""
    around = list(boxes)
    if not around:
        raise ValueError("no box to unite")
    return Box(
        min([b.x0 for b in around]),  # lists: called for every line, and generators are slower
        min([b.y0 for b in around]),
        max([b.x1 for b in around]),
        max([b.y1 for b in around]),
    )
