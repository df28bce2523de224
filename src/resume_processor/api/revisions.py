"""A record's revision as a header: entity tag and event id."""

from __future__ import annotations

from resume_processor.resume.record import ResumeRecord

#: Longest number that is read, in digits; a revision is far below.
LONGEST = 18


def etag_of(record: ResumeRecord) -> str:
    """The entity tag of a record's revision."""
    return f'"{record.revision}"'


def revision_in(header: str | None) -> int | None:
    """The revision in an If-None-Match or Last-Event-ID, None where it holds none of ours."""
    value = (header or "").strip().removeprefix("W/").strip('"')
    return int(value) if value.isascii() and value.isdigit() and len(value) <= LONGEST else None
