"""Work that was given up: tried again when somebody says so."""

from __future__ import annotations

from resume_processor.errors import NotFound
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import WorkItem, WorkKind

#: Dead letters replayed between two looks.
PAGE = 200


def replay_one(subject_id: str, tenant: str, parts: Parts) -> WorkItem:
    """With fresh attempts. Raises NotFound, Conflict where it is alive."""
    now = parts.clock.now()
    for kind in WorkKind:
        try:
            item = parts.storage.replay(kind, subject_id, now=now, tenant=tenant)
        except NotFound:
            continue
        parts.wake()
        return item
    raise NotFound("There is no such dead letter.")


def replay_all(tenant: str, parts: Parts) -> int:
    """Every one there is now; how many."""
    replayed = 0
    while rows := parts.storage.list_dead(limit=PAGE, tenant=tenant).rows:
        for item in rows:
            now = parts.clock.now()
            parts.storage.replay(item.kind, item.subject_id, now=now, tenant=tenant)
            replayed += 1
        parts.wake()
    return replayed
