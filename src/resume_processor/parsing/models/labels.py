"""What the models say: a section for each line, a field for each token.

A token's tag is ``O`` or a prefix and a field: ``E`` begins a value that opens a new entry, ``B``
begins another value, ``I`` goes on with a value ("E-work.name", "I-work.name", "B-work.date").
"""

from __future__ import annotations

from resume_processor.parsing.section_kind import SectionKind

OUTSIDE = "O"
ENTRY, BEGIN, INSIDE = "E", "B", "I"

#: Fields whose values form entries, by section; the others stand alone.
ENTRY_FIELDS: dict[SectionKind, tuple[str, ...]] = {
    SectionKind.WORK: ("work.name", "work.position", "work.location", "work.date"),
    SectionKind.EDUCATION: (
        "education.institution",
        "education.studyType",
        "education.area",
        "education.date",
        "education.score",
    ),
    SectionKind.CERTIFICATES: ("certificates.name", "certificates.issuer", "certificates.date"),
    SectionKind.LANGUAGES: ("languages.language", "languages.fluency"),
    SectionKind.VOLUNTEER: ("volunteer.organization", "volunteer.position"),
}

#: The section that a field's value shows its line to belong to.
SECTION_OF: dict[str, SectionKind] = {
    "name": SectionKind.HEADER,
    "label": SectionKind.HEADER,
    "email": SectionKind.HEADER,
    "phone": SectionKind.HEADER,
    "url": SectionKind.HEADER,
    "address": SectionKind.HEADER,
    "city": SectionKind.HEADER,
    "summary": SectionKind.SUMMARY,
    "skills": SectionKind.SKILLS,
    "projects.name": SectionKind.PROJECTS,
    "publications.name": SectionKind.PUBLICATIONS,
    "awards.title": SectionKind.AWARDS,
    "interests": SectionKind.INTERESTS,
    "references.name": SectionKind.REFERENCES,
    "personal.birthDate": SectionKind.PERSONAL,
    "personal.nationality": SectionKind.PERSONAL,
    "personal.gender": SectionKind.PERSONAL,
    "personal.maritalStatus": SectionKind.PERSONAL,
} | {field: section for section, fields in ENTRY_FIELDS.items() for field in fields}


def field_of(tag: str) -> str | None:
    """The field of a tag; None for ``O``."""
    return None if tag == OUTSIDE else tag[2:]


def prefix_of(tag: str) -> str:
    """``E``, ``B``, ``I`` or ``O``."""
    return tag[0]
