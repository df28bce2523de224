"""Which pipeline reads and scores: its version stands with every result."""

from __future__ import annotations

from resume_processor.parsing.parse_resume import parser_version
from resume_processor.scoring.score_resume import SCORING_VERSION
from resume_processor.settings import Settings


def is_fast(settings: Settings) -> bool:
    """Whether resumes are parsed without the encoder."""
    return settings.parser == "fast"


def pipeline_version(settings: Settings) -> str:
    """Changes whenever the same bytes may come out differently."""
    return f"parser {parser_version(fast=is_fast(settings))}, scoring {SCORING_VERSION}"
