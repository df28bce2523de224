"""List markers in front of a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from resume_processor.layout.lines import Word

#: Symbols that are a marker where a space or the text follows.
_SYMBOLS = "•◦‣⁃∙·●○◉◯⚫⚪▪▫■□◼◻◾◽▸▹►▻▶▷‒➢➣➤➔➜→⇒⮚✓✔☑✗✘✦✧❖◆◇❑❒❏❐★☆♦♣»›¤¢§*☞✴✱✶✳➡➥➨⇨✪✯⦿⦾⁍⁌⬤"
#: Signs that are a marker only where a space follows: a dash may belong to a number or a range.
_DASHES = "-–—−+>~o"
_SYMBOL = re.compile(rf"[{re.escape(_SYMBOLS)}]{{1,3}}$")
_DASH = re.compile(rf"(?:[{re.escape(_DASHES)}]|--)$")
_NUMBERED = re.compile(
    r"(?:\(?(?:\d{1,2}|[a-zA-Z]|x{0,3}(?:ix|iv|v?i{1,3}|v))[.)]|\(\d{1,2}\)|[①-⑳])$"
)
_GLUED = re.compile(rf"([{re.escape(_SYMBOLS)}]{{1,3}})(?=\w)")


def bullet_of(first: str, *, followed: bool) -> str | None:
    """The marker, where the first word of a line is one and nothing else.

    ``followed`` says whether more words stand after it; a marker alone is no list item.
    """
    if not followed:
        return None
    if _SYMBOL.match(first) or _DASH.match(first) or _NUMBERED.match(first):
        return first
    return None


def is_bullet(text: str) -> bool:
    """Whether the text is a list marker that no sentence begins with, or begins with a symbol."""
    return bool(_SYMBOL.match(text) or _DASH.match(text) or _GLUED.match(text))


def is_number(marker: str) -> bool:
    """Whether a list marker is a number, a letter or a roman numeral."""
    return _NUMBERED.match(marker) is not None


def take_bullet(words: Sequence[Word]) -> tuple[str | None, list[Word]]:
    """The list marker in front of the words, and the words without it."""
    first = words[0]
    followed = len(words) > 1 and words[1].space_before
    marker = bullet_of(first.text, followed=followed)
    if marker is not None:
        return marker, list(words[1:])
    match = _GLUED.match(first.text)
    if match is None:
        return None, list(words)
    marker = match.group(1)
    part = len(marker) / len(first.text)
    box = replace(first.box, x0=first.box.x0 + part * first.box.width)
    return marker, [replace(first, text=first.text[len(marker) :], box=box), *words[1:]]
