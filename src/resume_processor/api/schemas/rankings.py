"""Bodies about rankings, ledgers, and what moved between two of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from resume_processor.api.schemas.base import Body
from resume_processor.api.schemas.resumes import EXAMPLE_ID, EXAMPLE_JOB
from resume_processor.resume.record import ResumeStatus
from resume_processor.scoring.compare import Comparison, Move
from resume_processor.scoring.score import LedgerLine
from resume_processor.workflow.ports import RankedResume, ScoreRecord

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
    "must_haves_met": True,
    "months_of_experience": 62,
    "languages": ["english", "german"],
    "earlier_total": None,
    "criteria": [{"kind": "required_skills", "points": 400, "max_points": 400}],
}

CHANGES_EXAMPLE: dict[str, Any] = {
    "job_id": EXAMPLE_JOB,
    "resume_id": EXAMPLE_ID,
    "before": 600,
    "after": 640,
    "difference": 40,
    "versions": ["1/1/1", "2/1/1"],
    "upgrades": ["scoring rules 1 → 2"],
    "moves": [
        {
            "kind": "required_skills",
            "requirement": "Python",
            "points": 40,
            "why": "was missing (not found in the resume); now implied (Django implies it)",
            "before": {"finding": "missing", "points": 0, "max_points": 400},
            "after": {"finding": "implied", "points": 40, "max_points": 400},
        }
    ],
    "new_warnings": [],
    "gone_warnings": [],
}


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
    must_haves_met: bool | None = Field(
        description="Nothing is missing that the job cannot do without; null: scored before that "
        "was noted."
    )
    months_of_experience: int | None = Field(description="In relevant, dated work.")
    languages: tuple[str, ...] = Field(description="English names; spoken, or written in.")
    earlier_total: int | None = Field(description="Before the score last changed.")
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


def ranked_of(row: RankedResume) -> RankedCandidate:
    """The public view of a row of a ranking."""
    ledger = row.score.ledger
    return RankedCandidate(
        resume_id=row.resume.id,
        name=row.resume.candidate_name,
        file_name=row.resume.file_name,
        external_id=row.resume.external_id,
        status=row.resume.status,
        total=row.score.total,
        max_total=ledger["max_total"],
        must_haves_met=row.score.facets.musts_met,
        months_of_experience=row.score.facets.months,
        languages=row.score.facets.languages,
        earlier_total=row.score.earlier_total,
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


class LineBrief(Body):
    """How one requirement stands in a ledger."""

    finding: str
    points: int
    max_points: int


class MoveBody(Body):
    """A requirement whose points changed; null: it is not in that ledger."""

    kind: str
    requirement: str
    points: int
    why: str
    before: LineBrief | None
    after: LineBrief | None


class ScoreChanges(Body):
    """What moved when a score last changed; the points of the moves add up to the difference."""

    model_config = ConfigDict(json_schema_extra={"examples": [CHANGES_EXAMPLE]})

    job_id: str
    resume_id: str
    before: int
    after: int
    difference: int
    versions: tuple[str, str]
    upgrades: tuple[str, ...] = Field(
        description="Parts of the version that changed; empty: the resume was read otherwise."
    )
    moves: tuple[MoveBody, ...]
    new_warnings: tuple[str, ...]
    gone_warnings: tuple[str, ...]


def changes_of(
    record: ScoreRecord, comparison: Comparison, versions: tuple[str, str]
) -> ScoreChanges:
    """The public view of a comparison."""
    return ScoreChanges(
        job_id=record.job_id,
        resume_id=record.resume_id,
        before=comparison.before,
        after=comparison.after,
        difference=comparison.after - comparison.before,
        versions=versions,
        upgrades=comparison.upgrades,
        moves=tuple(map(_move, comparison.moves)),
        new_warnings=comparison.new_warnings,
        gone_warnings=comparison.gone_warnings,
    )


def _move(move: Move) -> MoveBody:
    return MoveBody(
        kind=move.kind.value,
        requirement=move.requirement,
        points=move.points,
        why=move.why,
        before=_brief(move.before),
        after=_brief(move.after),
    )


def _brief(line: LedgerLine | None) -> LineBrief | None:
    if line is None:
        return None
    return LineBrief(finding=line.finding.value, points=line.points, max_points=line.max_points)
