"""The audit log: who did what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from resume_processor.api.dependencies import ID_PATTERN, Cursor, PageSize, Tenant, Wired
from resume_processor.api.documented import problems
from resume_processor.api.schemas.audit import (
    AuditHeadBody,
    AuditPage,
    audit_head_of,
    entry_of,
)
from resume_processor.workflow.audit_chain import no_entries

router = APIRouter(prefix="/v1/audit", tags=["operation"])


@router.get("", summary="The audit log", responses=problems(422))
def list_audit(
    *,
    services: Wired,
    tenant: Tenant,
    limit: PageSize,
    cursor: Cursor = None,
    subject_id: Annotated[
        str | None,
        Query(pattern=ID_PATTERN, description="Only what happened to this resume, job, …"),
    ] = None,
) -> AuditPage:
    """Newest first. What was done a moment ago may take a second to appear.

    Entries are chained by their hashes; `resume-processor audit verify` looks whether they are as
    they were written. They stay when what they tell of is deleted: there is nothing of a person in
    them.
    """
    page = services.storage.list_audit(
        tenant=tenant, limit=limit, cursor=cursor, subject_id=subject_id
    )
    return AuditPage(items=tuple(map(entry_of, page.rows)), next_cursor=page.cursor)


@router.get("/head", summary="Where the audit log ends", responses=problems())
def get_audit_head(services: Wired, tenant: Tenant) -> AuditHeadBody:
    """To be kept elsewhere, and handed to `resume-processor audit verify --head` later.

    Who may write to the database can make a whole chain anew; its end is another one then.
    """
    heads = {head.tenant: head for head in services.storage.audit_heads()}
    return audit_head_of(heads.get(tenant, no_entries(tenant)), services.clock.now())
