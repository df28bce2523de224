"""Criterion "seniority": whether the candidate worked at the rank that the job names."""

from __future__ import annotations

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.criteria.experience import months_of, relevant_work
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.months import in_words
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile, WorkEntry
from resume_processor.scoring.score import SENIORITIES, Finding
from resume_processor.scoring.seniority import rank_of, seniority_of

#: Months of relevant work that stand for a rank where no title names it: many firms give none.
#: Nobody becomes a manager by waiting, so those ranks have none.
USUAL_MONTHS = {"mid": 24, "senior": 60, "lead": 84}
#: What such months say, of 1000: they are no title.
BY_MONTHS = 800


def seniority(plan: JobPlan, profile: Profile) -> tuple[Assessment, ...]:
    """One line where the job names a rank."""
    asked = plan.job.seniority
    if asked not in SENIORITIES:
        return ()
    work, source = relevant_work(plan, profile), plan.job.seniority_source
    if not profile.work:
        return (Assessment(asked, Finding.UNKNOWN, 0, "the resume names no job", (), source),)
    held = [one for one in work if rank_of(seniority_of(one.title)) >= rank_of(asked)]
    if held:
        latest = max(held, key=lambda one: one.stretch.last if one.stretch else 0)
        because = f"worked as {latest.title}"
        pointers = (f"{latest.pointer}/position",)
        return (Assessment(asked, Finding.MET, FULL, because, pointers, source),)
    return (_by_months(asked, work, source),)


def _by_months(asked: str, work: tuple[WorkEntry, ...], source: str) -> Assessment:
    months, usual = months_of(work), USUAL_MONTHS.get(asked)
    because = f"no such rank held; {in_words(months)} in relevant jobs"
    pointers = tuple(one.pointer for one in work)
    if usual is None or not months:
        return Assessment(asked, Finding.MISSING, 0, because, pointers, source)
    if months >= usual:
        return Assessment(asked, Finding.IMPLIED, BY_MONTHS, because, pointers, source)
    return Assessment(asked, Finding.PARTLY, BY_MONTHS * months // usual, because, pointers, source)
