"""From values to entries: which employer, title and period belong together."""

from __future__ import annotations

from collections.abc import Iterable

from resume_processor.parsing.models.decode import Value
from resume_processor.parsing.models.found import found
from resume_processor.parsing.models.grouping import Entry, grouped
from resume_processor.parsing.models.periods import period, single_date
from resume_processor.parsing.models.view import DocumentView
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import (
    NO_DATES,
    CertificateEntry,
    EducationEntry,
    Found,
    LanguageEntry,
    VolunteerEntry,
    WorkEntry,
)


def _grouped(seen: DocumentView, values: Iterable[Value], section: SectionKind) -> list[Entry]:
    return grouped(tuple(values), section, [token.line for token in seen.tokens])


def work_entries(seen: DocumentView, values: Iterable[Value]) -> tuple[WorkEntry, ...]:
    """The jobs."""
    jobs: list[WorkEntry] = []
    for entry in _grouped(seen, values, SectionKind.WORK):
        name = _found(seen, entry.best("work.name"))
        position = _found(seen, entry.best("work.position"))
        dates = period(seen, entry.all("work.date"), single_is_end=False)
        if name is None and position is None and dates == NO_DATES:
            continue
        jobs.append(
            WorkEntry(
                name=name,
                position=position,
                location=_found(seen, entry.best("work.location")),
                dates=dates,
            )
        )
    return tuple(jobs)


def education_entries(seen: DocumentView, values: Iterable[Value]) -> tuple[EducationEntry, ...]:
    """The degrees."""
    degrees = (
        EducationEntry(
            institution=_found(seen, entry.best("education.institution")),
            study_type=_found(seen, entry.best("education.studyType")),
            area=_found(seen, entry.best("education.area")),
            dates=period(seen, entry.all("education.date"), single_is_end=True),
            score=_score(seen, entry.best("education.score")),
        )
        for entry in _grouped(seen, values, SectionKind.EDUCATION)
    )
    return tuple(one for one in degrees if one.institution or one.study_type or one.area)


def language_entries(seen: DocumentView, values: Iterable[Value]) -> tuple[LanguageEntry, ...]:
    """The human languages."""
    return tuple(
        LanguageEntry(language, _found(seen, entry.best("languages.fluency")))
        for entry in _grouped(seen, values, SectionKind.LANGUAGES)
        if (language := _found(seen, entry.best("languages.language")))
    )


def certificate_entries(
    seen: DocumentView, values: Iterable[Value]
) -> tuple[CertificateEntry, ...]:
    """The certificates."""
    return tuple(
        CertificateEntry(
            name,
            _found(seen, entry.best("certificates.issuer")),
            single_date(seen, entry.all("certificates.date")),
        )
        for entry in _grouped(seen, values, SectionKind.CERTIFICATES)
        if (name := _found(seen, entry.best("certificates.name")))
    )


def volunteer_entries(seen: DocumentView, values: Iterable[Value]) -> tuple[VolunteerEntry, ...]:
    """The unpaid work."""
    return tuple(
        VolunteerEntry(
            _found(seen, entry.best("volunteer.organization")),
            _found(seen, entry.best("volunteer.position")),
        )
        for entry in _grouped(seen, values, SectionKind.VOLUNTEER)
    )


def _score(seen: DocumentView, value: Value | None) -> Found | None:
    """A grade with its percent sign, which says what the number is."""
    if value is None:
        return None
    after = value.last + 1
    is_percent = after < len(seen.tokens) and seen.tokens[after].text == "%"
    return found(seen, value.first, after if is_percent else value.last, value.confidence)


def _found(seen: DocumentView, value: Value | None) -> Found | None:
    if value is None:
        return None
    return found(seen, value.first, value.last, value.confidence)
