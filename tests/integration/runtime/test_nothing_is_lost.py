import os
import signal
import time
from pathlib import Path

import pytest
import redis

from resume_processor.resume.record import task_id_for
from resume_processor.workflow.ports import WorkKind, WorkState

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds processes in /proc"),
]


def test_an_upload_is_done_in_the_background(service):
    service.start()
    ids = [service.upload() for _ in range(5)]
    job = service.post_job()
    assert set(service.wait_until_final(ids)) <= {"DONE", "NEEDS_REVIEW"}
    assert service.none_twice(ids)
    assert service.record(ids[0]).attempts == 1
    late = service.upload()
    service.wait_until_final([late])
    storage = service.services.storage
    assert storage.get_score(job, late).total > 0


def test_the_result_backend_holds_a_short_summary(service, patiently):
    service.start()
    resume_id = service.upload()
    service.wait_until_final([resume_id])
    client = redis.Redis.from_url(service.redis.url)
    key = f"celery-task-meta-{task_id_for(resume_id)}"
    text = patiently(lambda: (client.get(key) or b"").decode().count("SUCCESS") and client.get(key))
    assert b"ada@example.com" not in text
    assert resume_id.encode() in text
    assert len(text) < 1000
    client.close()


def test_killed_children_cost_an_attempt_and_no_resume(service, patiently):
    service.start()
    ids = [service.upload("SLEEP-30") for _ in range(20)]
    for _ in range(3):
        patiently(lambda: service.statuses(ids)["PROCESSING"])
        for child in service.worker_children():
            os.kill(child, signal.SIGKILL)
        time.sleep(1.0)
    service.wait_until_final(ids)
    assert service.statuses(ids)["FAILED"] == 0
    assert any(service.record(one).attempts > 1 for one in ids)
    assert service.none_twice(ids)


def test_a_killed_worker_is_started_again(service, patiently):
    service.start()
    ids = [service.upload("SLEEP-30") for _ in range(20)]
    for _ in range(2):
        patiently(lambda: service.statuses(ids)["PROCESSING"])
        service.kill("worker")
        time.sleep(1.0)
    service.wait_until_final(ids)
    assert service.restarts("worker") >= 2
    assert service.statuses(ids)["FAILED"] == 0
    assert service.none_twice(ids)


def test_a_redis_that_comes_back_empty_is_told_again(service, patiently):
    service.start()
    ids = [service.upload("SLEEP-20") for _ in range(30)]
    patiently(lambda: service.statuses(ids)["PROCESSING"])
    service.kill("redis")
    service.stop("redis")
    service.empty_redis()
    service.start("redis")
    service.wait_until_final(ids)
    assert service.none_twice(ids)


def test_uploads_need_no_redis(service):
    service.start("dispatcher", "worker")
    begin = time.monotonic()
    ids = [service.upload() for _ in range(20)]
    assert time.monotonic() - begin < 5
    time.sleep(2)
    assert service.statuses(ids) == {"RECEIVED": 20}
    service.start("redis")
    service.wait_until_final(ids)
    assert service.none_twice(ids)


def test_a_killed_dispatcher_loses_nothing(service):
    service.start()
    ids = [service.upload() for _ in range(10)]
    service.kill("dispatcher")
    ids += [service.upload() for _ in range(10)]
    service.wait_until_final(ids)
    assert service.none_twice(ids)


def test_a_message_delivered_many_times_has_one_effect(service, patiently):
    service.start("redis", "worker")
    ids = [service.upload() for _ in range(5)]
    service.start("dispatcher")
    client = redis.Redis.from_url(service.redis.url)
    service.wait_until_final(ids)
    service.stop("dispatcher", "worker")
    again = [service.upload("SLEEP-50") for _ in range(3)]
    service.start("dispatcher")
    patiently(lambda: client.llen("celery") == 3)
    service.stop("dispatcher")
    for message in client.lrange("celery", 0, -1):
        for _ in range(9):
            client.rpush("celery", message)
    client.close()
    service.start("worker")
    service.wait_until_final(again)
    time.sleep(1.5)
    assert service.none_twice(ids + again)
    assert {service.record(one).attempts for one in again} == {1}


def test_a_document_that_kills_its_worker_ends_as_such_and_blocks_nobody(service, patiently):
    service.start()
    poison = service.upload("KILL-THE-PROCESS")
    ids = [service.upload() for _ in range(10)]
    assert service.wait_until_final(ids)["FAILED"] == 0
    service.wait_until_final([poison])
    record = service.record(poison)
    assert record.failure.code == "worker_crashed"
    assert record.attempts == service.settings.max_attempts
    work = service.services.storage.count_work()
    assert work[WorkKind.PROCESS_RESUME, WorkState.DEAD] == 1


def test_a_document_that_takes_too_long_ends_as_such(make_service):
    service = make_service(read_seconds=1.0)
    service.start()
    slow = service.upload("SLEEP-3000")
    service.wait_until_final([slow])
    record = service.record(slow)
    assert (record.failure.code, record.attempts) == ("timed_out", 1)


def test_a_shutdown_hands_running_work_back(service, patiently):
    service.start()
    resume_id = service.upload("SLEEP-2000")
    patiently(lambda: service.record(resume_id).status == "PROCESSING")
    begin = time.monotonic()
    service.stop("worker")
    assert time.monotonic() - begin < service.settings.shutdown_seconds + 6
    work = service.services.storage.count_work()
    assert work.get((WorkKind.PROCESS_RESUME, WorkState.WAITING)) == 1
    assert service.record(resume_id).attempts == 0


def test_a_shutdown_lets_short_work_finish(service, patiently):
    service.start()
    resume_id = service.upload("SLEEP-100")
    patiently(lambda: service.record(resume_id).status == "PROCESSING")
    service.stop("worker")
    assert service.record(resume_id).status.final


def test_a_worker_that_goes_deaf_is_started_again(service, patiently):
    service.start()
    service.wait_until_final([service.upload()])
    os.kill(service.pid("worker"), signal.SIGSTOP)
    ids = [service.upload() for _ in range(5)]
    service.wait_until_final(ids)
    assert service.restarts("worker") == 1
    assert service.none_twice(ids)


def test_a_document_that_hangs_where_no_signal_reaches_ends_as_such(make_service):
    service = make_service(environment={"CHAOS_OVERDUE_SECONDS": "3"})
    service.start()
    hanging = service.upload("HANG")
    others = [service.upload() for _ in range(5)]
    service.wait_until_final([hanging, *others])
    record = service.record(hanging)
    assert (record.failure.code, record.attempts) == ("timed_out", 1)
    assert service.statuses(others)["FAILED"] == 0


def test_two_workers_share_the_work(make_service):
    service = make_service(workers=2)
    service.start()
    ids = [service.upload("SLEEP-20") for _ in range(20)]
    service.wait_until_final(ids)
    assert service.none_twice(ids)
