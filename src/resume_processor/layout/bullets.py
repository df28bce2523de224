"""List markers in front of a line."""

from __future__ import annotations

import re

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


def glued_bullet_of(first: str) -> str | None:
    """The marker at the start of a word that it touches ("•Java")."""
    match = _GLUED.match(first)
    return match.group(1) if match else None
