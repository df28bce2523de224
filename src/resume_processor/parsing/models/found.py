"""Tokens back to text and words."""

from __future__ import annotations

import re

from resume_processor.parsing.models.view import DocumentView
from resume_processor.parsing.values import Found, PlacedWord

_CUT_WORD = re.compile(r"[^\W\d_]-$")

RULE = "model:words"

_SHORTENED = frozenset({"ltd", "inc", "co", "corp", "pvt", "bros", "jr", "sr"})
_OPENING = {"(": ")", "[": "]"}


def text_of(seen: DocumentView, first: int, last: int) -> str:
    """The text of tokens ``first`` to ``last``, line breaks and hyphenation undone."""
    pieces: list[str] = []
    at = first
    while at <= last:
        line = seen.tokens[at].line
        stop = at
        while stop < last and seen.tokens[stop + 1].line == line:
            stop += 1
        pieces.append(seen.lines[line].text[seen.tokens[at].start : seen.tokens[stop].end])
        at = stop + 1
    return _closed(_joined(pieces))


def _joined(pieces: list[str]) -> str:
    text = pieces[0]
    for piece in pieces[1:]:
        if _CUT_WORD.search(text) and piece[:1].islower():
            text = text[:-1] + piece
        else:
            text = f"{text} {piece}"
    return text


def _closed(text: str) -> str:
    """A parenthesis that the value opens and its last token leaves open is closed."""
    for opening, closing in _OPENING.items():
        if text.count(opening) == text.count(closing) + 1:
            return text + closing
    return text


def words_of(seen: DocumentView, first: int, last: int) -> tuple[PlacedWord, ...]:
    """The words that the tokens are made of."""
    words: dict[tuple[int, int], PlacedWord] = {}
    for at in range(first, last + 1):
        token = seen.tokens[at]
        key = token.line, token.word
        if key not in words:
            line = seen.lines[token.line].line
            words[key] = PlacedWord(line.words[token.word], line.page, token.line)
    return tuple(words.values())


def found(seen: DocumentView, first: int, last: int, confidence: float) -> Found:
    """The value that stands at tokens ``first`` to ``last``."""
    if _is_shortened(seen, last):
        last += 1
    return Found(text_of(seen, first, last), words_of(seen, first, last), RULE, confidence)


def _is_shortened(seen: DocumentView, last: int) -> bool:
    """Whether the full stop behind the value is part of its last word: "Ltd."."""
    if last + 1 >= len(seen.tokens):
        return False
    word, mark = seen.tokens[last], seen.tokens[last + 1]
    beside = (mark.line, mark.start) == (word.line, word.end)
    return beside and mark.text == "." and word.text.casefold() in _SHORTENED
