"""Health, figures, the service at a glance."""

from resume_processor.api.schemas.system import ReadinessCheck


def test_alive(api):
    assert api.client.get("/livez").json() == {"status": "alive"}


def test_ready(api):
    answer = api.client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert answer.json()["not_ready"] == []


def test_without_what_is_required_it_is_not_ready_and_says_what_is_missing(api):
    api.checks[0] = ReadinessCheck(name="database", ok=False, required=True, detail="away")
    answer = api.client.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json()["status"], answer.json()["not_ready"]) == ("not_ready", ["database"])


def test_without_redis_it_still_takes_uploads(api):
    api.checks.append(ReadinessCheck(name="redis", ok=False, required=False, detail="away"))
    answer = api.client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["not_ready"] == ["redis"]


def test_the_figures_are_those_of_the_database(api):
    done = api.upload()
    api.finish(done)
    api.upload()
    answer = api.client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert 'resume_processor_resumes{status="DONE"} 1.0' in lines
    assert 'resume_processor_resumes{status="RECEIVED"} 1.0' in lines
    assert 'resume_processor_resumes{status="FAILED"} 0.0' in lines
    assert 'resume_processor_work{kind="process_resume",state="waiting"} 1.0' in lines
    (age,) = [line for line in lines if line.startswith("resume_processor_oldest_waiting_seconds ")]
    assert float(age.split()[1]) > 0


def test_an_empty_service_has_no_oldest(api):
    assert "resume_processor_oldest_waiting_seconds 0.0" in api.client.get("/metrics").text
    assert api.client.get("/v1/system").json()["oldest_waiting_seconds"] is None


def test_the_service_at_a_glance(api):
    api.upload()
    body = api.client.get("/v1/system").json()
    assert (body["waiting"], body["running"], body["dead"]) == (1, 0, 0)
    assert body["resumes"]["RECEIVED"] == 1
    assert body["readiness"]["status"] == "ready"
    assert body["version"]
