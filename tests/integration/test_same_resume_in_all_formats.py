"""One invented resume in seven formats is read and parsed to the same values."""

from __future__ import annotations

import html
import io
import zipfile
from collections import Counter

import pypdfium2
import pytest
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


def as_png() -> bytes:
    page = pypdfium2.PdfDocument(as_pdf())[0]
    buffer = io.BytesIO()
    page.render(scale=200 / 72).to_pil().save(buffer, "PNG")
    return buffer.getvalue()


def _zip(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def as_docx() -> bytes:
    paragraphs = []
    for kind, text in RESUME:
        bold = "<w:b/>" if kind in BOLD else ""
        style = '<w:pStyle w:val="H"/>' if kind == "heading" else ""
        run = html.escape(f"• {text}" if kind == "item" else text).replace(
            "\t", "</w:t><w:tab/><w:t>"
        )
        paragraphs.append(
            f'<w:p><w:pPr>{style}<w:spacing w:before="{200 if kind in BOLD else 0}"/></w:pPr>'
            f'<w:r><w:rPr>{bold}<w:sz w:val="{2 * SIZES[kind]}"/></w:rPr>'
            f"<w:t>{run}</w:t></w:r></w:p>"
        )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(paragraphs)
    document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    return _zip({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def as_odt() -> bytes:
    base = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(
        f'xmlns:{p}="{base}{n}:1.0"'
        for p, n in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    styles = "".join(
        f'<style:style style:name="{kind}" style:family="paragraph"><style:paragraph-properties '
        f'fo:margin-top="{10 if kind in BOLD else 0}pt"/><style:text-properties '
        f'fo:font-size="{size}pt" fo:font-weight="{"bold" if kind in BOLD else "normal"}"/>'
        "</style:style>"
        for kind, size in SIZES.items()
    )
    body = "".join(
        f'<text:p text:style-name="{kind}">'
        + html.escape(f"• {text}" if kind == "item" else text).replace("\t", "<text:tab/>")
        + "</text:p>"
        for kind, text in RESUME
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    media_type = "application/vnd.oasis.opendocument.text"
    return _zip({"mimetype": media_type, "content.xml": content})


def as_rtf() -> bytes:
    lines = []
    for kind, text in RESUME:
        bold = r"\b" if kind in BOLD else r"\b0"
        above = 200 if kind in BOLD else 0
        shown = (r"\bullet  " + text if kind == "item" else text).replace("\t", r"\tab ")
        lines.append(rf"\pard\sb{above}{bold}\fs{2 * SIZES[kind]} {shown}\par")
    return ("{\\rtf1\\ansi " + "\n".join(lines) + "}").encode("ascii")


def as_html() -> bytes:
    tags = {"title": "h1", "heading": "h2", "bold": "h3", "text": "p", "item": "li"}
    body = "".join(
        f"<{tags[k]}>{html.escape(t).replace(chr(9), ' &nbsp; ')}</{tags[k]}>" for k, t in RESUME
    )
    return f"<!doctype html><html><body>{body}</body></html>".encode()


def as_txt() -> bytes:
    lines = []
    for kind, text in RESUME:
        if kind in BOLD:
            lines.append("")
        lines.append(f"- {text}" if kind == "item" else text.replace("\t", "    "))
        if kind == "heading":
            lines.append("-" * len(text))
    return "\n".join(lines).encode()


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


@pytest.fixture(scope="module")
def from_pdf() -> Counter[tuple[str, str]]:
    return values(as_pdf())


def test_the_pdf_gives_what_it_says(from_pdf):
    assert from_pdf["basics.name", "Mira Okafor"] == 1
    assert sum(1 for name, _ in from_pdf if name == "skill") >= 6
    assert from_pdf["work.startDate", "2019-03"] == 1
    assert from_pdf["education.institution", "University of Leeds"] == 1


@pytest.mark.parametrize("make", [as_docx, as_odt, as_rtf, as_html, as_txt])
def test_same_values(make, from_pdf):
    assert values(make()) == from_pdf


def test_a_picture_gives_nearly_all(from_pdf):
    found = values(as_png())
    assert sum((found & from_pdf).values()) >= 0.95 * sum(from_pdf.values())
