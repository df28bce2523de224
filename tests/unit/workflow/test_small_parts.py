import io
import threading
import time
import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from resume_processor.settings import Settings
from resume_processor.workflow.describe_error import describe
from resume_processor.workflow.doorbell import Doorbell
from resume_processor.workflow.identifiers import new_id
from resume_processor.workflow.retry import pause_before_retry
from resume_processor.workflow.spooling import MeteredSource

SETTINGS = Settings(retry_base_seconds=2, retry_max_seconds=300)
TIMES = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(TIMES, st.integers(min_value=1, max_value=10**9))
@example(datetime(2004, 2, 21, 22, 7, 51, 329000, tzinfo=UTC), 1)
def test_ids_sort_by_time(now, milliseconds):
    earlier, later = new_id(now), new_id(now + timedelta(milliseconds=milliseconds))
    assert earlier[:13] < later[:13]  # the rest is random
    assert uuid.UUID(earlier).version == 7
    assert uuid.UUID(earlier).variant == uuid.RFC_4122


def test_ids_differ_within_a_millisecond():
    now = datetime.now(UTC)
    assert len({new_id(now) for _ in range(1000)}) == 1000


@given(st.integers(min_value=0, max_value=10**6))
def test_a_pause_grows_and_is_bounded(attempts):
    pause = pause_before_retry(attempts, SETTINGS).total_seconds()
    longest = min(2.0 * 2.0 ** min(max(attempts, 1) - 1, 40), 300)
    assert longest / 2 <= pause <= longest


def test_pauses_are_spread():
    assert len({pause_before_retry(5, SETTINGS) for _ in range(50)}) > 40


def test_a_doorbell_wakes_at_once_and_counts_rings_as_one():
    bell = Doorbell()
    threading.Timer(0.05, bell).start()
    begin = time.monotonic()
    assert bell.wait(10)
    assert time.monotonic() - begin < 5
    bell()
    bell()
    assert bell.wait(0)
    assert not bell.wait(0)


@given(st.binary(max_size=2000), st.integers(min_value=1, max_value=64))
def test_a_metered_source_passes_everything_on(data, step):
    source = MeteredSource(io.BytesIO(data), max_bytes=2000)
    read = b"".join(iter(lambda: source.read(step), b""))
    assert read == data
    assert source.size == len(data)


@given(st.binary(max_size=200))
def test_it_can_be_read_into_a_buffer(data):
    source = MeteredSource(io.BytesIO(data), max_bytes=2000)
    assert io.BufferedReader(source).read() == data


def test_an_error_is_described_without_its_message():
    try:
        int("Jane Example")
    except ValueError as error:
        fields = describe(error)
    assert fields["error"] == "ValueError"
    assert "test_small_parts.py" in fields["where"]
    assert "Jane" not in str(fields)
