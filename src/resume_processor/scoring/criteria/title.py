"""Criterion "title": whether the candidate held such a job."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.criteria.strength import recency
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.score import Finding
from resume_processor.scoring.title_match import is_below, likeness, trade_of

#: From here on two titles are the same job.
SAME = 800
#: Below this a likeness is chance.
ALIKE = 225
#: What is left of 1000 for a rank below: an assistant manager is no manager yet.
RANK_BELOW = 800
#: What a title over the resume says, of 1000: what one calls oneself is no job held.
CALLS_ONESELF = 600


@dataclass(frozen=True, slots=True)
class _Held:
    pointer: str
    title: str
    quality: int
    because: str


def title(plan: JobPlan, profile: Profile) -> tuple[Assessment, ...]:
    """One line: the best match of any held title with any of the titles asked for."""
    if not plan.trades:
        return ()
    asked = plan.job.title or ""
    best = max(_held(plan, profile), key=lambda one: one.quality, default=None)
    if best is None:
        return (Assessment(asked, Finding.UNKNOWN, 0, "the resume names no job title", (), asked),)
    if best.quality < ALIKE:
        return (Assessment(asked, Finding.MISSING, 0, "no such title held", (), asked),)
    finding = Finding.MET if best.quality >= SAME else Finding.PARTLY
    because = f"{best.because} {best.title}"
    return (Assessment(asked, finding, best.quality, because, (best.pointer,), asked),)


def _held(plan: JobPlan, profile: Profile) -> Iterator[_Held]:
    for entry in profile.work:
        if entry.trade:
            last = entry.stretch.last if entry.stretch else None
            quality = _match(plan, entry.trade, entry.title) * recency(last, profile.as_of) // FULL
            yield _Held(f"{entry.pointer}/position", entry.title, quality, "worked as")
    if profile.label:
        quality = _match(plan, trade_of(profile.label), profile.label) * CALLS_ONESELF // FULL
        yield _Held("/basics/label", profile.label, quality, "calls oneself")


def _match(plan: JobPlan, trade: tuple[str, ...], held: str) -> int:
    best = max(likeness(asked, trade) for asked in plan.trades)
    below = is_below(held) and not is_below(plan.job.title or "")
    return best * RANK_BELOW // FULL if below else best
