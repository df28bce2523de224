"""An advertisement as statements, each with what it is about and whether it is a must."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class About(StrEnum):
    """What a part of an advertisement is about."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    DUTIES = "duties"  #: what one will do; skills named there are worth having
    OTHER = "other"  #: the company, what it offers, how to apply: no requirements


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or an item of a list. ``is_list``: it stood below a heading or a bullet."""

    text: str
    about: About
    first: bool = False  #: the first line of the advertisement


_HEADINGS = (
    (About.PREFERRED, r"(?:preferred|desired|desirable|optional|additional|bonus|nice[- ]to[- ]ha\w+|good[- ]to[- ]have"
     r"|pluses|plus points|ideal(?:ly)?|extra|added advantage|what (?:would|will) (?:make you stand out|set you apart|help)"
     r"|it(?:'|’)?s a plus|brownie|wünschenswert|von vorteil|souhaité|atouts?|deseable|valorable|desejável|diferenciais)"),
    (About.REQUIRED, r"(?:minimum|required|requirements?|must[- ]ha\w+|essential|mandatory|basic|qualifications?|who you are"
     r"|what you(?:'|’)?(?:ll)? (?:need|bring|have)|what we(?:'|’)?re? (?:look|expect|need|ask)\w*|you have|your (?:profile|skills|background|experience)"
     r"|skills?|key skills|profile|about you|experience|education|competenc\w+|we(?:'|’)?re looking for|we are looking for|candidate|eligibility"
     r"|anforderungen|ihr profil|dein profil|was (?:du|sie) mitbring\w+|qualifikation\w*|profil recherché|compétences|votre profil|requisitos|perfil)"),
    (About.DUTIES, r"(?:responsibilit\w+|duties|what you(?:'|’)?(?:ll| will)? (?:do|be doing)|the role|role|your (?:role|tasks|mission|responsibilit\w+)|job (?:description|summary|purpose)"
     r"|description|tasks|day[- ]to[- ]day|about the (?:job|role|position)|position|overview|summary|aufgaben|ihre aufgaben|deine aufgaben|missions?|responsabilidades|funciones)"),
    (About.OTHER, r"(?:benefits|perks|we offer|what we offer|about (?:us|the (?:company|team))|our (?:company|mission|values)|who we are|company|how to apply|apply|salary|compensation|contact"
     r"|location|equal opportunit\w+|why (?:us|join)|what you(?:'|’)?ll get|wir bieten|über uns|nous offrons|ofrecemos)"),
)  # fmt: skip
_HEADING = tuple(
    (about, re.compile(rf"(?:[^:]*\b)?{words}\b", re.IGNORECASE)) for about, words in _HEADINGS
)
_PREFERRED = re.compile(
    r"\b(?:preferred|preferably|prefer|nice[- ]to[- ]have|good[- ]to[- ]have|(?:a|is|are|big|huge|strong) (?:\w+ )?(?:plus|bonus|advantage)|desir(?:ed|able)|ideally|advantageous"
    r"|optional|not (?:required|mandatory|essential)|would be (?:great|nice|good|an? (?:asset|plus|advantage))|an asset|beneficial|bonus|von vorteil|wünschenswert|un plus|souhaité|deseable|se valora)\b",
    re.IGNORECASE,
)  # fmt: skip
_REQUIRED = re.compile(
    r"\b(?:must(?:[- ]have)?|required?|requires|minimum|mandatory|essential|at least|need(?:ed|s)?|necessary|zwingend|erforderlich|indispensable|imprescindible)\b",
    re.IGNORECASE,
)  # fmt: skip
_BULLET = re.compile(r"\s*(?:[-–—*•·●▪◦‣►✓✔o]\s+|\d{1,2}[.)]\s+)")
_SENTENCE = re.compile(r"(?<=[a-zà-ÿ)\]0-9+#][.;!?])\s+(?=[A-ZÀ-Þ0-9])")
_LONGEST_HEADING = 60


def statements_of(text: str) -> tuple[Statement, ...]:
    """All statements in order, the headings left out."""
    return tuple(_statements(text))


def _statements(text: str) -> Iterator[Statement]:
    about, first = About.REQUIRED, True
    for raw in text.splitlines():
        line = _BULLET.sub("", raw, count=1).strip()
        if not line:
            continue
        heading, rest = _split_heading(line, is_bullet=_BULLET.match(raw) is not None)
        if heading is not None and not first:
            about = heading
        for sentence in _SENTENCE.split(rest if not first else line):
            if sentence:
                yield Statement(sentence, _said(sentence, about), first)
        first = False


def _split_heading(line: str, *, is_bullet: bool) -> tuple[About | None, str]:
    """What a heading opens, and what stands behind it in the same line (``Must have: Python``)."""
    head, colon, rest = line.partition(":")
    if colon and len(head) <= _LONGEST_HEADING and (about := heading_of(head)) is not None:
        return about, rest.strip()
    if not is_bullet and len(line) <= _LONGEST_HEADING and not line.endswith((".", ",", ";")):
        about = heading_of(line)
        if about is not None:
            return about, ""
    return None, line


def heading_of(line: str) -> About | None:
    """What a heading is about: a short line of which a heading's words are the most."""
    for about, pattern in _HEADING:
        found = pattern.match(line)
        if found and len(line.split()) <= 6:
            return about
    return None


def _said(sentence: str, about: About) -> About:
    """A sentence's own words count more than its heading."""
    if about is About.OTHER:
        return about
    if _PREFERRED.search(sentence):
        return About.PREFERRED
    if about is not About.REQUIRED and _REQUIRED.search(sentence):
        return About.REQUIRED if about is About.DUTIES else about
    return about
