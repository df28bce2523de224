"""White keywords between the lines of a resume change neither what is parsed nor the score."""

from __future__ import annotations

import html
import io
import zipfile

import pytest
from reportlab.pdfgen.canvas import Canvas

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.score_resume import score_resume

LINES = (
    "Mira Okafor",
    "mira.okafor@example.org | London",
    "Work Experience",
    "Software Engineer, Contoso Labs Inc, Jan 2015 - Feb 2019",
    "Moved forty services to Docker.",
    "Skills",
    "Python, PostgreSQL, Docker",
)
HIDDEN = "Kubernetes Terraform Rust Kafka React"
JOB = read_job(
    "Platform Engineer\n\nRequirements\n"
    "- Python\n- Kubernetes\n- Terraform\n- Rust\n- Kafka\n- React"
)


def pdf(hidden: str, shade: float = 1.0) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    for row, line in enumerate(LINES):
        canvas.setFont("Helvetica-Bold" if line.istitle() and "," not in line else "Helvetica", 11)
        canvas.drawString(56, 780 - 20 * row, line)
    canvas.setFont("Helvetica", 11)
    canvas.setFillGray(shade)
    canvas.drawString(56, 780 - 20 * len(LINES), hidden)
    canvas.save()
    return buffer.getvalue()


def docx(hidden: str, shade: float = 1.0) -> bytes:
    color = "FFFFFF" if shade else "000000"
    runs = [("", line) for line in LINES] + [(f'<w:color w:val="{color}"/>', hidden)]
    body = "".join(
        f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{html.escape(text)}</w:t></w:r></w:p>"
        for look, text in runs
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>"
        )
    return buffer.getvalue()


def skills(parsed) -> set[str]:
    listed = parsed.resume.get("skills", [])
    return {name for skill in listed for name in skill.get("keywords") or [skill.get("name")]}


@pytest.mark.parametrize("make", [pdf, docx])
def test_hidden_keywords_count_for_nothing_and_are_reported(make):
    honest = parse_resume(read_document(make(""), Limits()))
    document = read_document(make(HIDDEN), Limits())
    stuffed = parse_resume(document)
    assert "Python" in skills(honest)
    assert skills(stuffed) == skills(honest)
    assert score_resume(stuffed, JOB).total == score_resume(honest, JOB).total
    (warning,) = [one for one in document.warnings if one.code == "hidden_text"]
    assert (warning.page, warning.words) == (1, len(HIDDEN.split()))


@pytest.mark.parametrize("make", [pdf, docx])
def test_the_same_keywords_in_black_do_count(make):
    honest = parse_resume(read_document(make(""), Limits()))
    shown = parse_resume(read_document(make(HIDDEN, 0.0), Limits()))
    assert skills(shown) > skills(honest)
    assert score_resume(shown, JOB).total > score_resume(honest, JOB).total
