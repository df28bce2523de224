"""Scoring one resume against one job: a pure function, and a ledger instead of a number."""

from __future__ import annotations

from resume_processor.resume.parsed_resume import ParsedResume
from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.changes import changes_in
from resume_processor.scoring.criteria.experience import months_of, relevant_work
from resume_processor.scoring.criteria.languages import languages_of
from resume_processor.scoring.criteria.registry import CRITERIA
from resume_processor.scoring.facets import Facets
from resume_processor.scoring.job_plan import JobPlan, plan_of
from resume_processor.scoring.points import points_of, share
from resume_processor.scoring.profile import Profile, profile_of, profile_version
from resume_processor.scoring.profile_pasted import without_pasted
from resume_processor.scoring.score import (
    CriterionKind,
    CriterionScore,
    JobRequirements,
    LedgerLine,
    Score,
)

#: Grows when the same resume and job may score otherwise.
SCORING_VERSION = "3"

#: Points of a resume that shows all that a job asks for.
MAX_TOTAL = 1000


def score_resume(parsed: ParsedResume, job: JobRequirements) -> Score:
    """The ledger of a resume for a job.

    Pure: no clock, no other candidate, nothing personal; the same two values give the same ledger.
    """
    return score_profile(profile_of(parsed), job)


def score_version() -> str:
    """Of the scores that are made now: rules, profile, taxonomy."""
    return f"{SCORING_VERSION}/{profile_version()}"


def score_profile(profile: Profile, job: JobRequirements) -> Score:
    """The same from a profile that was made before."""
    return score_with_facets(profile, job)[0]


def score_with_facets(profile: Profile, job: JobRequirements) -> tuple[Score, Facets]:
    """The ledger, and what a ranking may be filtered by."""
    return score_by_plan(profile, plan_of(job))


def score_by_plan(profile: Profile, plan: JobPlan) -> tuple[Score, Facets]:
    """The same by a plan that was made before."""
    profile = without_pasted(profile, plan.sources)
    score = _score(plan, profile)
    months = months_of(relevant_work(plan, profile))
    return score, Facets(score.musts_met, months, languages_of(profile))


def _score(plan: JobPlan, profile: Profile) -> Score:
    assessed = {one.kind: one.assess(plan, profile) for one in CRITERIA}
    asked = {kind: lines for kind, lines in assessed.items() if lines}
    criteria = tuple(
        _criterion(kind, points, asked[kind]) for kind, points in _budget(plan, tuple(asked))
    )
    return Score(
        total=sum(one.points for one in criteria),
        max_total=sum(one.max_points for one in criteria),
        criteria=criteria,
        changes=changes_in(criteria),
        warnings=profile.warnings,
        version=f"{SCORING_VERSION}/{profile.version}",
    )


def _budget(plan: JobPlan, asked: tuple[CriterionKind, ...]) -> list[tuple[CriterionKind, int]]:
    """The points of each criterion that the job asks for; they add up to MAX_TOTAL."""
    weights = {one.kind: one.weight for one in CRITERIA} | dict(plan.job.weights)
    return list(zip(asked, share(MAX_TOTAL, [weights[kind] for kind in asked]), strict=True))


def _criterion(
    kind: CriterionKind, max_points: int, assessed: tuple[Assessment, ...]
) -> CriterionScore:
    shares = share(max_points, [one.weight for one in assessed])
    lines = tuple(_line(one, most) for one, most in zip(assessed, shares, strict=True))
    return CriterionScore(kind, sum(line.points for line in lines), max_points, lines)


def _line(one: Assessment, max_points: int) -> LedgerLine:
    requirement, finding, quality, because, pointers, source, _, must, relation, by = one
    points = points_of(max_points, quality)
    # in its order, because naming ten arguments costs as much as the line itself
    return LedgerLine(
        requirement, finding, points, max_points, because, pointers, source, must, relation, by
    )
