"""Cursors are opaque, exact and refuse what is not theirs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.errors import InvalidRequest
from resume_processor.storage import cursors

TIMES = st.datetimes(timezones=st.just(UTC))


@given(TIMES, st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_times_come_back_to_the_microsecond(time: datetime, row_id: str) -> None:
    cursor = cursors.encode_time(time, row_id)
    assert cursors.decode_time(cursor) == (time, row_id)
    assert cursor.isascii()
    assert not set(cursor) & set("+/=&?# ")


@given(TIMES, TIMES)
def test_microseconds_sort_like_times(one: datetime, other: datetime) -> None:
    assert (one < other) == (cursors.microseconds(one) < cursors.microseconds(other))


@given(st.text(max_size=60))
def test_anything_else_is_refused_or_a_cursor(text: str) -> None:
    try:
        number, row_id = cursors.decode(text)
    except InvalidRequest:
        return
    assert isinstance(number, int)
    assert isinstance(row_id, str)


def test_a_number_no_time_has() -> None:
    with pytest.raises(InvalidRequest):
        cursors.decode_time(cursors.encode(2**62, "r1"))
