"""How much one caller may ask for."""

import pytest

from resume_processor.api import rates
from resume_processor.api.rates import AtOnce, RequestRate
from resume_processor.errors import TooManyRequests, TooManyUploads
from resume_processor.workflow.key_port import Scope
from resume_processor.workflow.keys import create_key


class Time:
    now = 100.0

    def __call__(self):
        return self.now


def taken(rate, caller, tries):
    """How many of so many requests are let through."""
    count = 0
    for _ in range(tries):
        try:
            rate.take(caller)
        except TooManyRequests:
            continue
        count += 1
    return count


def test_a_burst_then_the_rate():
    time = Time()
    rate = RequestRate(10, monotonic=time)
    assert taken(rate, "a", 80) == 50
    time.now += 1
    assert taken(rate, "a", 80) == 10
    time.now += 3600
    assert taken(rate, "a", 80) == 50


def test_it_says_when_to_come_back():
    rate = RequestRate(0.2, monotonic=Time())
    rate.take("a")
    with pytest.raises(TooManyRequests) as refused:
        rate.take("a")
    assert refused.value.seconds == pytest.approx(5)


def test_callers_do_not_use_up_each_others():
    rate = RequestRate(1, monotonic=Time())
    assert taken(rate, "a", 9) == 5
    assert taken(rate, "b", 9) == 5


def test_no_limit():
    assert taken(RequestRate(0), "a", 1000) == 1000


def test_callers_are_forgotten_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr(rates, "MOST_CALLERS", 3)
    rate = RequestRate(1, monotonic=Time())
    assert taken(rate, "a", 9) == 5
    for other in "bcd":
        rate.take(other)
    assert taken(rate, "a", 9) == 5


def test_uploads_at_once():
    uploads = AtOnce(2, TooManyUploads)
    with uploads.one("a"), uploads.one("a"), uploads.one("b"), pytest.raises(TooManyUploads):
        uploads.one("a").__enter__()
    with uploads.one("a"):
        pass


def test_an_upload_that_fails_gives_its_place_back():
    uploads = AtOnce(1, TooManyUploads)
    with pytest.raises(ValueError, match="x"), uploads.one("a"):
        raise ValueError("x")
    with uploads.one("a"):
        pass


def test_the_api_answers_429_with_a_time(make_api):
    api = make_api(requests_per_second=0.02)
    answers = [api.client.get("/v1/resumes") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 429, 429]
    assert answers[-1].json()["code"] == "too_many_requests"
    assert 30 < int(answers[-1].headers["retry-after"]) <= 50
    assert api.client.get("/livez").status_code == 200


def test_guessing_keys_is_limited_but_stops_nobody_else(make_api):
    api = make_api(requests_per_second=0.02)
    right = create_key("x", [Scope.READ], "default", api.services).secret
    statuses = [
        api.client.get("/v1/resumes", headers={"Authorization": f"Bearer {key}"}).status_code
        for key in ("rp_wrong", "rp_wrong", right)
    ]
    assert statuses == [401, 429, 200]
