"""One stream tells of all resumes."""

import asyncio
import json

from resume_processor.api.routes import events


def test_each_change_is_told_as_it_is_now(api):
    first, second = api.upload(), api.upload()
    api.finish(first)
    api.client.delete(f"/v1/resumes/{second}")
    told = events.tell([first, second, "unknown"], api.services.storage, "default")
    assert [one.event for one in told] == ["resume", "deleted"]
    assert told[0].data["id"] == first
    assert told[0].data["status"] == "DONE"
    assert told[1].data == {"id": second}
    assert events.tell([first], api.services.storage, "other") == []


def test_changes_of_a_busy_moment_are_taken_together(api):
    async def listen():
        feed = api.services.storage.changes(api.services.clock)
        with events.heard_changes(feed) as heard:
            ids = [api.upload(), api.upload()]
            api.finish(ids[0])
            await asyncio.wait_for(heard.bell.wait(), 5)
            await asyncio.sleep(0)
            return ids, heard.take(), heard.take()

    ids, taken, nothing = asyncio.run(listen())
    assert taken == ids
    assert nothing == []


def test_the_stream_begins_with_a_look_and_ends(api, monkeypatch):
    monkeypatch.setattr(events, "STREAM_SECONDS", 0.4)
    monkeypatch.setattr(events, "LOOK_ANYWAY", 0.1)
    api.upload()
    with api.client.stream("GET", "/v1/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        text = "".join(answer.iter_text())
    assert text.startswith("event: look\n")
    assert json.loads(text.split("data: ")[1].split("\n")[0]) == {}
