"""What the line model says about each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from resume_processor.parsing.models.line_features import step
from resume_processor.parsing.section_kind import SectionKind

#: A line's second section is passed on where it is at least this probable.
WORTH_A_THOUGHT = 0.1


@dataclass(frozen=True, slots=True)
class LineOdds:
    """Probabilities of one line."""

    sections: Mapping[SectionKind, float]
    begins: float  #: that an entry begins in it
    heading: float  #: that it is a heading

    @property
    def best(self) -> SectionKind:
        """The most probable section."""
        return max(self.sections, key=lambda kind: (self.sections[kind], kind))


def line_odds(marginals: Sequence[Mapping[str, float]]) -> list[LineOdds]:
    """Sum the probabilities of the model's labels ("work", "work:B", "work:H")."""
    found: list[LineOdds] = []
    for row in marginals:
        sections: dict[SectionKind, float] = {}
        begins = heading = 0.0
        for label, probability in row.items():
            section, mark = _meaning(label)
            sections[section] = sections.get(section, 0.0) + probability
            if mark == "B":
                begins += probability
            elif mark == "H":
                heading += probability
        found.append(LineOdds(sections, begins, heading))
    return found


@lru_cache(maxsize=256)
def _meaning(label: str) -> tuple[SectionKind, str]:
    """The section of a label of the line model, and its mark: "B", "H" or none."""
    kind, _, mark = label.partition(":")
    return SectionKind(kind), mark


def says(odds: Sequence[LineOdds]) -> list[list[str]]:
    """The features that the word models get from the line model."""
    found: list[list[str]] = []
    for line in odds:
        best = line.best
        features = [
            f"sec={best}",
            f"sec={best}:{step(line.sections[best], 0.5, 0.75, 0.95)}",
            f"begins={step(line.begins, 0.1, 0.3, 0.6, 0.9)}",
            f"heads={step(line.heading, 0.2, 0.7)}",
        ]
        features += [
            f"maybe={kind}"
            for kind, probability in sorted(line.sections.items())
            if kind is not best and probability >= WORTH_A_THOUGHT
        ]
        found.append(features)
    return found
