"""Cutting text into the tokens that skills are compared by.

``C++``, ``C#``, ``.NET``, ``Node.js`` and ``R&D`` are one token each; hyphens and slashes part
tokens. The comparison form of a token folds case, accents, plural and British spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"(?<![^\W_])\.net\b"  # .NET, but not the end of a host name
    r"|(?<![^\W_])[^\W_]{1,2}&[^\W_]{1,2}(?![^\W_])"  # R&D, P&L
    r"|[^\W_]+(?:\.(?:js|net|io|py)(?![^\W_]))?(?:['’][^\W_]+)*(?:\+\+|\#|(?<=\b[a-z])\+(?!\w))?"
    r"|&",
    re.IGNORECASE,
)

#: British endings and their American form, applied to the end of a token of at least 6 letters.
_SPELLINGS = (
    ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("iser", "izer"), ("ise", "ize"),
    ("yse", "yze"), ("ysing", "yzing"), ("lling", "ling"), ("lled", "led"), ("centre", "center"),
    ("programme", "program"), ("labour", "labor"), ("colour", "color"), ("behaviour", "behavior"),
)  # fmt: skip
_NO_PLURAL = ("ss", "us", "is", "js", "os", "'s")


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it stands at ``start`` to ``end`` of a text, and its comparison form."""

    start: int
    end: int
    surface: str
    form: str


@lru_cache(maxsize=65_536)
def form_of(surface: str) -> str:
    """The comparison form of one token."""
    form = surface.casefold()
    if not form.isascii():
        form = _without_accents(form)
    if form == "&":
        return "and"
    form = form.removesuffix("'s").replace("'", "")
    return _singular(_american(form))


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(char for char in parts if not unicodedata.combining(char)).casefold()


def _american(form: str) -> str:
    if len(form) >= 6:
        bare, tail = (form[:-1], "s") if form.endswith("s") else (form, "")
        for british, american in _SPELLINGS:
            if bare.endswith(british):
                return bare[: -len(british)] + american + tail
    return form


def _singular(form: str) -> str:
    if len(form) < 4 or not form.endswith("s") or form.endswith(_NO_PLURAL):
        return form
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("ches", "shes", "sses", "xes")):
        return form[:-2]
    return form[:-1]


def tokens_of(text: str) -> list[Token]:
    """All tokens of a text in order."""
    return [
        Token(found.start(), found.end(), found.group(), form_of(found.group()))
        for found in _TOKEN.finditer(text)
    ]


def forms_of(text: str) -> tuple[str, ...]:
    """Only the comparison forms."""
    return tuple(_iter_forms(text))


def _iter_forms(text: str) -> Iterator[str]:
    return (form_of(found) for found in _TOKEN.findall(text))
