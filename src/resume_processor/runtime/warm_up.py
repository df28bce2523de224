"""Loads once what every task needs, so that the first resume is as fast as the thousandth."""

from __future__ import annotations

import gc

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.errors import DocumentError
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.score_resume import score_resume

#: An invented person, with enough in it to make every lexicon and model load.
_RESUME = b"""Ada Example
ada@example.com | +1 415 555 0100 | Springfield

Experience
Software Engineer, Example Works, 2019 - 2023
- Built services in Python and PostgreSQL

Education
BSc Computer Science, Example University, 2015 - 2018

Skills
Python, Kubernetes, SQL

Languages
English (fluent), German (basic)
"""

_JOB = "Software engineer. Required: Python, SQL. Three years of experience. English."


def warm_up(*, fast: bool) -> None:
    """Read, parse and score an invented resume. What goes wrong goes wrong in real tasks too."""
    try:
        parsed = parse_resume(read_document(_RESUME, Limits()), fast=fast)
    except DocumentError:
        return
    score_resume(parsed, read_job(_JOB))
    # What was loaded stays for good: a collector that never looks at it again saves an eighth of
    # a scoring's time, and pages of a forked child that stay shared.
    gc.collect()
    gc.freeze()
