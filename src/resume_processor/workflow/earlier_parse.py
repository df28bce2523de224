"""The same bytes are parsed once: what an earlier upload of them came to is taken over."""

from __future__ import annotations

from dataclasses import dataclass

from resume_processor.resume.encoding import from_json
from resume_processor.resume.parsed_resume import ParsedResume
from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.parts import Parts


@dataclass(frozen=True, slots=True)
class Parse:
    """A document's media type, and what was read from it."""

    media_type: str
    parsed: ParsedResume


def earlier_parse(record: ResumeRecord, pipeline_version: str, parts: Parts) -> Parse | None:
    """What this pipeline made of the same bytes (by SHA-256) of the same tenant, if it has.

    A pipeline is deterministic, so parsing them again would come to the same.
    """
    same = parts.storage.find_same(
        record.sha256, tenant=record.tenant, pipeline_version=pipeline_version
    )
    result = None if same is None else parts.storage.get_result(same.id)
    if same is None or result is None:
        return None
    return Parse(same.media_type, from_json(result))
