"""From all values of a document to its draft."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.models.awards import award_of
from resume_processor.parsing.models.decode import Value
from resume_processor.parsing.models.entries import (
    certificate_entries,
    education_entries,
    language_entries,
    volunteer_entries,
    work_entries,
)
from resume_processor.parsing.models.found import found
from resume_processor.parsing.models.line_labels import LineOdds
from resume_processor.parsing.models.periods import single_date
from resume_processor.parsing.models.summary import summary_of
from resume_processor.parsing.models.view import DocumentView
from resume_processor.parsing.values import (
    BasicsDraft,
    Draft,
    Found,
    InterestEntry,
    LocationDraft,
    PersonalDraft,
    ProjectEntry,
    PublicationEntry,
    ReferenceEntry,
    SkillGroup,
)


def draft(
    seen: DocumentView, values: Sequence[Value], odds: Sequence[LineOdds], rules: Draft
) -> Draft:
    """Everything that the models found; where they measured worse, what the rules found."""
    return Draft(
        basics=_basics(seen, values, odds, rules.basics),
        personal=_personal(seen, values, rules.personal),
        work=work_entries(seen, values),
        education=education_entries(seen, values),
        skills=tuple(SkillGroup(name=skill) for skill in _all(seen, values, "skills")),
        languages=language_entries(seen, values),
        certificates=certificate_entries(seen, values),
        projects=tuple(ProjectEntry(name) for name in _all(seen, values, "projects.name")),
        publications=tuple(
            PublicationEntry(name) for name in _all(seen, values, "publications.name")
        ),
        awards=tuple(award_of(title) for title in _all(seen, values, "awards.title")),
        volunteer=volunteer_entries(seen, values),
        interests=tuple(InterestEntry(name) for name in _all(seen, values, "interests")),
        references=tuple(ReferenceEntry(name) for name in _all(seen, values, "references.name")),
    )


def _basics(
    seen: DocumentView, values: Sequence[Value], odds: Sequence[LineOdds], rules: BasicsDraft
) -> BasicsDraft:
    """Addresses that a pattern tells are the rules' own; the rest the models' first."""
    home = rules.location
    city = _best(seen, values, "city")
    return BasicsDraft(
        name=_best(seen, values, "name") or rules.name,
        label=_best(seen, values, "label"),
        emails=rules.emails,
        phones=rules.phones,
        urls=rules.urls,
        location=LocationDraft(
            address=_best(seen, values, "address") or home.address,
            postal_code=home.postal_code,
            city=city or home.city,
            region=home.region,
            country_code=home.country_code,
        ),
        summary=summary_of(seen, odds),
    )


def _personal(seen: DocumentView, values: Sequence[Value], rules: PersonalDraft) -> PersonalDraft:
    birth = [value for value in values if value.field == "personal.birthDate"]
    return PersonalDraft(
        birth_date=rules.birth_date or single_date(seen, birth),
        nationality=rules.nationality or _best(seen, values, "personal.nationality"),
        gender=rules.gender or _best(seen, values, "personal.gender"),
        marital_status=rules.marital_status or _best(seen, values, "personal.maritalStatus"),
    )


def _of(values: Sequence[Value], field: str) -> list[Value]:
    return sorted((v for v in values if v.field == field), key=lambda value: value.first)


def _all(seen: DocumentView, values: Sequence[Value], field: str) -> list[Found]:
    return [found(seen, v.first, v.last, v.confidence) for v in _of(values, field)]


def _best(seen: DocumentView, values: Sequence[Value], field: str) -> Found | None:
    best = max(_of(values, field), key=lambda value: value.confidence, default=None)
    return found(seen, best.first, best.last, best.confidence) if best else None
