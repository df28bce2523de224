"""All criteria in the order of the ledger, with their default weights.

docs/adding-a-criterion.md says how to add one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.criteria.certificates import certificates
from resume_processor.scoring.criteria.education import education
from resume_processor.scoring.criteria.experience import experience
from resume_processor.scoring.criteria.languages import languages
from resume_processor.scoring.criteria.seniority import seniority
from resume_processor.scoring.criteria.skills import preferred, required
from resume_processor.scoring.criteria.title import title
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.score import CriterionKind

#: What a criterion says about a resume: one assessment a requirement; none: the job does not ask.
Assess = Callable[[JobPlan, Profile], tuple[Assessment, ...]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """``weight`` counts against the weights of the other criteria that the job asks for."""

    kind: CriterionKind
    weight: int
    assess: Assess


CRITERIA = (
    Criterion(CriterionKind.REQUIRED_SKILLS, 350, required),
    Criterion(CriterionKind.PREFERRED_SKILLS, 100, preferred),
    Criterion(CriterionKind.TITLE, 150, title),
    Criterion(CriterionKind.SENIORITY, 50, seniority),
    Criterion(CriterionKind.EXPERIENCE, 200, experience),
    Criterion(CriterionKind.EDUCATION, 100, education),
    Criterion(CriterionKind.LANGUAGES, 50, languages),
    Criterion(CriterionKind.CERTIFICATES, 50, certificates),
)
