"""The operating guide names figures, settings, commands and checks that exist."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from prometheus_client import CollectorRegistry, ProcessCollector

from resume_processor.api.metrics import StoredFigures
from resume_processor.runtime.health import readiness
from resume_processor.settings import Settings
from tests.unit.api.conftest import Api

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/operating.md").read_text("utf-8")
FIGURE = re.compile(r"\b((?:resume_processor|process)_[a-z_]+)\b")


@pytest.fixture
def figures(tmp_path):
    """Names and labels of everything that /metrics tells."""
    api = Api(tmp_path)
    api.finish(api.upload())
    parts = api.app.state.parts
    registry = CollectorRegistry()
    registry.register(StoredFigures(parts))
    ProcessCollector(registry=registry)
    return {family.name: family for family in registry.collect()}


def base(name):
    return name.removesuffix("_total")


def test_each_figure_of_the_guide_exists_and_each_of_ours_is_in_the_guide(figures):
    named = {base(name) for name in FIGURE.findall(PAGE)}
    assert {name for name in named if name not in figures} <= {"resume_processor"}
    assert {name for name in figures if name.startswith("resume_processor_")} <= named


def test_labels_of_the_guide_are_those_of_the_figures(figures):
    for name, labels in re.findall(r"\| `(resume_processor_[a-z_]+)\{([a-z,]+)\}`", PAGE):
        found = {label for s in figures[base(name)].samples for label in s.labels} - {"le"}
        assert not found or found == set(labels.split(",")), name


def test_alerts_are_rules_over_figures_that_exist(figures):
    (block,) = re.findall(r"```yaml\n(groups:.*?)```", PAGE, re.DOTALL)
    rules = yaml.safe_load(block)["groups"][0]["rules"]
    assert len(rules) >= 6
    for rule in rules:
        names = FIGURE.findall(rule["expr"])
        assert names
        assert {base(name) for name in names} <= figures.keys()


def test_settings_of_the_guide_exist():
    prefix = Settings.model_config["env_prefix"]
    named = re.findall(rf"{prefix}([A-Z_]+)", PAGE)
    assert named
    assert {name.lower() for name in named} <= Settings.model_fields.keys()


def test_checks_of_the_guide_are_those_of_readyz(tmp_path):
    api = Api(tmp_path, redis_url="redis://127.0.0.1:1")
    names = {check.name for check in readiness(api.services)} | {"dispatcher", "reaper"}
    section = PAGE.split("## Health")[1].split("## Figures")[0]
    assert {name for name in names if f"`{name}`" not in section} == set()


def test_the_backup_of_sqlite_is_whole_while_somebody_writes(tmp_path):
    """The command of the guide, as it stands there."""
    (command,) = re.findall(r"^python -c \"(.+)\" DATA", PAGE, re.MULTILINE)
    source, backup = tmp_path / "source.sqlite3", tmp_path / "backup.sqlite3"
    connection = sqlite3.connect(source, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE resumes (id)")
    connection.execute("INSERT INTO resumes VALUES (1)")
    connection.execute("BEGIN")
    connection.execute("INSERT INTO resumes VALUES (2)")
    subprocess.run([sys.executable, "-c", command, str(source), str(backup)], check=True)
    connection.execute("COMMIT")
    connection.close()
    copy = sqlite3.connect(backup)
    assert copy.execute("SELECT id FROM resumes").fetchall() == [(1,)]
    copy.close()
