"""What would change a score: requirements that are not met, the cheapest to meet first."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.scoring.score import SATISFIED, Change, CriterionKind, CriterionScore

#: From what is soonest done to what takes years.
EFFORT = (
    CriterionKind.REQUIRED_SKILLS,
    CriterionKind.PREFERRED_SKILLS,
    CriterionKind.CERTIFICATES,
    CriterionKind.LANGUAGES,
    CriterionKind.TITLE,
    CriterionKind.SENIORITY,
    CriterionKind.EXPERIENCE,
    CriterionKind.EDUCATION,
)


def changes_in(criteria: Sequence[CriterionScore]) -> tuple[Change, ...]:
    """A change for each requirement that is missing, unknown or met in part only.

    The soonest done first, then by points. What is met but not shown in work is the last.
    """
    open_lines = [
        (
            line.finding in SATISFIED,
            Change(line.requirement, one.kind, line.max_points - line.points),
        )
        for one in criteria
        for line in one.lines
        if line.points < line.max_points
    ]
    ordered = sorted(
        open_lines, key=lambda one: (one[0], EFFORT.index(one[1].kind), -one[1].points)
    )
    return tuple(change for _, change in ordered)
