"""The figures of the service in the Prometheus text format, read from the database at a scrape."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from resume_processor.bootstrap import Services
from resume_processor.resume.record import ResumeStatus
from resume_processor.workflow.ports import WorkKind, WorkState

METRICS_MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4


class StoredFigures(Collector):
    """Every status and state is there, with 0 where there is none, so that alerts have a base."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def collect(self) -> Iterator[Metric]:
        """One family a figure."""
        yield self._resumes()
        yield self._work()
        yield self._oldest()

    def _resumes(self) -> Metric:
        counts = self._services.storage.count_resumes()
        family = GaugeMetricFamily(
            "resume_processor_resumes", "Resumes by status.", labels=["status"]
        )
        for status in ResumeStatus:
            family.add_metric([status.value], counts.get(status, 0))
        return family

    def _work(self) -> Metric:
        counts = self._services.storage.count_work()
        family = GaugeMetricFamily(
            "resume_processor_work", "Pieces of work by kind and state.", labels=["kind", "state"]
        )
        for kind in WorkKind:
            for state in WorkState:
                family.add_metric([kind.value, state.value], counts.get((kind, state), 0))
        return family

    def _oldest(self) -> Metric:
        oldest = self._services.storage.oldest_waiting()
        age = (self._services.clock.now() - oldest).total_seconds() if oldest else 0.0
        return GaugeMetricFamily(
            "resume_processor_oldest_waiting_seconds",
            "Age of the piece of work that waits longest; 0 where none waits.",
            value=max(age, 0.0),
        )


def metrics_text(services: Services) -> bytes:
    """All figures of now."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(StoredFigures(services))
    return generate_latest(registry)
