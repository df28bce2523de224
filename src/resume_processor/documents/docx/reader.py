"""DOCX to a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from resume_processor.documents import media_types
from resume_processor.documents.docx.names import R, W
from resume_processor.documents.docx.numbering import Numbering
from resume_processor.documents.docx.package import Package
from resume_processor.documents.docx.styles import Styles
from resume_processor.documents.docx.walk import Part, Walker
from resume_processor.documents.limits import Limits
from resume_processor.documents.warnings import hidden_text
from resume_processor.errors import CorruptDocument
from resume_processor.layout.flow import Paragraph, lay_out
from resume_processor.layout.furniture import is_page_number
from resume_processor.layout.lines import Document, LineRole


def read_docx(data: bytes, limits: Limits) -> Document:
    """Headers first, then the body, then footers, each once.

    Raises TooLarge, EncryptedDocument or CorruptDocument.
    """
    package = Package(data, limits)
    root = package.root(package.main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise CorruptDocument("The document's main part is missing.")
    walker = Walker(Styles(package.related("styles")), Numbering(package.related("numbering")))
    paragraphs = [
        *_furniture(package, body, walker, "header"),
        *walker.paragraphs(_part(package, package.main, body)),
        *_furniture(package, body, walker, "footer"),
    ]
    return lay_out(media_types.DOCX, paragraphs, hidden_text(1, walker.hidden_words))


def _part(package: Package, name: str, root: etree._Element) -> Part:
    links = {
        identity: relation.target
        for identity, relation in package.relations(name).items()
        if relation.kind == "hyperlink"
    }
    return Part(root, links)


def _furniture(
    package: Package, body: etree._Element, walker: Walker, kind: str
) -> Iterator[Paragraph]:
    """Headers or footers of all sections.

    A header is read on the first page, where it is content; one that only counts the pages is not.
    """
    relations = package.relations(package.main)
    seen = set[str]()
    for reference in body.iter(f"{W}{kind}Reference"):
        relation = relations.get(reference.get(R + "id", ""))
        if relation is None or relation.target in seen:
            continue
        seen.add(relation.target)
        root = package.root(relation.target)
        if root is not None:
            yield from _with_role(walker.paragraphs(_part(package, relation.target, root)), kind)


def _with_role(paragraphs: list[Paragraph], kind: str) -> Iterator[Paragraph]:
    role = LineRole.PAGE_HEADER if kind == "header" else LineRole.PAGE_FOOTER
    for paragraph in paragraphs:
        text = "".join(run.text for run in paragraph.runs)
        is_content = kind == "header" and not is_page_number(text)
        yield replace(paragraph, role=paragraph.role if is_content else role)
