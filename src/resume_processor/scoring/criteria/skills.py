"""Criteria "required skills" and "preferred skills": one line for each skill."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.criteria.skill_evidence import (
    Showing,
    SkillEvidence,
    evidence_of,
    showing,
)
from resume_processor.scoring.job_plan import JobPlan, SkillAsked
from resume_processor.scoring.months import in_words
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.score import Finding
from resume_processor.skills.taxonomy import Relation


def required(plan: JobPlan, profile: Profile) -> tuple[Assessment, ...]:
    """The skills that the job cannot do without."""
    return _assessed([one for one in plan.skills if one.asked.required], plan, profile)


def preferred(plan: JobPlan, profile: Profile) -> tuple[Assessment, ...]:
    """The skills that are nice to have."""
    return _assessed([one for one in plan.skills if not one.asked.required], plan, profile)


def _assessed(
    skills: Sequence[SkillAsked], plan: JobPlan, profile: Profile
) -> tuple[Assessment, ...]:
    shown_by = showing(plan, profile)
    return tuple(_assess(one, shown_by) for one in skills)


def _assess(asked: SkillAsked, shown_by: Showing) -> Assessment:
    name, source, weight = asked.name, asked.asked.source, asked.weight
    must = asked.asked.required
    if not shown_by.profile.units:
        because = "the resume says nothing of skills"
        return Assessment(name, Finding.UNKNOWN, 0, because, (), source, weight, must)
    found = evidence_of(asked, shown_by)
    if found is None:
        because = "not found in the resume"
        return Assessment(name, Finding.MISSING, 0, because, (), source, weight, must)
    finding, quality, because = _judged(asked, found)
    relation = None if found.by is None else found.relation.value
    return Assessment(
        name, finding, quality, because, found.pointers, source, weight, must, relation, found.by
    )


def _judged(asked: SkillAsked, found: SkillEvidence) -> tuple[Finding, int, str]:
    finding = _finding(found.relation)
    because = found.words
    wanted = asked.asked.months
    if wanted and found.months < wanted:
        because = f"{because}; {in_words(wanted)} asked for"
        return Finding.PARTLY, found.quality, because
    return finding, found.quality, because


def _finding(relation: Relation) -> Finding:
    if relation is Relation.SAME:
        return Finding.MET
    if relation in (Relation.IMPLIES, Relation.BROADER):
        return Finding.IMPLIED
    return Finding.PARTLY
