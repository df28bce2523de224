"""RTF's groups, control words and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"  # a control word and its number
    rb"|\\'([0-9a-fA-F]{2})"  # a byte
    rb"|\\([^a-zA-Z'])"  # a control symbol
    rb"|([{}])"
    rb"|([^\\{}\r\n]+)"
    rb"|[\r\n]+"  # of no meaning
)


class Kind(Enum):
    """What a token is."""

    OPEN = "open"
    CLOSE = "close"
    WORD = "word"
    SYMBOL = "symbol"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Token:
    """A token; ``number`` of a control word where it has one."""

    kind: Kind
    word: str = ""
    number: int | None = None
    data: bytes = b""


def tokens_of(data: bytes) -> Iterator[Token]:
    """The tokens of the file; binary data inside it is left out."""
    position = 0
    while position < len(data):
        match = _TOKEN.match(data, position)
        if match is None:
            position += 1
            continue
        position = match.end()
        word, number, hexadecimal, symbol, brace, text = match.groups()
        if word is not None:
            count = int(number) if number else None
            if word == b"bin" and count:
                position += max(count, 0)
            else:
                yield Token(Kind.WORD, word.decode(), count)
        elif hexadecimal is not None:
            yield Token(Kind.BYTES, data=bytes.fromhex(hexadecimal.decode()))
        elif symbol is not None:
            yield Token(Kind.SYMBOL, symbol.decode("latin-1"))
        elif brace is not None:
            yield Token(Kind.OPEN if brace == b"{" else Kind.CLOSE)
        elif text is not None:
            yield Token(Kind.BYTES, data=text)
