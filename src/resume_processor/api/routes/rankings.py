"""Rankings and ledgers of a job."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query
from fastapi.responses import Response, StreamingResponse

from resume_processor.api.csv_text import csv_line
from resume_processor.api.dependencies import (
    MAX_PAGE_SIZE,
    TEXT_PATTERN,
    Cursor,
    JobId,
    PageSize,
    ResumeId,
    Tenant,
    Wired,
)
from resume_processor.api.documented import problems
from resume_processor.api.schemas.rankings import (
    RankedCandidate,
    Ranking,
    ScoreChanges,
    ScoreReport,
    changes_of,
    ranked_of,
    score_of,
)
from resume_processor.bootstrap import Services
from resume_processor.errors import NotFound
from resume_processor.resume.blind import blind_label
from resume_processor.scoring.compare import compare
from resume_processor.scoring.encoding import score_from_json
from resume_processor.scoring.language_names import english_name, name_of_code
from resume_processor.scoring.score import CriterionKind
from resume_processor.workflow.audit_port import Action, Happening, Seen
from resume_processor.workflow.ports import RankedResume, RankingFilter
from resume_processor.workflow.viewings import note_viewing

router = APIRouter(prefix="/v1/jobs/{job_id}", tags=["jobs"])


def ranking_filter(
    *,
    must_haves: Annotated[
        bool, Query(description="Only who meets all that the job cannot do without.")
    ] = False,
    min_years: Annotated[
        float | None, Query(ge=0, le=100, description="Of relevant, dated work.", examples=[3])
    ] = None,
    language: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=50,
            pattern=TEXT_PATTERN,
            description="A language by name or ISO 639-1 code: spoken, or written in.",
            examples=["de"],
        ),
    ] = None,
    moved: Annotated[bool, Query(description="Only who had another total before.")] = False,
) -> RankingFilter:
    """Which rows are wanted; all conditions together."""
    months = None if min_years is None else round(min_years * 12)
    name = None if language is None else name_of_code(language) or english_name(language)
    return RankingFilter(must_haves, months, name, moved)


Wanted = Annotated[RankingFilter, Depends(ranking_filter)]


@router.get(
    "/ranking",
    response_model=Ranking,
    summary="The ranking of a job",
    responses={
        HTTPStatus.OK: {
            "content": {
                "text/csv": {
                    "schema": {"type": "string"},
                    "example": "rank,total,max_total,name,file_name,external_id,resume_id\r\n"
                    "1,640,1000,Ada Example,ada-example.pdf,applicant-42,0198c0de\r\n",
                }
            }
        },
        **problems(404, 422),
    },
)
def get_ranking(
    *,
    services: Wired,
    tenant: Tenant,
    job_id: JobId,
    limit: PageSize,
    only: Wanted,
    cursor: Cursor = None,
    format: Annotated[  # noqa: A002 - the name of the parameter in the address
        Literal["json", "csv"] | None, Query(description="Instead of the `Accept` header.")
    ] = None,
    accept: Annotated[str, Header(description="`text/csv` for a table.")] = "*/*",
    blind: Annotated[
        bool, Query(description="Candidates by a label instead of name and file.")
    ] = False,
) -> Ranking | Response:
    """Best first. Scores are made in the background: resumes that are not scored yet are not there.

    As CSV it is the whole ranking (of those who are asked for) in one table, whatever `limit` says.
    """
    job = services.storage.get_job(job_id, tenant=tenant)
    if format == "csv" or (format is None and accept.startswith("text/csv")):
        exported = Happening(Action.JOB_EXPORTED, job.id, None, {"as": "csv", "blind": blind})
        services.storage.note(exported, tenant=tenant, now=services.clock.now())
        return ranking_as_csv(services, job.id, only, unnamed if blind else ranked_of)
    page = services.storage.ranking(job.id, limit=limit, cursor=cursor, only=only)
    show = unnamed if blind else ranked_of
    return Ranking(job_id=job.id, items=tuple(map(show, page.rows)), next_cursor=page.cursor)


@router.get(
    "/scores/{resume_id}",
    summary="The ledger of one resume for a job",
    responses=problems(404, 422),
)
def get_score(services: Wired, tenant: Tenant, job_id: JobId, resume_id: ResumeId) -> ScoreReport:
    """Every point of the score with the evidence behind it; the points add up exactly."""
    job = services.storage.get_job(job_id, tenant=tenant)
    resume = services.storage.get_resume(resume_id, tenant=tenant)
    score = services.storage.get_score(job.id, resume.id)
    note_viewing(resume.id, Seen.SCORE, tenant, services, job_id=job.id)
    return score_of(score)


@router.get(
    "/scores/{resume_id}/changes",
    summary="What moved when the score last changed, and why",
    responses=problems(404, 422),
)
def get_score_changes(
    services: Wired, tenant: Tenant, job_id: JobId, resume_id: ResumeId
) -> ScoreChanges:
    """The present ledger against the one before it. Not found where there was none before."""
    job = services.storage.get_job(job_id, tenant=tenant)
    now = services.storage.get_score(job.id, resume_id)
    before = services.storage.earlier_score(job.id, resume_id)
    if before is None:
        raise NotFound("The score never changed.")
    note_viewing(resume_id, Seen.SCORE, tenant, services, job_id=job.id)
    comparison = compare(score_from_json(before.ledger), score_from_json(now.ledger))
    return changes_of(now, comparison, (before.version, now.version))


def unnamed(row: RankedResume) -> RankedCandidate:
    """The public view of a row for blind review."""
    label = {"name": blind_label(row.resume.id), "file_name": ""}
    return ranked_of(row).model_copy(update=label)


def ranking_as_csv(
    services: Services,
    job_id: str,
    only: RankingFilter,
    show: Callable[[RankedResume], RankedCandidate],
) -> StreamingResponse:
    """The whole ranking as a download."""
    return StreamingResponse(
        csv_lines(map(show, whole_ranking(services, job_id, only))),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="ranking-{job_id}.csv"'},
    )


def whole_ranking(services: Services, job_id: str, only: RankingFilter) -> Iterator[RankedResume]:
    """All rows, page by page."""
    cursor: str | None = None
    while True:
        page = services.storage.ranking(job_id, limit=MAX_PAGE_SIZE, cursor=cursor, only=only)
        yield from page.rows
        if (cursor := page.cursor) is None:
            return


def csv_lines(rows: Iterable[RankedCandidate]) -> Iterator[str]:
    """A header, then a line for each row."""
    kinds = [kind.value for kind in CriterionKind]
    columns = ["rank", "total", "max_total", "name", "file_name", "external_id", "resume_id"]
    known = ["must_haves_met", "months_of_experience", "languages", "earlier_total"]
    yield csv_line([*columns, *kinds, *known])
    for rank, row in enumerate(rows, start=1):
        points = {one.kind: one.points for one in row.criteria}
        cells = [rank, row.total, row.max_total, row.name, row.file_name, row.external_id]
        facts = [row.must_haves_met, row.months_of_experience, " ".join(row.languages)]
        in_kinds = [points.get(kind) for kind in kinds]
        yield csv_line([*cells, row.resume_id, *in_kinds, *facts, row.earlier_total])
