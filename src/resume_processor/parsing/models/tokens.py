"""Cuts a document's words into tokens, the units that the word models label.

A word as the reader sees it ends at white space: "Python,SQL" or "(2010-2014)" is one word. A token
is a run of letters and digits, or one punctuation mark, so that a label can end inside a word.
Things that are one name stay whole: "B.Tech", "C++", "Node.js", an e-mail address, a URL.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from resume_processor.layout.lines import Document, Line

_WHOLE = re.compile(
    r"[^\s@:;,()<>|]+@[^\s@:;,()<>|]+\.\w+|(?:https?://|www\.)[^\s,;|()<>]+", re.IGNORECASE
)
_PIECE = re.compile(
    r"""
    \d+(?:[.,]\d+)+                                   # 7.44 or 1,200
  | [^\W\d_][^\W_]*(?:[.'’&]?[^\W_]|-(?=[^\W\d_])[^\W\d_])*(?:\+\+|\#)?  # B.Tech, Co-op, C++, C#
  | [^\W_]+                                           # 2nd, 10th
  | \S                                                # one mark
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A token and where it stands; ``start`` and ``end`` are offsets into the line's ``text``."""

    text: str
    line: int  #: index into ``Document.lines``
    word: int  #: index into the line's words
    start: int
    end: int


@lru_cache(maxsize=20_000)
def pieces(word: str) -> tuple[tuple[int, int], ...]:
    """The spans of the tokens inside one word, as offsets into it."""
    spans: list[tuple[int, int]] = []
    position = 0
    for whole in _WHOLE.finditer(word):
        spans += _pieces_between(word, position, whole.start())
        spans.append(whole.span())
        position = whole.end()
    spans += _pieces_between(word, position, len(word))
    return tuple(spans)


def _pieces_between(word: str, start: int, end: int) -> list[tuple[int, int]]:
    return [piece.span() for piece in _PIECE.finditer(word, start, end)]


def line_tokens(line: Line, index: int) -> list[Token]:
    """The tokens of one line; ``index`` is the line's index in its document."""
    tokens: list[Token] = []
    offset = 0
    for number, word in enumerate(line.words):
        if number and word.space_before:
            offset += 1
        tokens += [
            Token(word.text[start:end], index, number, offset + start, offset + end)
            for start, end in pieces(word.text)
        ]
        offset += len(word.text)
    return tokens


def tokenise(document: Document) -> tuple[Token, ...]:
    """All tokens of a document, in reading order."""
    return tuple(
        token for index, line in enumerate(document.lines) for token in line_tokens(line, index)
    )
