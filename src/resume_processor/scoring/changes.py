"""What would change a score: requirements that are not met, those that are cheapest to meet first."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.scoring.score import Change, CriterionKind, CriterionScore

#: From what is soonest done to what takes years.
EFFORT = (
    CriterionKind.REQUIRED_SKILLS,
    CriterionKind.PREFERRED_SKILLS,
    CriterionKind.CERTIFICATES,
    CriterionKind.LANGUAGES,
    CriterionKind.TITLE,
    CriterionKind.EXPERIENCE,
    CriterionKind.EDUCATION,
)


def changes_in(criteria: Sequence[CriterionScore]) -> tuple[Change, ...]:
    """A change for each line with points left, the soonest done first, then by points."""
    changes = [
        Change(line.requirement, one.kind, line.max_points - line.points)
        for one in criteria
        for line in one.lines
        if line.points < line.max_points
    ]
    return tuple(sorted(changes, key=lambda one: (EFFORT.index(one.kind), -one.points)))
