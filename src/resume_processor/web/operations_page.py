"""For who runs it: the queue, what works, what failed, what was given up."""

from __future__ import annotations

import time
from collections import Counter, deque
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response

from resume_processor.errors import ResumeProcessorError
from resume_processor.resume.blind import blind_label
from resume_processor.resume.record import ResumeStatus
from resume_processor.web.shell import ID_PATTERN, Acting, Shown, Visit
from resume_processor.workflow.ports import WorkKind, WorkState

#: Rows of each table.
MOST_ROWS = 50

#: Looks that the throughput is measured over, one each time somebody asks, and for how long.
MOST_LOOKS, WINDOW_SECONDS = 600, 120.0
#: Looks that are closer than this tell nothing about a rate.
SHORTEST_SECONDS = 2.0

#: What each kind of work is called.
KINDS = {
    WorkKind.PROCESS_RESUME: "Resume",
    WorkKind.SCORE_JOB: "Ranking of a job",
    WorkKind.UNPACK_BATCH: "Files of a batch",
}

router = APIRouter(prefix="/operations", include_in_schema=False)


class Throughput:
    """Resumes that reach a final state, a minute, over the looks of the last two minutes."""

    def __init__(self) -> None:
        self._looks: deque[tuple[float, int]] = deque(maxlen=MOST_LOOKS)

    def look(self, finished: int, now: float) -> float | None:
        """A minute's worth; None while it cannot be told."""
        while self._looks and self._looks[0][0] < now - WINDOW_SECONDS:
            self._looks.popleft()
        self._looks.append((now, finished))
        then, before = self._looks[0]
        seconds = now - then
        return max(0, finished - before) * 60 / seconds if seconds >= SHORTEST_SECONDS else None


@router.get("")
def show_operations(visit: Shown) -> Response:
    """The page; its middle is asked for again every two seconds."""
    return visit.page("operations.html", **present(visit))


@router.get("/now")
def show_now(visit: Shown) -> Response:
    """The middle of the page."""
    return visit.page("_operations_now.html", **present(visit))


@router.post("/replay/{kind}/{subject_id}")
def replay(
    visit: Acting, kind: WorkKind, subject_id: Annotated[str, Path(pattern=ID_PATTERN)]
) -> Response:
    """A dead letter goes back to the queue with fresh attempts."""
    note = "It waits in the queue again."
    try:
        now = visit.services.clock.now()
        visit.storage.replay(kind, subject_id, now=now, tenant=visit.tenant)
        visit.services.wake()
    except ResumeProcessorError as error:
        note = error.message
    return visit.page("_operations_now.html", note=note, **present(visit))


@router.post("/retry")
def retry(visit: Acting, resume_id: Annotated[str, Form(pattern=ID_PATTERN)]) -> Response:
    """A failed resume is processed once more."""
    note = "It waits in the queue again."
    try:
        now = visit.services.clock.now()
        visit.storage.reprocess_resume(resume_id, tenant=visit.tenant, now=now)
        visit.services.wake()
    except ResumeProcessorError as error:
        note = error.message
    return visit.page("_operations_now.html", note=note, **present(visit))


def present(visit: Visit) -> dict[str, Any]:
    """Everything the page shows, as it is now."""
    storage, tenant, now = visit.storage, visit.tenant, visit.services.clock.now()
    work, counts = storage.count_work(tenant=tenant), storage.count_resumes(tenant=tenant)
    oldest = storage.oldest_waiting(tenant=tenant)
    failed = storage.list_resumes(tenant=tenant, limit=MOST_ROWS, status=ResumeStatus.FAILED).rows
    finished = sum(count for status, count in counts.items() if status.final)
    return {
        "counts": counts,
        "total": sum(counts.values()),
        "waiting": in_state(work, WorkState.WAITING),
        "running": in_state(work, WorkState.RUNNING),
        "dead_count": in_state(work, WorkState.DEAD),
        "oldest_seconds": oldest and max(0.0, (now - oldest).total_seconds()),
        "rate": throughput_of(visit).look(finished, time.monotonic()),
        "checks": visit.parts.checks(),
        "failed": failed,
        "codes": Counter(one.failure.code for one in failed if one.failure).most_common(),
        "dead": storage.list_dead(limit=MOST_ROWS, tenant=tenant).rows,
        "kinds": KINDS,
        "blind_label": blind_label,
    }


def in_state(work: dict[tuple[WorkKind, WorkState], int], state: WorkState) -> int:
    """Pieces of work in a state, of whatever kind."""
    return sum(count for (_, one), count in work.items() if one is state)


def throughput_of(visit: Visit) -> Throughput:
    """One a tenant and process, kept with the application."""
    state = visit.request.app.state
    if not hasattr(state, "throughputs"):
        state.throughputs = {}
    kept: dict[str, Throughput] = state.throughputs
    return kept.setdefault(visit.tenant, Throughput())
