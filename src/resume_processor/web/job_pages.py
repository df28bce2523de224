"""Jobs: what an advertisement asks for, who meets it how well, and why."""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import Response

from resume_processor.errors import NotFound, ResumeProcessorError
from resume_processor.resume.blind import Blind, blind_label, blind_of
from resume_processor.scoring.encoding import requirements_from_json
from resume_processor.scoring.explanation import SIGNS
from resume_processor.scoring.score import DEGREE_LEVELS, Finding
from resume_processor.web.decisions import decision_values
from resume_processor.web.job_view import asked_of, changed, pieces_of, weights_of
from resume_processor.web.resume_pages import refusal
from resume_processor.web.shell import ID_PATTERN, Acting, Shown, Visit, words_of
from resume_processor.workflow.audit_port import Seen
from resume_processor.workflow.decision_port import Decision
from resume_processor.workflow.ports import JobRecord, RankedResume, RankingFilter
from resume_processor.workflow.receive_job import NewJob, receive_job
from resume_processor.workflow.viewings import note_viewing

router = APIRouter(prefix="/jobs", include_in_schema=False)

#: Rows of a ranking that are shown, and jobs of the list.
MOST_ROWS, MOST_JOBS = 200, 200


#: Nobody is left out.
EVERYBODY = RankingFilter()

JobId = Annotated[str, Path(pattern=ID_PATTERN)]
ResumeId = Annotated[str, Path(pattern=ID_PATTERN)]

SIGNS_BY_NAME = {finding.value: sign for finding, sign in SIGNS.items()}


@router.get("")
def list_jobs(visit: Shown) -> Response:
    """All jobs, and a place for one more."""
    jobs = visit.storage.list_jobs(tenant=visit.tenant, limit=MOST_JOBS).rows
    return visit.page("jobs.html", jobs=jobs)


@router.post("")
def post_job(visit: Acting, text: Annotated[str, Form(max_length=200_000)] = "") -> Response:
    """Read an advertisement, and go where it is shown."""
    try:
        job = receive_job(NewJob(text=text, tenant=visit.tenant), visit.services)
    except ResumeProcessorError as error:
        return refusal(error.message)
    return visit.go(f"/jobs/{job.id}")


@router.get("/{job_id}")
def show_job(visit: Shown, job_id: JobId) -> Response:
    """What was read, from which words, and the ranking."""
    try:
        job = visit.storage.get_job(job_id, tenant=visit.tenant)
    except NotFound:
        return visit.page("gone.html", HTTPStatus.NOT_FOUND, what="job")
    years = job.requirements.get("months_of_experience")
    return visit.page(
        "job.html",
        job=job,
        asked=asked_of(job.requirements),
        weights=weights_of(job.requirements),
        pieces=pieces_of(job.text, job.requirements),
        years="" if years is None else f"{years / 12:g}",
        levels=DEGREE_LEVELS,
        **ranking_values(visit, job),
    )


@router.get("/{job_id}/ranking")
def show_ranking(
    *,
    visit: Shown,
    job_id: JobId,
    seen: Annotated[str, Query(max_length=64)] = "",
    must_haves: Annotated[bool, Query()] = False,
    min_years: Annotated[str, Query(max_length=5)] = "",
) -> Response:
    """The table of those who are asked for; nothing where it is as it was seen."""
    job = visit.storage.get_job(job_id, tenant=visit.tenant)
    months = int(min_years) * 12 if min_years.isdigit() else None
    values = ranking_values(visit, job, RankingFilter(musts_met=must_haves, min_months=months))
    if values["seen"] == seen:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return visit.page("_ranking.html", job=job, **values)


@router.post("/{job_id}/requirements")
async def change_requirements(visit: Acting, job_id: JobId, request: Request) -> Response:
    """Rank by other requirements: the job is posted again with them and takes the old one's place.

    Nothing that is being scored for the old one can get into the new ranking. What people decided
    goes with it.
    """
    form = {key: str(value) for key, value in (await request.form()).items()}
    job = visit.storage.get_job(job_id, tenant=visit.tenant)
    wanted = requirements_from_json(changed(job.requirements, form))
    new = NewJob(
        text=job.text,
        tenant=visit.tenant,
        title=job.title,
        requirements=wanted,
        retention_days=job.retention_days,
    )
    replacement = receive_job(new, visit.services)
    now = visit.services.clock.now()
    visit.storage.replace_job(job.id, by=replacement.id, tenant=visit.tenant, now=now)
    visit.storage.delete_job(job.id, tenant=visit.tenant, now=now)
    return visit.go(f"/jobs/{replacement.id}")


@router.delete("/{job_id}")
def delete_job(visit: Acting, job_id: JobId) -> Response:
    """Job and scores go, the resumes stay."""
    visit.storage.delete_job(job_id, tenant=visit.tenant, now=visit.services.clock.now())
    return visit.go("/jobs")


@router.get("/{job_id}/candidates/{resume_id}")
def show_ledger(visit: Shown, job_id: JobId, resume_id: ResumeId) -> Response:
    """Every point of a score, its evidence lit up on the page."""
    try:
        values = candidate(visit, job_id, resume_id)
    except NotFound:
        return visit.page("gone.html", HTTPStatus.NOT_FOUND, what="score")
    job = visit.storage.get_job(job_id, tenant=visit.tenant)
    values |= decision_values(visit, job.id, resume_id)
    return visit.page("ledger.html", job=job, signs=SIGNS_BY_NAME, findings=Finding, **values)


@router.get("/{job_id}/compare")
def compare(
    visit: Shown, job_id: JobId, resume: Annotated[list[str] | None, Query(max_length=50)] = None
) -> Response:
    """Two candidates side by side, requirement by requirement."""
    try:
        job = visit.storage.get_job(job_id, tenant=visit.tenant)
        chosen = [candidate(visit, job_id, one) for one in (resume or [])[:2]]
    except NotFound:
        return visit.page("gone.html", HTTPStatus.NOT_FOUND, what="score")
    return visit.page(
        "compare.html", job=job, chosen=chosen, rows=compared(chosen), signs=SIGNS_BY_NAME
    )


def ranking_values(visit: Visit, job: JobRecord, only: RankingFilter = EVERYBODY) -> dict[str, Any]:
    """What the table of a ranking shows, and a digest to know it again."""
    page = visit.storage.ranking(job.id, limit=MOST_ROWS, only=only)
    ids = [row.resume.id for row in page.rows]
    decided = visit.storage.present_decisions(job.id, ids)
    rows = [
        ranked(visit, rank, row, decided.get(row.resume.id))
        for rank, row in enumerate(page.rows, 1)
    ]
    progress = visit.storage.scoring_progress(job.id)
    kinds = [one["kind"] for one in rows[0]["criteria"]] if rows else []
    digest = hashlib.sha256(json.dumps([rows, str(progress), str(only)]).encode()).hexdigest()
    return {
        "ranking": rows,
        "kinds": kinds,
        "more": page.cursor is not None,
        "progress": progress,
        "filtered": only != EVERYBODY,
        "seen": digest[:16],
    }


def ranked(visit: Visit, rank: int, row: RankedResume, decision: Decision | None) -> dict[str, Any]:
    """One row."""
    ledger = row.score.ledger
    shown = (
        blind_label(row.resume.id)
        if visit.blind
        else row.resume.candidate_name or row.resume.file_name
    )
    return {
        "rank": rank,
        "id": row.resume.id,
        "name": shown,
        "total": row.score.total,
        "max_total": ledger["max_total"],
        "criteria": [
            {key: one[key] for key in ("kind", "points", "max_points")}
            for one in ledger["criteria"]
        ],
        "decision": decision and decision.verdict.value,
        "doubts": row.resume.status.value == "NEEDS_REVIEW",
    }


def candidate(visit: Visit, job_id: str, resume_id: str) -> dict[str, Any]:
    """A candidate's ledger, as this visit may see it. Raises NotFound."""
    record = visit.storage.get_resume(resume_id, tenant=visit.tenant)
    visit.storage.get_job(job_id, tenant=visit.tenant)
    score = visit.storage.get_score(job_id, record.id)
    result = visit.storage.get_result(record.id) or {"resume": {}, "evidence": {}}
    note_viewing(
        record.id, Seen.SCORE, visit.tenant, visit.services, blind=visit.blind, job_id=job_id
    )
    name = result["resume"].get("basics", {}).get("name")
    hide: Blind | None = blind_of(result) if visit.blind else None
    return {
        "record": record,
        "name": blind_label(record.id) if hide else name or record.file_name,
        "ledger": hide.value(score.ledger) if hide else score.ledger,
        "version": score.version,
    }


def compared(chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Criteria with their requirements, each with a line (or None) of every candidate."""
    kinds = dict.fromkeys(
        one["kind"] for candidate in chosen for one in candidate["ledger"]["criteria"]
    )
    rows = []
    for kind in kinds:
        criteria = [
            next((one for one in each["ledger"]["criteria"] if one["kind"] == kind), None)
            for each in chosen
        ]
        lines = [
            {one["requirement"]: one for one in (each or {"lines": []})["lines"]}
            for each in criteria
        ]
        names = dict.fromkeys(name for each in lines for name in each)
        rows.append(
            {
                "title": words_of(kind),
                "criteria": criteria,
                "lines": [(name, [each.get(name) for each in lines]) for name in names],
            }
        )
    return rows
