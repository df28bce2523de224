"""Resumes to swap and to pad: invented people, and real ones where the benchmark is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.errors import DocumentError
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.resume.parsed_resume import Facts, ParsedResume
from resume_processor.scoring.read_job import read_job

ROOT = Path(__file__).parents[3]
DEV = ROOT.parent / "shared/benchmark/dev/docs"
PEOPLE = sorted((ROOT / "evaluation/cases/people").glob("*.json"))

ADVERTISEMENTS = (
    (ROOT / "samples/job.txt").read_text("utf-8"),
    """Sales Manager

Requirements
- At least 3 years of experience in business to business sales
- You know how to work with a CRM system and with Microsoft Excel
- Fluent English and Spanish, both spoken and written
- A bachelor's degree in business administration or marketing
""",
)
JOBS = tuple(map(read_job, ADVERTISEMENTS))


def invented(path: Path) -> ParsedResume:
    """An invented person as a parsed resume."""
    resume = json.loads(path.read_text("utf-8"))["resume"]
    return ParsedResume(resume, facts=Facts(highest_degree="bachelor", language="en"))


@cache
def real() -> tuple[ParsedResume, ...]:
    """Those of the benchmark that can be read; parsed once a process."""
    return tuple(_parsed())


def _parsed() -> Iterator[ParsedResume]:
    for path in sorted(DEV.iterdir()):
        try:
            yield parse_resume(read_document(path.read_bytes(), Limits()))
        except DocumentError:
            continue
