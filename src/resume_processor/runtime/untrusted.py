"""What is done with an untrusted file in a child process: reading, parsing, taking its text.

The parent that names these functions needs no readers and no parser, so they are imported by the
children, or once for all of them: ``WARM`` is what a fork server should have loaded beforehand.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from resume_processor.documents.limits import Limits
from resume_processor.errors import EmptyUpload, InvalidRequest, NotFound

#: Modules behind the functions of this one.
WARM = (
    "resume_processor.documents.page_picture",
    "resume_processor.documents.read_document",
    "resume_processor.parsing.parse_resume",
    "resume_processor.resume.encoding",
)


def parse_file(
    path: Path, limits: Limits, as_of: date | None = None, *, fast: bool = False
) -> dict[str, Any]:
    """The resume in a file as ParsedResume in JSON. Raises DocumentErrors and RequestErrors."""
    return parse_bytes(bytes_of(path), limits, as_of, fast=fast)


def parse_bytes(
    data: bytes, limits: Limits, as_of: date | None = None, *, fast: bool = False
) -> dict[str, Any]:
    """The resume in these bytes as ParsedResume in JSON. Raises DocumentErrors.

    Jobs that go on are counted to ``as_of``, or else to the latest date in the document.
    """
    from resume_processor.documents.read_document import read_document  # noqa: PLC0415 - above
    from resume_processor.parsing.parse_resume import parse_resume  # noqa: PLC0415
    from resume_processor.resume.encoding import to_json  # noqa: PLC0415

    return to_json(parse_resume(read_document(data, limits), as_of, fast=fast))


def text_of_file(path: Path, limits: Limits) -> str:
    """The text of a file of any type that can be read. Raises DocumentErrors and RequestErrors."""
    return text_of(bytes_of(path), limits)


def text_of(data: bytes, limits: Limits) -> str:
    """The text of a document of any type that can be read. Raises DocumentErrors."""
    from resume_processor.documents import media_types  # noqa: PLC0415 - above
    from resume_processor.documents.decode import decode_text  # noqa: PLC0415
    from resume_processor.documents.read_document import read_document  # noqa: PLC0415
    from resume_processor.documents.sniff import media_type_of  # noqa: PLC0415

    plain = (media_types.TEXT, media_types.MARKDOWN)
    if data and media_type_of(data) in plain and (text := decode_text(data)) is not None:
        return text  # as it stands, with its empty lines
    return read_document(data, limits).text


def pages_of(data: bytes, limits: Limits) -> list[dict[str, Any]]:
    """The pages of a document with their words, as ``layout.encoding``. Raises DocumentErrors."""
    from resume_processor.documents.page_picture import pictured_pages  # noqa: PLC0415 - above
    from resume_processor.documents.read_document import read_document  # noqa: PLC0415
    from resume_processor.layout.encoding import pages_to_json  # noqa: PLC0415

    document = read_document(data, limits)
    return pages_to_json(document, pictured_pages(document))


def picture_of(data: bytes, number: int, limits: Limits) -> bytes:
    """One page as PNG. Raises DocumentErrors and NotFound."""
    from resume_processor.documents.page_picture import page_picture  # noqa: PLC0415 - above

    return page_picture(data, number, limits)


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
