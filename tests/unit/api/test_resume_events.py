"""The event stream of a resume."""

import json
import threading


def events_of(answer):
    """(name, id, data) of each event in a finished stream."""
    found = []
    for block in answer.text.strip().split("\n\n"):
        fields = dict(
            line.split(": ", 1) for line in block.splitlines() if not line.startswith(":")
        )
        if fields:
            found.append((fields["event"], fields.get("id"), json.loads(fields["data"])))
    return found


def test_a_final_resume_is_told_once(api):
    resume_id = api.upload()
    api.finish(resume_id)
    answer = api.client.get(f"/v1/resumes/{resume_id}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    (event,) = events_of(answer)
    name, revision, data = event
    assert name == "state"
    assert (data["id"], data["status"], data["final"]) == (resume_id, "DONE", True)
    assert revision == str(data["revision"])
    assert "result" not in data


def test_the_stream_tells_changes_and_ends_at_the_final_state(api):
    resume_id = api.upload()
    looked = threading.Event()
    get_resume = api.services.storage.get_resume

    def seen(*args, **kwargs):
        record = get_resume(*args, **kwargs)
        looked.set()
        return record

    api.services.storage.get_resume = seen

    def work():
        assert looked.wait(30)
        api.finish(resume_id)

    worker = threading.Thread(target=work)
    worker.start()
    found = events_of(api.client.get(f"/v1/resumes/{resume_id}/events"))
    worker.join()
    assert found[-1][2]["status"] == "DONE"
    revisions = [int(event[1]) for event in found]
    assert revisions == sorted(set(revisions))


def test_a_client_that_knows_the_end_is_told_to_stay_away(api):
    resume_id = api.upload()
    api.finish(resume_id)
    revision = api.client.get(f"/v1/resumes/{resume_id}").json()["revision"]
    answer = api.client.get(
        f"/v1/resumes/{resume_id}/events", headers={"Last-Event-ID": str(revision)}
    )
    assert (answer.status_code, answer.content) == (204, b"")


def test_an_unknown_resume_has_no_stream(api):
    answer = api.client.get("/v1/resumes/nowhere/events")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_resume_that_is_deleted_ends_its_stream(api):
    resume_id = api.upload()
    get_resume = api.services.storage.get_resume
    looks = []

    def deleted_at_third_look(*args, **kwargs):
        looks.append(1)
        if len(looks) == 3:
            api.services.storage.delete_resume(
                resume_id, tenant="default", now=api.services.clock.now()
            )
        return get_resume(*args, **kwargs)

    api.services.storage.get_resume = deleted_at_third_look
    found = events_of(api.client.get(f"/v1/resumes/{resume_id}/events"))
    assert [event[0] for event in found] == ["state", "deleted"]
