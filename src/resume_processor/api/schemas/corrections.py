"""Bodies about what people say about values."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from resume_processor.api.schemas.base import Body, RequestBody
from resume_processor.resume.corrections import Correction, Verdict

#: Longest value, in characters: a summary is a value, too.
LONGEST_VALUE = 20_000

CORRECTION_EXAMPLE: dict[str, Any] = {
    "pointer": "/work/0/position",
    "verdict": "corrected",
    "read": "Backend Enginer",
    "value": "Backend Engineer",
    "reviewer": "Robin Sample",
    "at": "2026-03-01T09:05:00Z",
    "stale": False,
}

Value = (
    Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_VALUE, pattern=r"^[^\x00]*$")]
    | int
    | float
    | bool
    | None
)


class CorrectionBody(RequestBody):
    """One person's word on one value."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "pointer": "/work/0/position",
                    "value": "Backend Engineer",
                    "reviewer": "Robin Sample",
                }
            ]
        }
    )

    pointer: str = Field(
        max_length=500,
        pattern=r"^(/[^\x00]*)?$",
        description="JSON Pointer as in the evidence; empty for the record as a whole: with its "
        "corrections it is right and complete.",
    )
    value: Value = Field(
        None, description="What is right: as it was read, something else, or null for nothing."
    )
    reviewer: Annotated[
        str,
        StringConstraints(
            strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$"
        ),
    ] = Field(description="Who says so.")


class CorrectionReport(Body):
    """A correction as it is stored, beside the result and never in it."""

    model_config = ConfigDict(json_schema_extra={"examples": [CORRECTION_EXAMPLE]})

    pointer: str
    verdict: Verdict
    read: str | int | float | bool | None = Field(description="What the machine had there then.")
    value: str | int | float | bool | None = Field(description="What is right.")
    reviewer: str
    at: datetime
    stale: bool = Field(
        description="The resume was read again and something else stands there now: it counts no "
        "more."
    )


class CorrectionList(Body):
    """All corrections of a resume."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [CORRECTION_EXAMPLE]}]})

    items: tuple[CorrectionReport, ...]


def correction_of(correction: Correction, *, stale: bool) -> CorrectionReport:
    """The public view of a correction."""
    return CorrectionReport(
        pointer=correction.pointer,
        verdict=correction.verdict,
        read=correction.read,
        value=correction.value,
        reviewer=correction.reviewer,
        at=correction.at,
        stale=stale,
    )
