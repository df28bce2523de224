"""Any supported file to a Document."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from resume_processor.documents import media_types
from resume_processor.documents.doc.reader import read_doc
from resume_processor.documents.docx.reader import read_docx
from resume_processor.documents.html import read_html
from resume_processor.documents.image import reader_of as image_reader
from resume_processor.documents.limits import Limits
from resume_processor.documents.markdown import read_markdown
from resume_processor.documents.odt.reader import read_odt
from resume_processor.documents.pdf.reader import read_pdf
from resume_processor.documents.rtf.reader import read_rtf
from resume_processor.documents.sniff import media_type_of
from resume_processor.documents.text import read_text
from resume_processor.errors import CorruptDocument, NoText, TooLarge, UnsupportedType
from resume_processor.layout.lines import Document


@dataclass(frozen=True, slots=True)
class Reader:
    """A format that can be read. ``read`` raises DocumentErrors only."""

    media_type: str
    read: Callable[[bytes, Limits], Document]


#: Images, which one reader reads.
IMAGES = (media_types.PNG, media_types.JPEG, media_types.TIFF)
#: Every format that the product reads; docs/adding-a-reader.md tells how to add one.
READERS: tuple[Reader, ...] = (
    Reader(media_types.PDF, read_pdf),
    Reader(media_types.DOCX, read_docx),
    Reader(media_types.ODT, read_odt),
    Reader(media_types.RTF, read_rtf),
    Reader(media_types.DOC, read_doc),
    Reader(media_types.HTML, read_html),
    *(Reader(kind, image_reader(kind)) for kind in IMAGES),
    Reader(media_types.MARKDOWN, read_markdown),
    Reader(media_types.TEXT, read_text),
)


def read_document(data: bytes, limits: Limits) -> Document:
    """Read the file by its content.

    Raises UnsupportedType, TooLarge, EncryptedDocument, CorruptDocument or NoText.
    """
    if not data:
        raise CorruptDocument("The file is empty.")
    if len(data) > limits.max_bytes:
        raise TooLarge(f"The file has more than {limits.max_bytes} bytes (max_bytes).")
    reader = _reader_of(media_type_of(data))
    with _without_collector():
        document = reader.read(data, limits)
    if not any(page.lines for page in document.pages):
        raise NoText
    return document


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python's search for cycles is put off: words and lines have none, and it costs a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _reader_of(media_type: str) -> Reader:
    for reader in READERS:
        if reader.media_type == media_type:
            return reader
    raise UnsupportedType
