"""The text inside a binary DOC, put together from its pieces."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

import olefile

from resume_processor.documents.limits import Limits
from resume_processor.errors import CorruptDocument, EncryptedDocument, TooLarge

_MAGIC = 0xA5EC
#: Bits of the flags at offset 10 of the header.
_IS_ENCRYPTED, _USES_TABLE_1 = 0x0100, 0x0200
#: Offsets in the header: flags, first count of characters, and place and length of the pieces.
_FLAGS, _COUNTS, _PIECES = 0x0A, 0x4C, 0x01A2
#: Bit of a piece's place that says that its characters are bytes.
_IS_BYTES = 0x40000000
#: Kinds of entries in front of the pieces, and of the pieces themselves.
_PROPERTIES, _PIECE_TABLE = 1, 2


@dataclass(frozen=True, slots=True)
class Texts:
    """Text with Word's own marks in it: 13 ends a paragraph, 7 a cell or a row, and so on."""

    main: str
    headers: str  #: headers and footers of all sections
    boxes: str  #: of text boxes


def texts_of(data: bytes, limits: Limits) -> Texts:
    """Raises CorruptDocument, EncryptedDocument or TooLarge."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return _texts(ole, limits)
    except (OSError, struct.error, IndexError, ValueError, OverflowError, RecursionError) as error:
        raise CorruptDocument from error


def _stream(ole: olefile.OleFileIO, name: str, limits: Limits) -> bytes:
    if not ole.exists(name):
        raise CorruptDocument("The document's main part is missing.")
    if ole.get_size(name) > limits.max_decompressed_bytes:
        raise TooLarge(
            f"A part has more than {limits.max_decompressed_bytes} bytes (max_decompressed_bytes)."
        )
    content = ole.openstream(name).read()
    assert isinstance(content, bytes)
    return content


def _texts(ole: olefile.OleFileIO, limits: Limits) -> Texts:
    document = _stream(ole, "WordDocument", limits)
    (magic,) = struct.unpack_from("<H", document)
    (flags,) = struct.unpack_from("<H", document, _FLAGS)
    if magic != _MAGIC:
        raise CorruptDocument
    if flags & _IS_ENCRYPTED:
        raise EncryptedDocument
    table = _stream(ole, "1Table" if flags & _USES_TABLE_1 else "0Table", limits)
    # main text, foot notes, headers, (macros), comments, end notes, text boxes
    counts = [max(0, count) for count in struct.unpack_from("<7i", document, _COUNTS)]
    main, notes, headers, _, comments, end_notes, boxes = counts
    text = _pieced(document, table, limits)
    before_boxes = main + notes + headers + comments + end_notes
    return Texts(
        text[:main],
        text[main + notes : main + notes + headers],
        text[before_boxes : before_boxes + boxes],
    )


def _pieced(document: bytes, table: bytes, limits: Limits) -> str:
    start, length = struct.unpack_from("<II", document, _PIECES)
    pieces = _piece_table(table[start : start + length])
    count = (len(pieces) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", pieces)
    parts: list[str] = []
    size = 0
    for number in range(count):
        (place,) = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * number + 2)
        characters = max(0, ends[number + 1] - ends[number])
        size += characters
        if size > limits.max_decompressed_bytes:
            raise TooLarge("The document's text is too long (max_decompressed_bytes).")
        if place & _IS_BYTES:
            place = (place & ~_IS_BYTES) // 2
            parts.append(document[place : place + characters].decode("cp1252", "replace"))
        else:
            parts.append(document[place : place + 2 * characters].decode("utf-16-le", "replace"))
    return "".join(parts)


def _piece_table(entries: bytes) -> bytes:
    position = 0
    while position < len(entries):
        kind = entries[position]
        if kind == _PIECE_TABLE:
            (length,) = struct.unpack_from("<I", entries, position + 1)
            return entries[position + 5 : position + 5 + length]
        if kind != _PROPERTIES:
            break
        (length,) = struct.unpack_from("<H", entries, position + 1)
        position += 3 + length
    raise CorruptDocument
