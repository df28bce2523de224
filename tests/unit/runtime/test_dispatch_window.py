import pytest

from resume_processor.runtime.dispatch_window import LEAST, DispatchWindow


class Workers:
    """A broker, workers that take ``rate`` messages a second, and a dispatcher with work enough."""

    def __init__(self, rate, most=400):
        self.time, self.rate, self.depth, self.left = 0.0, rate, 0, 0.0
        self.window = DispatchWindow(most, monotonic=lambda: self.time)
        self.idle = 0

    def run(self, seconds, *, due=10**6):
        for _ in range(int(seconds / 0.1)):
            room = min(self.window.room(self.depth), 100)
            published = min(room, due)
            if room:
                self.window.note(published, more=published == room)
            self.depth += published
            self.time += 0.1
            self.left += self.rate * 0.1
            taken = min(self.depth, int(self.left))
            self.idle += int(self.left) > self.depth
            self.left -= int(self.left)
            self.depth -= taken


@pytest.mark.parametrize("rate", [50, 120, 300])
def test_about_a_second_of_work_waits(rate):
    workers = Workers(rate)
    workers.run(10)
    assert 0.5 * rate <= workers.window.size <= 2 * rate
    idle = workers.idle
    workers.run(20)
    assert workers.idle == idle, "workers had nothing to do"


def test_it_shrinks_when_workers_become_slow():
    workers = Workers(300)
    workers.run(10)
    workers.rate = 10
    workers.run(40)
    assert workers.window.size == LEAST


def test_it_never_exceeds_the_most():
    workers = Workers(10_000)
    workers.run(10)
    assert workers.window.size == 400
    assert Workers(10, most=5).window.room(0) == 5
    assert Workers(10, most=5).window.room(9) == 0


def test_without_a_backlog_it_does_not_grow():
    workers = Workers(1000)
    workers.run(10, due=1)
    assert workers.window.size == LEAST
