"""What follows from the record. Nothing here reads a clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from resume_processor.layout.document_language import language_of
from resume_processor.layout.lines import Document
from resume_processor.parsing.fields.degrees import level_of
from resume_processor.parsing.months import (
    Span,
    first_month,
    holes,
    iso_month,
    month_after,
    total,
)
from resume_processor.parsing.values import Dates, Draft, EducationEntry, WorkEntry
from resume_processor.resume.parsed_resume import Facts, Gap

#: From low to high, as ``Facts.highest_degree`` names them.
DEGREE_LEVELS = ("secondary", "vocational", "associate", "bachelor", "master", "doctorate")


def facts_of(draft: Draft, document: Document, as_of: date | None) -> Facts:
    """The facts. An ongoing job counts up to ``as_of``, or else to the document's latest date."""
    until = as_of.isoformat() if as_of else latest_date(draft)
    spans = _work_spans(draft.work, until)
    return Facts(
        months_of_experience=total(spans) if spans else None,
        current_title=_current_title(draft.work),
        highest_degree=_highest_degree(draft.education),
        gaps=tuple(
            Gap(iso_month(h.start), iso_month(h.end), h.end - h.start) for h in holes(spans)
        ),
        language=language_of(document.text),
        as_of=until,
        ongoing=tuple(f"/work/{n}" for n, job in enumerate(draft.work) if _is_ongoing(job.dates)),
    )


def has_ongoing_work(draft: Draft) -> bool:
    """Whether the experience depends on the date that is taken as today."""
    return any(_is_ongoing(entry.dates) for entry in draft.work)


def latest_date(draft: Draft) -> str | None:
    """The latest date that work or education or a certificate names."""
    periods = [
        *(job.dates for job in draft.work),
        *(degree.dates for degree in draft.education),
        *(service.dates for service in draft.volunteer),
        *(project.dates for project in draft.projects),
    ]
    dates = [f.text for period in periods for f in (period.start, period.end) if f is not None]
    dates += [c.date.text for c in draft.certificates if c.date is not None]
    return max(dates, key=month_after, default=None)


def _is_ongoing(dates: Dates) -> bool:
    return dates.ongoing and dates.start is not None and dates.end is None


def _work_spans(work: Iterable[WorkEntry], until: str | None) -> list[Span]:
    spans = []
    for entry in work:
        dates = entry.dates
        end = dates.end.text if dates.end else until if dates.ongoing else None
        if dates.start and end:
            spans.append(Span(first_month(dates.start.text), month_after(end)))
    return [span for span in spans if span.end > span.start]


def _current_title(work: Sequence[WorkEntry]) -> str | None:
    """The title of the ongoing job that began last."""
    current = [
        (entry.dates.start.text, -index, entry.position.text)
        for index, entry in enumerate(work)
        if _is_ongoing(entry.dates) and entry.position and entry.dates.start
    ]
    return max(current)[2] if current else None


def _highest_degree(education: Iterable[EducationEntry]) -> str | None:
    """The highest level among the degrees that are not still being studied for."""
    levels = [
        level
        for entry in education
        if entry.study_type
        and not entry.dates.ongoing
        and (level := level_of(entry.study_type.text))
    ]
    return max(levels, key=DEGREE_LEVELS.index, default=None)
