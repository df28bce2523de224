"""Files in a bucket of a real S3 server (moto's), over HTTP."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator

import boto3
import pytest
from moto.server import ThreadedMotoServer

from resume_processor.bootstrap import build_services
from resume_processor.errors import NotFound, StorageUnavailable
from resume_processor.settings import Settings
from resume_processor.storage.blobs.local import LocalBlobs
from resume_processor.storage.blobs.s3 import S3Blobs
from tests.contracts.blobs import KEY, BlobContract, read

pytestmark = pytest.mark.integration

BUCKETS = itertools.count(1)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }.items():
        monkeypatch.setenv(name, value)
    name = f"resumes-{next(BUCKETS)}"
    client = boto3.client("s3", region_name="us-east-1", endpoint_url=endpoint)
    client.create_bucket(Bucket=name)
    client.close()
    return name


@pytest.fixture
def blobs(bucket: str) -> S3Blobs:
    return S3Blobs(f"s3://{bucket}/files")


class TestContract(BlobContract): ...


def test_other_prefixes_are_left_alone(bucket: str, blobs: S3Blobs) -> None:
    blobs.put(KEY, io.BytesIO(b"ours"))
    whole = S3Blobs(f"s3://{bucket}")
    assert read(whole, f"files/{KEY}") == b"ours"
    assert not whole.exists(KEY)


def test_a_bucket_that_is_not_there(bucket: str) -> None:
    del bucket
    blobs = S3Blobs("s3://no-such-bucket/files")
    with pytest.raises((StorageUnavailable, NotFound)):
        blobs.put(KEY, io.BytesIO(b"x"))


def test_a_server_that_is_away_is_named_unavailable(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    blobs = S3Blobs(f"s3://{bucket}/away")
    with pytest.raises(StorageUnavailable) as caught:
        blobs.put(KEY, io.BytesIO(b"x"))
    assert "127.0.0.1" not in str(caught.value)


def test_the_setting_chooses(bucket: str, tmp_path) -> None:
    settings = Settings(data_dir=tmp_path, blob_url=f"s3://{bucket}/chosen")
    services = build_services(settings)
    assert isinstance(services.blobs, S3Blobs)
    services.close()
    services = build_services(Settings(data_dir=tmp_path))
    assert isinstance(services.blobs, LocalBlobs)
    services.close()


@pytest.mark.parametrize("url", ["s3://", "file:///tmp", "https://bucket/x", "bucket"])
def test_what_names_no_bucket_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="s3://bucket"):
        S3Blobs(url)
