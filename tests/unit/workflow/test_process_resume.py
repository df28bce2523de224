import time
from contextlib import contextmanager
from dataclasses import replace

import pytest

from resume_processor.errors import CorruptDocument, LeaseLost, NotFound, StorageUnavailable
from resume_processor.resume.record import ResumeStatus, Stage
from resume_processor.workflow import process_resume as module
from resume_processor.workflow.ports import WorkKind, WorkState
from resume_processor.workflow.process_resume import process_resume, summary_of


def work(parts):
    return {state: n for (_, state), n in parts.storage.count_work().items() if n}


RESUME = b"""Ada Example
ada@example.com

Experience

Software Engineer, Example Works
January 2019 - December 2023

Skills

Python
"""


def raising(error):
    def read(*_, **__):
        raise error

    return read


def test_a_resume_is_read_parsed_and_stored(parts, upload):
    record = upload()
    summary = process_resume(record.id, parts, owner="me")
    assert summary.status in (ResumeStatus.DONE, ResumeStatus.NEEDS_REVIEW)
    stored = parts.storage.get_resume(record.id)
    assert stored.status is summary.status
    assert stored.stage is Stage.FINISHED
    assert stored.media_type == "text/plain"
    assert stored.pipeline_version == module.pipeline_version(parts.settings)
    result = parts.storage.get_result(record.id)
    assert result["resume"]["basics"]["email"] == "ada@example.com"
    assert work(parts) == {}


def test_it_is_scored_against_every_open_job(parts, upload, post_job):
    jobs = [post_job(), post_job(title="Another")]
    summary = process_resume(upload().id, parts, owner="me")
    assert {job_id for job_id, _ in summary.scores} == {job.id for job in jobs}
    for job_id, total in summary.scores:
        assert parts.storage.get_score(job_id, summary.resume_id).total == total


def test_jobs_of_another_tenant_are_none_of_its_business(parts, upload, post_job):
    post_job(tenant="other")
    assert process_resume(upload().id, parts, owner="me").scores == ()


def test_the_same_bytes_are_parsed_once(parts, upload, post_job, monkeypatch):
    first = process_resume(upload().id, parts, owner="me")
    monkeypatch.setattr(module, "read_document", raising(AssertionError("read again")))
    job = post_job()
    second = process_resume(upload().id, parts, owner="me")
    assert second.status is first.status
    storage = parts.storage
    assert storage.get_result(second.resume_id) == storage.get_result(first.resume_id)
    assert storage.get_resume(second.resume_id).media_type == "text/plain"
    assert [job_id for job_id, _ in second.scores] == [job.id]


def test_the_same_bytes_at_the_same_time_are_parsed_once(parts, upload, clock, monkeypatch):
    first = upload()
    clock.advance(1)  # which one came first decides who waits
    second = upload()
    read, outcomes = module.read_document, []

    def meanwhile(data, limits):
        outcomes.append(process_resume(second.id, parts, owner="other"))
        return read(data, limits)

    monkeypatch.setattr(module, "read_document", meanwhile)
    done = process_resume(first.id, parts, owner="me")
    assert outcomes == [None]
    waiting = parts.storage.get_resume(second.id)
    assert (waiting.status, waiting.attempts) == (ResumeStatus.RECEIVED, 0)
    clock.advance(1)
    assert process_resume(second.id, parts, owner="other").status is done.status
    assert len(outcomes) == 1


def test_other_tenants_and_other_pipelines_parse_for_themselves(parts, upload, monkeypatch):
    process_resume(upload().id, parts, owner="me")
    reads, read = [], module.read_document
    monkeypatch.setattr(module, "read_document", lambda *a: reads.append(1) or read(*a))
    process_resume(upload(tenant="other").id, parts, owner="me")
    assert len(reads) == 1
    monkeypatch.setattr(module, "pipeline_version", lambda _: "next")
    process_resume(upload().id, parts, owner="me")
    assert len(reads) == 2


def test_a_file_that_is_gone_ends_as_our_fault(parts, upload, clock):
    record = upload()
    parts.blobs.delete(record.blob_key)
    for _ in range(parts.settings.max_attempts - 1):
        with pytest.raises(NotFound):
            process_resume(record.id, parts, owner="me")
        clock.advance(1000)
    assert process_resume(record.id, parts, owner="me").code == "internal_error"


def test_a_duplicate_does_nothing(parts, upload):
    record = upload()
    assert process_resume(record.id, parts, owner="me") is not None
    stored = parts.storage.get_resume(record.id)
    assert process_resume(record.id, parts, owner="you") is None
    assert parts.storage.get_resume(record.id) == stored
    assert summary_of(stored).status is stored.status


def test_what_is_in_progress_elsewhere_is_left_alone(parts, upload):
    record = upload()

    @contextmanager
    def meanwhile(_work):
        assert process_resume(record.id, parts, owner="you") is None
        yield

    assert process_resume(record.id, parts, owner="me", keep_lease=meanwhile) is not None


def test_an_unknown_resume_is_nothing_to_do(parts):
    assert process_resume("nobody", parts, owner="me") is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nnothing of a PDF follows", "corrupt"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 40, "unsupported_type"),
    ],
)
def test_a_document_at_fault_fails_once_and_for_all(parts, upload, data, code):
    record = upload(data)
    summary = process_resume(record.id, parts, owner="me")
    assert (summary.status, summary.code) == (ResumeStatus.FAILED, code)
    stored = parts.storage.get_resume(record.id)
    assert stored.status is ResumeStatus.FAILED
    assert stored.failure.code == code
    assert stored.attempts == 1
    assert parts.storage.get_result(record.id) is None
    assert work(parts) == {}


def test_a_time_limit_is_the_documents_fault(parts, upload, monkeypatch):
    class Limit(Exception):
        pass

    monkeypatch.setattr(module, "read_document", raising(Limit()))
    summary = process_resume(upload().id, parts, owner="me", timeouts=(Limit,))
    assert (summary.status, summary.code) == (ResumeStatus.FAILED, "timed_out")


@pytest.mark.parametrize("error", [MemoryError(), RecursionError()])
def test_too_much_memory_is_the_documents_fault(parts, upload, monkeypatch, error):
    monkeypatch.setattr(module, "parse_resume", raising(error))
    assert process_resume(upload().id, parts, owner="me").code == "too_large"


def test_a_storage_that_is_away_costs_time_and_never_the_resume(parts, upload, clock, monkeypatch):
    record = upload()
    monkeypatch.setattr(module, "read_document", raising(StorageUnavailable()))
    for _ in range(3 * parts.settings.max_attempts):
        with pytest.raises(StorageUnavailable):
            process_resume(record.id, parts, owner="me")
        assert process_resume(record.id, parts, owner="me") is None  # not before the pause is over
        clock.advance(parts.settings.retry_max_seconds)
    monkeypatch.undo()
    assert process_resume(record.id, parts, owner="me").code is None


def test_pauses_grow(parts, upload, clock, monkeypatch):
    record = upload()
    monkeypatch.setattr(module, "read_document", raising(StorageUnavailable()))
    pauses = []
    for _ in range(2):
        with pytest.raises(StorageUnavailable):
            process_resume(record.id, parts, owner="me")
        clock.advance(1000)
        [item] = parts.storage.due_work(now=clock.now(), dispatched_before=clock.now(), limit=9)
        pauses.append(1000 - (clock.now() - item.available_at).total_seconds())
    assert 1 <= pauses[0] <= 2 <= pauses[1] <= 4


def test_an_unexpected_error_is_tried_again_until_the_limit(parts, upload, clock, monkeypatch):
    record = upload()
    monkeypatch.setattr(module, "parse_resume", raising(ValueError("quotes the document")))
    for _ in range(parts.settings.max_attempts - 1):
        with pytest.raises(ValueError, match="quotes"):
            process_resume(record.id, parts, owner="me")
        assert parts.storage.get_resume(record.id).status is not ResumeStatus.FAILED
        clock.advance(1000)
    summary = process_resume(record.id, parts, owner="me")
    assert (summary.status, summary.code) == (ResumeStatus.FAILED, "internal_error")
    failure = parts.storage.get_resume(record.id).failure
    assert "quotes" not in failure.message


def test_a_shutdown_gives_lease_and_attempt_back(parts, upload, monkeypatch):
    record = upload()
    monkeypatch.setattr(module, "read_document", raising(SystemExit(1)))
    with pytest.raises(SystemExit):
        process_resume(record.id, parts, owner="me")
    assert work(parts) == {WorkState.WAITING: 1}
    monkeypatch.undo()
    assert process_resume(record.id, parts, owner="you").attempts == 1


def test_who_lost_the_lease_writes_nothing(parts, upload, clock):
    """A worker that comes back after another one took over: the other one's result stays."""
    record = upload()

    @contextmanager
    def frozen(_work):
        clock.advance(parts.settings.lease_seconds + 1)
        assert process_resume(record.id, parts, owner="you").attempts == 2
        yield

    with pytest.raises(LeaseLost):
        process_resume(record.id, parts, owner="me", keep_lease=frozen)
    assert parts.storage.get_resume(record.id).attempts == 2


def test_who_loses_the_lease_between_scoring_and_storing_writes_nothing(
    parts, upload, clock, monkeypatch
):
    record = upload()
    score = module.score_against_open_jobs

    def slow_score(*arguments):
        monkeypatch.undo()
        clock.advance(parts.settings.lease_seconds + 1)
        assert process_resume(record.id, parts, owner="you").attempts == 2
        return score(*arguments)

    monkeypatch.setattr(module, "score_against_open_jobs", slow_score)
    with pytest.raises(LeaseLost):
        process_resume(record.id, parts, owner="me")
    stored = parts.storage.get_resume(record.id)
    assert (stored.attempts, stored.status.final) == (2, True)


def test_a_cancelled_resume_stays_cancelled(parts, upload, clock):
    record = upload()

    @contextmanager
    def cancelled(_work):
        parts.storage.cancel_resume(record.id, tenant="default", now=clock.now())
        yield

    with pytest.raises(LeaseLost):
        process_resume(record.id, parts, owner="me", keep_lease=cancelled)
    assert parts.storage.get_resume(record.id).status is ResumeStatus.CANCELLED
    assert work(parts) == {}


def test_the_summary_is_short_json(parts, upload, post_job):
    job = post_job()
    summary = process_resume(upload().id, parts, owner="me").to_json()
    assert set(summary) == {"resume_id", "status", "code", "attempts", "scores"}
    assert summary["scores"][0]["job_id"] == job.id


def events(parts, record):
    return [(one.stage, one.at) for one in parts.storage.resume_events(record.id)]


def test_each_stage_stands_in_the_history_with_the_time_it_began(parts, upload, clock, monkeypatch):
    record, began = upload(), []
    for name in ("read_document", "parse_resume", "score_against_open_jobs"):
        step = getattr(module, name)

        def noting(*arguments, step=step, **options):
            began.append(clock.now())
            clock.advance(1)
            return step(*arguments, **options)

        monkeypatch.setattr(module, name, noting)
    process_resume(record.id, parts, owner="me")
    stages = (Stage.READING, Stage.PARSING, Stage.SCORING)
    assert events(parts, record)[1:-1] == list(zip(stages, began, strict=True))


def test_a_stage_that_lasts_is_shown_before_it_ends(parts, upload, clock, monkeypatch):
    record, seen, attempts = upload(), [], []

    @contextmanager
    def kept(attempt):
        attempts.append(attempt)
        yield

    parse = module.parse_resume

    def slow(*arguments, **options):
        for _ in range(2):
            assert attempts[0].show_stage()
            seen.append(parts.storage.get_resume(record.id).stage)
            clock.advance(1)
        return parse(*arguments, **options)

    monkeypatch.setattr(module, "parse_resume", slow)
    process_resume(record.id, parts, owner="me", keep_lease=kept)
    assert seen == [Stage.READING, Stage.PARSING]
    stages = [stage for stage, _ in events(parts, record)]
    assert stages == list(Stage)


def test_an_attempt_that_fails_leaves_its_stages_in_the_history(parts, upload, monkeypatch):
    record = upload()
    monkeypatch.setattr(module, "parse_resume", raising(OSError()))
    with pytest.raises(OSError):  # noqa: PT011 - only that it goes on
        process_resume(record.id, parts, owner="me")
    stages = [stage for stage, _ in events(parts, record)]
    assert stages == [Stage.QUEUED, Stage.READING, Stage.PARSING, Stage.QUEUED]


def test_a_failing_step_says_so_in_the_dead_letters_by_code_only(parts, upload, monkeypatch):
    record = upload()
    monkeypatch.setattr(module, "read_document", raising(CorruptDocument()))
    process_resume(record.id, parts, owner="me")
    assert parts.storage.get_resume(record.id).failure.message == CorruptDocument.default_message


def test_it_takes_no_long_time(parts, upload):
    process_resume(upload().id, parts, owner="me")  # loads what is loaded once
    record = upload(RESUME + b"Rust")
    begin = time.perf_counter()
    process_resume(record.id, parts, owner="me")
    assert time.perf_counter() - begin < 1.0


def test_work_of_another_kind_is_not_touched(parts, post_job):
    job = post_job()
    assert process_resume(job.id, parts, owner="me") is None
    assert parts.storage.count_work()[WorkKind.SCORE_JOB, WorkState.WAITING] == 1


def test_services_can_be_replaced_part_by_part(parts, upload, settings):
    record = upload()
    other = replace(parts, settings=settings)
    assert process_resume(record.id, other, owner="me") is not None
