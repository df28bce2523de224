"""Takes the README's pictures of the page anew: ``python -m scripts.take_screenshots``.

Needs Chromium. Everybody in them is invented: they are the people of ``samples/``.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from resume_processor.resume.record import Stage
from resume_processor.workflow.receive_job import NewJob, receive_job
from tests.acceptance.page_harness import PATIENCE, HandDriven, chromium, hand_driven, id_of

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
IMAGES = ROOT / "docs" / "images"

#: Colours of a picture; more would not be seen, and would weigh more.
COLOURS = 256


def main() -> None:
    """Fill the service with the samples and look at it."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, hand_driven(Path(folder)) as driven:
        job = receive_job(NewJob(text=(SAMPLES / "job.txt").read_text("utf-8")), driven.services)
        fill(driven)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            size = {"width": 1280, "height": 860}
            light = browser.new_page(viewport=size)
            light.set_default_timeout(PATIENCE)
            show_list(light, driven)
            show_resume(light, driven)
            show_job(light, driven, job.id)
            dark = browser.new_page(viewport=size, color_scheme="dark")
            dark.set_default_timeout(PATIENCE)
            show_ledger_blind(dark, driven, job.id)
            browser.close()


def fill(driven: HandDriven) -> None:
    """The samples, some of them still on their way, one that nobody can open."""
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix in {".pdf", ".docx"}:
            driven.done(path.stem, path)
    driven.done("scan-of-2019", failure=("encrypted", "The document is protected by a password."))
    for name, stage in (("ada-lindqvist", Stage.PARSING), ("noor-haddad", None)):
        resume_id = driven.add(name)
        driven.claim(resume_id)
        if stage is not None:
            driven.enter(resume_id, stage)
    driven.add("jonas-weber")


def show_list(page: Page, driven: HandDriven) -> None:
    """The list."""
    page.goto(driven.url)
    page.wait_for_selector(".row")
    keep(page, "list")


def show_resume(page: Page, driven: HandDriven) -> None:
    """A record beside its document, one value lit."""
    page.goto(f"{driven.url}/resumes/{id_of('amara-okonkwo')}")
    page.locator(".sheet img").first.evaluate("(img) => img.decode()")
    page.fill("#reviewer", "Robin Sample")
    value = page.locator('.value[data-pointer="/basics/label"]')
    value.hover()
    value.get_by_role("button", name="Confirm").click()
    value.locator(".said").wait_for()
    page.mouse.move(2, 2)
    page.locator('.value[data-pointer="/work/0/name"]').hover()
    keep(page, "resume")


def show_job(page: Page, driven: HandDriven, job_id: str) -> None:
    """What a job asks for, and the ranking."""
    page.goto(f"{driven.url}/jobs/{job_id}")
    page.set_viewport_size({"width": 1280, "height": 1_180})
    page.locator(".asked li", has_text="Redis").hover()
    keep(page, "job")


def show_ledger_blind(page: Page, driven: HandDriven, job_id: str) -> None:
    """A ledger in blind review, in the dark."""
    page.set_viewport_size({"width": 1280, "height": 960})
    page.goto(f"{driven.url}/jobs/{job_id}/candidates/{id_of('amara-okonkwo')}")
    page.click("text=Blind review")
    page.locator(".sheet img").first.evaluate("(img) => img.decode()")
    page.locator(".line", has_text="Django").hover()
    keep(page, "ledger-blind")


def keep(page: Page, name: str) -> None:
    """The window as a small PNG."""
    page.wait_for_timeout(500)
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(IMAGES / f"{name}.png", optimize=True)
    print(name, (IMAGES / f"{name}.png").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
