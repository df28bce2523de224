"""The in-memory storage keeps the contract."""

from __future__ import annotations

import pytest

from resume_processor.storage.memory import MemoryStorage
from tests.contracts.storage import (
    audit,
    batches,
    changes,
    claiming,
    concurrency,
    corrections,
    decisions,
    erasures,
    figures,
    idempotency,
    jobs,
    keys,
    resumes,
    webhooks,
    work,
)


@pytest.fixture
def storage() -> MemoryStorage:
    return MemoryStorage()


class TestAdd(resumes.AddContract): ...


class TestHolds(idempotency.HoldContract): ...


class TestTwins(idempotency.TwinContract): ...


class TestClaimingResumes(claiming.ClaimResumeContract): ...


class TestRead(resumes.ReadContract): ...


class TestList(resumes.ListContract): ...


class TestDelete(resumes.DeleteContract): ...


class TestErasure(erasures.ErasureContract): ...


class TestRetention(erasures.RetentionContract): ...


class TestCancel(resumes.CancelContract): ...


class TestReprocess(resumes.ReprocessContract): ...


class TestClaim(work.ClaimContract): ...


class TestFence(work.FenceContract): ...


class TestFinish(work.FinishContract): ...


class TestRelease(work.ReleaseContract): ...


class TestDispatch(work.DispatchContract): ...


class TestReap(work.ReapContract): ...


class TestDeadLetters(work.DeadLetterContract): ...


class TestJobs(jobs.JobContract): ...


class TestScoring(jobs.ScoringContract): ...


class TestScoringParts(jobs.ScoringPartsContract): ...


class TestRanking(jobs.RankingContract): ...


class TestBatches(batches.BatchContract): ...


class TestKeys(keys.KeyContract): ...


class TestWebhooks(webhooks.WebhookContract): ...


class TestOutbox(webhooks.OutboxContract): ...


class TestDeliveries(webhooks.DeliveryContract): ...


class TestUnpack(batches.UnpackContract): ...


class TestCompletion(batches.CompletionContract): ...


class TestCorrections(corrections.CorrectionContract): ...


class TestAudit(audit.AuditContract): ...


class TestDecisions(decisions.DecisionContract): ...


class TestLife(jobs.LifeContract): ...


class TestTotals(figures.TotalsContract): ...


class TestWorkers(figures.WorkersContract): ...


class TestChanges(changes.ChangesContract): ...


class TestThreads(concurrency.ThreadContract): ...
