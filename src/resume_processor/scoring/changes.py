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
_EFFORT = {kind: effort for effort, kind in enumerate(EFFORT)}


def changes_in(criteria: Sequence[CriterionScore]) -> tuple[Change, ...]:
    """A change for each requirement that is missing, unknown or met in part only.

    The soonest done first, then by points. What is met but not shown in work is the last.
    """
    open_lines = [
        (line.finding in SATISFIED, _EFFORT[one.kind], line.points - line.max_points, number, line)
        for one in criteria
        for number, line in enumerate(one.lines)
        if line.points < line.max_points
    ]
    open_lines.sort()  # a number stands once under a kind, so lines are never compared
    return tuple(
        Change(line.requirement, EFFORT[effort], -points)
        for _, effort, points, _, line in open_lines
    )
