"""The parser: a document becomes a record with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from resume_processor.errors import NotAResume
from resume_processor.layout.document_language import language_of
from resume_processor.layout.lines import Document
from resume_processor.parsing.assemble import assemble
from resume_processor.parsing.confidence import Calibration, Reader, shipped_calibration
from resume_processor.parsing.draft_by_rules import draft_by_rules
from resume_processor.parsing.models.cascade import read_draft
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.segment import segment
from resume_processor.parsing.unlikely import without_unlikely
from resume_processor.parsing.values import Draft, LabelledLine
from resume_processor.resume.parsed_resume import ParsedResume

#: Grows with every change that may change a record.
PARSER_VERSION = "models-9"

#: Languages of the resumes that the models have learned from; all others are read by the rules.
MODEL_LANGUAGES = frozenset({"en"})

#: Sections that only a resume has under headings.
_TELLING = frozenset(
    {SectionKind.WORK, SectionKind.EDUCATION, SectionKind.SKILLS, SectionKind.LANGUAGES}
)


def parser_version(*, fast: bool = False) -> str:
    """What is written into a record: two versions may read the same document differently."""
    return f"{PARSER_VERSION}-fast" if fast else PARSER_VERSION


def parse_resume(
    document: Document,
    as_of: date | None = None,
    *,
    fast: bool = False,
    calibration: Calibration | None = None,
) -> ParsedResume:
    """Lines, sections, entries and fields, JSON Resume.

    An ongoing job counts up to ``as_of``, or else up to the document's latest date. ``fast`` leaves
    the encoder out: less time, less accurate (MODELS.md has the figures). Without a
    ``calibration``, the shipped one makes confidences true. Raises NotAResume there is
    neither a way to reach anybody nor a section or an entry of a resume.
    """
    lines = segment(document)
    draft = draft_by_rules(lines)
    if not _is_resume(lines, draft):
        raise NotAResume
    reader: Reader = "rules"
    if _known_to_models(document):
        reader = "fast" if fast else "accurate"
        draft = read_draft(document, draft, accurate=not fast)
    calibration = calibration or shipped_calibration(reader)
    if reader != "rules":
        draft = without_unlikely(draft, calibration)
    return assemble(
        draft,
        document,
        parser_version=parser_version(fast=fast),
        as_of=as_of,
        calibration=calibration,
    )


def _known_to_models(document: Document) -> bool:
    """Whether the models have learned from resumes in the document's language."""
    return language_of(document.text) in MODEL_LANGUAGES


def _is_resume(lines: Sequence[LabelledLine], draft: Draft) -> bool:
    """Lenient: a resume's heading with something under it, or a person with a degree or a job."""
    sections = {line.kind for line in lines if line.is_heading} & _TELLING
    entries = draft.work or draft.education or draft.skills
    reachable = draft.basics.emails or draft.basics.phones
    return bool((sections and (entries or reachable)) or (entries and reachable))
