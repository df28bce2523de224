import io
import zipfile

import pytest

from resume_processor.workflow.receive_batch import BatchUpload, receive_batch
from tests.chaos.stage import RESUME

pytestmark = pytest.mark.integration


def test_a_batch_is_taken_apart_and_processed_whatever_dies(service, patiently):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(120):
            archive.writestr(f"{number}.txt", f"{RESUME}\n{number}")
        archive.writestr("../out.txt", "no")
    batch = receive_batch(BatchUpload(archive=file), service.services).batch
    storage = service.services.storage
    service.start()
    patiently(lambda: storage.get_batch(batch.id).counts, 90)
    service.kill("worker")
    patiently(lambda: storage.get_batch(batch.id).complete, 110)
    assert sum(storage.get_batch(batch.id).counts.values()) == 121
    rows = storage.list_resumes(tenant="default", limit=500, batch_id=batch.id).rows
    assert len({record.file_name for record in rows}) == 121
    assert [one.failure.code for one in rows if one.failure] == ["unsafe_path"]
    assert service.none_twice([record.id for record in rows])
