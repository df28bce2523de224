"""What the sources are turned into before they are merged."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Label:
    """A way to write a concept. ``exact``: only so; ``context``: only in the company of skills."""

    text: str
    exact: bool = False
    context: bool = False


@dataclass(slots=True)
class Entry:
    """A concept of one source, with the names of the concepts that it speaks for."""

    id: str
    name: str
    kind: str  #: a letter of skills.taxonomy.KINDS
    labels: list[Label] = field(default_factory=list)
    implies: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    group: str = ""
