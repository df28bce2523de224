"""A person's word on what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from resume_processor.errors import Conflict, InvalidRequest
from resume_processor.resume.corrections import (
    WHOLE,
    Correction,
    Scalar,
    corrected_result,
    value_at,
)
from resume_processor.resume.json_resume import InvalidJsonResume, validate
from resume_processor.workflow.parts import Parts


@dataclass(frozen=True, slots=True)
class Word:
    """``value`` is what is right at ``pointer``: as read (confirmed), another, or None (nothing).

    ``pointer`` WHOLE says that the record, with its corrections, is right and complete.
    """

    pointer: str
    value: Scalar
    reviewer: str


def correct_resume(resume_id: str, word: Word, tenant: str, parts: Parts) -> Correction:
    """Store it beside the result, which stays as the machine made it.

    Raises NotFound, Conflict while there is no result, and InvalidRequest where there is no place
    for the value, or the record would not be JSON Resume with it.
    """
    record = parts.storage.get_resume(resume_id, tenant=tenant)
    result = result_or_conflict(record.id, parts)
    read = None if word.pointer == WHOLE else value_at(result, word.pointer)
    if isinstance(read, dict | list):
        raise InvalidRequest("Only single values are corrected, not whole entries.")
    if word.pointer != WHOLE and read is None and word.value is None:
        raise InvalidRequest("Nothing was read there that could be wrong.")
    correction = Correction(
        resume_id=record.id,
        pointer=word.pointer,
        read=read,
        value=None if word.pointer == WHOLE else word.value,
        reviewer=word.reviewer,
        at=parts.clock.now(),
    )
    others = parts.storage.list_corrections(record.id, tenant=tenant)
    kept = [one for one in others if one.pointer != word.pointer]
    _require_valid(corrected_result(result, [*kept, correction])["resume"])
    parts.storage.put_correction(correction, tenant=tenant)
    return correction


def result_or_conflict(resume_id: str, parts: Parts) -> dict[str, Any]:
    """What was read. Raises Conflict where there is nothing."""
    result = parts.storage.get_result(resume_id)
    if result is None:
        raise Conflict("There is no result yet.")
    return result


def _require_valid(resume: dict[str, Any]) -> None:
    try:
        validate(resume)
    except InvalidJsonResume as error:
        raise InvalidRequest("That value does not fit there (see JSON Resume 1.0).") from error
