"""One invented resume, drawn as a PDF and as a picture, and what is read from it."""

from __future__ import annotations

import io
from collections import Counter

import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.parse_resume import parse_resume

#: What a paragraph is, and its text; a tab stands before dates at the right margin.
RESUME = (
    ("title", "Mira Okafor"),
    ("text", "mira.okafor@example.org | +44 20 7946 0958 | London, United Kingdom"),
    ("heading", "Work Experience"),
    ("bold", "Senior Software Engineer, Northwind Systems Ltd\tMar 2019 - Present"),
    ("item", "Built the billing platform in Python and PostgreSQL."),
    ("item", "Led a team of four engineers."),
    ("bold", "Software Engineer, Contoso Labs Inc\tJan 2015 - Feb 2019"),
    ("item", "Moved forty services to Kubernetes."),
    ("heading", "Education"),
    ("bold", "Bachelor of Science in Computer Science, University of Leeds\t2011 - 2014"),
    ("heading", "Skills"),
    ("text", "Python, PostgreSQL, Kubernetes, Docker, Terraform, Django"),
    ("heading", "Languages"),
    ("text", "English (native), French (fluent)"),
)
SIZES = {"title": 20, "heading": 14, "bold": 11, "text": 11, "item": 11}
BOLD = {"title", "heading", "bold"}


def as_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    y = 780.0
    for kind, text in RESUME:
        size = SIZES[kind]
        y -= size * (2.0 if kind in BOLD else 1.4)
        canvas.setFont("Helvetica-Bold" if kind in BOLD else "Helvetica", size)
        left, _, right = text.partition("\t")
        canvas.drawString(70 if kind == "item" else 56, y, f"• {left}" if kind == "item" else left)
        canvas.drawRightString(540, y, right)
    canvas.save()
    return buffer.getvalue()


def as_image() -> Image.Image:
    return pypdfium2.PdfDocument(as_pdf())[0].render(scale=200 / 72).to_pil().convert("L")


def as_png() -> bytes:
    buffer = io.BytesIO()
    as_image().save(buffer, "PNG")
    return buffer.getvalue()


def values(data: bytes) -> Counter[tuple[str, str]]:
    resume = parse_resume(read_document(data, Limits())).resume
    basics = resume.get("basics", {})
    found = [(f"basics.{key}", basics.get(key)) for key in ("name", "email", "phone")]
    for section, keys in (
        ("work", ("name", "position", "startDate", "endDate")),
        ("education", ("institution", "studyType", "area", "startDate", "endDate")),
        ("languages", ("language",)),
    ):
        found += [
            (f"{section}.{key}", entry.get(key))
            for entry in resume.get(section, [])
            for key in keys
        ]
    for skill in resume.get("skills", []):
        found += [("skill", name) for name in (skill.get("keywords") or [skill.get("name")])]
    return Counter((name, str(value)) for name, value in found if value)
