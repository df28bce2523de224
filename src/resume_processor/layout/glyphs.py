"""Characters as a reader of the page sees them."""

from __future__ import annotations

import unicodedata

#: Characters that stand for others on the page. U+FFFE is PDFium's hyphen at a line's end.
_REPLACED = {
    0xFFFE: "-",
    0x2010: "-",
    0x2011: "-",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0x00A0: " ",
    0x202F: " ",
    0x2007: " ",
    0x3000: " ",
    0xFFFD: "",
}
#: Nothing is seen of these: soft hyphen, zero-width characters, direction marks, byte order mark.
_DROPPED = [
    0x00AD,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFE00, 0xFE10),
]
_TABLE: dict[int, str | None] = {
    **dict.fromkeys((*range(9), *range(14, 32), *range(127, 160))),
    **dict.fromkeys(_DROPPED),
    **_REPLACED,
}
#: Private use: glyphs of icon fonts.
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFD))


def is_private(character: str) -> bool:
    """Whether only an icon font knows what the character looks like."""
    code = ord(character)
    return any(first <= code <= last for first, last in _PRIVATE)


def clean(text: str) -> str:
    """The text composed (NFC), ligatures taken apart, invisible characters and icons dropped."""
    if text.isascii() and text.isprintable():
        return text
    seen = text.translate(_TABLE)
    if any(is_private(c) for c in seen):
        seen = "".join(c for c in seen if not is_private(c))
    return unicodedata.normalize("NFC", seen)
