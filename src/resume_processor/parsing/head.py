"""The head of a job: employer, title, place and period out of a few lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from resume_processor.parsing.dating import dates_in
from resume_processor.parsing.fields.locations import looks_like_location
from resume_processor.parsing.fields.organisations import looks_like_organisation
from resume_processor.parsing.fields.titles import looks_like_title
from resume_processor.parsing.head_labels import HeadRole, role_of_label
from resume_processor.parsing.labels import labelled
from resume_processor.parsing.passage import Passage
from resume_processor.parsing.pieces import pieces_of
from resume_processor.parsing.rows import rows_of
from resume_processor.parsing.values import NO_DATES, Dates, Found, LabelledLine

_WORKED_AS = re.compile(
    r"\b(?:work(?:ing|ed)?|served|employed|joined|currently)\b[^,]{0,20}?\bas\s+(?:an?\s+|the\s+)?(?P<title>.+?)"
    r"(?:\s+(?:at|in|with|for|@|by|of)\s+(?P<organisation>.+?))?"
    r"(?=\s+(?:from|since|during|for the period|w\.?e\.?f)\b|[.,;(]|$)",
    re.IGNORECASE,
)
_WORKED_AT = re.compile(
    r"\b(?:work(?:ing|ed)?|served|employed)\s+(?:at|in|with|for|under)\s+(?P<organisation>.+?)"
    r"(?:\s+as\s+(?:an?\s+|the\s+)?(?P<title>.+?))?"
    r"(?=\s+(?:from|since|during|for the period|w\.?e\.?f)\b|[.;(]|$)",
    re.IGNORECASE,
)
_AT = re.compile(r"\s+(?:at|@|bei|chez|with)\s+|\s*@\s*", re.IGNORECASE)
#: Anonymised documents print these instead of an employer and a place.
_PLACEHOLDER = re.compile(
    r"\bcompany\s*name\b\W*|\bcity\b\W{0,3}(?:state\b)?\W*(?=\s|$)|\bstate\b\W*$", re.IGNORECASE
)
_FILLER = re.compile(
    r"\b(?:from|since|till|to|w\.?e\.?f\.?|duration|period|tenure|present|dates?)\b\W*$",
    re.IGNORECASE,
)

_PARTS = (HeadRole.TITLE, HeadRole.ORGANISATION, HeadRole.LOCATION)
#: How like a title any piece is; from which likeness on a piece is a place; and an employer in a
#: document that prints placeholders instead of employers.
_UNKNOWN, _PLACE, _SURE = 0.2, 0.6, 0.6
#: More pieces than that are text.
_MOST_PIECES = 6


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of an entry says. ``labelled``: its labels say what is what."""

    organisation: Found | None = None
    title: Found | None = None
    location: Found | None = None
    dates: Dates = NO_DATES
    labelled: bool = False
    anonymous: bool = False  #: a placeholder stands where the employer should


def read_head(lines: Sequence[LabelledLine]) -> Head:
    """The parts of the head; each is None where the lines do not say it."""
    head = Head()
    loose: list[Passage] = []
    for row in rows_of(lines):
        for column in row.columns:
            if _PLACEHOLDER.search(column.passage.text):
                head = replace(head, anonymous=True)
            for passage in column.passage.split(_PLACEHOLDER):
                head, rest = _read_column(head, passage)
                loose += rest
    return _with_pieces(head, [piece for passage in loose for piece in pieces_of(passage)])


def _read_column(head: Head, passage: Passage) -> tuple[Head, list[Passage]]:
    label = labelled(passage)
    role = role_of_label(label.label) if label else None
    if label is not None and role is not None:
        return _with_label(head, role, label.value)
    dates, rest = dates_in(passage)
    if head.dates == NO_DATES:
        head = replace(head, dates=dates)
    loose: list[Passage] = []
    for part in rest:
        head, more = _read_sentence(head, part)
        loose += more
    return head, loose


def _with_label(head: Head, role: HeadRole, value: Passage) -> tuple[Head, list[Passage]]:
    dates, rest = dates_in(value)
    if head.dates == NO_DATES:
        head = replace(head, dates=dates)
    if not rest:
        return replace(head, labelled=True), []
    if role is HeadRole.LOCATION:
        return replace(_filled(head, role, value.found(f"head.{role}", 0.8)), labelled=True), []
    first, *others = [piece for part in rest for piece in pieces_of(part)] or [rest[0]]
    head = _filled(head, role, first.found(f"head.{role}", 0.8))
    return replace(head, labelled=True), others


def _filled(head: Head, role: HeadRole, found: Found | None) -> Head:
    """The head with one more part, where it does not have that part yet."""
    match role:
        case HeadRole.ORGANISATION:
            return replace(head, organisation=head.organisation or found)
        case HeadRole.TITLE:
            return replace(head, title=head.title or found)
        case HeadRole.LOCATION:
            return replace(head, location=head.location or found)
        case HeadRole.DATES:
            return head


def _read_sentence(head: Head, passage: Passage) -> tuple[Head, list[Passage]]:
    """Title and employer of "Working as Site Engineer with Northgate Ltd from"."""
    match = _WORKED_AS.search(passage.text) or _WORKED_AT.search(passage.text)
    if match is None:
        return head, list(passage.split(_AT))
    for role in (HeadRole.TITLE, HeadRole.ORGANISATION):
        if match[role] is not None:
            named = passage.cut(*match.span(role))
            first = next(iter(pieces_of(named)), named)
            head = _filled(head, role, first.found("head.sentence", 0.7))
    return head, []


def _with_pieces(head: Head, pieces: Sequence[Passage]) -> Head:
    """The pieces go to the parts that they look most like, all together."""
    left = [piece for whole in pieces for piece in whole.split(_FILLER)][:_MOST_PIECES]
    missing = [role for role in _PARTS if _part_of(head, role) is None]
    odds = [[_likeness(role, piece, head) for piece in left] for role in missing]
    best = max(_choices(len(left), len(missing)), key=lambda c: _worth(c, odds), default=())
    for row, chosen, role in zip(odds, best, missing, strict=True):
        if chosen is not None and row[chosen] > 0:
            confidence = 0.4 + 0.5 * min(row[chosen], 1.0)
            head = _filled(head, role, left[chosen].found(f"head.{role}", confidence))
    return head


def _choices(pieces: int, roles: int) -> Iterator[tuple[int | None, ...]]:
    """All ways to give each role a piece of its own, or none."""
    return permutations([*range(pieces), *[None] * roles], roles)


def _worth(choice: Sequence[int | None], odds: Sequence[Sequence[float]]) -> float:
    """How well a choice fits; of equal ones, that with the title in front of the employer."""
    fit = sum(row[chosen] for row, chosen in zip(odds, choice, strict=True) if chosen is not None)
    order = [chosen for chosen in choice if chosen is not None]
    return fit + (0.01 if order == sorted(order) else 0.0)


def _part_of(head: Head, role: HeadRole) -> Found | None:
    parts = {
        HeadRole.TITLE: head.title,
        HeadRole.ORGANISATION: head.organisation,
        HeadRole.LOCATION: head.location,
    }
    return parts[role]


def _likeness(role: HeadRole, piece: Passage, head: Head) -> float:
    """How much a piece looks like a part; a piece of no known kind is a little like a title."""
    text = piece.text.strip()
    if role is HeadRole.LOCATION:
        likeness = looks_like_location(text)
        return likeness if likeness >= _PLACE else 0.0
    if role is HeadRole.TITLE:
        return max(looks_like_title(text), _UNKNOWN)
    likeness = looks_like_organisation(text)
    if head.anonymous:
        return likeness if likeness >= _SURE else 0.0
    return max(likeness, _UNKNOWN / 2)
