"""Certificates and short courses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resume_processor.parsing.dating import date_in
from resume_processor.parsing.fields.organisations import looks_like_organisation, looks_like_school
from resume_processor.parsing.labels import labelled, names
from resume_processor.parsing.lists import passages_of
from resume_processor.parsing.passage import Passage
from resume_processor.parsing.pieces import pieces_of
from resume_processor.parsing.values import CertificateEntry, Found, LabelledLine

_FROM = re.compile(
    r"\s*[,(]?\s*\b(?:from|by|at|through|issued by|conducted by|de|von|par|por)\s+", re.IGNORECASE
)
#: From this likeness to an organisation on, a piece is the issuer.
_ISSUER, _ISSUER_BEHIND_COMMA = 0.5, 0.39
_TITLE_LABELS = ("certificates?", "certifications?", "name", "courses?", "title", "training")


def read_certificates(lines: Sequence[LabelledLine]) -> tuple[CertificateEntry, ...]:
    """One entry for each item of the section."""
    entries = (_entry(passage) for passage in passages_of(lines))
    return tuple(entry for entry in entries if entry is not None)


def _entry(passage: Passage) -> CertificateEntry | None:
    label = labelled(passage)
    if label is not None and names(label.label, _TITLE_LABELS) and label.value.words:
        passage = label.value
    date, rest = date_in(passage)
    if not rest:
        return None
    name, issuer = _name_and_issuer([piece for part in rest for piece in pieces_of(part)])
    return CertificateEntry(name, issuer, date) if name else None


def _name_and_issuer(pieces: Sequence[Passage]) -> tuple[Found | None, Found | None]:
    if not pieces:
        return None, None
    head = pieces[0]
    parted = _FROM.search(head.text)
    issuer = next((p for p in pieces[1:] if _likeness(p) >= _ISSUER), None)
    if parted is not None and parted.start() > 3:
        tail = head.cut(parted.end(), len(head.text))
        issuer = issuer or (tail if tail.says_something else None)
        head = head.cut(0, parted.start())
    if issuer is None:
        head, issuer = _issuer_behind_comma(head)
    return (
        head.found("certificates.item", 0.6),
        issuer.found("certificates.issuer", 0.6) if issuer else None,
    )


def _issuer_behind_comma(passage: Passage) -> tuple[Passage, Passage | None]:
    """Chartered Engineer, Institution of Civil Engineers: the name and who gives it."""
    comma = passage.text.rstrip(" ,").rfind(", ")
    tail = passage.cut(comma + 2, len(passage.text))
    if comma < 0 or len(tail.words) < 2 or _likeness(tail) < _ISSUER_BEHIND_COMMA:
        return passage, None
    return passage.cut(0, comma), tail


def _likeness(passage: Passage) -> float:
    return max(looks_like_organisation(passage.text), looks_like_school(passage.text))
