"""Documents of invented people, made by code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.layout.lines import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = " ".join(
    (
        f'xmlns:w="{W}"',
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
    )
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def make_docx(body: str, parts: dict[str, str | bytes] | None = None, relations: str = "") -> bytes:
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    main = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{main}</Relationships>',
            "word/document.xml": (f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"),
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
            ),
            **(parts or {}),
        }
    )


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def make_pdf(
    draw: Callable[[Canvas], None], *, size: tuple[float, float] = (595, 842), **options: object
) -> bytes:
    """A PDF; y is measured from the bottom, as PDF does. Pages end with ``showPage``."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True, **options)  # type: ignore[arg-type]
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def write(
    canvas: Canvas, x: float, y: float, text: str, *, font: str = "Helvetica", size: float = 10
) -> None:
    canvas.setFont(font, size)
    canvas.drawString(x, y, text)


@pytest.fixture
def read() -> Callable[[bytes], Document]:
    return lambda data: read_document(data, Limits())


@pytest.fixture
def docx() -> Callable[..., bytes]:
    return make_docx


@pytest.fixture
def para() -> Callable[..., str]:
    return paragraph


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    return make_pdf


@pytest.fixture
def put() -> Callable[..., None]:
    return write


@pytest.fixture
def package() -> Callable[[dict[str, str | bytes]], bytes]:
    return zipped
