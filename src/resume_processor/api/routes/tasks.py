"""Celery's own view of a task."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import anyio
from anyio import to_thread
from fastapi import APIRouter, Path

from resume_processor.api.dependencies import ID_PATTERN, Calling, Parts
from resume_processor.api.documented import problems
from resume_processor.api.schemas.system import TaskReport
from resume_processor.errors import BrokerUnavailable, NotFound
from resume_processor.workflow.key_port import Scope

#: Longest time that Redis has for an answer, in seconds, whatever its client tries meanwhile.
ANSWER_SECONDS = 5.0

router = APIRouter(prefix="/v1/tasks", tags=["tasks"])


@router.get(
    "/{task_id}",
    summary="State and result of a Celery task",
    responses=problems(404, 422, s503="broker_unavailable"),
)
async def get_task(
    parts: Parts,
    caller: Calling,
    task_id: Annotated[str, Path(pattern=ID_PATTERN, description="As the upload gave it.")],
) -> TaskReport:
    """As Celery's result backend has it; Celery says `PENDING` also of tasks it never heard of.

    This asks Redis and so is `503` while Redis is away; the resume itself needs no Redis. Without
    the scope `operate` only tasks of the tenant's resumes are known.
    """
    if not caller.may(Scope.OPERATE):
        known = parts.services.storage.is_task_of
        if not await to_thread.run_sync(partial(known, task_id, tenant=caller.tenant)):
            raise NotFound("There is no such task.")
    try:
        with anyio.fail_after(ANSWER_SECONDS):
            return await to_thread.run_sync(parts.task_report, task_id, abandon_on_cancel=True)
    except TimeoutError:
        raise BrokerUnavailable from None
