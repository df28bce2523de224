"""What a criterion says about one requirement, before points are given."""

from __future__ import annotations

from typing import NamedTuple

from resume_processor.scoring.score import Finding


class Assessment(NamedTuple):
    """``quality``, 0 to 1000: how much of it is met; ``weight`` counts inside the criterion."""

    requirement: str
    finding: Finding
    quality: int
    because: str
    pointers: tuple[str, ...] = ()
    source: str = ""
    weight: int = 1
    must: bool = False  #: the job cannot do without it
    relation: str | None = None  #: by which the taxonomy takes another skill for this one
    by: str | None = None  #: that other skill
