"""The page asks nobody else for anything, and its pieces fit together."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from resume_processor.documents.read_document import READERS
from resume_processor.settings import Settings
from resume_processor.web import pages

STATIC = pages.HERE / "static"


class Parts:
    """What the page looks at."""

    class services:  # noqa: N801 - stands for an instance
        settings = Settings()


@pytest.fixture
def client():
    app = FastAPI()
    app.state.parts = Parts
    app.include_router(pages.router)
    with TestClient(app) as client:
        yield client


def test_the_page_is_there_under_a_strict_policy(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "20 MB" in answer.text


def test_the_page_has_no_inline_code_and_no_outside_address(client):
    text = client.get("/").text
    assert not re.search(r"\son\w+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "style=" not in text
    for path in [*STATIC.iterdir(), pages.HERE / "templates" / "index.html"]:
        found = re.findall(r"https?://[^\s\"']+", path.read_text("utf-8"))
        assert set(found) <= {"http://www.w3.org/2000/svg"}, path.name


def test_everything_the_page_names_is_served(client):
    for name in re.findall(r'(?:href|src)="static/([^"]+)"', client.get("/").text):
        assert client.get(f"/static/{name}").status_code == 200, name
    for script in STATIC.glob("*.js"):
        for name in re.findall(r'from "\./([^"]+)"', script.read_text("utf-8")):
            answer = client.get(f"/static/{name}")
            assert answer.status_code == 200, name
            assert answer.headers["content-type"].startswith("text/javascript")


def test_every_element_that_a_script_looks_for_is_on_the_page(client):
    on_page = set(re.findall(r'\sid="([^"]+)"', client.get("/").text))
    for script in STATIC.glob("*.js"):
        wanted = set(re.findall(r'byId\("([^"]+)"\)', script.read_text("utf-8")))
        assert wanted <= on_page, script.name


def test_scripts_never_take_text_for_markup():
    for script in STATIC.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(",
            script.read_text("utf-8"),
        ), script.name


def test_every_type_that_can_be_read_can_be_chosen(client):
    assert set(pages.FILE_TYPES) == {reader.media_type for reader in READERS}
    assert 'accept=".pdf,.docx,' in client.get("/").text


def test_every_input_has_a_label(client):
    text = client.get("/").text
    labelled = set(re.findall(r'<label for="([^"]+)"', text))
    inputs = set(re.findall(r'<(?:input|textarea|select)\s+id="([^"]+)"', text))
    assert inputs
    assert inputs <= labelled


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fpages.py", "%2e%2e%2fpages.py"])
def test_nothing_else_is_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404
