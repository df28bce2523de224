"""Bodies about jobs (positions to fill), rankings and ledgers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from resume_processor.api.schemas.base import Body, RequestBody
from resume_processor.api.schemas.resumes import EXAMPLE_JOB
from resume_processor.scoring.score import (
    CriterionKind,
    JobRequirements,
    Requirement,
    SkillRequirement,
)
from resume_processor.workflow.ports import JobRecord, ScoringProgress

#: Longest advertisement, in characters.
LONGEST_JOB_TEXT = 200_000

#: Most entries of one list of requirements.
MOST_REQUIREMENTS = 200

#: One term: never empty, never a page of text, no NUL (PostgreSQL cannot store it).
Term = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00]*$")]
LongText = Annotated[str, StringConstraints(max_length=LONGEST_JOB_TEXT, pattern=r"^[^\x00]*$")]

TEXT_EXAMPLE: dict[str, Any] = {
    "text": "Backend Engineer\n\nMust have: Python, PostgreSQL, 3 years of experience. "
    "Nice to have: Kubernetes. English required."
}

REQUIREMENTS_EXAMPLE: dict[str, Any] = {
    "title": "Backend Engineer",
    "skills": [
        {"name": "Python", "required": True},
        {"name": "Kubernetes", "required": False},
    ],
    "months_of_experience": 36,
    "degree_level": "bachelor",
    "languages": [{"name": "English", "required": True}],
}

JOB_EXAMPLE: dict[str, Any] = {
    "id": EXAMPLE_JOB,
    "title": "Backend Engineer",
    "text": TEXT_EXAMPLE["text"],
    "requirements": REQUIREMENTS_EXAMPLE,
    "created_at": "2026-03-01T09:00:00Z",
    "updated_at": "2026-03-01T09:00:00Z",
    "revision": 1,
    "open": True,
    "retention_days": None,
}

#: The words of the job that a requirement was read from.
Source = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Seniority = Literal["intern", "junior", "mid", "senior", "lead", "manager", "director"]
DegreeLevel = Literal["secondary", "vocational", "associate", "bachelor", "master", "doctorate"]


#: Far more than anybody keeps a resume.
MOST_DAYS = 36_500
RetentionDays = Annotated[
    float | None,
    Field(
        gt=0,
        le=MOST_DAYS,
        description="Days after which resumes that were sent for this job are deleted; none: as "
        "the settings say.",
    ),
]


class RetentionBody(RequestBody):
    """How long resumes that were sent for a job are kept."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"retention_days": 180}]})

    retention_days: RetentionDays


class SkillBody(RequestBody):
    """A skill that the job asks for."""

    name: Term
    required: bool = True
    source: str = Field("", max_length=2000, description="The words of the job.")
    months: int | None = Field(None, ge=0, le=1200, description="Experience asked for with it.")
    alternatives: tuple[Term, ...] = Field(
        (), max_length=50, description="Skills that meet it as well."
    )


class RequirementBody(RequestBody):
    """A language, a certificate, a field of study."""

    name: Term
    required: bool = True
    source: str = Field("", max_length=2000, description="The words of the job.")


class RequirementsBody(RequestBody):
    """What a job asks for, said outright. What is left out is not asked for."""

    model_config = ConfigDict(json_schema_extra={"examples": [REQUIREMENTS_EXAMPLE]})

    title: Term | None = None
    skills: tuple[SkillBody, ...] = Field((), max_length=MOST_REQUIREMENTS)
    months_of_experience: int | None = Field(None, ge=0, le=1200)
    experience_required: bool = True
    experience_source: Source = ""
    degree_level: DegreeLevel | None = None
    degree_required: bool = True
    degree_source: Source = ""
    degree_or_experience: bool = Field(
        default=False, description="Years of work may stand in for the degree."
    )
    fields_of_study: tuple[RequirementBody, ...] = Field((), max_length=MOST_REQUIREMENTS)
    languages: tuple[RequirementBody, ...] = Field((), max_length=MOST_REQUIREMENTS)
    certificates: tuple[RequirementBody, ...] = Field((), max_length=MOST_REQUIREMENTS)
    seniority: Seniority | None = None
    seniority_source: Source = ""
    occupation: Term | None = Field(None, description="The title's trade, without rank.")
    weights: dict[CriterionKind, Annotated[int, Field(ge=0, le=1000)]] = Field(
        default_factory=dict, description="Weight of each criterion; empty: the usual ones."
    )

    def as_value(self) -> JobRequirements:
        """The same as the scoring knows it."""
        return JobRequirements(
            title=self.title,
            skills=tuple(SkillRequirement(**one.model_dump()) for one in self.skills),
            months_of_experience=self.months_of_experience,
            experience_required=self.experience_required,
            experience_source=self.experience_source,
            degree_level=self.degree_level,
            degree_required=self.degree_required,
            degree_source=self.degree_source,
            degree_or_experience=self.degree_or_experience,
            fields_of_study=requirements_in(self.fields_of_study),
            languages=requirements_in(self.languages),
            certificates=requirements_in(self.certificates),
            seniority=self.seniority,
            seniority_source=self.seniority_source,
            occupation=self.occupation,
            weights=tuple(self.weights.items()),
        )


class NewJobBody(RequestBody):
    """A job as text, or as requirements, or as both (then the requirements count)."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [TEXT_EXAMPLE, {"requirements": REQUIREMENTS_EXAMPLE}]}
    )

    text: LongText = Field("", description="The advertisement; its requirements are read.")
    retention_days: RetentionDays = None
    title: Term | None = Field(None, description="Instead of the one in the text.")
    requirements: RequirementsBody | None = Field(
        None, description="Said outright instead of being read from the text."
    )

    @model_validator(mode="after")
    def says_something(self) -> NewJobBody:
        """Text or requirements."""
        if not self.text.strip() and self.requirements is None:
            raise ValueError("text or requirements are needed")
        return self


class Job(Body):
    """A position to fill and what was read from it."""

    model_config = ConfigDict(json_schema_extra={"examples": [JOB_EXAMPLE]})

    id: str
    title: str
    text: str
    requirements: dict[str, Any] = Field(
        description="As they were read or said: `skills`, `months_of_experience`, `degree_level`, "
        "`languages`, …, `weights`."
    )
    created_at: datetime
    updated_at: datetime
    revision: int
    open: bool = Field(description="Whether new resumes are scored against it.")
    retention_days: RetentionDays = None


class ScoringState(Body):
    """How far the scoring of all resumes against the job is."""

    state: Literal["waiting", "running", "dead", "done"] = Field(
        description="`dead`: it was tried too often; see the dead letters."
    )
    scored: int = Field(description="Resumes that have a score.")
    candidates: int = Field(description="Resumes that were read and can have one.")


class JobWithScoring(Job):
    """A job, and how far its scoring is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {**JOB_EXAMPLE, "scoring": {"state": "running", "scored": 250, "candidates": 900}}
            ]
        }
    )

    scoring: ScoringState


class JobPage(Body):
    """A page of a listing of jobs, newest first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [JOB_EXAMPLE], "next_cursor": None}]}
    )

    items: tuple[Job, ...]
    next_cursor: str | None


def requirements_in(bodies: tuple[RequirementBody, ...]) -> tuple[Requirement, ...]:
    """The same as the scoring knows them."""
    return tuple(Requirement(**one.model_dump()) for one in bodies)


def job_of(record: JobRecord) -> Job:
    """The public view of a job; the tenant stays inside."""
    return Job(
        id=record.id,
        title=record.title,
        text=record.text,
        requirements=record.requirements,
        created_at=record.created_at,
        updated_at=record.updated_at,
        revision=record.revision,
        open=record.open,
        retention_days=record.retention_days,
    )


def job_with_scoring(record: JobRecord, progress: ScoringProgress) -> JobWithScoring:
    """The same with how far its scoring is."""
    return JobWithScoring(
        **job_of(record).model_dump(),
        scoring=ScoringState(
            state="done" if progress.work is None else progress.work.value,
            scored=progress.scored,
            candidates=progress.candidates,
        ),
    )
