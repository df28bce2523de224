"""What a search looks in, folded so that case and accents do not matter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from resume_processor.resume.record import ResumeRecord

#: Longest text kept for one resume, in characters; skills beyond it are not found.
MAX_LENGTH = 8_000


def candidate_name(result: Mapping[str, Any] | None) -> str | None:
    """The candidate's name in a ParsedResume as JSON."""
    name = _basics(result).get("name")
    return _storable(name) if isinstance(name, str) and name else None


def search_text(record: ResumeRecord, result: Mapping[str, Any] | None) -> str:
    """File name, external id, the candidate's name and skills, one a line."""
    return "\n".join(fold(part) for part in _parts(record, result))[:MAX_LENGTH]


def words_of(query: str) -> tuple[str, ...]:
    """The words that must all be found."""
    return tuple(fold(query).split())


def fold(text: str) -> str:
    """Without case, accents, and what a database cannot store."""
    decomposed = unicodedata.normalize("NFKD", _storable(text).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _parts(record: ResumeRecord, result: Mapping[str, Any] | None) -> Iterator[str]:
    yield record.file_name
    yield record.external_id or ""
    yield candidate_name(result) or ""
    resume = result.get("resume", {}) if result else {}
    for skill in resume.get("skills", ()):
        yield " ".join([skill.get("name") or "", *(skill.get("keywords") or ())])


def _basics(result: Mapping[str, Any] | None) -> Mapping[str, Any]:
    basics: Mapping[str, Any] = result.get("resume", {}).get("basics", {}) if result else {}
    return basics


def _storable(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
