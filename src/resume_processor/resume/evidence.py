"""Where a value of a resume was read, and by what."""

from __future__ import annotations

from dataclasses import dataclass

from resume_processor.layout.boxes import Box


@dataclass(frozen=True, slots=True)
class Place:
    """Words on one page: the box around those of one line, in points from the page's top left."""

    page: int  #: from 1
    box: Box


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind one value of the record.

    ``source`` is the text as it stands in the document, ``rule`` the rule or model that read it,
    ``confidence`` the estimated probability (0..1) that the value is right.
    """

    places: tuple[Place, ...]
    source: str
    rule: str
    confidence: float
