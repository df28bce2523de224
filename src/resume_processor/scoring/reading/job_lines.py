"""An advertisement as statements, each with what it is about and whether it is a must."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from resume_processor.scoring.reading.job_headings import About, heading_of

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or an item of a list. ``first``: it is the first line of the advertisement."""

    text: str
    about: About
    first: bool = False


_PREFERRED = re.compile(
    r"\b(?:preferred|preferably|prefer|nice[- ]to[- ]have|good[- ]to[- ]have|desired|desirable"
    r"|(?:an?|is|are|big|huge|strong|definite|added|real) (?:\w+ )?(?:plus|bonus|advantage|asset)"
    r"|ideally|advantageous|optional|not (?:required|mandatory|essential|necessary)|beneficial"
    r"|would be (?:great|nice|good|helpful|ideal)|helpful|von vorteil|wünschenswert|idealerweise"
    r"|(?:est|serait) un (?:plus|atout)|souhaité\w*|deseable|se valora\w*|desejável)(?!\w)"
    r"|\b(?:plus|bonus)\s*[.!)]?\s*$",
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    r"\b(?:must|required?|requires|minimum|mandatory|essential|at least|needs?|needed|necessary"
    r"|obligatory|zwingend|erforderlich|voraussetzung|indispensable|exigée?|imprescindible"
    r"|obligatorio)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"equal opportunit|without regard to|affirmative action|reasonable accommodation"
    r"|sexual orientation|protected veteran|e-verify|background check|drug (?:test|screen)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*(?:[-–—*•·●▪◦‣►✓✔➢]+\s*|o\s+|\(?\d{1,2}[.)]\s+)")
#: Bullets that lost their line breaks.
_INNER_BULLET = re.compile(r"(?:\s+[*•·●▪◦‣►✓✔➢]\s*|[•·●▪◦‣►✓✔➢]\s*|\s{3,}|(?<=[.;:!?])\s{2,})")
#: A heading in the midst of a line: "… as assigned. REQUIRED: professional …".
_INNER_HEADING = re.compile(r"(?<=[\w.;!?)])[\s-]*\b(?P<head>[A-Z][\w/&'’ ]{2,50}:)")
_SENTENCE = re.compile(r"(?<=[a-zà-ÿ)\]0-9+#][.;!?])\s+(?=[A-ZÀ-Þ0-9(])")
#: Where a sentence may fall into a must and a wish: "X is required, Y is a plus".
_CLAUSE = re.compile(r"\s*(?:[,;]|\bbut\b|\band\b)\s+")
_LONGEST_HEADING = 60


def statements_of(text: str) -> tuple[Statement, ...]:
    """All statements in order, the headings left out."""
    return tuple(_statements(text))


def _statements(text: str) -> Iterator[Statement]:
    about, first = About.REQUIRED, True
    for line, is_item in _lines(text):
        if first:
            first = False
            yield Statement(line, about, first=True)
            continue
        heading, rest = _split_heading(line, is_item=is_item)
        about = heading or about
        for sentence in _SENTENCE.split(rest):
            if sentence:
                yield from _clauses(sentence, about)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Lines without their bullets, and whether they had one."""
    for raw in text.splitlines():
        for number, piece in enumerate(_INNER_BULLET.split(raw)):
            bullet = _BULLET.match(piece)
            line = piece[bullet.end() if bullet else 0 :].strip()
            is_item = bullet is not None or number > 0
            for part in _at_headings(line):
                yield part, is_item


def _at_headings(line: str) -> Iterator[str]:
    """A line cut before the headings in it."""
    start = 0
    for found in _INNER_HEADING.finditer(line):
        at = _heading_start(line, found.start("head"), found.end("head"))
        if at > start:
            yield line[start:at].strip(" -")
            start = at
    if line[start:].strip():
        yield line[start:].strip()


def _heading_start(line: str, start: int, end: int) -> int:
    """Where the longest heading that ends at ``end`` begins; -1 where there is none."""
    for word in _WORD.finditer(line[start:end]):
        if word.group()[0].isupper() and heading_of(line[start + word.start() : end]):
            return start + word.start()
    return -1


def _split_heading(line: str, *, is_item: bool) -> tuple[About | None, str]:
    """What a heading opens, and what stands behind it in the same line (``Must have: Python``)."""
    head, colon, rest = line.partition(":")
    if colon and len(head) <= _LONGEST_HEADING:
        about = heading_of(f"{head}:") or (None if rest.strip() else _said(head))
        if about is not None:
            return about, rest.strip()
    is_short = len(line) <= _LONGEST_HEADING and not line.endswith((".", ",", ";"))
    if not is_item and is_short and (about := heading_of(line)) is not None:
        return about, ""
    return None, line


def _said(text: str) -> About | None:
    """What the words themselves say, or None."""
    if _PREFERRED.search(text):
        return About.PREFERRED
    return About.REQUIRED if _REQUIRED.search(text) else None


def _clauses(sentence: str, about: About) -> Iterator[Statement]:
    """A sentence's own words count more than its heading."""
    if about is About.OTHER or _OTHER.search(sentence):
        yield Statement(sentence, About.OTHER)
    elif _PREFERRED.search(sentence) and _REQUIRED.search(_PREFERRED.sub("", sentence)):
        yield from _parted(sentence, about)
    else:
        said = _said(sentence)
        is_wish = about is About.PREFERRED and said is About.REQUIRED
        yield Statement(sentence, about if is_wish or said is None else said)


def _parted(sentence: str, about: About) -> Iterator[Statement]:
    """The clauses of a sentence that has both; a clause that says nothing belongs to the next."""
    start, stops = 0, [found.end() for found in _CLAUSE.finditer(sentence)] + [len(sentence)]
    for stop in stops:
        said = _said(sentence[start:stop])
        if said is not None or stop == len(sentence):
            yield Statement(sentence[start:stop].strip(" ,;"), said or about)
            start = stop
