"""Dead letters: what was given up at the limit of attempts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path

from resume_processor.api.dependencies import ID_PATTERN, Cursor, PageSize, Tenant, Wired
from resume_processor.api.documented import problems
from resume_processor.api.schemas.dead_letters import (
    DeadLetter,
    DeadLetterPage,
    Replayed,
    dead_letter_of,
)
from resume_processor.workflow.dead_letters import replay_all, replay_one

router = APIRouter(prefix="/v1/dead-letters", tags=["operation"])


@router.get("", summary="List dead letters", responses=problems(422))
def list_dead_letters(
    services: Wired, tenant: Tenant, limit: PageSize, cursor: Cursor = None
) -> DeadLetterPage:
    """Newest first. A resume that ended its worker each time is one: it is `FAILED`."""
    page = services.storage.list_dead(tenant=tenant, limit=limit, cursor=cursor)
    return DeadLetterPage(items=tuple(map(dead_letter_of, page.rows)), next_cursor=page.cursor)


@router.post(
    "/replay",
    status_code=HTTPStatus.ACCEPTED,
    summary="Try all dead letters again",
    responses=problems(),
)
def replay_dead_letters(services: Wired, tenant: Tenant) -> Replayed:
    """With fresh attempts."""
    return Replayed(replayed=replay_all(tenant, services))


@router.post(
    "/{letter_id}/replay",
    status_code=HTTPStatus.ACCEPTED,
    summary="Try a dead letter again",
    responses=problems(404, 409, 422),
)
def replay_dead_letter(
    services: Wired,
    tenant: Tenant,
    letter_id: Annotated[str, Path(pattern=ID_PATTERN, description="The dead letter's id.")],
) -> DeadLetter:
    """With fresh attempts; its resume is `RECEIVED` again."""
    return dead_letter_of(replay_one(letter_id, tenant, services))
