"""For operators: is it alive, is it ready, how much is there to do."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from resume_processor.api.dependencies import ApiParts, Parts, Tenant
from resume_processor.api.documented import problems
from resume_processor.api.metrics import METRICS_MEDIA_TYPE, metrics_text
from resume_processor.api.schemas.system import READY_EXAMPLE, Alive, Readiness, SystemReport
from resume_processor.api.version import VERSION
from resume_processor.workflow.ports import WorkKind, WorkState

router = APIRouter(tags=["operation"])

NOT_READY_EXAMPLE = {
    "status": "not_ready",
    "not_ready": ["database"],
    "checks": [{"name": "database", "ok": False, "required": True, "detail": "does not answer"}],
}


@router.get("/livez", summary="Is the process alive", responses=problems())
async def livez() -> Alive:
    """Restart the process where this does not answer."""
    return Alive(status="alive")


@router.get(
    "/readyz",
    response_model=Readiness,
    summary="Can it take uploads",
    responses={
        HTTPStatus.OK: {"content": {"application/json": {"example": READY_EXAMPLE}}},
        **problems(),
        HTTPStatus.SERVICE_UNAVAILABLE: {
            "model": Readiness,
            "description": "Not ready; `not_ready` names what is missing.",
            "content": {"application/json": {"example": NOT_READY_EXAMPLE}},
        },
    },
)
def readyz(parts: Parts) -> Response:
    """`503` where uploads cannot be taken; `degraded` (200) where only the work has to wait."""
    readiness = readiness_of(parts)
    status = HTTPStatus.SERVICE_UNAVAILABLE if readiness.status == "not_ready" else HTTPStatus.OK
    return JSONResponse(readiness.model_dump(mode="json"), status_code=status)


@router.get(
    "/metrics",
    response_class=Response,
    summary="Figures for Prometheus",
    responses={
        HTTPStatus.OK: {
            "description": "The Prometheus text format.",
            "content": {
                METRICS_MEDIA_TYPE: {
                    "schema": {"type": "string"},
                    "example": 'resume_processor_resumes{status="DONE"} 120.0\n',
                }
            },
        },
        **problems(),
    },
)
def metrics(parts: Parts) -> Response:
    """The whole service's figures, the same at every API process. Nothing of any resume."""
    return Response(metrics_text(parts), media_type=METRICS_MEDIA_TYPE)


@router.get("/v1/system", summary="The service at a glance", responses=problems())
def system(parts: Parts, tenant: Tenant) -> SystemReport:
    """Version, the tenant's counts and queue, and the service's readiness in one answer."""
    services = parts.services
    work = services.storage.count_work(tenant=tenant)
    oldest = services.storage.oldest_waiting(tenant=tenant)
    counts = services.storage.count_resumes(tenant=tenant)
    return SystemReport(
        version=VERSION,
        instance=services.instance,
        resumes={status.value: count for status, count in counts.items()},
        waiting=work_in(work, WorkState.WAITING),
        running=work_in(work, WorkState.RUNNING),
        dead=work_in(work, WorkState.DEAD),
        oldest_waiting_seconds=oldest and (services.clock.now() - oldest).total_seconds(),
        readiness=readiness_of(parts),
    )


def readiness_of(parts: ApiParts) -> Readiness:
    """The outcome of all checks."""
    checks = tuple(parts.checks())
    missing = [check for check in checks if not check.ok]
    status = "ready" if not missing else "degraded"
    if any(check.required for check in missing):
        status = "not_ready"
    return Readiness(status=status, not_ready=tuple(check.name for check in missing), checks=checks)


def work_in(work: dict[tuple[WorkKind, WorkState], int], state: WorkState) -> int:
    """Pieces of work in a state, of whatever kind."""
    return sum(count for (_, one), count in work.items() if one is state)
