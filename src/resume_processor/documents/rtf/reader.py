"""RTF to a document."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from resume_processor.documents import media_types
from resume_processor.documents.limits import Limits
from resume_processor.documents.rtf.paragraphs import Writer
from resume_processor.documents.rtf.state import (
    DESTINATIONS,
    READ_THOUGH_OPTIONAL,
    Destination,
    State,
    code_page,
    with_word,
)
from resume_processor.documents.rtf.tokens import Kind, Token, tokens_of
from resume_processor.documents.warnings import hidden_text
from resume_processor.errors import CorruptDocument
from resume_processor.layout.flow import lay_out
from resume_processor.layout.lines import Document

#: Groups inside each other; no program writes more, a hostile file does.
_DEEPEST = 500
_SIGNS = {
    "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
    "zwnj": "", "zwj": "",
}  # fmt: skip
_SYMBOLS = {"~": " ", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)


def read_rtf(data: bytes, limits: Limits) -> Document:
    """Raises CorruptDocument where the file is no RTF."""
    del limits  # the file's own size bounds everything
    if not data.lstrip().startswith(b"{\\rtf"):
        raise CorruptDocument
    reader = _Reader()
    for token in tokens_of(data):
        reader.take(token)
    paragraphs = reader.writer.finished()
    return lay_out(media_types.RTF, paragraphs, hidden_text(1, reader.writer.hidden_words))


class _Reader:
    """Follows the groups and sends text where it belongs."""

    def __init__(self) -> None:
        self.writer = Writer()
        self._state = State()
        self._stack: list[State] = []
        self._encoding = "cp1252"
        self._encodings: dict[int, str] = {}
        self._pending = b""
        self._skip = 0
        self._optional = False
        self._code = ""
        self._link: str | None = None
        self._rgb = [0, 0, 0]
        self._surrogate: int | None = None

    def take(self, token: Token) -> None:
        """Work on one token."""
        if token.kind is Kind.BYTES:
            self._bytes(token.data)
            return
        self._flush()
        if token.kind is Kind.OPEN:
            if len(self._stack) >= _DEEPEST:
                raise CorruptDocument("The document's parts are nested too deeply.")
            self._stack.append(self._state)
        elif token.kind is Kind.CLOSE:
            self._close()
        elif token.kind is Kind.SYMBOL:
            self._symbol(token.word)
        else:
            self._word(token.word, token.number)

    def _close(self) -> None:
        before = self._state
        self._state = self._stack.pop() if self._stack else State()
        leaving = before.destination
        if leaving is Destination.FIELD_CODE is not self._state.destination:
            match = _LINK.match(self._code)
            self._link, self._code = (match[1] if match else None), ""
        elif leaving is not self._state.destination:
            self.writer.leave(leaving)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._optional = True
        elif symbol in "\r\n":
            self.writer.end_paragraph(self._state)
        else:
            self._text(_SYMBOLS.get(symbol, ""))

    def _word(self, word: str, number: int | None) -> None:
        optional, self._optional = self._optional, False
        if word in DESTINATIONS:
            self._state = replace(self._state, destination=DESTINATIONS[word])
        elif optional and word not in READ_THOUGH_OPTIONAL:
            self._state = replace(self._state, destination=Destination.NOWHERE)
        elif word == "fldrslt":
            self._state, self._link = replace(self._state, link=self._link), None
        elif word in _SIGNS:
            self._text(_SIGNS[word])
        elif word == "u":
            self._unicode(number or 0)
        elif self._state.destination is Destination.FONTS:
            self._font(word, number)
        elif self._state.destination is Destination.COLORS:
            self._color(word, number or 0)
        elif word == "ansicpg":
            self._encoding = _known(f"cp{number}") or self._encoding
        elif not self._break(word):
            self._state = with_word(self._state, word, number)

    def _break(self, word: str) -> bool:
        """Whether the word ends a paragraph, a line, a cell or a row; if so, it is ended."""
        if self._state.destination is Destination.NOWHERE:
            return False
        if word in {"par", "sect"}:
            self.writer.end_paragraph(self._state)
        elif word == "line":
            self.writer.end_line(self._state)
        elif word == "page":
            self.writer.end_page(self._state)
        elif word in {"cell", "nestcell"}:
            self.writer.end_cell(self._state)
        elif word in {"row", "nestrow"}:
            self.writer.end_row()
        else:
            return False
        return True

    # ---- characters

    def _bytes(self, data: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        self._pending += data

    def _flush(self) -> None:
        if self._pending:
            data, self._pending = self._pending, b""
            encoding = self._encodings.get(self._state.font, self._encoding)
            self._text(data.decode(encoding, "replace"))

    def _unicode(self, code: int) -> None:
        self._skip = self._state.skip
        code %= 0x10000
        if 0xD800 <= code < 0xDC00:
            self._surrogate = code
            return
        if 0xDC00 <= code < 0xE000:
            high, self._surrogate = self._surrogate, None
            if high is None:
                return
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        self._text(chr(code))

    def _text(self, text: str) -> None:
        state = self._state
        if state.destination is Destination.COLORS:
            if ";" in text:
                self.writer.colors.append(self._rgb[0] << 16 | self._rgb[1] << 8 | self._rgb[2])
                self._rgb = [0, 0, 0]
        elif state.destination is Destination.FIELD_CODE:
            self._code += text
        elif state.destination not in {Destination.NOWHERE, Destination.FONTS}:
            self.writer.text(text, state)

    # ---- tables of the head

    def _font(self, word: str, number: int | None) -> None:
        if word == "f":
            self._state = replace(self._state, font=number or 0)
        elif word == "fcharset" and (name := code_page(number or 0)):
            self._encodings[self._state.font] = name

    def _color(self, word: str, number: int) -> None:
        if word in {"red", "green", "blue"}:
            self._rgb[("red", "green", "blue").index(word)] = max(0, min(number, 255))


def _known(name: str) -> str | None:
    """The name, where Python knows the encoding."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
