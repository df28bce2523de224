"""The media type of a file by its content; its name and what a browser claims are not asked."""

from __future__ import annotations

import re

from resume_processor.documents import media_types
from resume_processor.documents.archive import Archive
from resume_processor.documents.decode import decode_text
from resume_processor.documents.limits import Limits
from resume_processor.errors import DocumentError, EncryptedDocument, UnsupportedType

#: How far into a file ``%PDF-`` may stand; mail gateways and scanners put junk before it.
_PDF_HEADER_WITHIN = 4096
#: How much of a text is looked at for its markup.
_MARKUP_WITHIN = 65_536
_RTF = b"{\\rtf"
_ZIP = b"PK\x03\x04"
#: An ODT's first member is its media type, uncompressed; the template's type goes on after it.
_ODT = b"mimetype" + media_types.ODT.encode()
_MIMETYPE_WITHIN = 256
#: A media type has no more bytes.
_LONGEST_MIMETYPE = 200
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", media_types.PNG),
    (b"\xff\xd8\xff", media_types.JPEG),
    (b"II*\x00", media_types.TIFF),
    (b"MM\x00*", media_types.TIFF),
)
_WORD_DOCUMENT = "WordDocument".encode("utf-16-le")
#: Magic bytes of other binary formats; a text never begins with one of them.
_BINARY = (
    b"GIF8",
    b"BM",
    b"RIFF",
    b"\x7fELF",
    b"MZ",
    b"\x1f\x8b",
    b"%!PS",
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|h[1-6])[\s>]", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^#{1,6} \S|^\S.*\n(?:={3,}|-{3,})[ \t]*$|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\([^)\s]+\)|^[*+-] \S",
    re.MULTILINE,
)
#: A text is Markdown when it holds at least so many marks; one dash list alone is plain text.
_MARKDOWN_MARKS = 3
_MARKDOWN_SURE = re.compile(r"^#{1,6} \S|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\([^)\s]+\)", re.MULTILINE)


def media_type_of(data: bytes) -> str:
    """Media type of the content; raises UnsupportedType where no reader knows it."""
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return media_types.PDF
    if data.startswith(_ZIP):
        return _zip_type(data)
    if data.startswith(_OLE):
        return _ole_type(data)
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data[:_MARKUP_WITHIN].lstrip().startswith(_RTF):
        return media_types.RTF
    if data.startswith(_BINARY):
        raise UnsupportedType
    return _text_type(data)


def _zip_type(data: bytes) -> str:
    """Read from the member names, which stand uncompressed in the directory."""
    if b"word/document" in data and b"[Content_Types].xml" in data:
        return media_types.DOCX
    if _ODT in data[:_MIMETYPE_WITHIN] or _packed_media_type(data) == media_types.ODT:
        return media_types.ODT
    raise UnsupportedType


def _packed_media_type(data: bytes) -> str | None:
    """What the member ``mimetype`` says, where a zip program has compressed it."""
    if b"mimetype" not in data or b"content.xml" not in data:
        return None
    limits = Limits(max_decompressed_bytes=_LONGEST_MIMETYPE)
    try:
        return Archive(data, limits).read("mimetype").decode("ascii", "replace").strip()
    except DocumentError:
        return None


def _ole_type(data: bytes) -> str:
    """An encrypted DOCX is an OLE file around the encrypted package."""
    if _ENCRYPTED_PACKAGE in data:
        raise EncryptedDocument
    if _WORD_DOCUMENT in data:
        return media_types.DOC
    raise UnsupportedType


def _text_type(data: bytes) -> str:
    text = decode_text(data)
    if text is None:
        raise UnsupportedType
    start = text[:_MARKUP_WITHIN]
    if _HTML.search(start):
        return media_types.HTML
    marks = len(_MARKDOWN.findall(start))
    if marks >= _MARKDOWN_MARKS and _MARKDOWN_SURE.search(start):
        return media_types.MARKDOWN
    return media_types.TEXT
