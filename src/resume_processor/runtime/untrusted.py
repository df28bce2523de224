"""What is done with an untrusted file in a child process: reading, parsing, taking its text.

Importing this module imports the readers and the parser, so that a fork server which has it
preloaded hands out children that are ready.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from resume_processor.documents import media_types
from resume_processor.documents.decode import decode_text
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.documents.sniff import media_type_of
from resume_processor.errors import EmptyUpload, InvalidRequest, NotFound
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.resume.encoding import to_json

#: Text that is passed on as it stands, with its empty lines.
PLAIN = (media_types.TEXT, media_types.MARKDOWN)


def parse_file(path: Path, limits: Limits) -> dict[str, Any]:
    """The resume in a file as ParsedResume in JSON. Raises DocumentErrors and RequestErrors."""
    return parse_bytes(bytes_of(path), limits)


def parse_bytes(data: bytes, limits: Limits) -> dict[str, Any]:
    """The resume in these bytes as ParsedResume in JSON. Raises DocumentErrors."""
    return to_json(parse_resume(read_document(data, limits)))


def text_of_file(path: Path, limits: Limits) -> str:
    """The text of a file of any type that can be read."""
    return text_of(bytes_of(path), limits)


def text_of(data: bytes, limits: Limits) -> str:
    """The text of a document of any type that can be read. Raises DocumentErrors."""
    if data and media_type_of(data) in PLAIN and (text := decode_text(data)) is not None:
        return text
    return read_document(data, limits).text


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises NotFound, InvalidRequest, EmptyUpload."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise NotFound("There is no such file.") from None
    except OSError:
        raise InvalidRequest("The file cannot be opened.") from None
    if not data:
        raise EmptyUpload("The file is empty.")
    return data
