from contextlib import contextmanager

import pytest

from resume_processor.errors import LeaseLost, NotFound
from resume_processor.workflow.delete_resume import delete_resume
from resume_processor.workflow.process_resume import process_resume


def test_record_result_work_and_file_are_gone(parts, upload, post_job):
    job, record = post_job(), upload()
    process_resume(record.id, parts, owner="me")
    delete_resume(record.id, "default", parts)
    for ask in (
        lambda: parts.storage.get_resume(record.id),
        lambda: parts.storage.get_score(job.id, record.id),
    ):
        with pytest.raises(NotFound):
            ask()
    assert not parts.blobs.exists(record.blob_key)
    assert parts.storage.ranking(job.id, limit=9).rows == ()


def test_another_tenant_cannot(parts, upload):
    record = upload()
    with pytest.raises(NotFound):
        delete_resume(record.id, "other", parts)
    assert parts.blobs.exists(record.blob_key)


def test_a_worker_that_has_it_writes_nothing_any_more(parts, upload):
    record = upload()

    @contextmanager
    def deleted(_work):
        delete_resume(record.id, "default", parts)
        yield

    with pytest.raises((LeaseLost, NotFound)):
        process_resume(record.id, parts, owner="me", keep_lease=deleted)
    with pytest.raises(NotFound):
        parts.storage.get_resume(record.id)
