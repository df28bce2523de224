"""The documentation says what is true: links lead somewhere, pages match the code."""

import re
from pathlib import Path

import pytest

from resume_processor import errors
from scripts.write_settings_page import settings_page

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted(p for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)")


def _codes(kind=errors.ResumeProcessorError):
    yield kind.code
    for child in kind.__subclasses__():
        yield from _codes(child)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page):
    links = [x for x in LINK.findall(page.read_text("utf-8")) if "://" not in x]
    assert [x for x in links if not (page.parent / x).exists()] == []


def test_settings_page_matches_the_settings():
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert page == settings_page(), "run: python -m scripts.write_settings_page"


def test_every_error_code_is_explained():
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    internal = {"document_error", "service_error", "lease_lost"}
    assert {code for code in _codes() if f"`{code}`" not in page} <= internal


def test_every_room_stands_in_the_architecture():
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = [
        path.stem
        for path in (ROOT / "src" / "resume_processor").iterdir()
        if not path.name.startswith(("_", "py."))
    ]
    assert [room for room in rooms if room not in page] == []


def test_readme_begins_with_the_two_commands():
    readme = (ROOT / "README.md").read_text("utf-8")
    first = readme.split("```")[1] if "```" in readme else readme[:800]
    assert first.index("make demo") < first.index("make test")


def test_make_help_names_every_target_that_the_docs_use():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    documented = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    named = {
        name for page in PAGES for name in re.findall(r"`make ([a-z-]+)", page.read_text("utf-8"))
    }
    assert named <= documented
