"""A copy of a resume for blind review: its words, without those that say who somebody is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from resume_processor.errors import Conflict
from resume_processor.layout.page_pdf import pages_pdf
from resume_processor.resume.blind import blind_label, blind_of
from resume_processor.resume.corrections import corrected_result
from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.correct_resume import result_or_conflict
from resume_processor.workflow.parts import Parts


def redacted_copy(record: ResumeRecord, pages: Sequence[Mapping[str, Any]], parts: Parts) -> bytes:
    """PDF of the pages (``layout.encoding``), the same bytes for the same record.

    What people corrected counts beside what was read. Raises Conflict where there is no result, or
    no name: then nobody knows what to hide.
    """
    result = result_or_conflict(record.id, parts)
    said = parts.storage.list_corrections(record.id, tenant=record.tenant)
    corrected = corrected_result(result, said)["resume"]
    if not any(one.get("basics", {}).get("name") for one in (result["resume"], corrected)):
        raise Conflict("No name was read, so what to hide is not known; add the name first.")
    blind = blind_of(result, corrected)
    hidden = [blind.words(page["number"], page["words"]) for page in pages]
    return pages_pdf(pages, hidden, blind_label(record.id))
