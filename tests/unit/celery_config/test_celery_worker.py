import os
from pathlib import Path

import pytest

from resume_processor.celery_config import celery_worker
from resume_processor.celery_config.celery_app import celery_app

FILE = Path(celery_worker.__file__)


def test_it_can_be_run_directly():
    assert os.access(FILE, os.X_OK)
    assert FILE.read_text().splitlines()[0] == "#!/usr/bin/env python3"


def test_the_package_itself_is_empty():
    assert FILE.with_name("__init__.py").read_bytes() == b""


@pytest.mark.parametrize("arguments", [[], ["--concurrency=3"]])
def test_it_starts_a_worker_as_given(monkeypatch, arguments):
    started = []
    monkeypatch.setattr(celery_app, "start", started.append)
    celery_worker.main(arguments)
    assert started == [["worker", "--loglevel=info", *arguments]]
