"""Criterion "experience": months in jobs whose title or skills match, each month counted once."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.months import in_words, months_in
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile, WorkEntry
from resume_processor.scoring.score import Finding
from resume_processor.scoring.title_match import likeness

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
    dated = [number for number, one in enumerate(profile.work) if one.stretch is not None]
    if plan.trades or plan.skills:  # all of them where neither is said
        by_title = {number for number in dated if _is_near(profile.work[number], plan)}
        by_skill = _showing(plan, profile) if len(by_title) < len(dated) else frozenset()
        dated = [number for number in dated if number in by_title or number in by_skill]
    return tuple(profile.work[number] for number in dated)


def months_of(work: tuple[WorkEntry, ...]) -> int:
    """How long, each month counted once."""
    return months_in(one.stretch for one in work if one.stretch is not None)


def _finding(months: int, wanted: int) -> Finding:
    if months >= wanted:
        return Finding.MET
    return Finding.PARTLY if months else Finding.MISSING


def _is_near(entry: WorkEntry, plan: JobPlan) -> bool:
    return any(likeness(trade, entry.trade) >= RELEVANT for trade in plan.trades)


def _showing(plan: JobPlan, profile: Profile) -> AbstractSet[int]:
    """Numbers of the jobs held that show a skill that the job cannot do without."""
    units = profile.units
    return {
        units[unit].entry
        for skill, its_units in profile.skills.items()
        if plan.told_by(skill).shows_required
        for unit in its_units
    }
