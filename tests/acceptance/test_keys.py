"""Keys from the outside: the command line, a service that needs one, and the page in a browser."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import time

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from resume_processor.workflow.key_port import Scope
from resume_processor.workflow.keys import create_key, sign_in_link
from tests.acceptance.harness import STOP_SECONDS, environment, free_port, run_cli
from tests.acceptance.page_harness import PATIENCE, chromium, hand_driven

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]


@contextlib.contextmanager
def served(folder, *arguments, **variables):
    """A command that serves, and its log; ended afterwards."""
    log = folder / "log.txt"
    command = [sys.executable, "-m", "resume_processor.cli", *arguments]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=environment(**variables)
        )
    try:
        yield process, log
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)


def until(look, process, log, seconds=120):
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    return found


@pytest.mark.parametrize("command", ["serve", "up"])
def test_an_address_that_others_reach_is_refused_without_a_key(tmp_path, command):
    refused = run_cli(
        command, "--host", "0.0.0.0", "--port", free_port(), "--data-dir", tmp_path / "data"
    )
    assert refused.returncode == 1
    assert "0.0.0.0 can be reached from other machines" in refused.stderr
    assert "keys create" in refused.stderr
    assert "RESUME_PROCESSOR_BOOTSTRAP_KEY" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_key_that_is_brought_along_opens_the_address(tmp_path):
    port, secret = free_port(), "s3cret-" * 6
    options = ("--host", "0.0.0.0", "--port", str(port), "--data-dir", str(tmp_path / "data"))
    with served(tmp_path, "serve", *options, RESUME_PROCESSOR_BOOTSTRAP_KEY=secret) as (
        process,
        log,
    ):
        url = f"http://127.0.0.1:{port}"

        def answers():
            with contextlib.suppress(httpx.TransportError):
                return httpx.get(f"{url}/livez").status_code == 200

        until(answers, process, log)
        assert httpx.get(f"{url}/v1/resumes").status_code == 401
        right = {"Authorization": f"Bearer {secret}"}
        assert httpx.get(f"{url}/v1/resumes", headers=right).status_code == 200
        assert httpx.get(f"{url}/metrics", headers=right).status_code == 200
        sent = run_cli("submit", log, "--url", url, RESUME_PROCESSOR_KEY=secret)
        assert sent.returncode == 0, sent.stderr
        assert run_cli("submit", log, "--url", url).returncode == 1
        assert secret not in log.read_text()


def test_up_prints_a_link_that_signs_in_once(tmp_path):
    data, port = str(tmp_path / "data"), str(free_port())
    made = run_cli("keys", "create", "me", "--data-dir", data)
    assert made.stdout.startswith("rp_")
    with served(tmp_path, "up", "--port", port, "--data-dir", data, "--workers", "1") as (
        process,
        log,
    ):
        found = until(lambda: re.search(r"http\S+once=\S+", log.read_text()), process, log)
        with httpx.Client(follow_redirects=True) as browser:
            assert browser.get(f"http://127.0.0.1:{port}/").url.path == "/sign-in"
            assert browser.get(found.group()).url.path == "/"
            assert "Sign out" in browser.get(f"http://127.0.0.1:{port}/jobs").text
        assert httpx.get(found.group()).status_code == 401


@pytest.fixture(scope="module")
def browser():
    path = chromium()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.xdist_group("page")
def test_a_person_signs_in_works_and_signs_out(browser, tmp_path):
    with hand_driven(tmp_path) as driven:
        resume_id = driven.done("one")
        secret = create_key("me", [Scope.MANAGE], "default", driven.services).secret
        page = browser.new_context().new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{driven.url}/resumes/{resume_id}")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        page.get_by_label("API key").fill("rp_wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_have_text("This key does not hold.")
        page.get_by_label("API key").fill(secret)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Amara Okonkwo")).to_be_visible()
        page.get_by_role("navigation").get_by_role("link", name="Resumes").click()
        expect(page.get_by_text("one.pdf").first).to_be_visible()

        # a link from another site (to a browser, localhost is another one than 127.0.0.1): the
        # session is not sent with it, and yet nobody has to sign in again
        elsewhere = driven.url.replace("127.0.0.1", "localhost")
        page.goto(f"{elsewhere}/livez")
        page.evaluate("url => { location.href = url }", f"{driven.url}/jobs")
        page.wait_for_url(f"{driven.url}/jobs")
        expect(page.get_by_role("heading", name="Jobs").first).to_be_visible()

        # and a page of another site cannot have this browser send anything
        page.goto(f"{elsewhere}/livez")
        status = page.evaluate(
            """async (url) => {
                const form = new FormData();
                form.append("file", new Blob(["x"]), "x.txt");
                try { return (await fetch(url, { method: "POST", body: form,
                    credentials: "include", mode: "no-cors" })).type; }
                catch { return "refused"; }
            }""",
            f"{driven.url}/v1/resumes",
        )
        assert status in ("opaque", "refused")
        assert len(driven.storage.list_resumes(tenant="default", limit=9).rows) == 1

        page.goto(driven.url)
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        page.goto(f"{driven.url}/resumes/{resume_id}")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        page.goto(f"{driven.url}/sign-in?once={sign_in_link(driven.services)}")
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
