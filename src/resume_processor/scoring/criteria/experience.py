"""Criterion "experience": months in jobs whose title or skills match, each month counted once."""

from __future__ import annotations

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.months import in_words, months_in
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile, WorkEntry
from resume_processor.scoring.score import Finding
from resume_processor.scoring.title_match import likeness
from resume_processor.skills.taxonomy_file import load_taxonomy

#: From here on a title is near enough for its time to count.
RELEVANT = 400


def experience(plan: JobPlan, profile: Profile) -> tuple[Assessment, ...]:
    """One line where the job asks for a time."""
    wanted = plan.job.months_of_experience
    if not wanted:
        return ()
    requirement = f"{in_words(wanted)} of experience"
    source, must = plan.job.experience_source, plan.job.experience_required
    if all(one.stretch is None for one in profile.work):
        because = "the resume has no dated work"
        return (Assessment(requirement, Finding.UNKNOWN, 0, because, (), source, must=must),)
    relevant = relevant_work(plan, profile)
    months = months_of(relevant)
    return (
        Assessment(
            requirement,
            _finding(months, wanted),
            min(FULL, FULL * months // wanted),
            f"{in_words(months)} in relevant jobs",
            tuple(one.pointer for one in relevant),
            source,
            must=must,
        ),
    )


def relevant_work(plan: JobPlan, profile: Profile) -> tuple[WorkEntry, ...]:
    """The dated jobs whose title or skills match."""
    return tuple(
        one
        for number, one in enumerate(profile.work)
        if one.stretch is not None and _is_relevant(number, one, plan, profile)
    )


def months_of(work: tuple[WorkEntry, ...]) -> int:
    """How long, each month counted once."""
    return months_in(one.stretch for one in work if one.stretch is not None)


def _finding(months: int, wanted: int) -> Finding:
    if months >= wanted:
        return Finding.MET
    return Finding.PARTLY if months else Finding.MISSING


def _is_relevant(number: int, entry: WorkEntry, plan: JobPlan, profile: Profile) -> bool:
    """By title, or by a skill that the job cannot do without; all where neither is said."""
    if not plan.trades and not plan.skills:
        return True
    if any(likeness(trade, entry.trade) >= RELEVANT for trade in plan.trades):
        return True
    shown = {
        other
        for unit in profile.units
        if unit.entry == number
        for skill in unit.skills
        for other in load_taxonomy().speaks_for(skill)
    }
    return any(
        option.concept in shown
        for one in plan.skills
        if one.asked.required
        for option in one.options
    )
