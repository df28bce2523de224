"""The event stream of a resume."""

import json
import threading

from resume_processor.resume.record import Stage


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


def stages_of(events):
    """Status and stage of each change."""
    return [(data["status"], data["stage"]) for _, _, data in events]


def test_the_history_of_a_final_resume_is_told_whole(api):
    resume_id = api.upload()
    api.finish(resume_id, stages=(Stage.READING, Stage.PARSING, Stage.SCORING))
    answer = api.client.get(f"/v1/resumes/{resume_id}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = events_of(answer)
    stages = stages_of(told)
    assert stages[0] == ("RECEIVED", "queued")
    assert stages[-1] == ("DONE", "finished")
    for stage in ("reading", "parsing", "scoring"):
        assert ("PROCESSING", stage) in stages
    assert [data["final"] for _, _, data in told] == [False] * (len(told) - 1) + [True]
    for name, event_id, data in told:
        assert (name, event_id, data["id"]) == ("state", str(data["revision"]), resume_id)


def test_a_client_that_comes_back_is_told_the_rest(api):
    resume_id = api.upload()
    api.finish(resume_id)
    whole = events_of(api.client.get(f"/v1/resumes/{resume_id}/events"))
    rest = events_of(
        api.client.get(f"/v1/resumes/{resume_id}/events", headers={"Last-Event-ID": whole[0][1]})
    )
    assert rest == whole[1:]


def test_after_reprocessing_only_the_present_run_is_told(api):
    resume_id = api.upload()
    api.finish(resume_id, failure=("corrupt", "Damaged."))
    api.client.post(f"/v1/resumes/{resume_id}/reprocess")
    api.finish(resume_id)
    stages = stages_of(events_of(api.client.get(f"/v1/resumes/{resume_id}/events")))
    assert stages[0] == ("RECEIVED", "queued")
    assert [status for status, _ in stages if status == "FAILED"] == []
    assert stages[-1] == ("DONE", "finished")


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
    assert stages_of(found)[0] == ("RECEIVED", "queued")
    assert stages_of(found)[-1] == ("DONE", "finished")
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
