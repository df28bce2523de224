"""What the line model says about each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resume_processor.parsing.models.line_features import step
from resume_processor.parsing.models.probabilities import Probabilities
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


def line_odds(said: Probabilities) -> list[LineOdds]:
    """Sum the probabilities of the model's labels ("work", "work:B", "work:H")."""
    meanings = [_meaning(label) for label in said.labels]
    found: list[LineOdds] = []
    for row in said.rows.tolist():
        sections: dict[SectionKind, float] = dict.fromkeys(
            (section for section, _ in meanings), 0.0
        )
        marks = {"B": 0.0, "H": 0.0, "": 0.0}
        for (section, mark), probability in zip(meanings, row, strict=True):
            sections[section] += probability
            marks[mark] += probability
        found.append(LineOdds(sections, marks["B"], marks["H"]))
    return found


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
