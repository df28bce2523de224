"""The lines under one heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import LabelledLine


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive lines of one section; ``heading`` is the line that opened it, if one did."""

    kind: SectionKind
    heading: LabelledLine | None
    lines: tuple[LabelledLine, ...]


def runs_of(lines: Iterable[LabelledLine]) -> list[Run]:
    """The runs in the order of the document; a heading without lines under it is a run, too."""
    runs: list[Run] = []
    heading: LabelledLine | None = None
    kind: SectionKind | None = None
    members: list[LabelledLine] = []
    for line in lines:
        if line.is_heading or line.kind is not kind:
            if kind is not None:
                runs.append(Run(kind, heading, tuple(members)))
            kind, members = line.kind, []
            heading = line if line.is_heading else None
        if not line.is_heading:
            members.append(line)
    if kind is not None:
        runs.append(Run(kind, heading, tuple(members)))
    return runs


def lines_of(lines: Sequence[LabelledLine], kind: SectionKind) -> list[LabelledLine]:
    """The lines of one section without its headings."""
    return [line for line in lines if line.kind is kind and not line.is_heading]
