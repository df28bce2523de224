from contextlib import contextmanager

import pytest

from resume_processor.errors import LeaseLost
from resume_processor.scoring import profile
from resume_processor.scoring.score import JobRequirements
from resume_processor.workflow import score_candidates as module
from resume_processor.workflow.ports import WorkKind
from resume_processor.workflow.process_resume import process_resume
from resume_processor.workflow.score_candidates import score_candidates


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


def test_resumes_are_scored_from_their_kept_profiles(parts, processed, post_job, monkeypatch):
    job = post_job()
    monkeypatch.setattr(parts.storage, "get_result", None)  # a result is not even looked at
    assert score_candidates(job.id, parts, owner="me").scored == 7


def kept(parts, job):
    found = parts.storage.candidates(job.id, version="", tenant="default", after=None, limit=9)
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
