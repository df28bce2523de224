from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from resume_processor.parsing.months import (
    Span,
    first_month,
    holes,
    iso_month,
    merged,
    month_after,
    total,
)

spans = st.lists(st.builds(Span, st.integers(0, 60), st.integers(0, 60)), max_size=8)


def months_in(some: list[Span]) -> set[int]:
    return {month for span in some for month in range(span.start, span.end)}


@given(spans)
def test_every_month_counts_once(some: list[Span]) -> None:
    assert total(some) == len(months_in(some))


@given(spans)
def test_parts_and_holes_fill_the_whole_time(some: list[Span]) -> None:
    parts = [*merged(some), *holes(some)]
    inside = months_in(some)
    assert total(parts) == (max(inside) - min(inside) + 1 if inside else 0)


def test_the_last_month_is_included() -> None:
    assert month_after("2018-12") - first_month("2018-01") == 12


def test_a_year_alone_counts_from_its_middle() -> None:
    assert month_after("2018") - first_month("2016") == 24


def test_iso_month() -> None:
    assert iso_month(first_month("2019-01")) == "2019-01"
    assert iso_month(month_after("2019-12-31")) == "2020-01"
