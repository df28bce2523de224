"""The page in a real Chromium, from an upload to a ranking, as people use it."""

from __future__ import annotations

import re
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from resume_processor.resume.record import Stage
from resume_processor.workflow.decide_resume import NewDecision, decide_resume
from resume_processor.workflow.decision_port import Verdict
from resume_processor.workflow.receive_job import NewJob, receive_job
from tests.acceptance.harness import JOB, RESUME, SAMPLES, pdf_of
from tests.acceptance.page_harness import PATIENCE, chromium, hand_driven, id_of

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300), pytest.mark.xdist_group("page")]

MANY = 1_000
MEI = SAMPLES / "mei-tanaka.pdf"
LENA = SAMPLES / "lena-brandt.docx"

#: What blind review must not show of Amara Okonkwo.
PERSON = ("Amara", "Okonkwo", "example.com", "7946", "University of Leeds", "First name")


@pytest.fixture(scope="module")
def browser():
    path = chromium()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def make_page(browser):
    """Pages in contexts of their own; whatever goes wrong in one fails the test."""
    contexts, wrong = [], []

    def make(**options):
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if is_wrong(said) else None)
        page.on("request", lambda asked: outside(asked, wrong))
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


def is_wrong(said):
    """A script's or a policy's error. A refusal is shown to the person and belongs to a test; what
    a page asks for while it is being left is cut by the browser, and htmx tells of that too.
    """
    meant = (
        "Failed to load resource",
        "Response Status Error Code 422",
        "htmx:sendError",
        "htmx:afterRequest",
    )
    return said.type == "error" and not said.text.startswith(meant)


def outside(request, wrong):
    if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
        wrong.append(f"asked for {request.url}")


@pytest.fixture
def page(make_page):
    return make_page()


@pytest.fixture
def driven(tmp_path):
    with hand_driven(tmp_path) as driven:
        yield driven


@pytest.fixture
def ranked(driven):
    """Two processed candidates and a job."""
    job = receive_job(NewJob(text=JOB), driven.services)
    ids = driven.done("amara"), driven.done("mei", MEI)
    return driven, job.id, ids


def row(page, name):
    return page.locator(".row", has_text=name)


# -- the list


def test_from_upload_to_ranking_with_real_workers(page, service, tmp_path):
    (tmp_path / "pile" / "inner").mkdir(parents=True)
    (tmp_path / "pile" / "one.txt").write_text(RESUME.format(number=1))
    (tmp_path / "pile" / "inner" / "two.pdf").write_bytes(pdf_of(RESUME.format(number=2)))
    page.goto(service.url)
    page.set_input_files("#folder", tmp_path / "pile")
    for name in ("one.txt", "two.pdf"):
        expect(row(page, name).locator(".row-state")).to_have_text(
            re.compile("Done"), timeout=60_000
        )
        expect(row(page, name).locator("a")).to_have_text("Ada Lindqvist")
    expect(page.locator("#progress-text")).to_have_text("All 2 are done.")
    page.click("text=Jobs")
    page.fill("#job-text", JOB)
    page.click("text=Read it and rank the resumes")
    expect(page.locator("h1")).to_have_text("Backend Engineer")
    expect(page.locator("table.ranking tbody tr")).to_have_count(2, timeout=60_000)
    page.click("table.ranking tbody th a >> nth=0")
    page.wait_for_selector(".sheet img")
    page.locator(".line.met", has_text="PostgreSQL").first.hover()
    expect(page.locator(".marks rect.lit").first).to_be_attached()


def test_a_row_follows_its_resume_live_over_one_stream(page, driven, tmp_path):
    streams = []
    page.on("request", lambda asked: streams.append(1) if "events" in asked.url else None)
    page.goto(driven.url)
    expect(page.locator("#empty")).to_be_visible()
    page.set_input_files("#files", {"name": "ada.pdf", "mimeType": "", "buffer": b"%PDF-"})
    state = row(page, "ada.pdf").locator(".row-state")
    expect(state).to_have_text("Queued")
    resume_id = driven.waiting()
    driven.claim(resume_id)
    expect(state).to_have_text("Reading")
    driven.enter(resume_id, Stage.PARSING)
    expect(state).to_have_text("Parsing")
    driven.enter(resume_id, Stage.SCORING)
    expect(state).to_have_text("Scoring")
    driven.finish(resume_id)
    expect(state).to_have_text("Done")
    for number in range(5):  # from elsewhere, e.g. the API
        driven.done(f"other{number}")
    expect(page.locator(".row")).to_have_count(6)
    expect(page.locator('[data-count="done"]')).to_have_text("6")
    driven.storage.delete_resume(resume_id, tenant="default", now=driven.services.clock.now())
    expect(row(page, "ada.pdf")).to_have_count(0)
    assert len(streams) == 1


def test_a_failure_says_why_and_is_tried_again(page, driven):
    why = "The document is protected by a password."
    resume_id = driven.done("locked", failure=("encrypted", why))
    driven.done("fine")
    page.goto(driven.url)
    expect(row(page, "locked.pdf").locator(".row-state")).to_have_text(f"Failed: {why}")
    page.click("#filters >> text=Failed")
    expect(page.locator(".row:visible")).to_have_count(1)
    page.click("button:visible:has-text('Try again')")
    assert driven.waiting() == resume_id
    driven.claim(resume_id)
    driven.finish(resume_id)
    page.click("#filters >> text=All")
    expect(row(page, "locked.pdf").locator(".row-state")).to_have_text("Done")


def test_a_file_that_is_refused_stays_in_the_list_and_can_be_sent_again(page, driven):
    page.goto(driven.url)
    page.set_input_files("#files", {"name": "empty.pdf", "mimeType": "", "buffer": b""})
    state = row(page, "empty.pdf").locator(".row-state")
    expect(state).to_have_text("Not sent: The uploaded file is empty.")
    page.context.set_offline(True)
    page.set_input_files("#files", {"name": "late.pdf", "mimeType": "", "buffer": b"%PDF-"})
    late = row(page, "late.pdf")
    expect(late.locator(".row-state")).to_have_text("Not sent: The service does not answer.")
    page.context.set_offline(False)
    late.locator("button").click()
    expect(late.locator(".row-state")).to_have_text("Queued")


def test_a_search_finds_by_name_and_skill(page, driven):
    driven.done("amara")
    driven.done("mei", MEI)
    page.goto(driven.url)
    expect(page.locator(".row")).to_have_count(2)
    page.fill("#query", "tanaka pytorch")
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".row")).to_contain_text("mei.pdf")


def test_a_thousand_rows_stay_smooth(page, driven):
    for number in range(MANY):
        driven.add_record(f"r{number:04}", f"candidate-{number:04}.pdf")
    page.goto(driven.url)
    expect(page.locator(".row")).to_have_count(MANY)
    drawn = page.evaluate(
        "[...document.querySelectorAll('.row')]"
        ".filter((row) => row.lastElementChild.checkVisibility({ contentVisibilityAuto: true }))"
        ".length"
    )
    assert drawn < MANY / 5  # what is out of sight is not laid out
    for number in range(200):
        driven.claim(f"r{number:04}")
        driven.finish(f"r{number:04}", failure=("corrupt", "The document is damaged."))
    expect(page.locator('[data-count="failed"]')).to_have_text("200")
    expect(page.locator('[data-count="busy"]')).to_have_text("800")
    page.click("#filters >> text=Failed")
    expect(page.locator(".row:visible")).to_have_count(200)


# -- one resume

#: Waits for a picture; how wide it is.
DECODED = "(img) => img.decode().then(() => img.naturalWidth)"


def test_values_and_words_point_at_each_other(page, driven):
    page.goto(f"{driven.url}/resumes/{driven.done('amara')}")
    page.wait_for_selector(".sheet img")
    name = page.locator('.value[data-pointer="/basics/name"]')
    words = page.locator('.marks rect[data-on~="/basics/name"]')
    name.hover()
    expect(words.first).to_have_class("lit")
    expect(page.locator(".marks rect.lit")).to_have_count(words.count())
    page.mouse.move(5, 5)
    page.locator('.marks rect[data-on~="/work/0/position"]').first.hover()
    expect(page.locator('.value[data-pointer="/work/0/position"]')).to_have_class(re.compile("lit"))
    expect(page.locator("#tip")).to_contain_text("Senior Backend Engineer")
    name.focus()  # with the keyboard as well
    expect(words.first).to_have_class("lit")
    assert page.locator(".sheet img").first.evaluate(DECODED) > 800


def test_a_format_without_pages_is_drawn_and_lit_as_well(page, driven):
    page.goto(f"{driven.url}/resumes/{driven.done('lena', LENA)}")
    page.wait_for_selector(".sheet img[src$='1.svg']")
    page.locator('.value[data-pointer="/basics/name"]').hover()
    expect(page.locator(".marks rect.lit").first).to_be_visible()


def test_a_person_corrects_confirms_adds_and_takes_back(page, driven):
    resume_id = driven.done("amara")
    before = driven.storage.get_result(resume_id)
    page.goto(f"{driven.url}/resumes/{resume_id}")
    title = page.locator('.value[data-pointer="/work/0/position"]')
    title.hover()
    title.get_by_role("button", name="Confirm").click()
    expect(page.locator("#toast")).to_contain_text("say who you are")
    page.fill("#reviewer", "Robin Sample")
    title.get_by_role("button", name="Correct").click()
    title.locator("input[name=value]").fill("Principal Engineer")
    title.get_by_role("button", name="Save").click()
    expect(title.locator(".text")).to_contain_text("Principal Engineer")
    expect(title.locator(".said")).to_contain_text("Robin Sample")
    employer = page.locator('.value[data-pointer="/work/0/name"]')
    employer.hover()
    employer.get_by_role("button", name="Confirm").click()
    expect(employer.locator(".said")).to_be_visible()
    page.click("text=Something is missing")
    page.select_option("#add-pointer", label="One more skill")
    page.fill("#add-value", "Juggling")
    page.click("text=Add it")
    expect(page.locator(".chip", has_text="Juggling")).to_be_visible()
    expect(page.locator("#reviewer")).to_have_value("Robin Sample")  # remembered over the reload
    employer.hover()
    employer.get_by_role("button", name="Undo").click()
    expect(employer.locator(".said")).to_have_count(0)
    said = driven.storage.list_corrections(resume_id, tenant="default")
    assert [(one.verdict.value, one.value) for one in said if "position" in one.pointer] == [
        ("corrected", "Principal Engineer")
    ]
    assert driven.storage.get_result(resume_id) == before
    with page.expect_download() as download:
        page.click("text=JSON Resume, corrected")
    assert "Principal Engineer" in Path(download.value.path()).read_text("utf-8")


def test_blind_review_hides_the_person_everywhere(page, ranked):
    driven, job_id, (resume_id, _) = ranked
    addresses = [
        "/",
        f"/resumes/{resume_id}",
        f"/jobs/{job_id}",
        f"/jobs/{job_id}/candidates/{resume_id}",
        f"/jobs/{job_id}/compare?resume={resume_id}&resume={id_of('mei')}",
        "/operations",
    ]
    page.goto(driven.url)
    expect(page.locator(".row", has_text="Amara Okonkwo")).to_have_count(1)
    page.goto(f"{driven.url}/resumes/{resume_id}")
    expect(page.locator("h1")).to_have_text("Amara Okonkwo")
    page.click("text=Blind review")
    expect(page.locator("h1")).to_have_text(re.compile("^Candidate "))
    for address in addresses:
        page.goto(driven.url + address)
        if "candidates" in address or address.startswith("/resumes"):
            page.wait_for_selector(".sheet img[src*='svg?blind=true']")
        elif address == "/":
            expect(page.locator(".row")).to_have_count(2)
        seen = page.locator("body").inner_text() + page.title()
        assert [word for word in PERSON if word in seen] == [], address
    page.goto(f"{driven.url}/resumes/{resume_id}")
    for link in page.locator(".downloads a").all():
        text = page.request.get(driven.url + link.get_attribute("href")).text()
        assert [word for word in PERSON if word in text] == []
    drawing = page.request.get(
        driven.url + page.locator(".sheet img").first.get_attribute("src")
    ).text()
    assert "PostgreSQL" in drawing
    assert [word for word in PERSON if word in drawing] == []
    csv = page.request.get(f"{driven.url}/v1/jobs/{job_id}/ranking?format=csv&blind=true").text()
    assert "Amara" not in csv
    assert "Candidate " in csv
    page.click("text=Blind review")
    expect(page.locator("h1")).to_have_text("Amara Okonkwo")


# -- jobs and operations


def test_a_job_is_read_changed_and_two_candidates_are_compared(page, ranked):
    driven, job_id, _ = ranked
    page.goto(f"{driven.url}/jobs/{job_id}")
    expect(page.locator("table.ranking tbody th").first).to_contain_text("Amara Okonkwo")
    page.locator(".asked li", has_text="Kubernetes").hover()
    expect(page.locator(".advert mark.lit")).to_contain_text("Kubernetes")
    page.check("table.ranking input >> nth=0")
    page.check("table.ranking input >> nth=1")
    page.click("text=Compare the two")
    expect(page.locator("table.compare thead th")).to_have_count(2)
    page.go_back()
    page.select_option(".asked li:has-text('Kubernetes') select", "must")
    page.click("text=Weights")
    page.locator("#weight-languages").fill("300")
    page.click("text=Rank again with these")
    page.wait_for_url(lambda url: "/jobs/" in url and job_id not in url)
    (job,) = driven.storage.list_jobs(tenant="default", limit=9).rows
    skills = {one["name"]: one["required"] for one in job.requirements["skills"]}
    assert skills["Kubernetes"] is True
    assert job.requirements["weights"]["languages"] == 300


def test_a_person_decides_by_keyboard_in_blind_review_and_it_stays_with_a_changed_job(page, ranked):
    driven, job_id, (resume_id, _) = ranked
    page.goto(f"{driven.url}/jobs/{job_id}")
    page.click("text=Blind review")
    page.goto(f"{driven.url}/jobs/{job_id}/candidates/{resume_id}")
    expect(page.locator("#decisions")).to_contain_text("Nobody has decided yet.")
    page.locator("#reviewer").focus()
    page.keyboard.type("Robin Sample")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("input[value=advance]")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[value=reject]")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Amara is too far away.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    made = page.locator(".decisions li")
    expect(made).to_contain_text("Robin Sample")
    expect(made.locator(".tag")).to_have_text("Reject")
    assert "Amara" not in page.locator("body").inner_text()
    page.check("input[value=advance]")
    page.fill("#reason", "She may work from home.")
    page.click("text=Record the decision")
    expect(made).to_have_count(2)
    expect(page.locator(".decisions .earlier")).to_contain_text("(earlier)")
    page.goto(f"{driven.url}/jobs/{job_id}")
    expect(page.locator("table.ranking .tag.advance")).to_have_text("Advance")
    page.click("text=Rank again with these")
    page.wait_for_url(lambda url: "/jobs/" in url and job_id not in url)
    kept = driven.storage.list_decisions(tenant="default", limit=9).rows
    assert [one.reason for one in kept] == ["She may work from home.", "Amara is too far away."]
    assert {one.job_id for one in kept} == {page.url.rsplit("/", 1)[-1]}


def test_a_fairness_report_is_saved_and_a_wrong_file_is_explained(page, ranked, tmp_path):
    driven, job_id, (resume_id, _) = ranked
    groups = tmp_path / "groups.csv"
    page.goto(f"{driven.url}/jobs/{job_id}")
    page.click("text=Fairness report")
    groups.write_text("name,sex\nAmara,f\n")
    page.set_input_files("#groups", groups)
    page.click("text=Make the report")
    expect(page.locator("#toast")).to_contain_text("The CSV needs a header with id")
    groups.write_text(f"id,sex,race_ethnicity\n{resume_id},f,Black\n")
    page.set_input_files("#groups", groups)
    with page.expect_download() as saved:
        page.click("text=Make the report")
    report = Path(saved.value.path()).read_text("utf-8")
    assert "Black or African American, Female" in report
    assert "2 individuals; 1 have a line" in report
    assert not Axe().run(page).response["violations"]


def test_operations_show_what_is_dead_and_replay_it(page, driven):
    resume_id = driven.add("poison")
    driven.kill_until_dead(resume_id)
    page.goto(f"{driven.url}/operations")
    expect(page.locator("#dead-title + .scroll tbody tr")).to_have_count(1)
    expect(page.locator(".away")).to_contain_text("Redis")
    page.click("button:has-text('Replay')")
    expect(page.locator(".note")).to_contain_text("waits in the queue again")
    expect(page.locator(".tile", has_text="Waiting").locator("dd")).to_have_text("1")


# -- for everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(make_page, ranked, scheme):
    driven, job_id, (resume_id, _) = ranked
    driven.done("locked", failure=("encrypted", "The document is protected by a password."))
    driven.kill_until_dead(driven.add("poison"))
    for verdict in Verdict:
        said = NewDecision(job_id, resume_id, verdict, "A reason.", "Robin Sample")
        decide_resume(said, "default", driven.services)
    page = make_page(color_scheme=scheme)
    broken = []
    for address in (
        "/",
        f"/resumes/{resume_id}",
        "/jobs",
        f"/jobs/{job_id}",
        f"/jobs/{job_id}/candidates/{resume_id}",
        f"/jobs/{job_id}/compare?resume={resume_id}&resume={id_of('mei')}",
        "/operations",
    ):
        page.goto(driven.url + address)
        if page.locator(".panel").count():
            page.wait_for_selector(".sheet img")
        found = Axe().run(page).response["violations"]
        broken += [
            (address, one["id"], node["html"][:150]) for one in found for node in one["nodes"]
        ]
    assert not broken, "\n".join(map(str, broken))


def test_all_pages_tell_a_time_alike_and_in_the_readers_zone(make_page, driven):
    resume_id = driven.done("amara")
    at = driven.services.storage.get_resume(resume_id).created_at
    page = make_page(timezone_id="Asia/Kolkata", locale="en-US")
    there = at.astimezone(timezone(timedelta(hours=5.5))).strftime("%-d %b %Y, %H:%M")
    for address in ("/", f"/resumes/{resume_id}"):
        page.goto(driven.url + address)
        expect(page.locator("time").first).to_have_text(there)


def test_what_belongs_together_stays_on_one_line_of_a_phone(make_page, ranked):
    driven, job_id, _ = ranked
    page = make_page(viewport={"width": 320, "height": 740})
    page.goto(f"{driven.url}/jobs/{job_id}")
    tops = [page.locator(one).bounding_box() for one in ("[for=min_years]", "#years-word")]
    assert abs(tops[0]["y"] - tops[1]["y"]) < tops[0]["height"]


@pytest.mark.parametrize("address", ["/", "/resumes/{resume}", "/jobs/{job}", "/operations"])
def test_a_phone_never_scrolls_sideways(make_page, ranked, address):
    driven, job_id, (resume_id, _) = ranked
    page = make_page(viewport={"width": 375, "height": 740}, has_touch=True, is_mobile=True)
    page.goto(driven.url + address.format(job=job_id, resume=resume_id))
    page.wait_for_load_state("domcontentloaded")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
