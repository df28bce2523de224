"""ODT to a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from resume_processor.documents import media_types
from resume_processor.documents.archive import Archive
from resume_processor.documents.limits import Limits
from resume_processor.documents.odt.names import MANIFEST, OFFICE, STYLE
from resume_processor.documents.odt.styles import Styles
from resume_processor.documents.odt.walk import Walker
from resume_processor.documents.warnings import hidden_text
from resume_processor.documents.xml import parse_xml
from resume_processor.errors import CorruptDocument, EncryptedDocument
from resume_processor.layout.flow import Paragraph, lay_out
from resume_processor.layout.furniture import is_page_number
from resume_processor.layout.lines import Document, LineRole


def read_odt(data: bytes, limits: Limits) -> Document:
    """Headers first, then the body, then footers.

    Raises TooLarge, EncryptedDocument or CorruptDocument.
    """
    archive = Archive(data, limits)
    manifest = _root(archive, "META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(MANIFEST + "encryption-data"), None) is not None:
        raise EncryptedDocument
    content, styles = _root(archive, "content.xml"), _root(archive, "styles.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if body is None:
        raise CorruptDocument("The document's main part is missing.")
    walker = Walker(Styles(styles, content))
    paragraphs = [
        *_furniture(styles, walker, "header"),
        *walker.paragraphs(body),
        *_furniture(styles, walker, "footer"),
    ]
    return lay_out(media_types.ODT, paragraphs, hidden_text(1, walker.hidden_words))


def _root(archive: Archive, name: str) -> etree._Element | None:
    data = archive.read(name)
    return parse_xml(data) if data else None


def _furniture(styles: etree._Element | None, walker: Walker, kind: str) -> Iterator[Paragraph]:
    """Headers or footers of the page styles. A header is content, as it opens the first page."""
    if styles is None:
        return
    role = LineRole.PAGE_HEADER if kind == "header" else LineRole.PAGE_FOOTER
    seen = set[str]()
    for element in styles.iter(f"{STYLE}{kind}", f"{STYLE}{kind}-first"):
        for paragraph in walker.paragraphs(element):
            text = "".join(run.text for run in paragraph.runs)
            if text in seen:
                continue
            seen.add(text)
            is_content = kind == "header" and not is_page_number(text)
            yield replace(paragraph, role=paragraph.role if is_content else role)
