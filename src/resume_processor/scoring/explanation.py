"""A score in words."""

from __future__ import annotations

from collections.abc import Iterator

from resume_processor.scoring.score import CriterionKind, CriterionScore, Finding, Score

TITLES = {
    CriterionKind.REQUIRED_SKILLS: "Required skills",
    CriterionKind.PREFERRED_SKILLS: "Preferred skills",
    CriterionKind.TITLE: "Title",
    CriterionKind.SENIORITY: "Seniority",
    CriterionKind.EXPERIENCE: "Experience",
    CriterionKind.EDUCATION: "Education",
    CriterionKind.LANGUAGES: "Languages",
    CriterionKind.CERTIFICATES: "Certificates",
}
SIGNS = {
    Finding.MET: "✓",
    Finding.IMPLIED: "✓",
    Finding.PARTLY: "~",
    Finding.MISSING: "✗",
    Finding.UNKNOWN: "?",
}


def explain(score: Score) -> list[str]:
    """The ledger as lines of text: the total, each criterion, each requirement and why."""
    lines = [f"{score.total} of {score.max_total} points"]
    for criterion in score.criteria:
        lines += _criterion(criterion)
    lines += _changes(score)
    lines += [f"Warning: {warning}" for warning in score.warnings]
    return lines


def _criterion(criterion: CriterionScore) -> Iterator[str]:
    yield f"{TITLES[criterion.kind]}: {criterion.points} of {criterion.max_points}"
    for line in criterion.lines:
        yield (
            f"  {SIGNS[line.finding]} {line.requirement}: {line.points} of {line.max_points}"
            f" ({line.finding.value}: {line.because})"
        )


def _changes(score: Score) -> Iterator[str]:
    if score.changes:
        yield "What would change it:"
    for change in score.changes[:5]:
        yield f"  +{change.points} {TITLES[change.kind].lower()}: {change.requirement}"
