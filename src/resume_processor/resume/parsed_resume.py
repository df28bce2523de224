"""The result of parsing: a JSON Resume document and what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from resume_processor.resume.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Doubt:
    """A named doubt or remark. ``pointer`` is the JSON Pointer of the value concerned, if one is.

    ``blocking`` ones turn DONE into NEEDS_REVIEW.
    """

    code: str
    message: str
    pointer: str | None = None
    page: int | None = None
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Months without dated work between two jobs; ``start`` and ``end`` are ``YYYY-MM``."""

    start: str
    end: str
    months: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Derived from the record, never guessed: None where the document does not say enough."""

    months_of_experience: int | None = None  #: overlapping jobs count once
    current_title: str | None = None
    highest_degree: str | None = (
        None  #: secondary | vocational | associate | bachelor | master | doctorate
    )
    gaps: tuple[Gap, ...] = ()
    language: str | None = None  #: ISO 639-1 of the document
    as_of: str | None = None  #: the date that ongoing jobs were counted to
    #: Pointers of the jobs that the document says go on. JSON Resume has no other way to say so
    #: than a missing end, which may as well be an end left unsaid. None: not known.
    ongoing: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Personal:
    """Civil-status facts. Read so that they can be redacted; never an input of scoring."""

    birth_date: str | None = None  #: YYYY-MM-DD, or as precise as the document
    nationality: str | None = None
    gender: str | None = None
    marital_status: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedResume:
    """``resume`` validates against the JSON Resume 1.0 schema; treat it as read-only.

    ``evidence`` maps a JSON Pointer into ``resume`` (or ``/personal/birthDate`` …) to its evidence:
    every scalar value of the two has one.
    """

    resume: Mapping[str, Any]
    personal: Personal = field(default_factory=Personal)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    warnings: tuple[Doubt, ...] = ()
    facts: Facts = field(default_factory=Facts)
    parser_version: str = ""
