"""The same bytes are parsed once: what an earlier upload of them came to is taken over."""

from __future__ import annotations

from dataclasses import dataclass

from resume_processor.resume.encoding import from_json
from resume_processor.resume.parsed_resume import ParsedResume
from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import ClaimedResume


@dataclass(frozen=True, slots=True)
class Parse:
    """A document's media type, and what was read from it."""

    media_type: str
    parsed: ParsedResume


def earlier_parse(claimed: ClaimedResume, parts: Parts) -> Parse | None:
    """What this pipeline made of the same bytes (by SHA-256) of the same tenant, if it has.

    A pipeline is deterministic, so parsing them again would come to the same; but for jobs that go
    on and were counted to another month, which is why those are parsed again.
    """
    record, same = claimed.record, claimed.same
    result = None if same is None else parts.storage.get_result(same.id)
    if same is None or result is None:
        return None
    parsed = from_json(result)
    if parsed.facts.ongoing and not _same_month(parsed.facts.as_of, record):
        return None
    return Parse(same.media_type, parsed)


def _same_month(as_of: str | None, record: ResumeRecord) -> bool:
    return as_of is not None and as_of[:7] == f"{record.created_at:%Y-%m}"
