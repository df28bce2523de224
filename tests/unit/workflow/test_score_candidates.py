from contextlib import contextmanager

import pytest

from resume_processor.errors import LeaseLost
from resume_processor.scoring import profile
from resume_processor.scoring.score import JobRequirements
from resume_processor.workflow import score_candidates as module
from resume_processor.workflow.attempt import Attempt
from resume_processor.workflow.ports import ScoringPart, WorkerSign, WorkKind
from resume_processor.workflow.process_resume import process_resume
from resume_processor.workflow.score_candidates import score_candidates
from resume_processor.workflow.stored_values import SILENT_WORKER_SECONDS


class Killed(BaseException):
    """Nothing in the process runs after it."""


@pytest.fixture
def processed(upload, parts):
    """Seven finished resumes."""
    records = [upload() for _ in range(7)]
    for record in records:
        process_resume(record.id, parts, owner="me")
    return sorted(record.id for record in records)


def ranked(parts, job):
    return sorted(row.resume.id for row in parts.storage.ranking(job.id, limit=99).rows)


def test_every_finished_resume_is_scored(parts, processed, post_job, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 3)
    job = post_job()
    summary = score_candidates(job.id, parts, owner="me")
    assert (summary.job_id, summary.scored) == (job.id, 7)
    assert ranked(parts, job) == processed
    assert not any(n for (kind, _), n in parts.storage.count_work().items())


def test_a_duplicate_does_nothing(parts, processed, post_job):
    job = post_job()
    assert score_candidates(job.id, parts, owner="me") is not None
    assert score_candidates(job.id, parts, owner="you") is None


def test_it_goes_on_where_an_attempt_stopped(parts, processed, post_job, clock, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 3)
    job, save, saved = post_job(), parts.storage.save_scores, []

    def dies_after_one(*arguments, **options):
        if saved:
            raise SystemExit
        saved.append(save(*arguments, **options))
        return True

    monkeypatch.setattr(parts.storage, "save_scores", dies_after_one)
    with pytest.raises(SystemExit):
        score_candidates(job.id, parts, owner="me")
    monkeypatch.setattr(parts.storage, "save_scores", save)
    assert score_candidates(job.id, parts, owner="you").scored == 4
    assert ranked(parts, job) == processed


def test_who_lost_the_lease_writes_nothing(parts, processed, post_job, clock):
    job = post_job()

    @contextmanager
    def frozen(_work):
        clock.advance(parts.settings.lease_seconds + 1)
        score_candidates(job.id, parts, owner="you")
        yield

    with pytest.raises(LeaseLost):
        score_candidates(job.id, parts, owner="me", keep_lease=frozen)


def test_structured_requirements_need_no_text(parts, processed, post_job):
    job = post_job(text="", requirements=JobRequirements(title="Engineer"))
    assert job.title == "Engineer"
    assert score_candidates(job.id, parts, owner="me").scored == 7


def test_the_summary_is_short_json(parts, post_job):
    job = post_job()
    expected = {"job_id": job.id, "scored": 0, "complete": True}
    assert score_candidates(job.id, parts, owner="me").to_json() == expected


def test_a_long_one_takes_turns_with_other_work(parts, processed, post_job, clock, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 3)
    job, save = post_job(), parts.storage.save_scores

    def slow(*arguments, **options):
        clock.advance(module.TURN.total_seconds())
        return save(*arguments, **options)

    monkeypatch.setattr(parts.storage, "save_scores", slow)
    summaries = [score_candidates(job.id, parts, owner=f"worker {n}") for n in range(3)]
    assert [(one.scored, one.complete) for one in summaries] == [(3, False), (3, False), (1, False)]
    assert parts.storage.scoring_progress(job.id).scored == 7
    assert score_candidates(job.id, parts, owner="last").complete
    assert score_candidates(job.id, parts, owner="late") is None
    assert ranked(parts, job) == processed


def due(parts):
    now = parts.clock.now()
    found = parts.storage.due_work(now=now, dispatched_before=now, limit=99)
    return [item.subject_id for item in found]


@pytest.fixture
def three_workers(parts, monkeypatch):
    """Three processes that take work, and a job of seven resumes that is worth three parts."""
    monkeypatch.setattr(module, "LEAST_PART", 2)
    sign = WorkerSign("host:1", children=3, memory_bytes=1, seen_at=parts.clock.now())
    parts.storage.sign_on(sign, forget_before=parts.clock.now())


def ledgers(parts, job):
    return [
        (row.resume.id, row.score.ledger) for row in parts.storage.ranking(job.id, limit=99).rows
    ]


def test_several_workers_score_one_job_in_parts(parts, processed, post_job, three_workers):
    job = post_job()
    assert score_candidates(job.id, parts, owner="me").to_json() == {
        "job_id": job.id,
        "scored": 0,
        "complete": False,
    }
    assert due(parts) == [ScoringPart(job.id, number, 3).subject_id for number in range(3)]
    summaries = [score_candidates(subject, parts, owner=subject) for subject in due(parts)]
    assert sum(one.scored for one in summaries) == 7
    assert all(one.job_id == job.id and one.complete for one in summaries)
    assert ranked(parts, job) == processed
    assert parts.storage.count_work() == {}


def test_parts_come_to_the_same_as_the_whole(
    parts, processed, post_job, monkeypatch, three_workers
):
    in_parts = post_job()
    score_candidates(in_parts.id, parts, owner="me")
    for subject in due(parts):
        score_candidates(subject, parts, owner="me")
    monkeypatch.undo()
    whole = post_job()
    assert score_candidates(whole.id, parts, owner="me").scored == 7
    assert ledgers(parts, in_parts) == ledgers(parts, whole)


def test_a_part_whose_worker_was_killed_is_done_again(  # noqa: PLR0917 - fixtures
    parts, processed, post_job, clock, monkeypatch, three_workers
):
    monkeypatch.setattr(module, "CHUNK", 1)
    job, save = post_job(), parts.storage.save_scores
    score_candidates(job.id, parts, owner="me")
    killed, *others = due(parts)

    def dies(*arguments, **options):
        save(*arguments, **options)
        raise Killed

    monkeypatch.setattr(parts.storage, "save_scores", dies)
    monkeypatch.setattr(Attempt, "hand_back", lambda *_, **__: None)  # as if it were killed
    with pytest.raises(Killed):
        score_candidates(killed, parts, owner="dead")
    monkeypatch.undo()
    done = [score_candidates(subject, parts, owner="me").scored for subject in others]
    assert score_candidates(killed, parts, owner="me") is None
    clock.advance(parts.settings.lease_seconds + 1)
    done.append(score_candidates(killed, parts, owner="me").scored)
    assert sum(done) == 6
    assert ranked(parts, job) == processed


def test_the_whole_waits_for_the_parts_that_are_there(
    parts, processed, post_job, clock, three_workers
):
    job = post_job()
    score_candidates(job.id, parts, owner="me")
    subjects = due(parts)
    parts.storage.score_again(job.id, tenant="default", now=clock.now())
    assert not score_candidates(job.id, parts, owner="me").complete
    assert due(parts) == subjects
    for subject in subjects:
        score_candidates(subject, parts, owner="me")
    clock.advance(module.PARTS_PAUSE.total_seconds())
    assert score_candidates(job.id, parts, owner="me").complete
    assert parts.storage.count_work() == {}


def test_few_resumes_are_not_worth_parts(parts, processed, post_job, three_workers, monkeypatch):
    monkeypatch.setattr(module, "LEAST_PART", 4)
    job = post_job()
    assert score_candidates(job.id, parts, owner="me").scored == 7


def test_workers_that_are_gone_get_no_parts(parts, processed, post_job, clock, three_workers):
    clock.advance(SILENT_WORKER_SECONDS + 1)
    assert score_candidates(post_job().id, parts, owner="me").scored == 7


def test_resumes_are_scored_from_their_kept_profiles(parts, processed, post_job, monkeypatch):
    job = post_job()
    monkeypatch.setattr(parts.storage, "get_result", None)  # a result is not even looked at
    assert score_candidates(job.id, parts, owner="me").scored == 7


def kept(parts, job):
    found = parts.storage.candidates(
        ScoringPart(job.id), version="", tenant="default", after=None, limit=9
    )
    return [one.profile.version for one in found]


def test_a_profile_of_another_version_is_made_again_and_kept(
    parts, processed, post_job, monkeypatch
):
    job = post_job()
    score_candidates(job.id, parts, owner="me")
    before = parts.storage.get_score(job.id, processed[0])
    monkeypatch.setattr(profile, "PROFILE_VERSION", "next")
    parts.storage.score_again(job.id, tenant="default", now=parts.clock.now())
    assert score_candidates(job.id, parts, owner="me").scored == 7
    assert set(kept(parts, job)) == {profile.profile_version()}
    now = parts.storage.get_score(job.id, processed[0])
    assert now.version != before.version
    assert parts.storage.earlier_score(job.id, processed[0]).version == before.version


def test_what_this_version_scored_is_not_scored_again(parts, processed, post_job):
    job = post_job()
    score_candidates(job.id, parts, owner="me")
    parts.storage.score_again(job.id, tenant="default", now=parts.clock.now())
    assert score_candidates(job.id, parts, owner="me").scored == 0


def test_what_a_ranking_is_filtered_by(parts, processed, post_job):
    job = post_job()
    score_candidates(job.id, parts, owner="me")
    facets = parts.storage.get_score(job.id, processed[0]).facets
    assert (facets.musts_met, facets.months, facets.languages) == (True, 60, ("english",))


def test_the_job_is_work_as_soon_as_it_is_stored(parts, post_job):
    job = post_job()
    assert parts.wake.wait(0)
    [item] = parts.storage.due_work(
        now=parts.clock.now(), dispatched_before=parts.clock.now(), limit=9
    )
    assert (item.kind, item.subject_id) == (WorkKind.SCORE_JOB, job.id)
