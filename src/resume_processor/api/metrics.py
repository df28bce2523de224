"""The figures of the service in the Prometheus text format, read from the database at a scrape.

They are the service's, not this process's: every API process tells the same ones, whatever worker
they come from. Only ``process_…`` is about the process that was asked.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import accumulate

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from resume_processor.api.dependencies import ApiParts
from resume_processor.api.version import VERSION
from resume_processor.errors import BrokerUnavailable
from resume_processor.resume.record import ResumeStatus
from resume_processor.workflow.figures import (
    RUN_BOUNDS,
    SUM,
    WAIT_BOUNDS,
    Family,
    Total,
    bucket_names,
)
from resume_processor.workflow.ports import WorkerSign, WorkKind, WorkState
from resume_processor.workflow.stored_values import SILENT_WORKER_SECONDS

METRICS_MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4

#: Begins the name of every figure of ours.
PREFIX = "resume_processor_"


class StoredFigures(Collector):
    """Every status and state is there, with 0 where there is none, so that alerts have a base."""

    def __init__(self, parts: ApiParts) -> None:
        self._parts = parts
        self._services = parts.services

    def collect(self) -> Iterator[Metric]:
        """One family a figure."""
        info = _gauge("info", "The version that answers; always 1.", "version")
        info.add_metric([VERSION], 1)
        yield info
        yield self._resumes()
        yield self._work()
        yield self._oldest()
        yield self._unsealed()
        yield from _of_totals(self._services.storage.totals())
        yield from _of_workers(self._workers())
        yield from self._broker()
        yield self._disk()

    def _resumes(self) -> Metric:
        counts = self._services.storage.count_resumes()
        family = _gauge("resumes", "Resumes by status.", "status")
        for status in ResumeStatus:
            family.add_metric([status.value], counts.get(status, 0))
        return family

    def _work(self) -> Metric:
        counts = self._services.storage.count_work()
        family = _gauge("work", "Pieces of work by kind and state.", "kind", "state")
        for kind in WorkKind:
            for state in WorkState:
                family.add_metric([kind.value, state.value], counts.get((kind, state), 0))
        return family

    def _oldest(self) -> Metric:
        oldest = self._services.storage.oldest_waiting()
        age = (self._services.clock.now() - oldest).total_seconds() if oldest else 0.0
        return GaugeMetricFamily(
            f"{PREFIX}oldest_waiting_seconds",
            "Age of the piece of work that waits longest; 0 where none waits.",
            value=max(age, 0.0),
        )

    def _unsealed(self) -> Metric:
        return GaugeMetricFamily(
            f"{PREFIX}audit_unsealed",
            "Transactions whose notes are not in the audit log's chain yet.",
            value=self._services.storage.count_unsealed(),
        )

    def _workers(self) -> Sequence[WorkerSign]:
        silence = timedelta(seconds=SILENT_WORKER_SECONDS)
        now = self._services.clock.now()
        return self._services.storage.workers(seen_after=now - silence)

    def _broker(self) -> Iterator[Metric]:
        try:
            depth: int | None = self._parts.broker_depth()
        except BrokerUnavailable:
            depth = None
        yield GaugeMetricFamily(
            f"{PREFIX}broker_up", "Whether Redis answers.", value=int(depth is not None)
        )
        messages = _gauge("broker_messages", "Messages in Redis that no worker has taken yet.")
        if depth is not None:
            messages.add_metric([], depth)
        yield messages

    def _disk(self) -> Metric:
        family = _gauge("disk_free_bytes", "Free space where files and database are kept.")
        folder = self._services.settings.data_dir
        if folder.exists():
            family.add_metric([], shutil.disk_usage(folder).free)
        return family


def metrics_text(parts: ApiParts) -> bytes:
    """All figures of now."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(StoredFigures(parts))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


def _gauge(name: str, text: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(PREFIX + name, text, labels=labels)


def _of_totals(totals: Mapping[Total, float]) -> Iterator[Metric]:
    yield _histogram(
        totals, Family.WAIT, "Time from being due to being claimed, by kind.", WAIT_BOUNDS
    )
    yield _histogram(
        totals, Family.RUN, "Time from the last claim to the end of the work.", RUN_BOUNDS
    )
    yield _counter(
        totals, Family.OUTCOMES, "Resumes that became final.", ("status", "code"), _FINAL
    )
    yield _counter(
        totals, Family.ATTEMPTS, "Attempts that began, by their number.", ("kind", "attempt"), ()
    )
    yield _counter(
        totals,
        Family.EXPIRED,
        "Attempts whose worker was not heard of again, by what became of the work.",
        ("kind", "now"),
        [(kind.value, state.value) for kind in WorkKind for state in _AFTER_EXPIRY],
    )


_FINAL = [(status.value, "") for status in ResumeStatus if status.final and status != "FAILED"]
_AFTER_EXPIRY = (WorkState.WAITING, WorkState.DEAD)


def _counter(
    totals: Mapping[Total, float],
    family: Family,
    text: str,
    labels: Sequence[str],
    base: Sequence[tuple[str, str]],
) -> Metric:
    """``base`` are those that are there with 0 from the beginning."""
    metric = CounterMetricFamily(PREFIX + family.value, text, labels=labels)
    amounts = dict.fromkeys(base, 0.0)
    amounts |= {(one.of, one.label): v for one, v in totals.items() if one.family is family}
    for pair, amount in sorted(amounts.items()):
        metric.add_metric(list(pair), amount)
    return metric


def _histogram(
    totals: Mapping[Total, float], family: Family, text: str, bounds: Sequence[float]
) -> Metric:
    metric = HistogramMetricFamily(PREFIX + family.value, text, labels=["kind"])
    names = bucket_names(bounds)
    for kind in WorkKind:
        counts = [totals.get(Total(family, kind.value, name), 0.0) for name in names]
        seconds = totals.get(Total(family, kind.value, SUM), 0.0)
        buckets = list(zip(names, accumulate(counts), strict=True))
        metric.add_metric([kind.value], buckets=buckets, sum_value=seconds)
    return metric


def _of_workers(workers: Sequence[WorkerSign]) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        f"{PREFIX}workers", "Worker main processes that were heard of lately.", value=len(workers)
    )
    children = _gauge("worker_children", "Processes of a worker that can take work.", "worker")
    memory = _gauge(
        "worker_memory_bytes", "Resident memory of a worker with its children.", "worker"
    )
    for one in workers:
        children.add_metric([one.instance], one.children)
        if one.memory_bytes is not None:
            memory.add_metric([one.instance], one.memory_bytes)
    yield children
    yield memory
