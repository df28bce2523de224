"""Interactive before bulk, and bulk never starved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from resume_processor.resume.record import Priority
from resume_processor.storage.fair_order import BULK_EVERY, FairOrder
from resume_processor.storage.transitions import new_work
from resume_processor.workflow.ports import WorkItem, WorkKind
from tests.contracts.storage.samples import at


def items(priority: Priority, count: int) -> list[WorkItem]:
    return [
        new_work(WorkKind.PROCESS_RESUME, f"{priority}{number}", "default", priority, at(number))
        for number in range(count)
    ]


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 40), st.integers(0, 9))
def test_nothing_is_lost_or_reordered(interactive: int, bulk: int, limit: int, before: int) -> None:
    order = FairOrder()
    order.note(before)
    first, second = items(Priority.INTERACTIVE, interactive), items(Priority.BULK, bulk)
    merged = order.merge(first, second, limit)
    assert len(merged) == min(limit, interactive + bulk)
    assert [i for i in merged if i.priority is Priority.INTERACTIVE] == first[: len(merged)][
        : sum(i.priority is Priority.INTERACTIVE for i in merged)
    ]
    of_bulk = [i for i in merged if i.priority is Priority.BULK]
    assert of_bulk == second[: len(of_bulk)]


@given(st.lists(st.integers(1, 7), min_size=1, max_size=30))
def test_however_few_are_asked_for_every_fourth_is_bulk(asked: list[int]) -> None:
    order = FairOrder()
    published: list[WorkItem] = []
    for limit in asked:
        some = order.merge(items(Priority.INTERACTIVE, 9), items(Priority.BULK, 9), limit)
        order.note(len(some))
        published += some
    for position, item in enumerate(published, start=1):
        assert (item.priority is Priority.BULK) == (position % BULK_EVERY == 0)
