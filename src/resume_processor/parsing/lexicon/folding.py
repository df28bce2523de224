"""Text made comparable: lower case, no accents, plain digits and dashes.

``fold`` keeps the length, so that offsets into the folded text are offsets into the original.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: Signs that are written in many ways, and the one that the patterns use.
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－ー‾￣", "-"),
    **dict.fromkeys("‘’‚‛′´`＇ʼ", "'"),
    **dict.fromkeys("“”„‟″＂«»", '"'),
    **dict.fromkeys("～〜∼˜", "~"),
    **dict.fromkeys(
        "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t", " "
    ),
    "：": ":",
    "，": ",",
    "、": ",",
    "；": ";",
    "。": ".",
    "（": "(",
    "）": ")",
    "／": "/",
    "．": ".",
    "＋": "+",
    "％": "%",
    "＠": "@",
    "｜": "|",
    "ß": "s",
    "ł": "l",
    "Ł": "l",
    "ø": "o",
    "Ø": "o",
    "đ": "d",
    "Đ": "d",
    "ı": "i",
    "æ": "a",
    "œ": "o",
    "Æ": "a",
    "Œ": "o",
}


def fold(text: str) -> str:
    """The text in lower case without accents; as long as ``text``."""
    if text.isascii():
        return text.lower().replace("\t", " ").replace("`", "'")
    return "".join([_fold_character(c) for c in text])


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    sign = _SIGNS.get(character)
    if sign is not None:
        return sign
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if not character.isalpha():
        return character
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if len(base) == 1 else character


def words_of(text: str) -> tuple[str, ...]:
    """The words of the folded text: letters and digits, with "+", "#" and inner dots kept."""
    return tuple(_split(fold(text)))


def _split(folded: str) -> list[str]:
    return "".join(c if c.isalnum() or c in "+#&" else " " for c in folded).split()


def word_set(words: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(words.split())
