"""Rankings and ledgers of a job."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query
from fastapi.responses import Response, StreamingResponse

from resume_processor.api.csv_text import csv_line
from resume_processor.api.dependencies import (
    MAX_PAGE_SIZE,
    Cursor,
    JobId,
    PageSize,
    ResumeId,
    Tenant,
    Wired,
)
from resume_processor.api.documented import problems
from resume_processor.api.schemas.jobs import (
    RankedCandidate,
    Ranking,
    ScoreReport,
    ranked_of,
    score_of,
)
from resume_processor.bootstrap import Services
from resume_processor.scoring.score import CriterionKind

router = APIRouter(prefix="/v1/jobs/{job_id}", tags=["jobs"])


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
    cursor: Cursor = None,
    format: Annotated[  # noqa: A002 - the name of the parameter in the address
        Literal["json", "csv"] | None, Query(description="Instead of the `Accept` header.")
    ] = None,
    accept: Annotated[str, Header(description="`text/csv` for a table.")] = "*/*",
) -> Ranking | Response:
    """Best first. Scores are made in the background: resumes that are not scored yet are not there.

    As CSV it is the whole ranking in one table, whatever `limit` says.
    """
    job = services.storage.get_job(job_id, tenant=tenant)
    if format == "csv" or (format is None and accept.startswith("text/csv")):
        return ranking_as_csv(services, job.id)
    page = services.storage.ranking(job.id, limit=limit, cursor=cursor)
    return Ranking(job_id=job.id, items=tuple(map(ranked_of, page.rows)), next_cursor=page.cursor)


@router.get(
    "/scores/{resume_id}",
    summary="The ledger of one resume for a job",
    responses=problems(404, 422),
)
def get_score(services: Wired, tenant: Tenant, job_id: JobId, resume_id: ResumeId) -> ScoreReport:
    """Every point of the score with the evidence behind it; the points add up exactly."""
    job = services.storage.get_job(job_id, tenant=tenant)
    resume = services.storage.get_resume(resume_id, tenant=tenant)
    return score_of(services.storage.get_score(job.id, resume.id))


def ranking_as_csv(services: Services, job_id: str) -> StreamingResponse:
    """The whole ranking as a download."""
    return StreamingResponse(
        csv_lines(whole_ranking(services, job_id)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="ranking-{job_id}.csv"'},
    )


def whole_ranking(services: Services, job_id: str) -> Iterator[RankedCandidate]:
    """All rows, page by page."""
    cursor: str | None = None
    while True:
        page = services.storage.ranking(job_id, limit=MAX_PAGE_SIZE, cursor=cursor)
        yield from map(ranked_of, page.rows)
        if (cursor := page.cursor) is None:
            return


def csv_lines(rows: Iterable[RankedCandidate]) -> Iterator[str]:
    """A header, then a line for each row."""
    kinds = [kind.value for kind in CriterionKind]
    columns = ["rank", "total", "max_total", "name", "file_name", "external_id", "resume_id"]
    yield csv_line([*columns, *kinds])
    for rank, row in enumerate(rows, start=1):
        points = {one.kind: one.points for one in row.criteria}
        cells = [rank, row.total, row.max_total, row.name, row.file_name, row.external_id]
        yield csv_line([*cells, row.resume_id, *(points.get(kind) for kind in kinds)])
