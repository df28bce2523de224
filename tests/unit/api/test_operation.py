"""Health, figures, the service at a glance."""

from prometheus_client.parser import text_string_to_metric_families

from resume_processor.api.schemas.system import ReadinessCheck
from resume_processor.errors import BrokerUnavailable
from resume_processor.workflow.ports import WorkerSign


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
    assert 'resume_processor_outcomes_total{code="",status="DONE"} 1.0' in lines
    assert "resume_processor_audit_unsealed 3.0" in lines
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


def figures_of(api):
    """Every sample by its name with labels, as a Prometheus server reads it."""
    text = api.client.get("/metrics").text
    return {
        f"{sample.name}{dict(sorted(sample.labels.items())) or ''}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_histograms_add_up(api):
    for _ in range(3):
        api.finish(api.upload())
    figures = figures_of(api)
    for name in ("wait", "run"):
        of = f"resume_processor_{name}_seconds"
        buckets = [v for key, v in figures.items() if key.startswith(f"{of}_bucket{{'kind': 'pr")]
        assert buckets == sorted(buckets)
        assert buckets[-1] == figures[f"{of}_count{{'kind': 'process_resume'}}"] == 3
        assert figures[f"{of}_sum{{'kind': 'process_resume'}}"] > 0
    assert figures["resume_processor_attempts_total{'attempt': '1', 'kind': 'process_resume'}"] == 3


def test_failures_are_told_by_their_code(api):
    api.finish(api.upload(), failure=("encrypted", "It is locked."))
    outcome = "resume_processor_outcomes_total{'code': 'encrypted', 'status': 'FAILED'}"
    assert figures_of(api)[outcome] == 1


def test_workers_and_their_memory(api):
    now = api.services.clock.now()
    for instance, children in (("a:1", 4), ("b:2", 3)):
        api.services.storage.sign_on(WorkerSign(instance, children, 9, now), forget_before=now)
    figures = figures_of(api)
    assert figures["resume_processor_workers"] == 2
    assert figures["resume_processor_worker_children{'worker': 'b:2'}"] == 3
    assert figures["resume_processor_worker_memory_bytes{'worker': 'a:1'}"] == 9


def test_the_broker_may_be_away(api):
    api.depth = lambda: 7
    assert figures_of(api)["resume_processor_broker_messages"] == 7

    def away():
        raise BrokerUnavailable

    api.depth = away
    figures = figures_of(api)
    assert figures["resume_processor_broker_up"] == 0
    assert "resume_processor_broker_messages" not in figures


def test_disk_and_memory_of_the_api_itself(api):
    figures = figures_of(api)
    assert figures["resume_processor_disk_free_bytes"] > 0
    assert figures["process_resident_memory_bytes"] > 1_000_000
