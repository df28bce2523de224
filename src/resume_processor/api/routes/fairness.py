"""Rates and impact ratios of a job's scores and decisions, by groups that people declared."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from resume_processor.api.dependencies import TEXT_PATTERN, JobId, Tenant, Wired
from resume_processor.api.documented import problems
from resume_processor.api.schemas.fairness import FairnessBody
from resume_processor.bootstrap import Services
from resume_processor.fairness.report import report_to_json
from resume_processor.fairness.report_page import page_of
from resume_processor.fairness.tables import read_declarations, text_of
from resume_processor.workflow.assess_fairness import Question, assess_fairness

router = APIRouter(prefix="/v1/jobs/{job_id}", tags=["jobs"])

CSV = "text/csv"

#: ``openapi_extra`` of the route, whose body is the file itself.
DOCUMENTED_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            CSV: {
                "schema": {
                    "type": "string",
                    "description": "Columns `id` or `external_id`, `sex`, `race_ethnicity`.",
                },
                "example": "external_id,sex,race_ethnicity\r\napplicant-42,Female,Asian\r\n",
            }
        },
    }
}


@router.post(
    "/fairness",
    response_model=FairnessBody,
    summary="Rates and impact ratios by declared groups",
    openapi_extra=DOCUMENTED_BODY,
    responses={
        HTTPStatus.OK: {
            "content": {"text/html": {"schema": {"type": "string"}, "example": "<!doctype html>…"}}
        },
        **problems(400, 404, 413, 415, 422),
    },
)
async def report_fairness(
    *,
    services: Wired,
    tenant: Tenant,
    job_id: JobId,
    request: Request,
    only_applied: Annotated[
        bool, Query(description="Only resumes that were sent for this job.")
    ] = False,
    leave_out_small: Annotated[
        str | None,
        Query(
            max_length=2000,
            pattern=TEXT_PATTERN,
            description="Leave categories below 2 % out of the impact ratios, and why.",
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the name of the parameter in the address
        Literal["json", "html"], Query(description="`html` is one file that prints.")
    ] = "json",
) -> Response | dict[str, Any]:
    """By the definitions of New York City's Local Law 144 (6 RCNY § 5-300 ff.).

    The body is a CSV of groups that people declared themselves. It is used for this answer and kept
    nowhere; scoring never sees it. A person who is not in it falls within the unknown category,
    which is counted.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != CSV:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    data = await request.body()
    report = await run_in_threadpool(
        _report, services, tenant, job_id, data, (only_applied, leave_out_small)
    )
    if format == "json":
        return report
    return HTMLResponse(
        page_of(report),
        headers={"Content-Disposition": f'attachment; filename="fairness-{job_id}.html"'},
    )


def _report(
    services: Services, tenant: str, job_id: str, data: bytes, asked: tuple[bool, str | None]
) -> dict[str, Any]:
    declarations = read_declarations(text_of(data))
    question = Question(job_id, declarations, *asked)
    return report_to_json(assess_fairness(question, tenant, services))
