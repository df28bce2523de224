"""Compose file, image and Kubernetes manifests say what the program really takes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import kubernetes_validate
import pytest
import typer
import yaml

from resume_processor.api.metrics import PREFIX
from resume_processor.api.routes.operation import router
from resume_processor.cli import app
from resume_processor.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
COMPOSE = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text("utf-8"))
FOLDER = ROOT / "deploy/kubernetes"
MANIFESTS = [
    (f"{path.stem}-{number}", document)
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.stem != "kustomization"
    for number, document in enumerate(yaml.safe_load_all(path.read_text("utf-8")))
]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
OURS = "resume-processor"

#: Read by other programs than ours: the S3 client, and OpenTelemetry.
FOREIGN = re.compile(r"(AWS|OTEL)_[A-Z0-9_]+")


def variables():
    """Every environment variable that the settings read."""
    prefix = Settings.model_config["env_prefix"]
    named = {
        field.validation_alias.choices[0]
        for field in Settings.model_fields.values()
        if field.validation_alias is not None
    }
    return named | {f"{prefix}{name}".upper() for name in Settings.model_fields}


def unknown(names):
    return sorted(n for n in names if n not in variables() and not FOREIGN.fullmatch(n))


def parse_command(arguments):
    """The command and its options, refused where the program would refuse them."""
    group = typer.main.get_command(app)
    context = group.make_context("x", [], resilient_parsing=True)
    name, command, rest = group.resolve_command(context, list(arguments))
    return name, command.make_context(name, rest).params


def of_kind(kind):
    return [document for _, document in MANIFESTS if document["kind"] == kind]


def containers():
    for kind in ("Deployment", "StatefulSet"):
        for workload in of_kind(kind):
            for container in workload["spec"]["template"]["spec"]["containers"]:
                yield workload, container


def ours():
    return [(w, c) for w, c in containers() if c["image"] == OURS]


def test_compose_commands_and_variables_are_ours():
    for name in ("api", "worker"):
        service = COMPOSE["services"][name]
        command, options = parse_command(service["command"])
        assert command == ("serve" if name == "api" else "worker")
        assert unknown(service["environment"]) == []
        if name == "api":
            assert (options["host"], options["port"]) == ("0.0.0.0", 8000)
            assert service["ports"] == ["${API_PORT:-8000}:8000"]


def test_compose_services_refer_to_what_is_there():
    services = COMPOSE["services"]
    environment = services["api"]["environment"]
    for variable, port in (("REDIS_URL", 6379), ("DATABASE_URL", 5432)):
        url = environment[variable].replace("${POSTGRES_PASSWORD:?set a password}", "secret")
        assert urlsplit(url).hostname in services
        assert urlsplit(url).port == port
    assert urlsplit(environment["AWS_ENDPOINT_URL"].split(":-")[1].rstrip("}")).hostname == "s3"
    named = {v.split(":")[0] for s in services.values() for v in s.get("volumes", ())}
    assert named == set(COMPOSE["volumes"])
    assert services["s3"]["profiles"] == ["s3"]
    assert services["worker"]["deploy"]["replicas"] > 1
    for service in ("api", "worker"):
        for needed in services[service]["depends_on"]:
            assert "healthcheck" in services[needed]


def test_the_embedded_s3_configuration_is_json():
    content = COMPOSE["configs"]["s3"]["content"]
    (identity,) = json.loads(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", content))["identities"]
    assert identity["credentials"][0]["accessKey"] == "resumes"


def redis_options(command):
    words = list(command)
    return dict(zip(words[1::2], words[2::2], strict=True))


def test_redis_keeps_what_it_is_given_everywhere():
    commands = [COMPOSE["services"]["redis"]["command"]]
    commands += [c["args"] for _, c in containers() if c["name"] == "redis"]
    assert len(commands) == 2
    for command in commands:
        options = redis_options(command)
        assert (options["--appendonly"], options["--maxmemory-policy"]) == ("yes", "noeviction")


@pytest.mark.parametrize(("name", "document"), MANIFESTS, ids=[name for name, _ in MANIFESTS])
def test_manifests_fit_the_schemas_of_kubernetes(name, document):
    if document["apiVersion"].startswith("keda.sh"):
        pytest.skip("KEDA's own kind; its fields are looked at below")
    kubernetes_validate.validate(document, "1.34", strict=True)


def test_a_wrong_field_would_be_seen():
    document = json.loads(json.dumps(of_kind("Deployment")[0]))
    document["spec"]["replica"] = 3
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(document, "1.34", strict=True)


def test_every_manifest_is_applied():
    listed = yaml.safe_load((FOLDER / "kustomization.yaml").read_text("utf-8"))["resources"]
    assert sorted(listed) == sorted(
        p.name for p in FOLDER.glob("*.yaml") if p.stem != "kustomization"
    )


def test_pods_run_our_commands_with_our_variables():
    (config,) = of_kind("ConfigMap")
    assert unknown(config["data"]) == []
    roles = set()
    for workload, container in ours():
        command, options = parse_command(container["args"])
        roles.add(command)
        assert unknown(one["name"] for one in container["env"]) == []
        assert workload["spec"]["template"]["spec"]["securityContext"]["runAsUser"] == 10001
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert config["data"]["RESUME_PROCESSOR_DATA_DIR"] in {
            m["mountPath"] for m in container["volumeMounts"]
        }
        if command == "serve":
            assert options["port"] == container["ports"][0]["containerPort"]
    assert roles == {"serve", "worker"}


def test_probes_ask_for_what_there_is():
    paths = {
        container[probe]["httpGet"]["path"]
        for _, container in ours()
        for probe in ("startupProbe", "livenessProbe", "readinessProbe")
        if probe in container
    }
    assert paths == {"/livez", "/readyz"} <= {route.path for route in router.routes}


def test_every_container_has_requests_and_a_limit_of_memory():
    for _, container in containers():
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}
        assert "memory" in container["resources"]["limits"]


def test_selectors_find_their_pods():
    pods = [w["spec"]["template"]["metadata"]["labels"] for w, _ in containers()]
    selectors = [s["spec"]["selector"] for s in of_kind("Service")]
    selectors += [b["spec"]["selector"]["matchLabels"] for b in of_kind("PodDisruptionBudget")]
    selectors += [w["spec"]["selector"]["matchLabels"] for w, _ in containers()]
    for selector in selectors:
        assert any(selector.items() <= labels.items() for labels in pods), selector
    ports = {p["name"] for _, c in containers() for p in c.get("ports", ())}
    assert {p["targetPort"] for s in of_kind("Service") for p in s["spec"]["ports"]} <= ports


def test_autoscaling_watches_a_figure_that_exists():
    (scaled,) = of_kind("ScaledObject")
    names = {w["metadata"]["name"] for w in of_kind("Deployment")}
    assert scaled["spec"]["scaleTargetRef"]["name"] in names
    (trigger,) = scaled["spec"]["triggers"]
    assert trigger["type"] == "prometheus"
    assert trigger["metadata"]["query"] == f"max({PREFIX}oldest_waiting_seconds)"
    (api,) = of_kind("HorizontalPodAutoscaler")
    assert api["spec"]["scaleTargetRef"]["name"] in names


def test_pods_have_longer_to_end_than_the_program_takes():
    least = Settings().shutdown_seconds + 5
    for workload, _ in ours():
        assert workload["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] > least
    for name in ("api", "worker"):
        assert int(COMPOSE["services"][name]["stop_grace_period"].rstrip("s")) > least


def test_the_image_is_made_of_what_is_there():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    files = [name for line in copied for name in line.split()]
    assert [name for name in files if not (ROOT / name).exists()] == []
    kept = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"
    }
    assert {name.rstrip("/") for name in files} <= kept
    assert all((ROOT / f"requirements/{lock}.lock").exists() for lock in ("base", "tracing"))
    assert "--require-hashes" in DOCKERFILE
    assert re.search(r"^USER 10001$", DOCKERFILE, re.MULTILINE)
    (entry,) = re.findall(r"^ENTRYPOINT (.+)$", DOCKERFILE, re.MULTILINE)
    assert json.loads(entry) == [OURS]
    (command,) = re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)
    assert parse_command(json.loads(command))[0] == "up"


def test_the_image_builds_with_a_python_that_is_supported():
    versions = re.findall(r"^FROM python:(\S+)-slim", DOCKERFILE, re.MULTILINE)
    assert set(versions) == {"3.11"}


def test_the_image_with_tracing_has_all_that_the_other_has():
    pin = re.compile(r"^[a-z0-9.\[\]-]+==\S+", re.MULTILINE)
    base, tracing = (
        set(pin.findall((ROOT / f"requirements/{lock}.lock").read_text()))
        for lock in ("base", "tracing")
    )
    assert base <= tracing
    assert any(one.startswith("opentelemetry-sdk==") for one in tracing - base)
