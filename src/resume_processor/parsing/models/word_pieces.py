"""Cuts words into the pieces of a BERT vocabulary: the longest known beginning, again and again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

UNKNOWN = "[UNK]"
#: Longer runs of letters are not cut but unknown, as the published tokeniser does it.
LONGEST = 100
_CONTINUED = "##"
#: Scripts that are written without spaces: each sign is a word of its own.
_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))


class WordPieces:
    """The uncased tokeniser of BERT for one word at a time."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """``vocabulary``: the pieces in the order of their numbers."""
        self._numbers: Mapping[str, int] = {piece: n for n, piece in enumerate(vocabulary)}
        self._unknown = self._numbers[UNKNOWN]

    def __call__(self, word: str) -> tuple[int, ...]:
        """The numbers of the pieces of a word."""
        return _cut(self, word)

    def cut(self, word: str) -> tuple[int, ...]:
        """The same, worked out; a call looks first whether it was before."""
        return tuple(number for run in _runs(_plain(word)) for number in self._pieces(run))

    def _pieces(self, run: str) -> list[int]:
        if len(run) > LONGEST:
            return [self._unknown]
        found: list[int] = []
        start = 0
        while start < len(run):
            number, start = self._longest(run, start)
            if number is None:
                return [self._unknown]
            found.append(number)
        return found

    def _longest(self, run: str, start: int) -> tuple[int | None, int]:
        for stop in range(len(run), start, -1):
            piece = run[start:stop] if start == 0 else _CONTINUED + run[start:stop]
            number = self._numbers.get(piece)
            if number is not None:
                return number, stop
        return None, start


@lru_cache(maxsize=50_000)
def _cut(pieces: WordPieces, word: str) -> tuple[int, ...]:
    return pieces.cut(word)


def _plain(word: str) -> str:
    """Lower case without accents and control signs."""
    spread = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in spread if unicodedata.category(c) not in {"Mn", "Cc", "Cf", "Co"})


def _runs(word: str) -> Iterator[str]:
    """Letters and digits together, each other sign by itself."""
    run = ""
    for c in word:
        if c.isspace() or _stands_alone(c):
            if run:
                yield run
            run = ""
            if not c.isspace():
                yield c
        else:
            run += c
    if run:
        yield run


def _stands_alone(c: str) -> bool:
    code = ord(c)
    ascii_mark = 33 <= code <= 126 and not c.isalnum()
    ideograph = any(first <= code <= last for first, last in _IDEOGRAPHS)
    return ascii_mark or ideograph or unicodedata.category(c).startswith("P")
