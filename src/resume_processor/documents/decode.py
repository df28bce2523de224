"""Bytes of a text file to characters."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

#: How many bytes the guess at an 8-bit encoding looks at.
_GUESS_FROM = 32_768
#: Share of control characters above which it is no text.
_CONTROLS = 0.02
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(data: bytes) -> str | None:
    """The text, or None where the bytes are no text. UTF-8 is tried before any guess."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _plausible(data.decode(encoding, "replace"))
    try:
        return _plausible(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _plausible(_decode_by_guess(data))


def _decode_by_guess(data: bytes) -> str:
    if data[:_GUESS_FROM].count(0) > len(data[:_GUESS_FROM]) // 4:
        little = data[1:_GUESS_FROM:2].count(0) >= data[0:_GUESS_FROM:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    best = from_bytes(data[:_GUESS_FROM]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")


def _plausible(text: str) -> str | None:
    """The text, unless too much of it are control characters."""
    head = text[:_GUESS_FROM]
    controls = sum(1 for c in head if (c < " " and c not in "\t\n\r\f\v\x1b") or c == "\x7f")
    if "\x00" in head or controls > len(head) * _CONTROLS:
        return None
    return text
