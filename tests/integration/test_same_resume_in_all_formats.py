"""One invented resume in seven formats is read and parsed to the same values."""

from __future__ import annotations

import html
import io
import zipfile
from collections import Counter

import pytest

from tests.integration.invented_resume import BOLD, RESUME, SIZES, as_pdf, as_png, values


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
