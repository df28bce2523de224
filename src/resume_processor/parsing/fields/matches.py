"""What the field functions find."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """A value in a text: ``text[start:end]`` is where it stands, ``value`` what it says.

    ``rule`` names what found it, for the evidence.
    """

    start: int
    end: int
    value: str
    rule: str
