"""Bodies about jobs (positions to fill), rankings and ledgers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from resume_processor.api.schemas.base import Body, RequestBody
from resume_processor.api.schemas.resumes import EXAMPLE_ID, EXAMPLE_JOB
from resume_processor.resume.record import ResumeStatus
from resume_processor.scoring.score import (
    CriterionKind,
    JobRequirements,
    Requirement,
    SkillRequirement,
)
from resume_processor.workflow.ports import JobRecord, RankedResume, ScoreRecord

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
}

LEDGER_EXAMPLE: dict[str, Any] = {
    "total": 640,
    "max_total": 1000,
    "criteria": [
        {
            "kind": "required_skills",
            "points": 400,
            "max_points": 400,
            "lines": [
                {
                    "requirement": "Python",
                    "finding": "met",
                    "points": 400,
                    "max_points": 400,
                    "because": "Listed as a skill.",
                    "pointers": ["/skills/0/name"],
                    "source": "Must have: Python",
                }
            ],
        }
    ],
    "changes": [{"requirement": "Kubernetes", "kind": "preferred_skills", "points": 100}],
    "warnings": [],
    "version": "1",
}

RANKED_EXAMPLE: dict[str, Any] = {
    "resume_id": EXAMPLE_ID,
    "name": "Ada Example",
    "file_name": "ada-example.pdf",
    "external_id": "applicant-42",
    "status": "DONE",
    "total": 640,
    "max_total": 1000,
    "criteria": [{"kind": "required_skills", "points": 400, "max_points": 400}],
}

DegreeLevel = Literal["secondary", "vocational", "associate", "bachelor", "master", "doctorate"]


class SkillBody(RequestBody):
    """A skill that the job asks for."""

    name: Term
    required: bool = True
    source: str = Field("", max_length=2000, description="The words of the job.")
    months: int | None = Field(None, ge=0, le=1200, description="Experience asked for with it.")


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
    degree_level: DegreeLevel | None = None
    degree_required: bool = True
    fields_of_study: tuple[RequirementBody, ...] = Field((), max_length=MOST_REQUIREMENTS)
    languages: tuple[RequirementBody, ...] = Field((), max_length=MOST_REQUIREMENTS)
    certificates: tuple[RequirementBody, ...] = Field((), max_length=MOST_REQUIREMENTS)
    seniority: Term | None = None
    weights: dict[CriterionKind, Annotated[int, Field(ge=0, le=1000)]] = Field(
        default_factory=dict, description="Weight of each criterion; empty: the usual ones."
    )

    def as_value(self) -> JobRequirements:
        """The same as the scoring knows it."""
        return JobRequirements(
            title=self.title,
            skills=tuple(SkillRequirement(**one.model_dump()) for one in self.skills),
            months_of_experience=self.months_of_experience,
            degree_level=self.degree_level,
            degree_required=self.degree_required,
            fields_of_study=requirements_in(self.fields_of_study),
            languages=requirements_in(self.languages),
            certificates=requirements_in(self.certificates),
            seniority=self.seniority,
            weights=tuple(self.weights.items()),
        )


class NewJobBody(RequestBody):
    """A job as text, or as requirements, or as both (then the requirements count)."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [TEXT_EXAMPLE, {"requirements": REQUIREMENTS_EXAMPLE}]}
    )

    text: LongText = Field("", description="The advertisement; its requirements are read.")
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


class JobPage(Body):
    """A page of a listing of jobs, newest first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [JOB_EXAMPLE], "next_cursor": None}]}
    )

    items: tuple[Job, ...]
    next_cursor: str | None


class CriterionPoints(Body):
    """Points of one criterion."""

    kind: str
    points: int
    max_points: int


class RankedCandidate(Body):
    """One row of a ranking."""

    model_config = ConfigDict(json_schema_extra={"examples": [RANKED_EXAMPLE]})

    resume_id: str
    name: str | None = Field(description="As it stands in the resume; never scored.")
    file_name: str
    external_id: str | None
    status: ResumeStatus
    total: int
    max_total: int
    criteria: tuple[CriterionPoints, ...] = Field(description="Their points add up to the total.")


class Ranking(Body):
    """A page of a ranking, best first; equal totals in the order of the resumes' ids."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"job_id": EXAMPLE_JOB, "items": [RANKED_EXAMPLE], "next_cursor": None}]
        }
    )

    job_id: str
    items: tuple[RankedCandidate, ...]
    next_cursor: str | None


class ScoreReport(Body):
    """The ledger of one resume for one job: every point and what stands behind it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "job_id": EXAMPLE_JOB,
                    "resume_id": EXAMPLE_ID,
                    "total": 640,
                    "ledger": LEDGER_EXAMPLE,
                    "version": "1",
                    "created_at": "2026-03-01T09:00:01Z",
                }
            ]
        }
    )

    job_id: str
    resume_id: str
    total: int
    ledger: dict[str, Any] = Field(
        description="`criteria`, each with `lines` (requirement, finding, points, because, JSON "
        "Pointers into the resume); `changes`: what would bring how many points; `warnings`."
    )
    version: str = Field(description="Of scoring rules and taxonomy.")
    created_at: datetime


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
    )


def ranked_of(row: RankedResume) -> RankedCandidate:
    """The public view of a row of a ranking."""
    ledger = row.score.ledger
    return RankedCandidate(
        resume_id=row.resume.id,
        name=row.name,
        file_name=row.resume.file_name,
        external_id=row.resume.external_id,
        status=row.resume.status,
        total=row.score.total,
        max_total=ledger["max_total"],
        criteria=tuple(CriterionPoints.model_validate(one) for one in ledger["criteria"]),
    )


def score_of(record: ScoreRecord) -> ScoreReport:
    """The public view of a score."""
    return ScoreReport(
        job_id=record.job_id,
        resume_id=record.resume_id,
        total=record.total,
        ledger=record.ledger,
        version=record.version,
        created_at=record.created_at,
    )
