"""Who looked at what: remembered once an hour, and never in the way of who looks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from resume_processor.workflow.audit_port import Seen, Viewing
from resume_processor.workflow.viewings import Viewings, note_viewing

NINE = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ONE = Viewing("default", "key:k1", "r1", Seen.RECORD, NINE)


def test_the_same_within_the_hour_is_remembered_once():
    viewings = Viewings()
    for minutes in (0, 1, 29):
        viewings.add(replace(ONE, at=NINE + timedelta(minutes=minutes)))
    assert list(viewings.first(9)) == [ONE]
    later = replace(ONE, at=NINE + timedelta(minutes=30))
    viewings.add(later)
    assert list(viewings.first(9)) == [ONE, later]


def test_what_was_taken_away_stays_known():
    viewings = Viewings()
    viewings.add(ONE)
    viewings.remove(1)
    viewings.add(ONE)
    assert len(viewings) == 0


@pytest.mark.parametrize(
    "other",
    [
        {"tenant": "other"},
        {"actor": "key:k2"},
        {"resume_id": "r2"},
        {"what": Seen.PAGES},
        {"blind": True},
        {"job_id": "j1"},
    ],
    ids=str,
)
def test_another_look_is_remembered_too(other):
    viewings = Viewings()
    viewings.add(ONE)
    viewings.add(replace(ONE, **other))
    assert len(viewings) == 2


def test_it_takes_no_more_memory_than_it_may():
    viewings = Viewings(most_waiting=2, most_known=3)
    looks = [replace(ONE, resume_id=f"r{number}") for number in range(5)]
    for one in looks:
        viewings.add(one)
    assert list(viewings.first(9)) == looks[:2]
    assert (viewings.take_lost(), viewings.take_lost()) == (3, 0)
    viewings.remove(2)
    viewings.add(looks[4])  # it was lost before, so it is not known
    assert list(viewings.first(9)) == [looks[4]]


def test_many_known_ones_are_forgotten_rather_than_kept():
    viewings = Viewings(most_known=2)
    for number in range(3):
        viewings.add(replace(ONE, resume_id=f"r{number}"))
    viewings.add(replace(ONE, resume_id="r0"))
    assert [one.resume_id for one in viewings.first(9)] == ["r0", "r1", "r2", "r0"]


def test_it_is_noted_as_who_uses_the_parts(parts, clock):
    acting = parts.acting_as("key:k9")
    note_viewing("r1", Seen.SCORE, "acme", acting, blind=True, job_id="j1")
    (one,) = parts.viewings.first(9)
    assert one == Viewing("acme", "key:k9", "r1", Seen.SCORE, clock.now(), True, "j1")  # noqa: FBT003


def test_a_setting_turns_it_off(parts, settings):
    off = replace(parts, settings=settings.model_copy(update={"audit_reads": False}))
    note_viewing("r1", Seen.RECORD, "default", off)
    assert len(off.viewings) == 0
